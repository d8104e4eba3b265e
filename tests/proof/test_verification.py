"""A folder of results is a proof: whatever is changed in it, or in the articles, is named."""

import json
import shutil

import pytest

from reported_speech.__main__ import main
from reported_speech.proof.manifest import sha256
from reported_speech.report import tables
from reported_speech.study import parameters, reproduction


@pytest.fixture
def copy(root, tmp_path, monkeypatch):
    monkeypatch.chdir(root)
    shutil.copytree(root / "outputs", tmp_path / "outputs")
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    return tmp_path


def test_the_committed_results_stand(root, monkeypatch, capsys):
    monkeypatch.chdir(root)
    assert main(["verify", "outputs"]) == 0
    assert "every file and every row is as recorded" in capsys.readouterr().out


def spoil_byte(folder):
    path = folder / "outputs/figures/fig-voices.png"
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(data)


def spoil_article(folder):
    path = next((folder / "seeds").iterdir())
    path.write_bytes(path.read_bytes() + b" ")


def spoil_row(folder):
    """Change a row and its sum in the manifest as well: only the article tells."""
    output = folder / "outputs"
    quotations = tables.read("quotations", output / "tables")
    quotations.loc[3, "text"] = quotations.text[3].replace("We do", "They do")
    tables.write(quotations, "quotations", output / "tables")
    manifest = json.loads((output / "manifest.json").read_text(encoding="utf-8"))
    for suffix in ("csv", "parquet"):
        name = f"tables/quotations.{suffix}"
        manifest["outputs"][name] = sha256(output / name)
    (output / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


SPOILT = [
    (spoil_byte, "figures/fig-voices.png is not the file of the manifest"),
    (spoil_article, "article 00"),
    (spoil_row, "quotations, row 4: the characters"),
    (lambda f: (f / "outputs/tables/actors.csv").unlink(), "tables/actors.csv is missing"),
    (lambda f: (f / "outputs/html/more.html").write_text("x"), "html/more.html is not in the manifest"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "message"), SPOILT)
def test_what_was_changed_is_named(copy, spoil, message, capsys):
    arguments = ["verify", str(copy / "outputs"), "--corpus", str(copy / "seeds")]
    assert main(arguments) == 0
    spoil(copy)
    assert main(arguments) == 1
    assert message in capsys.readouterr().err


def test_another_version_of_the_code_is_a_note(copy, capsys):
    path = copy / "outputs/manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"hazm": "', '"hazm": "x'), encoding="utf-8")
    assert main(["verify", str(copy / "outputs")]) == 0
    assert "note: versions hazm is not what made these results" in capsys.readouterr().err


def test_no_manifest_is_an_error_that_names_it(tmp_path, capsys):
    assert main(["verify", str(tmp_path)]) == 1
    assert "manifest.json: not the manifest of a study" in capsys.readouterr().err


def test_the_first_difference_is_shown(tmp_path):
    for name, text in (("a", "one\ntwo\n"), ("b", "one\ntoo\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert reproduction._first(tmp_path / "a", tmp_path / "b").startswith("line 2, byte 5: ")
    assert reproduction._first(tmp_path / "a", tmp_path / "a") == ""
    assert reproduction._first(tmp_path / "a", tmp_path / "c") == "is not made any more"


def test_a_new_run_is_compared_file_by_file(copy, monkeypatch, capsys):
    made = copy / "outputs"
    monkeypatch.setenv(parameters.KEPT, "kept")  # as it is when the test is over

    def again(values, stage):
        shutil.copytree(made, stage)
        (stage / "README.md").write_text("# Otherwise\n", encoding="utf-8")
        (stage / "tables" / "actors.csv").unlink()
        return True

    monkeypatch.setattr(reproduction, "read_parameters", lambda *_: {"output": str(made)})
    monkeypatch.setattr(
        "reported_speech.study.reproduction.make", lambda values, stage: bool(shutil.copytree(made, stage))
    )
    assert main(["verify", "--again", "study.yml"]) == 0
    assert "byte for byte" in capsys.readouterr().out
    monkeypatch.setattr("reported_speech.study.reproduction.make", again)
    assert main(["verify", "--again", "study.yml"]) == 1
    said = capsys.readouterr().err
    assert "README.md: line 1, byte 2: " in said
    assert "tables/actors.csv: is not made any more" in said
    monkeypatch.setattr("reported_speech.study.reproduction.make", lambda values, stage: False)
    assert main(["verify", "--again", "study.yml"]) == 1
    assert "the study failed" in capsys.readouterr().err
