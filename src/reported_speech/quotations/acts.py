"""What the speaker does: the act of the cue, unless a noun of the cue or at the head of the content says more."""

from __future__ import annotations

import re
from dataclasses import replace

from ..articles.document import Document
from ..lexicons import derived, load
from ..people.offices import plain
from .relation import Quotation

HEAD_ENDS = re.compile(r"\s(?:of|for|to|that|in|with|on|over|about|at|towards?|by|from|and|as|&)\s|[,.;:]")


@derived
def _nouns(language: str) -> dict[str, str]:
    return {plain(noun, language): act for act, entry in load("acts")["acts"].items() for noun in entry[language]}


def act_of(cue: str, content: str, kind: str, act: str, language: str, entry: str = "") -> str:
    """Return the act of a quotation from its cue, the first words of its content and the act of the cue's entry.

    Only the bare topic of a speech act has a head that counts, and not under a cue that merely brings it up.

    >>> act_of("expressed gratitude for", "the support", "speech_act", "asserts", "en")
    'thanks'
    >>> act_of("stressed", "the need for peace", "speech_act", "asserts", "en")
    'requests'
    >>> act_of("said", "the need for peace is clear", "indirect", "asserts", "en")
    'asserts'
    """
    nouns = _nouns(language)
    for word in plain(cue, language).lower().split():
        if word in nouns:
            return nouns[word]
    if kind != "speech_act" or entry in load("acts")["referring"][language]:
        return act
    head = plain(content, language).lower()
    words = head.split()[:2] if language == "fa" else HEAD_ENDS.split(head)[0].split()[-1:]
    return next((nouns[word] for word in words if word in nouns), act)


def with_acts(document: Document, quotations: list[Quotation]) -> list[Quotation]:
    """Return the quotations with the acts that cue and construction tell."""
    out = []
    for q in quotations:
        cue = q.cue.of(document.text) if q.cue else ""
        act = act_of(cue, q.content[0].of(document.text), q.kind, q.act, document.language, q.cue_entry)
        out.append(q if act == q.act else replace(q, act=act))
    return out
