"""Analyses that are kept: the same as fresh ones, made anew when they must be and only then."""

import importlib.metadata
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from reported_speech import analysis as quotations
from reported_speech import archive as store
from reported_speech import corpus as corpora
from reported_speech.articles.document import naming, parse


@pytest.fixture
def folder(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in (("a", '"We accept it all," Safarov said.'), ("b", "The minister said that he left.")):
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    return articles


def counted(monkeypatch):
    """Let the documents that are analysed be listed."""
    seen, analysed = [], quotations.analysis_of

    def listing(document, *how):
        seen.append(document.doc_id)
        return analysed(document, *how)

    monkeypatch.setattr(quotations, "analysis_of", listing)
    return seen


def test_one_article_more_costs_one_analysis(tmp_path, folder, monkeypatch):
    corpora.read(folder, tmp_path / "kept")
    seen = counted(monkeypatch)
    (folder / "c.txt").write_text("The envoy said no to it.", encoding="utf-8")
    (folder / "a.txt").write_text('"We reject it all," Safarov said.', encoding="utf-8")
    corpora.read(folder, tmp_path / "kept")
    assert seen == ["a.txt", "c.txt"]


@pytest.mark.parametrize("damage", ["write_bytes", "unlink", "row", "folder"])
def test_what_is_damaged_or_deleted_is_made_anew(tmp_path, folder, damage):
    before = corpora.read(folder, tmp_path / "kept")
    expected = list(before.analyses)
    file = tmp_path / "kept" / "analyses.sqlite"
    if damage == "row":
        before.analyses.store._do("update kept set found = '{\"actors\": 7'")
    elif damage == "folder":
        shutil.rmtree(file.parent)
    else:
        getattr(file, damage)(*([b"no database at all"] * (damage == "write_bytes")))
    assert list(before.analyses) == expected
    assert list(corpora.read(folder, tmp_path / "kept").analyses) == expected


def test_an_article_that_cannot_be_analysed_is_rejected_by_name_and_tried_again(tmp_path, folder, a_fails):
    for retry in (True, False):
        found = corpora.read(folder, tmp_path / "kept", retry=retry)
        assert [d.doc_id for d in found.documents] == [a.document.doc_id for a in found.analyses] == ["b.txt"]
        assert [(r.path, r.reason) for r in found.rejected] == [
            ("a.txt", "cannot be analysed: TypeError: no such thing")
        ]
    a_fails.undo()
    assert corpora.read(folder, tmp_path / "kept").rejected
    assert not corpora.read(folder, tmp_path / "kept", retry=True).rejected


def test_the_key_covers_every_module_that_an_analysis_loads():
    code = (
        "import sys, reported_speech.quotations; print(*(m for m in sys.modules if m.startswith('reported_speech.')))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    modules = {m.split(".")[1] for m in loaded} - {"quotations"}
    assert modules == set(store.MODULES)
    used = {p.name.split(".")[0] for p in (Path(corpora.__file__).parent / "lexicons").glob("*.*")}
    assert used - set(store.LEXICONS) == {"README", "schemas", "themes"}


def test_what_former_code_found_is_dropped_by_the_next_study_and_nothing_else_is(tmp_path, folder, monkeypatch):
    kept = corpora.read(folder, tmp_path / "kept").analyses.store
    kept.keep([(parse("سفیر گفت: «مرز باز است.»", "fa.txt"), "{}", None)])
    kept.tidy([])
    assert len(kept._do("select key from kept")) == 3
    monkeypatch.setitem(store.CODE, "en", "other rules")
    kept.tidy([])
    assert kept._do("select found from kept") == [("{}",)]


def test_what_failed_in_another_corpus_stays(tmp_path, folder):
    kept = corpora.read(folder, tmp_path / "kept").analyses.store
    mine, other = (parse("The minister said that it rained.", name) for name in ("mine.txt", "other.txt"))
    kept.keep([(mine, None, "too long"), (other, None, "too long")])
    kept.tidy([store.key(mine)])
    assert kept.failed([store.key(mine), store.key(other)]) == {store.key(other): "too long"}


def test_a_base_in_use_or_a_full_disk_deletes_nothing(tmp_path, folder):
    kept = corpora.read(folder, tmp_path / "kept").analyses.store
    with pytest.raises(sqlite3.ProgrammingError):
        kept._do("select ? from kept", (1, 2))
    with pytest.raises(OSError, match=r"analyses\.sqlite: .*syntax error"):
        kept._do("select nothing from kept")
    assert len(kept._do("select key from kept")) == 2


def test_other_packages_make_another_key(monkeypatch):
    before = {language: store._code(language) for language in store.OTHER}
    version = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "9" if name == "hazm" else version(name))
    assert store._code("fa") != before["fa"]
    assert store._code("en") == before["en"] == store.CODE["en"]


@pytest.mark.parametrize(("changed", "language"), [("english_joins.py", "en"), ("persian_cues.py", "fa")])
def test_a_rule_of_one_language_keeps_what_was_found_in_the_other(monkeypatch, changed, language):
    before, read = dict(store.CODE), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b"#" * (path.name == changed))
    assert [name for name in store.OTHER if store._code(name) != before[name]] == [language]


def test_an_error_names_its_document():
    with pytest.raises(ValueError, match=r"document a\.txt: KeyError: 'x'"), naming("a.txt"):
        {}["x"]
