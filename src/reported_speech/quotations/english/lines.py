"""What the rules of English work on: a line of an article, parsed, and a route from a cue to its content."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...articles.alignment import Span, trimmed
from ...lexicons import derived, load
from ..marks import find_marked

EDGE = ",;:-–— \u00a0"
STATES = re.compile(r"(?:[A-Z]\w+(?: [A-Z]\w+)?, )*[A-Z]\w+(?: [A-Z]\w+)?(?:,| and) [A-Z]\w+(?: [A-Z]\w+)?(?= [a-z])")
JOINED = re.compile(r"(?:-\w+)+")


class Line:
    """One line of an article, parsed: tokens with their places in the source, and its marked stretches."""

    def __init__(self, parsed, start: int, text: str):
        self.tokens = parsed
        self.words = parsed.text
        self.start = start
        self.text = text
        self.marked = find_marked(text, start, start + len(self.words))
        self.inside = [-1] * len(parsed)
        for n, mark in enumerate(self.marked):
            for token in parsed.char_span(mark.start - start, mark.end - start, alignment_mode="contract") or ():
                self.inside[token.i] = n

    def place(self, token) -> int:
        """Source place of a token's first character."""
        return self.start + token.idx

    def span(self, first: int, last: int) -> Span:
        """Source span of the tokens from first to last, both included."""
        while last > first and self.tokens[last].is_space:
            last -= 1
        token = self.tokens[last]
        end = self.place(token) + len(token)
        joined = JOINED.match(self.text, end) if self.text[end - 1 : end].isalnum() else None
        return Span(self.place(self.tokens[first]), joined.end() if joined else end)

    def subtree(self, token) -> Span:
        """Source span of a token's whole subtree, trimmed of punctuation at its edges."""
        span = self.span(token.left_edge.i, token.right_edge.i)
        return trimmed(self.text, *span, strip=EDGE) or span


@dataclass(frozen=True)
class Route:
    """A way from a cue to its content: the frame's name, the content, and the further tokens of the cue.

    ``whole`` is the content with its subordinator.
    """

    name: str
    span: Span
    whole: Span
    words: tuple = ()
    clausal: bool = False

    @property
    def from_marks(self) -> bool:
        """Whether the content is a marked stretch."""
        return self.name.startswith("marks")


def position(token) -> str:
    """The part of speech under which a token is looked up."""
    return "VERB" if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB") else token.pos_


def dated(token) -> bool:
    """Tell whether a noun is a day, a month, a year or a stretch of time."""
    return (
        token.text in load("cues.en")["days"]
        or token.lower_ in load("cues.en")["days"]
        or bool(re.fullmatch(r"(?:19|20)\d\d|\d\d?:\d\d", token.text))
    )


def subordinators(group: str) -> list[str]:
    """The words that open a clause of a kind: conceding, reasons, beside."""
    return load("cues.en")["subordinators"][group]


@derived
def _abbreviated() -> re.Pattern:
    return re.compile(rf"\b(?:(?:[A-Z]\.)*[A-Z]|{'|'.join(load('titles')['en']['abbreviated'])})\.(?=\s)")


def ended(words: str) -> str:
    """Return words without titles and initials whose full stop ends no sentence.

    >>> ended("the dialogue with Mr. A. Mammadov. He")
    'the dialogue with   Mammadov. He'
    """
    return _abbreviated().sub("", words)
