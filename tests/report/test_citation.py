"""A citation prints what stands in the article, says what it is, and is checked against the file."""

import json
import shutil

import pytest

from reported_speech.__main__ import main
from reported_speech.articles.document import visible
from reported_speech.report import citation, pages, tables

from ..conftest import ROOT

WORDINGS = [
    ("direct", ['"We agree,"', '"now."'], "en", '"We agree," … "now."'),
    ("direct", ["مرز باز است"], "fa", "مرز باز است"),  # behind a Persian colon: the article has no marks
    ("direct", ['"We agree.'], "en", '"We agree.["]'),  # the article never closes them
    ("direct", ["«مرز باز است"], "fa", "«مرز باز است[»]"),
    ("mixed", ['Iran "will not accept" it'], "en", 'Iran "will not accept" it'),
    ("indirect", ["they agree"], "en", "they agree"),
    ("speech_act", ["the need for peace"], "en", "the need for peace"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "pieces", "language", "expected"), WORDINGS)
def test_only_words_in_marks_are_printed_in_marks(kind, pieces, language, expected):
    assert citation.wording(kind, pieces, language) == expected


@pytest.fixture
def project(root, tmp_path, monkeypatch):
    for name in ("outputs/tables", "seeds"):
        shutil.copytree(root / name, tmp_path / name)
    for name in ("study.yml", "CITATION.cff", "outputs/manifest.json"):
        shutil.copy(root / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_quotation_of_the_study_can_be_cited(project):
    quotations = tables.read("quotations", project / "outputs/tables")
    for row in quotations.itertuples():
        said = citation.cite(row.quotation_id, project / "outputs")
        assert row.quotation_id in said
        assert "extracted automatically" in said
        assert citation.KINDS[row.kind] in said
        first = said.splitlines()[0]
        assert first.startswith("words: " if row.kind == "direct" else "the article’s wording, not the speaker’s: ")
        if row.kind in ("indirect", "speech_act"):
            assert first.split(": ", 1)[1] == visible(row.text)
        pasted = said.splitlines()[-1]
        assert pasted.count("“") == pasted.count("”")
        assert pasted.count('"') % 2 == 0


@pytest.mark.parametrize("style", ["bibtex", "ris", "csl-json"])
def test_reference_managers_get_a_quotation_and_a_figure(project, style, capsys):
    shutil.copytree(ROOT / "outputs/figures", project / "outputs/figures")
    row = next(tables.read("quotations", project / "outputs/tables").itertuples())
    for cited in (row.quotation_id, "fig-balance"):
        assert main(["cite", cited, "--format", style]) == 0
    said = capsys.readouterr().out
    assert (
        row.quotation_id.replace("#", r"\#" if style == "bibtex" else "#").replace(
            "_", r"\_" if style == "bibtex" else "_"
        )
        in said
    )
    if style == "csl-json":
        first = json.loads(said[: said.index("\n]") + 2])[0]
        assert first["type"] == "article-newspaper"
        assert first["issued"] == {"date-parts": [[2023, 1, 9]]}
    else:
        assert said.count("@article{" if style == "bibtex" else "TY  - NEWS") == 1
        assert said.count("@misc{" if style == "bibtex" else "TY  - FIGURE") == 1


def test_the_command_prints_and_fails_clearly(project, capsys):
    quotation_id = tables.read("quotations", project / "outputs/tables").quotation_id[0]
    assert main(["cite", quotation_id]) == 0
    assert "checked: the file has the recorded SHA-256" in capsys.readouterr().out
    assert main(["cite", "001.txt#char=1,2"]) == 1
    assert "no quotation '001.txt#char=1,2'" in capsys.readouterr().err


def test_a_changed_article_is_found_out(project, capsys):
    row = next(tables.read("quotations", project / "outputs/tables").itertuples())
    path = project / "seeds" / row.doc_id
    path.write_text(path.read_text(encoding="utf-8").replace("Iran", "Irak"), encoding="utf-8")
    assert main(["cite", row.quotation_id]) == 1
    assert "SHA-256 differs" in capsys.readouterr().err


def test_a_citation_is_one_line_without_controls():
    assert visible("a\nb\u202ec\x1b]0;x\x07") == "a b[U+202E]c[U+001B]]0;x[U+0007]"


def test_a_citation_in_persian_is_persian_but_for_the_words(project):
    quotations, documents, actors = (
        tables.read(n, project / "outputs" / "tables") for n in ("quotations", "documents", "actors")
    )
    told = {d.doc_id: d for d in documents.itertuples()}
    names = dict(zip(actors.actor_id, actors.name_fa, strict=True))
    for q in quotations.itertuples():
        line, document = citation.of_quotation(q, told[q.doc_id], names, "fa"), told[q.doc_id]
        own = (visible(citation.words_of(q, document.language)), visible(document.title))
        for part in (*own, q.quotation_id, citation.work()["version"], citation.outlet(document, "fa")):
            line = line.replace(part, "", 1)
        assert not any(c.isascii() and c.isalpha() for c in line), line


def test_a_citation_on_a_page_keeps_its_markup_whatever_the_article_says(project):
    quotations, documents = (tables.read(n, project / "outputs" / "tables") for n in ("quotations", "documents"))
    for words in ("bdi", "di", "b", "</bdi>", "<b>", "\u2068", "\u2069x"):
        q = quotations.assign(text=words).iloc[0]
        line = pages.cited(q, documents.assign(title=words).iloc[0], {}, "fa")
        assert line.count("<bdi>") == line.count("</bdi>") == 3
        assert "<" not in line.replace("<bdi>", "").replace("</bdi>", "")
