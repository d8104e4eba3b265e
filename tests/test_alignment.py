import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_speech.alignment import AlignedText, Span, trimmed


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_change_keeps_the_places_in_order_and_in_bounds(source, after):
    aligned = AlignedText.of(source).apply(lambda _: after)
    assert aligned.text == after
    assert len(aligned.starts) == len(aligned.ends) == len(after)
    assert list(aligned.starts) == sorted(aligned.starts)
    assert all(0 <= a <= b <= len(source) for a, b in zip(aligned.starts, aligned.ends, strict=True))


@given(st.text(alphabet="abc ", max_size=40), st.data())
def test_replacing_words_leaves_the_rest_where_it_was(source, data):
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    aligned = AlignedText.of(source).replace_words([(start, end, "XY")])
    assert aligned.text == source[:start] + "XY" + source[end:]
    for i, character in enumerate(aligned.text):
        if character not in "XY":
            assert source[aligned.starts[i] : aligned.ends[i]] == character


def test_a_span_goes_to_the_source_and_back():
    aligned = AlignedText.of("a  b").apply(lambda s: s.replace("  ", " "))
    assert aligned.text == "a b"
    assert aligned.source_span(2, 3) == Span(3, 4)
    assert aligned.from_source(Span(3, 4)) == Span(2, 3)


def test_no_text_has_no_source_span():
    with pytest.raises(ValueError, match="no text"):
        AlignedText.of("abc").source_span(1, 1)


@pytest.mark.parametrize(("text", "span"), [("  ", None), (" a ", Span(1, 2)), (" .a, ", Span(2, 3))])
def test_trimmed(text, span):
    assert trimmed(text, 0, len(text), strip=".,") == span
