"""The parse: what stands beside a line changes nothing in it."""

import numpy
import pytest

from reported_speech import analysis
from reported_speech.analysis import analyse
from reported_speech.articles.document import Rejected
from reported_speech.articles.document import parse as document
from reported_speech.quotations.english import parse
from reported_speech.quotations.english.parse import parse_lines, parser

ATTRIBUTES = ["TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD"]


def annotations(tokens):
    return tokens.to_array(ATTRIBUTES).tolist(), list(map(str, tokens))


def test_a_line_alone_is_read_as_in_company(seeds):
    lines = [s.of(d.text) for d in seeds if d.language == "en" for s in d.paragraphs()]
    with parser().select_pipes(disable="without_tensor"):  # its figures are compared as well
        together = list(parser().pipe(lines, batch_size=len(lines)))
        assert all(one.tensor.size for one in together)
        for size in (1, 3, 16):
            for one, other in zip(parser().pipe(lines, batch_size=size), together, strict=True):
                assert annotations(one) == annotations(other)
                assert numpy.array_equal(one.tensor, other.tensor)


@pytest.mark.parametrize("number, length", [(1, 10), (200, 10), (70, 3_000), (3, 70_000)])
def test_no_more_lines_are_read_at_once_than_there_is_memory_for(number, length):
    texts = ["x" * length] * number
    found = list(parse._batches(texts))
    assert [t for some in found for t in some] == texts
    assert all(
        len(some) <= parse.LINES and (len(some) == 1 or len(some) * length <= parse.CHARACTERS) for some in found
    )
    assert len(found) < number or number < 4


def test_documents_are_read_together_each_by_its_own_lines():
    texts = ["The minister said he left.\nHe added that it rained.", "", '"We accept it all," Safarov said.']
    articles = [document(t or "The rest.", f"{n}.txt", language="en") for n, t in enumerate(texts)]
    assert parse_lines([]) == []
    for article, lines in zip(articles, parse_lines(articles), strict=True):
        assert [line.words for line in lines] == article.text.split("\n")


def test_a_document_that_cannot_be_parsed_fails_by_itself(monkeypatch):
    articles = [
        document(f"The minister said that he met {n} of them.", f"{n}.txt", language="en")
        for n in ("one", "two", "three")
    ]
    parsed = parse.parse_lines

    def failing(some):
        if any("two" in d.text for d in some):
            raise MemoryError("too much")
        return parsed(some)

    monkeypatch.setattr(analysis.english_parsing, "parse_lines", failing)
    found = list(analyse(articles))
    assert [isinstance(f, Rejected) for f in found] == [False, True, False]
    assert "MemoryError: too much" in found[1].reason
    assert [len(found[n].quotations) for n in (0, 2)] == [1, 1]
