"""A tiny study, end to end, and what stops one before it runs."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import pytest
from papermill.iorw import papermill_io

from reported_speech.__main__ import main
from reported_speech.proof.verification import verify
from reported_speech.report import tables
from reported_speech.study import notebooks, output_folder, parameters

PARAMETERS = 'corpus: articles\noutput: mine\ngold: ""\ntop: 3\n'


@pytest.fixture
def project(tmp_path, root, monkeypatch):
    for name in ("notebooks", "study.yml", "requirements.lock"):
        source = root / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(parameters.STAGE, raising=False)
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "-نامه یک.txt").write_text(
        "سفیر گفت: مرز باز است.\nوی افزود: باران آمد.", encoding="utf-8"
    )
    (tmp_path / "articles" / "b.txt").write_text('"We accept <b>it</b> all," Safarov said.', encoding="utf-8")
    (tmp_path / "articles" / "bad.txt").write_bytes(b"caf\xe9")
    (tmp_path / "my.yml").write_text(PARAMETERS, encoding="utf-8")
    return tmp_path


def former(project):
    """Former results of a study in ``mine``."""
    (project / "mine").mkdir()
    (project / "mine" / "kept.txt").write_text("former", encoding="utf-8")
    manifest = {
        "parameters": {},
        "inputs": {},
        "lock": "",
        "outputs": {"kept.txt": hashlib.sha256(b"former").hexdigest()},
    }
    (project / "mine" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def stands(project):
    """Whether the former results stand as they were, with nothing beside them."""
    there = sorted(p.name for p in (project / "mine").iterdir())
    return there == ["kept.txt", "manifest.json"] and not list(project.glob(".reported-speech-*"))


GUARD = """
import sys

def watch(event, args):
    if event in ("socket.connect", "socket.bind", "socket.sendto") and not isinstance(args[1], (str, bytes)):
        raise PermissionError(f"{event} {args[1]}")
    if event == "socket.getaddrinfo":
        raise PermissionError(f"{event} {args[0]}")
    if event == "open" and str(args[0]).endswith((".pkl", ".pickle", ".joblib")):
        raise PermissionError(f"{event} {args[0]}")

sys.addaudithook(watch)
"""


def outside(project, **environment):
    """Run the study in a process of its own; return how it ended and what it said."""
    command = [sys.executable, "-m", "reported_speech", "study", "my.yml"]
    done = subprocess.run(
        command, cwd=project, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def guarded(folder):
    """Return an environment in which a process that opens a connection, or a pickle, fails."""
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def test_an_own_study_from_a_table_with_own_lexicons(project):
    rows = [
        {
            "body": '"We accept <b>it</b> all," Safarov said. Safarov croaked that it rained.',
            "url": "https://x.example/1#a",
            "outlet": "=X",
        },
        {"body": "سفیر گفت: مرز باز است.\nوی افزود: باران آمد.", "url": "2", "outlet": ""},
        {"body": "", "url": "bad", "outlet": ""},
    ]
    (project / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (project / "own").mkdir()
    (project / "own" / "cues.en.yml").write_text(
        "verbs:\n  croak: {act: asserts, frames: [clause]}\n", encoding="utf-8"
    )
    (project / "own" / "themes.yml").write_text(
        "rain: {name: {en: <script>alert(1)</script>, fa: x}, definition: x, include: x, exclude: x, en: [rain*], fa: [باران]}\n",
        encoding="utf-8",
    )
    (project / "my.yml").write_text(
        'corpus: rows.jsonl\ncolumns: "text=body, id=url"\nlexicons: own\noutput: mine\ngold: ""\ntop: 3\n',
        encoding="utf-8",
    )
    status, said = outside(project, **guarded(project / "guard"))
    assert (status, said.count("error")) == (0, 0), said
    mine = project / "mine"
    assert list(tables.read("rejected", mine / "tables").path) == ["bad"]
    found = tables.read("quotations", mine / "tables")
    assert list(found.cue) == ["said", "croaked", "گفت", "افزود"]
    assert list(found.themes) == ["", "rain", "", "rain"]
    assert list(found.quotation_id.str.rpartition("#")[0]) == ["https://x.example/1#a"] * 2 + ["2"] * 2
    manifest = json.loads((mine / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["own lexicons"].keys() == {"cues.en.yml", "themes.yml"}
    assert "workers" not in manifest["parameters"]
    assert verify(mine) == []
    assert main(["cite", found.quotation_id[0], "--outputs", "mine"]) == 0
    for page in (mine / "html").glob("*.html"):
        html = page.read_text(encoding="utf-8")
        assert "Content-Security-Policy" in html
        assert "<b>it" not in html
        assert html.count("<script") == page.name.startswith("explorer")  # ours, and never the theme's


@pytest.mark.slow
def test_relations_of_another_extractor_go_through_the_study_and_stand_beside_ours(project):
    said = {"doc": "b.txt", "kind": "direct", "content": [[0, 24]], "cue": [34, 38], "source": [26, 33], "speaker": ""}
    lines = [said, said | {"content": [[0, 999]]}]
    (project / "theirs.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (project / "gold.jsonl").write_text(json.dumps(said | {"speaker": "safarov"}) + "\n", encoding="utf-8")
    (project / "my.yml").write_text(
        PARAMETERS.replace('""', "gold.jsonl") + "relations: theirs.jsonl\n", encoding="utf-8"
    )
    assert notebooks.run(project / "my.yml") == 0
    mine = project / "mine"
    assert list(tables.read("quotations", mine / "tables").rule) == ["given"]
    assert list(tables.read("rejected", mine / "tables").path) == ["b.txt, relation 2", "bad.txt"]
    assert "theirs.jsonl" in json.loads((mine / "manifest.json").read_text(encoding="utf-8"))["relations"]
    page = (mine / "html" / "06_evaluation.html").read_text(encoding="utf-8")
    assert all(name in page for name in ("relations given", "this study"))
    assert verify(mine) == []


@pytest.mark.slow
def test_a_study_never_leaves_the_folder_it_is_run_in(project, tmp_path_factory, monkeypatch):
    former, went = tmp_path_factory.mktemp("former"), []
    papermill_io.get_handler("local").cwd(str(former))
    monkeypatch.setattr(os, "chdir", went.append)
    assert notebooks.run(project / "my.yml") == 0
    assert set(map(str, went)) <= {str(project)}


def test_a_failing_notebook_is_named_and_leaves_the_former_results(project, capsys):
    former(project)
    path = project / "notebooks" / "01_ingestion.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace("found = study.read", "1 / 0\\nfound = study.read"),
        encoding="utf-8",
    )
    assert notebooks.run(project / "my.yml") == 1
    assert "01_ingestion.ipynb, cell" in capsys.readouterr().err
    assert stands(project)


@pytest.mark.parametrize(("line", "message"), [
    ("workers: -1", "workers must be 0"), ("scheduler: foo", "scheduler must be an address"), ("period: 2023-09", "period must be two dates"), ("relations: typo.jsonl", "no file typo.jsonl"), ("corrections: typo.csv", "no file typo.csv"), ("gold: typo.jsonl", "no file typo.jsonl"),
    ("output: articles", "would replace"), ("output: ''", "output is empty"), ("top: 0", "top must be 1 or more"), ("corpus: ''", "corpus is empty"), ("5: 6", "unknown parameter 5"),
    ("tpo: 3", "unknown parameter 'tpo'"), ("top: many", "top must be int, not 'many'"), ("top: true", "top must be int"), ("output: outputs", "committed results"), ("top: [", "my.yml"), ("sides: IRN, XXX", "two states by"),
])  # fmt: skip
def test_a_wrong_parameter_stops_before_anything_runs(project, line, message):
    key = line.split(":")[0]
    (project / "my.yml").write_text(re.sub(rf"(?m)^{key}:.*\n", "", PARAMETERS) + line + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        notebooks.run(project / "my.yml")


@pytest.mark.slow
def test_a_study_runs_in_a_folder_with_braces_and_a_long_tmpdir(project, tmp_path_factory):
    other = project / "{} {output}"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns("{*"))
    (other / "matplotlibrc").write_bytes(b"\xff")
    long = tmp_path_factory.mktemp("x" * 100)
    status, said = outside(other, TMPDIR=str(long), MPLCONFIGDIR=str(other))
    assert (status, said.count("error")) == (0, 0), said
    assert not list(long.iterdir())


def test_a_corpus_of_which_nothing_remains_ends_in_one_sentence(project):
    for path in (project / "articles").iterdir():
        path.write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match=r"no article can be read in it: 3 rejected, as .*\(empty\)$"):
        notebooks.run(project / "my.yml")
    assert not list(project.glob(".reported-speech-*"))


def test_a_missing_parameter_is_named(project):
    (project / "my.yml").write_text("corpus: articles\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"'\w+' is missing"):
        notebooks.run(project / "my.yml")


def begun(project, said, **how):
    """A study under way that has just said so much on standard error."""
    process = subprocess.Popen(
        [sys.executable, "-m", "reported_speech", "study", "my.yml"],
        cwd=project,
        stderr=subprocess.PIPE,
        text=True,
        **how,
    )
    assert any(said in line for line in process.stderr)
    return process


# What a study says on its way: while it reads, with the first kernels, between kernels, with the last and the workbook.
ON_THE_WAY = ["reading the articles", "running the notebooks", "04_quotations", "06_evaluation"]


@pytest.mark.slow
@pytest.mark.parametrize("said", ON_THE_WAY)
def test_a_killed_study_leaves_the_former_results(project, said):
    former(project)
    process = begun(project, said, start_new_session=True)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    output_folder.restore()  # as any command does
    assert stands(project)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("said", "name"), list(zip(ON_THE_WAY, ["SIGINT", "SIGTERM", "SIGHUP", "SIGINT"], strict=True))
)
def test_a_stopped_study_ends_at_once_and_leaves_nothing(project, tmp_path_factory, said, name):
    former(project)
    temporary = tmp_path_factory.mktemp("tmp")
    process = begun(project, said, env={**os.environ, "TMPDIR": str(temporary)})
    process.send_signal(getattr(signal, name))
    began = time.monotonic()
    rest = process.communicate()[1]
    assert time.monotonic() - began < 2
    assert process.returncode == 130
    assert rest.splitlines()[-1] == "stopped; former results stand as they were"
    assert stands(project)
    assert not list(temporary.iterdir())


def test_an_address_in_an_output_is_an_error(tmp_path):
    cell = {
        "cell_type": "code",
        "metadata": {},
        "source": "",
        "outputs": [{"output_type": "execute_result", "data": {"text/plain": "<X at 0x7f00deadbeef>"}}],
    }
    (tmp_path / "n.ipynb").write_text(json.dumps({"metadata": {}, "cells": [cell]}), encoding="utf-8")
    with pytest.raises(ValueError, match="cell 0"):
        notebooks.settle(tmp_path / "n.ipynb")


def test_a_notebook_runs_alone_from_its_own_folder(root, monkeypatch):
    monkeypatch.chdir(root / "notebooks")
    monkeypatch.delenv(parameters.STAGE, raising=False)
    assert parameters.here("seeds") == root / "seeds"
    assert parameters.results("outputs") == root / "outputs"


@pytest.mark.slow
def test_a_study_connects_to_nothing_and_is_the_same_bytes_in_another_place_and_time(project, tmp_path):
    status, said = outside(project, **guarded(tmp_path / "guard"), LC_ALL="C", TZ="Asia/Tehran", PYTHONHASHSEED="1")
    assert (status, said.count("error")) == (0, 0), said
    other = tmp_path / "elsewhere, with blanks" / "پوشه"
    shutil.copytree(project, other, ignore=shutil.ignore_patterns("mine", ".cache", "guard", "elsewhere*", "articles"))
    (other / "articles").mkdir()
    for path in sorted((project / "articles").iterdir(), reverse=True):  # in another order
        shutil.copy(path, other / "articles")
    assert outside(other, LC_ALL="tr_TR.UTF-8", TZ="America/Caracas", PYTHONHASHSEED="77")[0] == 0
    one, two = (
        {p.relative_to(f / "mine"): p.read_bytes() for p in (f / "mine").rglob("*") if p.is_file()}
        for f in (project, other)
    )
    assert [str(p) for p in sorted({*one, *two}) if one.get(p) != two.get(p)] == []


@pytest.mark.slow
def test_a_full_disk_is_told_and_leaves_the_former_results(project):
    import resource

    former(project)
    command = [sys.executable, "-m", "reported_speech", "study", "my.yml"]
    done = subprocess.run(
        command,
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)),
    )
    assert done.returncode == 1
    assert "make room" in done.stderr
    assert "Traceback" not in done.stderr
    assert stands(project)


@pytest.mark.slow
def test_a_kernel_that_dies_is_named_and_leaves_the_former_results(project, capfd):
    former(project)
    path = project / "notebooks" / "01_ingestion.ipynb"
    dying = path.read_text(encoding="utf-8").replace(
        "found = study.read", "import os\\nos._exit(9)\\nfound = study.read"
    )
    path.write_text(dying, encoding="utf-8")
    assert notebooks.run(project / "my.yml") == 1
    assert "01_ingestion.ipynb: Kernel died" in capfd.readouterr().err
    assert stands(project)


def test_what_somebody_put_there_meanwhile_stays(project, monkeypatch):
    def make(values, stage):
        stage.mkdir()
        (project / "mine").mkdir()
        (project / "mine" / "thesis.txt").write_text("precious", encoding="utf-8")
        return True

    monkeypatch.setattr(notebooks, "make", make)
    with pytest.raises(ValueError, match=r"holds thesis\.txt"):
        notebooks.run(project / "my.yml")
    assert [p.name for p in (project / "mine").iterdir()] == ["thesis.txt"]
    assert not list(project.glob(".reported-speech-*"))


def test_the_text_of_a_web_page_is_kept_beside_the_results(tmp_path, seeds):
    from dataclasses import replace

    page = replace(seeds[0], doc_id="a.html", sha256="of the page")
    notebooks.keep_texts(tmp_path, [seeds[1], page])
    kept = list((tmp_path / "texts").iterdir())
    assert len(kept) == 1
    assert kept[0].read_bytes().decode("utf-8") == page.text
