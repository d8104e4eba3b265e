import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_speech.articles.alignment import AlignedText, Span, pieces, trimmed


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


@pytest.mark.parametrize(("one", "other", "overlap", "cover"), [
    (Span(2, 5), Span(5, 7), False, False), (Span(5, 7), Span(2, 5), False, False), (Span(2, 5), Span(4, 7), True, False),
    (Span(2, 5), Span(2, 5), True, True), (Span(2, 5), Span(3, 4), True, True), (Span(2, 5), Span(2, 6), True, False),
    (Span(2, 5), Span(1, 5), True, False),
])  # fmt: skip
def test_how_two_spans_lie(one, other, overlap, cover):
    assert one.overlaps(other) == other.overlaps(one) == overlap
    assert one.covers(other) == cover


@pytest.mark.parametrize(("text", "most", "found"), [
    ("One. Two. Three.", 7, ["One. ", "Two. ", "Three."]), ("One. Two. Three.", 16, ["One. Two. Three."]),
    ("One. Two. Three.", 15, ["One. Two. ", "Three."]), ("one two three", 8, ["one two ", "three"]),
    ("onetwothree", 4, ["onet", "woth", "ree"]), (". onetwo", 4, [". ", "onet", "wo"]), (" onetwo x", 4, [" one", "two ", "x"]),
    ("abcd", 4, ["abcd"]), ("", 4, [""]),
])  # fmt: skip
def test_a_long_line_is_cut_behind_a_full_stop_or_blank(text, most, found):
    assert [s.of(text) for s in pieces(text, Span(0, len(text)), most)] == found
    inside = [s.of(f"xx{text}yy") for s in pieces(f"xx{text}yy", Span(2, 2 + len(text)), most)]
    assert inside == found


def test_a_line_of_usual_length_is_one_piece():
    assert len(pieces("a " * 2500, Span(0, 5000))) == 1
    assert len(pieces("a " * 2501, Span(0, 5002))) == 2


@pytest.mark.parametrize(("before", "after", "places"), [
    ("abc", "abc", [(0, 1), (1, 2), (2, 3)]), ("abc", "ac", [(0, 2), (2, 3)]), ("abc", "bc", [(1, 2), (2, 3)]),
    ("abc", "aXbc", [(0, 1), (1, 1), (1, 2), (2, 3)]), ("abc", "Xabc", [(0, 0), (0, 1), (1, 2), (2, 3)]),
    ("abc", "aXc", [(0, 1), (1, 2), (2, 3)]), ("abc", "", []), ("", "X", [(0, 0)]), ("abcd", "ad", [(0, 3), (3, 4)]),
    ("ab", "abXY", [(0, 1), (1, 2), (2, 2), (2, 2)]),
])  # fmt: skip
def test_each_character_keeps_its_place(before, after, places):
    for shift in (0, 3):
        aligned = AlignedText.of("·" * shift + before, shift).apply(lambda _: after)
        assert list(zip(aligned.starts, aligned.ends, strict=True)) == [(a + shift, b + shift) for a, b in places] or (
            not before
        )


def test_changes_follow_one_another():
    aligned = AlignedText.of("aabbcc").apply(lambda s: s.replace("bb", "")).apply(lambda s: s.replace("c", "d"))
    assert aligned == AlignedText("aadd", (0, 1, 4, 5), (1, 4, 5, 6))
    assert AlignedText.of("abcdef", 2, 4) == AlignedText("cd", range(2, 4), range(3, 5))


def test_words_are_replaced_piece_by_piece():
    aligned = AlignedText.of("one two three").replace_words([(0, 3, "1"), (8, 13, "3!")])
    assert aligned.text == "1 two 3!"
    assert aligned.source_span(0, 1) == Span(0, 3)
    assert aligned.starts[1:6] == (3, 4, 5, 6, 7)
    assert aligned.source_span(6, 8) == Span(8, 13)
    assert AlignedText.of("xyone", 2).replace_words([(0, 3, "1")]).starts == (2,)


@pytest.mark.parametrize(("start", "end"), [(1, 1), (2, 1), (-1, 2), (0, 4), (3, 4)])
def test_a_stretch_outside_the_text_is_an_error(start, end):
    with pytest.raises(ValueError, match=f"no text from {start} to {end} in a text of 3 characters"):
        AlignedText.of("abc").source_span(start, end)


def test_a_span_of_the_source_that_was_dropped_is_empty_here():
    aligned = AlignedText.of("abcdef").apply(lambda s: s.replace("cd", ""))
    assert aligned.from_source(Span(0, 2)) == Span(0, 2)
    assert aligned.from_source(Span(2, 4)) == Span(2, 2)
    assert aligned.from_source(Span(1, 5)) == Span(1, 3)
    assert aligned.from_source(Span(4, 6)) == Span(2, 4)
    assert aligned.from_source(Span(5, 4)) == Span(3, 3)


@pytest.mark.parametrize(("text", "start", "end", "strip", "span"), [
    ("ab", 0, 2, "", Span(0, 2)), ("  ab  ", 1, 5, "", Span(2, 4)), ("..ab..", 0, 6, ".", Span(2, 4)), ("a", 0, 1, "a", None),
    ("xabx", 1, 3, "x", Span(1, 3)), ("a b", 0, 3, "", Span(0, 3)), ("ab", 1, 1, "", None), ("\u2003ab\n", 0, 4, "", Span(1, 3)),
])  # fmt: skip
def test_trimmed_at_both_ends(text, start, end, strip, span):
    assert trimmed(text, start, end, strip) == span
