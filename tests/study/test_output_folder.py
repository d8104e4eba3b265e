"""Where results may go: nothing that a user has is ever replaced, and former results stand until the new ones do."""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_speech.__main__ import main
from reported_speech.study import output_folder

SHA256 = hashlib.sha256(b"precious").hexdigest()
MANIFEST = {"parameters": {}, "inputs": {}, "lock": "", "outputs": {"tables/a.csv": SHA256}}


def results(folder, *more):
    """A folder of results of a study, and more files in it."""
    for name in ("tables/a.csv", *more):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("precious", encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(MANIFEST), encoding="utf-8")


def project_in(folder):
    """A project's folder, with articles, former results and things of a user's around it."""
    for name in ("seeds/a.txt", "src/a.py", "notebooks/a.ipynb", "tests/a.py", "study.yml", "my-articles/2024/b.txt",
                 "own/actors.yml", "corrections.csv", "../precious/c.txt", ".r.old/manifest.json"):  # fmt: skip
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("precious", encoding="utf-8")
    results(folder / "mine")
    results(folder / "noted", "tables/notes.txt")
    (folder / "empty").mkdir()
    (folder / "link").symlink_to("mine")
    (folder / "loop").symlink_to("loop")
    return folder


def content(folder):
    """Every file below a folder, links not followed."""
    return {
        p: p.read_bytes() if not p.is_symlink() else os.readlink(p)
        for p in folder.rglob("*")
        if p.is_symlink() or p.is_file()
    }


def run(output, inputs):
    """What a study does with its output folder, without the study."""
    target = output_folder.check(output, inputs)
    with output_folder.alone(target) as work:
        stage = work / target.name
        stage.mkdir()
        results(stage)
        output_folder.place(stage, target)
    return target


PLACES = ["", ".", "..", "mine", "mine/", "./mine", "mine/deeper", "noted", "empty", "new", "new/er", "seeds", "seeds/new", "src/x", "notebooks", "tests/gold",
          "my-articles", "my-articles/2024", "my-articles/new", "own", "own/x", "../precious", "../precious/new", "../new", "study.yml", "corrections.csv",
          "link", "link/x", "loop", ".git", ".venv/x", ".r.old", "my-articles/../mine"]  # fmt: skip
CORPORA = [
    "seeds",
    "my-articles",
    "my-articles/2024",
    "my-articles/2024/b.txt",
    ".",
    "..",
    "mine",
    "../precious",
    "empty",
]


@given(st.sampled_from(PLACES), st.sampled_from(CORPORA), st.sampled_from(["own", "seeds", "../precious", "."]))
def test_no_file_outside_the_output_is_changed(output, corpus, lexicons):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        project = project_in(Path(folder) / "home" / "project")
        patch.chdir(project)
        before = content(Path(folder))
        kept = {p for p in before if (project / "mine") not in p.parents}
        try:
            target = run(project / output, [project / corpus, project / lexicons])
        except ValueError as error:
            assert str(error).startswith("output: ")
            assert content(Path(folder)) == before
        else:
            after = content(Path(folder))
            assert {p: after.get(p) for p in kept} == {p: before[p] for p in kept}
            assert {p.name for p in target.iterdir()} == {"manifest.json", "tables"}
            assert not list(Path(folder).rglob(".reported-speech-*"))


@pytest.mark.parametrize("output", ["mine", "new", "new/er", "empty", "link", "../new"])
def test_a_new_an_empty_and_a_folder_of_results_are_taken(tmp_path, monkeypatch, output):
    project = project_in(tmp_path / "project")
    monkeypatch.chdir(project)
    target = run(project / output, [project / "seeds"])
    assert (target / "tables" / "a.csv").is_file()
    assert (project / "link").is_symlink()


@pytest.mark.parametrize(("output", "said"), [
    ("", "which the results would replace"), ("..", "which the results would replace"), ("my-articles", "which the results would replace"), ("seeds", "which the results would replace"),
    ("my-articles/new", "no place for results"), ("src/x", "no place for results"), ("../precious", "holds c.txt, which this study did not make"),
    ("noted", "holds tables/notes.txt, which this study did not make; move it away"), ("mine/deeper", "results of another study"), ("study.yml", "would replace"),
    (".r.old", "holds manifest.json"), ("loop", "leads nowhere"), ("README", "is a file"),
])  # fmt: skip
def test_what_else_to_write_is_told(tmp_path, monkeypatch, output, said):
    project = project_in(tmp_path / "project")
    (project / "README").write_text("precious", encoding="utf-8")
    monkeypatch.chdir(project)
    with pytest.raises(ValueError, match="name a folder that is new") as error:
        output_folder.check(project / output, [project / "my-articles", project / "study.yml"])
    assert said in str(error.value)


def test_what_a_user_changed_in_the_results_is_not_replaced(tmp_path):
    results(tmp_path / "mine")
    (tmp_path / "mine" / "tables" / "a.csv").write_text("my notes", encoding="utf-8")
    with pytest.raises(
        ValueError, match=r"holds tables/a\.csv, which was changed since this study wrote it; move it away"
    ):
        output_folder.check(tmp_path / "mine", [])


def test_what_editors_leave_is_nobodys(tmp_path):
    results(tmp_path / "mine", ".DS_Store", "notebooks/.ipynb_checkpoints/a.ipynb")
    assert output_folder.check(tmp_path / "mine", []) == (tmp_path / "mine").resolve()


def test_what_cannot_be_moved_is_told_before_anything_runs(tmp_path, monkeypatch):
    results(tmp_path / "mine")

    def busy(self, target):
        raise OSError(16, "Device or resource busy")

    monkeypatch.setattr(Path, "rename", busy)
    with pytest.raises(OSError, match="cannot be replaced"), output_folder.alone(tmp_path / "mine"):
        pass
    assert [p.name for p in tmp_path.iterdir()] == ["mine"]


def test_the_second_of_two_runs_on_one_folder_says_so(tmp_path):
    with (
        output_folder.alone(tmp_path / "mine"),
        pytest.raises(BlockingIOError, match="another study is writing to"),
        output_folder.alone(tmp_path / "mine"),
    ):
        pass
    with (
        output_folder.alone(tmp_path / "mine"),
        output_folder.alone(tmp_path / "other"),
    ):  # the lock is free again, and of one output
        pass
    assert not list(tmp_path.iterdir())


def test_folders_that_were_made_for_nothing_go(tmp_path):
    with output_folder.alone(tmp_path / "deep" / "er" / "mine"):
        pass
    assert not list(tmp_path.iterdir())


def killed(folder, moved, placed=False):
    """What a run leaves that was killed before or after it moved the former results away, and placed the new."""
    results(folder / "mine")
    work = folder / ".reported-speech-abc"
    results(work / "mine", "new.txt")
    (work / output_folder.MARK).write_text(
        json.dumps({"program": "reported_speech", "output": "mine"}), encoding="utf-8"
    )
    if moved:
        (folder / "mine").rename(work / output_folder.FORMER)
    if placed:
        (work / "mine").rename(folder / "mine")


@pytest.mark.parametrize(("moved", "placed"), [(False, False), (True, False), (True, True)])
def test_any_command_mends_what_a_killed_run_left(tmp_path, monkeypatch, moved, placed):
    killed(tmp_path, moved, placed)
    (tmp_path / "study.yml").touch()
    monkeypatch.chdir(tmp_path)
    main(["same", "Elmar Mammadyarov", "Elmar Mammadyarov"])
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine", "study.yml"]
    assert (tmp_path / "mine" / "new.txt").exists() == placed


def test_what_a_living_run_has_is_left_alone(tmp_path, monkeypatch):
    (tmp_path / "study.yml").touch()
    monkeypatch.chdir(tmp_path)
    with output_folder.alone(tmp_path / "mine") as work:
        output_folder.restore()
        assert work.is_dir()


def test_a_folder_that_only_looks_like_a_runs_is_nobodys_business(tmp_path, monkeypatch):
    (tmp_path / "study.yml").touch()
    for name, mark in (
        (".reported-speech-a", "{}"),
        (".reported-speech-b", '{"program": "reported_speech", "output": "../x"}'),
        (".mine.old", ""),
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / output_folder.MARK).write_text(mark, encoding="utf-8")
    before = content(tmp_path)
    monkeypatch.chdir(tmp_path)
    output_folder.restore()
    with output_folder.alone(tmp_path / "mine"):
        pass
    assert content(tmp_path) == before
    shutil.rmtree(tmp_path)
