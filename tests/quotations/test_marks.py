import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_speech.quotations.marks import find_marked, is_speech

CASES = [
    ('He said, "We accept.', ['"We accept.'], "never closed"),
    ('"A a," he said. "B b"', ['"A a,"', '"B b"'], "split"),
    ("''We go,'' he said", ["''We go,''"], "doubled single"),
    ("‘It’s ours,’ he said", ["‘It’s ours,’"], "single with an apostrophe"),
    ("the workers' and Iran’s plan", [], "apostrophes only"),
    ("don't say 'never' again", ["'never'"], "apostrophe before marks"),
    ('«پل "آغبند" تا «مرز» است.»', ['«پل "آغبند" تا «مرز» است.»'], "nested"),
    ('" سید عباس موسوی " آمد', ['" سید عباس موسوی "'], "spaced marks"),
    ('"We go. He said "No way," then', ['"We go.', '"No way,"'], "opened again before it was closed"),
    ("“He said ‘no’ to me,” x", ["“He said ‘no’ to me,”"], "single inside double"),
    ("”x y” and “z z“", ["”x y”", "“z z“"], "wrong way round"),
    ("no marks", [], "none"),
    ('"', [], "a mark alone"),
]


@pytest.mark.parametrize(("text", "marked", "why"), CASES)
def test_pairs(text, marked, why):
    assert [m.span.of(text) for m in find_marked(text)] == marked, why


@given(st.text(alphabet="ab .,'\"“”‘’«»`\n:", max_size=80))
def test_stretches_are_in_order_apart_and_inside(text):
    found = find_marked(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(0 <= m.start < m.end <= len(text) for m in found)


def test_a_name_in_marks_is_no_speech():
    assert not is_speech("« سید عباس موسوی »")
    assert is_speech("“We will never accept that”")


MORE = [
    ('"a b" "c d"', [(0, 5, True), (6, 11, True)]),
    ('x "a b. c d', [(2, 11, False)]),
    ('x "a b. c "d e" f', [(2, 7, False), (10, 15, True)]),
    ('x "a b! c "d e" f', [(2, 7, False), (10, 15, True)]),
    ('x "a b? c "d e" f', [(2, 7, False), (10, 15, True)]),
    ('x "a b c "d e" f', [(2, 8, False), (9, 14, True)]),
    ("«a «b» c» d", [(0, 9, True)]),
    ("«a «b c» d", [(0, 10, False)]),
    ("«a» «b»", [(0, 3, True), (4, 7, True)]),
    ("“a b” c “dd", [(0, 5, True), (8, 11, False)]),
    ("„a b” c", [(0, 5, True)]),
    ("„a b“ c", [(0, 5, True)]),
    ("``a b'' c", [(0, 7, True)]),
    ("``a b c", [(0, 7, False)]),
    ("''a b'' c", [(0, 7, True)]),
    ("‘a b’ c", [(0, 5, True)]),
    ("‘a “b” c.’ d", [(0, 10, True)]),
    ("‘a b c", []),
    ("'a b' c", [(0, 5, True)]),
    ("x 'a's b' c", [(2, 9, True)]),
    ("the ministers' talks", []),
    ("'ministers' talks'", [(0, 18, True)]),
    ("'the ministers' talks'", [(0, 15, True)]),
    ("in '90s and '80s", []),
    ("('a b')", [(1, 6, True)]),
    ("a ’b c’ d", []),
    ("‘[A] b’ c", [(0, 7, True)]),
    ("‘… b’ c", [(0, 5, True)]),
    ("‘. b’ c", []),
    ("x “a b “c d” e” f", [(2, 6, False), (7, 12, True)]),
    ('"a b" c" d', [(0, 5, True), (7, 10, False)]),
    ('5" and 6" x', [(1, 9, True)]),
    ('said:"a b" c', [(5, 10, True)]),
    ('said—"a b" c', [(5, 10, True)]),
    ('("a b") c', [(1, 6, True)]),
    ('""', []),
    ('"a"', [(0, 3, True)]),
    ("a “b c‟ d", [(2, 7, True)]),
    ("a ‟b c” d", [(2, 7, True)]),
    ("a “b c” d’ e", [(2, 7, True)]),
    ("a “b ‘c d” e’ f", [(2, 10, True)]),
    ("'a b “c d” e", [(5, 10, True)]),
    ("a “b؟ c “d e” f", [(2, 5, False), (8, 13, True)]),
    ("   ", []),
]


@pytest.mark.parametrize(("text", "found"), MORE)
def test_where_each_stretch_begins_and_ends(text, found):
    assert [tuple(m) for m in find_marked(text)] == found
    inside = f'“x “{text}"“ y'
    assert [tuple(m) for m in find_marked(inside, 4, 4 + len(text))] == [(a + 4, b + 4, c) for a, b, c in found]


@pytest.mark.parametrize(
    ("words", "speech"), [("a b c", False), ("a b c d", True), ("1 2 3 4 5", False), ("a-b-c-d", True), ("", False)]
)
def test_speech_has_more_than_three_words(words, speech):
    assert is_speech(words) is speech
