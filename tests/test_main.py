import errno
import json
import os

import pytest

from reported_speech import lexicons
from reported_speech.__main__ import main
from reported_speech.proof.evaluation import read_gold


def test_extract_writes_one_object_a_document(tmp_path, capsys):
    (tmp_path / "good.txt").write_text("Safarov said that the border was open.", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    assert main(["extract", str(tmp_path), "--output", str(tmp_path / "out.jsonl")]) == 0
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [r["doc"] for r in rows] == ["good.txt"]
    assert rows[0]["relations"] == [
        {
            "kind": "indirect",
            "content": [[18, 38 - 1]],
            "cue": [8, 12],
            "source": [0, 7],
            "speaker": "safarov",
            "addressee": "",
            "rule": "en:clause",
        }
    ]
    assert "rejected empty.txt: empty" in capsys.readouterr().err


def test_worker_processes_write_the_same_bytes_in_the_same_order(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for n in range(40):
        (articles / f"{n:02}.txt").write_text(f"Safarov said that {n} borders were open.", encoding="utf-8")
    written = []
    for workers in "12":
        main(["extract", str(articles), "--workers", workers, "--output", str(tmp_path / "out.jsonl")])
        written.append((tmp_path / "out.jsonl").read_bytes())
    assert written[0] == written[1]
    assert [json.loads(line)["doc"][:2] for line in written[0].splitlines()] == [f"{n:02}" for n in range(40)]


def test_a_missing_folder_is_one_line_and_status_one(tmp_path, capsys):
    assert main(["extract", str(tmp_path / "none"), "--output", str(tmp_path / "o.jsonl")]) == 1
    assert capsys.readouterr().err.startswith("error: ")
    assert not (tmp_path / "o.jsonl").exists()


def test_two_spellings_are_compared_on_the_command_line(capsys):
    assert main(["same", "Ramiz Kerimov", "رامیز کریم‌اف"]) == 0
    assert main(["same", "Ramiz Kerimov", "رامین کریم‌اف"]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("one person: ramiz = رامیز")
    assert second == "not shown to be one person"


def test_the_lexicons_are_looked_over_on_the_command_line(tmp_path, capsys):
    for folder in ("articles", "own"):
        (tmp_path / folder).mkdir()
    (tmp_path / "articles" / "a.txt").write_text("Safarov said that the border was open.", encoding="utf-8")
    (tmp_path / "own" / "cues.en.yml").write_text(
        "verbs:\n  croak: {act: asserts, frames: [clause]}\n", encoding="utf-8"
    )
    study = f"corpus: {tmp_path}/articles\nlexicons: {tmp_path}/own\noutput: {tmp_path}/out\ngold: ''\ntop: 3\n"
    (tmp_path / "my.yml").write_text(study, encoding="utf-8")
    try:
        assert main(["check", str(tmp_path / "my.yml")]) == 0
    finally:
        lexicons.use(None)
    out = capsys.readouterr().out
    assert "cues.en.yml: add: is not used" in out
    assert "cues.en.yml: croak: is not used" in out
    assert "cues.en.yml: say: is not used" not in out
    assert main(["check"]) == 0
    assert "croak" not in capsys.readouterr().out


@pytest.mark.parametrize(("error", "status", "said"), [
    (OSError(errno.ENOSPC, "No space left on device", "x.csv"), 1, "make room and repeat, former results stand"),
    (ValueError("my.yml: a\x1b[31mb"), 1, "my.yml: a[U+001B][31mb"),
    (KeyboardInterrupt(), 130, "stopped; former results stand as they were"),
    (None, 0, ""),
])  # fmt: skip
def test_how_a_study_ends_is_told(monkeypatch, capsys, error, status, said):
    def run(params):
        if error is not None:
            raise error
        return 0

    monkeypatch.setattr("reported_speech.study.notebooks.run", run)
    assert main(["study", "my.yml"]) == status
    assert said in capsys.readouterr().err


def test_an_article_that_cannot_be_analysed_is_named_and_the_rest_is_written(tmp_path, a_fails, capsys):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text("The minister said that it rained.", encoding="utf-8")
    assert main(["extract", str(tmp_path), "--output", str(tmp_path / "out.jsonl")]) == 0
    assert "rejected a.txt: cannot be analysed: TypeError: no such thing" in capsys.readouterr().err
    lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["doc"] for line in lines] == ["b.txt"]


GOOD = "Safarov said that the border was open."


def test_extract_writes_to_standard_output_and_through_what_is_no_plain_file(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    assert main(["extract", str(tmp_path / "a.txt"), "--output", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["doc"] == "a.txt"
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    assert main(["extract", str(tmp_path / "a.txt"), "--output", str(tmp_path / "pipe")]) == 0
    assert json.loads(os.read(reader, 100_000))["doc"] == "a.txt"
    assert (tmp_path / "pipe").is_fifo()
    os.close(reader)
    (tmp_path / "link").symlink_to("out.jsonl")
    assert main(["extract", str(tmp_path / "a.txt"), "--output", str(tmp_path / "link")]) == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "out.jsonl").is_file()


@pytest.mark.parametrize("output", ["a.txt", "b.txt", "sub/c.docx", "hard.txt", "new.txt", "."])
def test_extract_never_writes_over_an_input(tmp_path, output, capsys):
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "b.txt", "sub/c.docx"):
        (tmp_path / name).write_text(GOOD, encoding="utf-8")
    os.link(tmp_path / "a.txt", tmp_path / "hard.txt")
    before = {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    assert main(["extract", str(tmp_path), str(tmp_path / "a.txt"), "--output", str(tmp_path / output)]) == 1
    assert "name a file" in capsys.readouterr().err
    assert {p: p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("workers", ["-1", "two"])
def test_a_number_of_processes_that_is_none_is_refused(workers, capsys):
    with pytest.raises(SystemExit):
        main(["extract", "x", "--output", "y", "--workers", workers])
    assert "no number of processes" in capsys.readouterr().err


def test_the_version_and_an_example_for_each_command(capsys):
    for arguments in (
        ["--version"],
        *([name, "--help"] for name in ("study", "extract", "cite", "verify", "same", "check")),
    ):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith("reported_speech 0")
    assert said.count("example: python -m reported_speech") == 6


def test_a_corpus_of_which_nothing_remains_ends_in_one_sentence(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    assert main(["extract", str(tmp_path), "--output", "-"]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == f"error: {tmp_path}: no article can be read in it"


def test_a_users_own_file_among_the_articles_is_not_written_over(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "notes.jsonl").write_text("mine", encoding="utf-8")
    for output in (tmp_path / "notes.jsonl", f"/dev/..{tmp_path}/a.txt"):
        assert main(["extract", str(tmp_path), "--output", str(output)]) == 1
        assert "name a file elsewhere" in capsys.readouterr().err
    assert (tmp_path / "notes.jsonl").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == GOOD
    for _ in range(2):  # but what the command wrote itself
        assert main(["extract", str(tmp_path), "--output", str(tmp_path / "out.jsonl")]) == 0


@pytest.mark.parametrize(
    "damage",
    [
        "[1]",
        "{}",
        '{"parameters": {"corpus": 5}, "inputs": {}, "outputs": {}}',
        '{"parameters": {"corpus": "x"}, "inputs": null, "outputs": []}',
        "[" * 100_000,
    ],
)
def test_damaged_results_are_named(tmp_path, damage, capsys):
    (tmp_path / "manifest.json").write_text(damage, encoding="utf-8")
    for arguments in (["verify", str(tmp_path)], ["cite", "x", "--outputs", str(tmp_path)]):
        assert main(arguments) == 1
        assert str(tmp_path) in capsys.readouterr().err


def test_extract_writes_over_nothing_that_it_did_not_write(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Safarov said that the border was open.", encoding="utf-8")
    notes, out = tmp_path / "notes", tmp_path / "out.jsonl"
    notes.write_text("precious", encoding="utf-8")
    assert main(["extract", str(tmp_path / "a.txt"), "--output", str(notes)]) == 1
    assert "did not write; name another file" in capsys.readouterr().err
    assert notes.read_text(encoding="utf-8") == "precious"
    for _ in range(2):
        assert main(["extract", str(tmp_path / "a.txt"), "--output", str(out)]) == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_annotations_that_are_none_and_exports_into_results_are_told(tmp_path, root, capsys):
    (tmp_path / "gold.jsonl").write_text("# No annotations", encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold\.jsonl, line 1: no annotation"):
        read_gold(tmp_path / "gold.jsonl")
    assert main(["export", "--format", "brat", "--output", str(root / "outputs/new")]) == 1
    assert "holds the results of another study" in capsys.readouterr().err
