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
