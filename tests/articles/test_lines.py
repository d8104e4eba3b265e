"""Where a line end is none of the article's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reported_speech.articles.document import parse
from reported_speech.articles.lines import flowing

WRAPPED = """The minister of transport said in the capital on Monday that the new
line between the two ports would open before the summer and that the
Ministry would pay for it. He added that
tickets would be cheap.

Asked about the delay, he said that the contractor had lost the map."""


@pytest.mark.parametrize(("text", "joined"), [
    ("We will keep the port\nclosed until May.", 1),
    ("We will keep the port\r\nclosed until May.", 1),
    (WRAPPED, 3),
    (f"Minister says the new line between the two ports will have opened\nSoon enough\n\n{WRAPPED}", 4),
    (f"Minister says the new line between the two ports will have opened\nJune 12, 2024\n\n{WRAPPED}", 3),
    ("\n".join(f"   {line}" for line in WRAPPED.split("\n")), 3),
    (WRAPPED.replace("tickets", "   Tickets").replace("that\n", "so.\n"), 2),
    ("Rain in Baku\nThe minister said that it rained.", 0),
    ("Home\nnews\nsport", 0),
    ("The minister said in the capital on Monday\nRain over the harbour town on the river\nPhoto of the harbour town in rain\nCode: 123", 0),
    ("The minister said that it rained.\nhe left.", 0),
    ("The minister said this:\n- it rained", 0),
    ("The minister said that\n\nit rained.", 0),
])  # fmt: skip
def test_a_sentence_goes_on_behind_a_line_end(text, joined):
    flow = flowing(text)
    assert len(flow) == len(text)
    assert text.count("\n") - flow.count("\n") == joined


@given(
    st.lists(
        st.sampled_from(
            ["The minister said", "that it rained.", "and left", "", "  Indented", "- item", "و گفت", "A" * 60]
        )
    ).map("\n".join)
)
def test_only_line_ends_become_blanks(text):
    flow = flowing(text)
    assert len(flow) == len(text)
    assert all(a == b or (a in "\r\n \t" and b == " ") for a, b in zip(text, flow, strict=True))


def test_blanks_and_low_marks_of_a_page_are_plain_ones():
    text = "He\u00a0said:\u202f„It is so.“ „Good,” she \u200bsaid, and\n\x0cleft at once."
    assert flowing(text) == "He said: “It is so.” “Good,” she  said, and  left at once."


def test_words_across_a_line_end_stay_in_their_place():
    from reported_speech.analysis import analyse

    text = '"We will keep the port\nclosed until May," said Orsolya Brand,\nthe mayor of Brackton.'
    found = next(analyse([parse(text, "a.txt")])).quotations
    assert [q.content[0].of(text) for q in found] == ['"We will keep the port\nclosed until May,"']
