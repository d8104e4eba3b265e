"""What the speaker does: cue, content, kind, act of the cue's entry -> act."""

import pytest

from reported_speech.lexicons import load
from reported_speech.quotations.acts import act_of

ACTS = [
    ("en", "expressed gratitude for", "the support", "speech_act", "", "thanks"),
    ("en", "extended his condolences over", "the crash", "speech_act", "", "condoles"),
    ("en", "stressed", "the need for peace", "speech_act", "stress", "requests"),
    ("en", "stressed", "the importance of peace", "speech_act", "stress", "asserts"),
    ("en", "reaffirmed", "Azerbaijan’s commitment to deepening ties", "speech_act", "reaffirm", "promises"),
    ("en", "recalled", "Iran’s support for Azerbaijan", "speech_act", "recall", "asserts"),  # he only brings it up
    ("en", "said", "\"the need for peace is clear\"", "direct", "say", "asserts"),  # what a clause says is no act
    ("en", "welcomed", "a conference on the need for peace", "speech_act", "welcome", "asserts"),  # not the head
    ("fa", "تاکید کرد", "ضرورت گسترش روابط", "speech_act", "تاکید", "requests"),
    ("fa", "ابراز رضایت کرد", "روند مذاکرات", "speech_act", "ابراز رضایت", "thanks"),
    ("fa", "گفت", "ضرورت دارد", "direct", "گفت", "asserts"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "cue", "content", "kind", "entry", "expected"), ACTS)
def test_acts(language, cue, content, kind, entry, expected):
    assert act_of(cue, content, kind, "asserts", language, entry) == expected


def test_each_cue_names_an_act_that_has_a_class(analyses):
    known = load("acts")["acts"]
    assert {entry["act"] for entry in load("cues.en")["verbs"].values()} <= known.keys()
    assert {q.act for a in analyses for q in a.quotations} <= known.keys()
    assert {entry["class"] for entry in known.values()} == {"assertive", "commissive", "directive", "expressive"}
