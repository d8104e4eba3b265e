"""What is kept between runs: the same rows as without it, made anew when they must be and only then; what a corpus writes down."""

import shutil
import sqlite3
import subprocess
import sys
import zlib

import pytest

from reported_speech import archive, cluster, corpus
from reported_speech.analysis import analyse
from reported_speech.articles.document import naming
from reported_speech.articles.reading import read_corpus
from reported_speech.quotations.english import parse


@pytest.fixture
def folder(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    for name, text in (
        ("a", '"We accept it all," Safarov said.'),
        ("b", "The minister said that he left."),
        ("c", "سفیر گفت: «مرز باز است.»"),
    ):
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    return articles


@pytest.fixture
def parsed(monkeypatch):
    """The texts of the lines that are parsed, as they come."""
    seen, pipe = [], parse.parser().pipe
    monkeypatch.setattr(
        parse.parser(), "pipe", lambda texts, **how: seen.extend(texts) or pipe(seen[-len(texts) :], **how)
    )
    return seen


def found(folder, kept):
    return list(corpus.read(folder, kept).analyses)


@pytest.fixture
def another_rule(monkeypatch):
    """Code that is not that of the analyses kept so far."""
    return lambda: monkeypatch.setattr(cluster, "fingerprint", lambda: "another rule")


def test_rows_of_what_is_kept_are_those_without(tmp_path, root, analyses, another_rule):
    assert found(root / "seeds", tmp_path) == analyses
    assert found(root / "seeds", tmp_path) == analyses
    another_rule()
    assert found(root / "seeds", tmp_path) == analyses


def test_one_article_more_costs_one_parse(tmp_path, folder, parsed):
    found(folder, tmp_path / "kept")
    parsed.clear()
    (folder / "d.txt").write_text("The envoy said no to it.", encoding="utf-8")
    (folder / "a.txt").write_text('"We reject it all," Safarov said.', encoding="utf-8")
    found(folder, tmp_path / "kept")
    assert parsed == ['"We reject it all," Safarov said.', "The envoy said no to it."]


def test_an_article_that_was_analysed_is_not_again(tmp_path, folder, monkeypatch):
    expected, texts = found(folder, tmp_path / "kept"), []
    analysed = cluster.analysed
    monkeypatch.setattr(cluster, "spread", lambda items, *_: texts.extend(d.text for d, _ in items) or iter(()))
    assert found(folder, tmp_path / "kept") == expected
    assert texts == []
    monkeypatch.undo()
    (folder / "d.txt").write_text("The envoy said no to it.", encoding="utf-8")
    monkeypatch.setattr(cluster, "analysed", lambda items: texts.extend(d.text for d, _ in items) or analysed(items))
    assert len(corpus.read(folder, tmp_path / "kept").documents) == 4


def test_another_rule_parses_only_lines_that_it_reads_otherwise(tmp_path, folder, parsed, monkeypatch, another_rule):
    found(folder, tmp_path / "kept")
    parsed.clear()
    blank_misleading = parse.blank_misleading
    monkeypatch.setattr(parse, "blank_misleading", lambda line: blank_misleading(line).replace("minister", "mayor"))
    expected = list(analyse(read_corpus(folder)[0]))
    parsed.clear()
    another_rule()
    assert found(folder, tmp_path / "kept") == expected
    assert parsed == ["The mayor said that he left."]


@pytest.mark.parametrize("damage", ["file", "deleted", "row", "other", "folder"])
def test_what_is_damaged_or_deleted_is_parsed_again(tmp_path, folder, damage):
    expected = found(folder, tmp_path / "kept")
    file = tmp_path / "kept" / "kept.sqlite"
    if damage == "row":
        with sqlite3.connect(file) as base:
            base.execute("update kept set thing = x'00'")
    elif damage == "other":  # something that is whole, but not what was kept
        with sqlite3.connect(file) as base:
            base.execute("update kept set thing = ?", (zlib.compress(b"something else"),))
    elif damage == "folder":
        shutil.rmtree(file.parent)
    elif damage == "file":
        file.write_bytes(b"no database at all")
    else:
        file.unlink()
    assert found(folder, tmp_path / "kept") == expected
    assert found(folder, tmp_path / "kept") == expected


def test_what_another_model_parsed_is_dropped(tmp_path, folder):
    found(folder, tmp_path / "kept")
    (key,) = {parse.parse_key(d) for d in read_corpus(folder / "a.txt")[0]}
    store = archive.Archive(tmp_path / "kept")
    store.tidy(parse.versions())
    assert store.get([key])
    store.tidy("another model")
    assert not store.get([key])


def test_a_base_in_use_or_a_full_disk_deletes_nothing(tmp_path, folder):
    found(folder, tmp_path / "kept")
    store = archive.Archive(tmp_path / "kept")
    with pytest.raises(OSError, match=r"kept\.sqlite: .*syntax error"):
        store._do("select nothing from kept", [()])
    with pytest.raises(sqlite3.ProgrammingError):
        store._do("select ? from kept", [(1, 2)])
    assert len(store._do("select key from kept", [()])) == 5


def test_the_same_text_under_another_name_is_not_parsed_again(tmp_path, folder, parsed):
    found(folder, tmp_path / "kept")
    parsed.clear()
    (folder / "a.txt").rename(folder / "z.txt")
    assert {a.document.doc_id for a in found(folder, tmp_path / "kept")} == {"b.txt", "c.txt", "z.txt"}
    assert parsed == []


def test_a_corpus_is_read_back_as_it_was_written(tmp_path, folder):
    (folder / "empty.txt").write_text("", encoding="utf-8")
    made = corpus.read(folder, tmp_path / "kept", into=tmp_path / "found")
    again = corpus.Corpus(tmp_path / "found")
    documents, rejected = read_corpus(folder)
    assert made.documents == again.documents == documents
    assert made.rejected == again.rejected == rejected
    assert list(made.analyses) == list(again.analyses) == list(analyse(documents))
    assert list(again.analyses) == list(again.analyses)


def test_an_article_that_fails_is_rejected_by_name_and_the_rest_goes_on(tmp_path, folder, a_fails):
    made = corpus.read(folder, tmp_path / "kept")
    assert [d.doc_id for d in made.documents] == [a.document.doc_id for a in made.analyses] == ["b.txt", "c.txt"]
    assert [(r.path, r.reason) for r in made.rejected] == [("a.txt", "cannot be analysed: TypeError: no such thing")]
    a_fails.undo()
    assert not corpus.read(folder, tmp_path / "kept").rejected


def test_reading_what_was_found_loads_neither_spacy_nor_hazm(tmp_path, folder):
    corpus.read(folder, tmp_path / "kept", into=tmp_path / "found")
    code = (
        "import sys; from pathlib import Path; from reported_speech.corpus import Corpus; "
        f"assert len(list(Corpus(Path({str(tmp_path / 'found')!r})).analyses)) == 3; "
        "print(sorted({'spacy', 'hazm'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_an_error_names_its_document():
    with pytest.raises(ValueError, match=r"document a\.txt: TypeError: no"), naming("a.txt"):
        raise TypeError("no")
