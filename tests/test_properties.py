"""What holds of any text: from bytes to pages, in two languages and in both at once."""

import re
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from reported_speech.analysis import analyse
from reported_speech.articles.document import Document, parse
from reported_speech.articles.document import shown as codes
from reported_speech.articles.reading import read
from reported_speech.report import markup, tables
from reported_speech.report.themes import themes_of

PIECES = ["The minister said", "he added", "that Iran agrees", "Ali Bagheri", "“we accept", "it”", "‘", '"', "«", "»", ".", ",", ":", "\n", "\r\n", " ",
          "وزیر گفت", "وی افزود", "که مرز باز است", "سفیر ایران", "\u200c", "\u202e", "\ufeff", "e\u0301", "👩‍👩‍👧", "<b>", "=1+1", "2023-01-09", "Tasnim"]  # fmt: skip
ARTICLES = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)


def document(text, name="a.txt"):
    language = "fa" if len(re.findall("[\u0600-\u06ff]", text)) > len(text) / 3 else "en"
    return Document(name, "", text, language, ())


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_rejected(data):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(data)
        found = read(path)
    assert found.text.encode() == data if isinstance(found, Document) else found.reason and found.remedy


@given(ARTICLES)
def test_the_parts_of_a_document_are_its_words(text):
    found = parse(text, "a.txt")
    if isinstance(found, Document):
        assert all(0 <= p.span.start < p.span.end <= len(text) for p in found.parts)
        assert all(text[s.start : s.end].strip() for s in found.paragraphs())


@given(ARTICLES)
def test_every_row_is_the_article_word_for_word(text):
    analysis = next(analyse([document(text)]))
    for row in tables.quotations_table([analysis]).itertuples():
        assert " … ".join(text[a:b] for a, b in tables.spans_of(row.spans)) == row.text
        assert row.cue_start < 0 or text[row.cue_start : row.cue_end] == row.cue
        assert row.source_start < 0 or text[row.source_start : row.source_end] == row.source
    assert all(text[m.span.start : m.span.end] == m.text for m in analysis.mentions)


@given(ARTICLES, ARTICLES)
def test_another_document_changes_no_row(one, other):
    alone = next(analyse([document(one)]))
    together = list(analyse([document(other, "b.txt"), document(one)]))[1]
    assert tables.quotations_table([alone]).equals(tables.quotations_table([together]))


@given(ARTICLES)
def test_a_page_shows_every_word_and_runs_nothing(text):
    analysis = next(analyse([document(text)]))
    rows = tables.quotations_table([analysis]).assign(side="")
    html = str(markup.marked_article(analysis.document, rows.itertuples(), {}, (), "en"))
    assert set(re.findall(r"</?(\w+)", html)) <= {"div", "p", "mark", "span", "small", "b", "u", "button"}
    shown = unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(small|button).*?</\1>", "", html)))
    assert "".join(shown.split()) == "".join(codes(text).split())


@given(ARTICLES, st.sampled_from(["en", "fa"]))
def test_themes_never_depend_on_what_follows_a_line(text, language):
    assert themes_of(text, language) == themes_of(text + "\n", language)
