import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_speech.analysis import analyse
from reported_speech.articles.document import Document, parse

from .cases import ENGLISH, PERSIAN


def found(article):
    document = parse(article, "a.txt")
    analysis = next(analyse([document]))
    say = lambda span: span.of(article) if span else ""  # noqa: E731
    return [(q.kind, say(q.source), say(q.cue), *(s.of(article) for s in q.content)) for q in analysis.quotations]


@pytest.mark.parametrize(("article", "relations"), ENGLISH)
def test_english(article, relations):
    assert found(article) == relations


@pytest.mark.parametrize(("article", "relations"), PERSIAN)
def test_persian(article, relations):
    assert found(article) == relations


def test_every_span_is_exact_and_in_bounds(analyses):
    for a in analyses:
        text = a.document.text
        for q in a.quotations:
            for span in (*q.content, *filter(None, (q.cue, q.source))):
                assert 0 <= span.start < span.end <= len(text)
                assert span.of(text) == span.of(text).strip()
        assert all(m.span.of(text) == m.text for m in a.mentions)


def test_rows_stand_in_the_order_of_the_text(analyses):
    for a in analyses:
        places = [q.order for q in a.quotations]
        assert places == sorted(places)


def test_another_document_changes_no_row(seeds, analyses):
    alone = next(analyse(seeds[2:3]))
    assert alone.quotations == analyses[2].quotations
    assert alone.mentions == analyses[2].mentions


WORDS = st.lists(st.sampled_from(
    ["He", "said", "that", "Iran", "the minister", "“", "”", '"', ",", ".", "\n", "وزیر", "گفت", ":", "که", "بر", "تاکید کرد", "را", "«", "»", "به گفته", "is", "open", "",
     "\u200c", "\u202e", "=1+1", "<script>", "از", "خبر داد", "مرز باز است", "گفت:", "وی", "افزود", "همچنین", "محکوم کرد", "به نقل از", "با اشاره به", "ایرنا",
     "این مطلب را", "در این بیانیه آمده است", "خواستار", "شد", "وزیر خارجه ایران", "،", "و", "told reporters", "according to", "he", "added", "WALLACE:", "saying"]),
    max_size=30).map(" ".join)  # fmt: skip


@given(WORDS, st.sampled_from(["en", "fa"]))
def test_extraction_never_raises_and_repeats_itself(text, language):
    document = Document("a.txt", "", text, language, ())
    first, second = next(analyse([document])), next(analyse([document]))
    assert first.quotations == second.quotations
    assert all(0 <= s.start < s.end <= len(text) for q in first.quotations for s in q.content)


@pytest.mark.parametrize("sentence", ["The minister said that it rained. ", "وزیر گفت که باران آمد. "])
def test_a_line_longer_than_the_parser_takes_is_read_in_pieces(sentence):
    relations = found(sentence * 400)
    assert len(relations) == 400
    assert len(set(relations)) == 1


def test_a_thousand_marks_do_no_harm():
    assert found("He said " + '"' * 1000 + " ok.\nThe minister said that it rained.")[-1][1] == "The minister"
