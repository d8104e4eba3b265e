"""A line of a Persian article, on the letter skeleton: its sentences, cues and marked stretches; and what is found in it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from ...articles.alignment import Span, trimmed
from ..marks import Marked, find_marked
from .cues import cues_in

STOP = re.compile(r"[.!?؟](?=\s|$|[»”\"])|؛(?= (?:وی|او) \S+(?: \S+)?:)")  # «…؛ وی افزود: …»
INITIALS = re.compile(r"(?<!\w)\w{1,2}\.(?: ?\w{1,2}\.)+")  # «تی. آر. تی»: no end of a sentence
EDGE = " ،؛:,.\t"


@dataclass(frozen=True)
class Found:
    """A relation in places of the skeleton."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    rule: str
    entry: str
    act: str
    clause: bool
    direct: bool = False
    passive: bool = False


class Line:
    """One line of the skeleton: its sentences, cues and marked stretches; ``people`` holds the names of those whom the document knows."""

    def __init__(self, text: str, start: int, end: int, people: frozenset[str] = frozenset()):
        self.text, self.start, self.end, self.people = text, start, end, people
        self.words = text[start:end]
        self.marked = find_marked(text, start, end)
        initials = [m.span() for m in INITIALS.finditer(text, start, end)]
        stops = [
            m.end()
            for m in STOP.finditer(text, start, end)
            if not self.in_marks(m.start()) and not any(a <= m.start() < b for a, b in initials)
        ]
        spoken = (
            m for m in self.marked if m.closed and text[m.end - 2] in ".!؟?" and text[: m.start].rstrip()[-1:] == ":"
        )
        stops = sorted({*stops, *(m.end for m in spoken if m.end < end)})  # «X گفت: “A.” Y گفت: “B.”»
        bounds = [start, *stops, *([end] if not stops or stops[-1] < end else [])]
        self.sentences = [s for a, b in itertools.pairwise(bounds) if (s := trimmed(text, a, b))]
        self.cues = [c for c in cues_in(text, start, end) if not self.in_marks(c.span.start)]

    def in_marks(self, place: int) -> bool:
        """Tell whether a place lies inside a closed marked stretch."""
        return any(m.start < place < m.end for m in self.marked if m.closed)

    def sentence(self, place: int) -> Span:
        """The sentence of a place."""
        return next((s for s in self.sentences if s.start <= place < s.end), Span(self.start, self.end))

    def mark_at(self, place: int) -> Marked | None:
        """The marked stretch that begins at a place, blanks skipped."""
        while place < self.end and self.text[place].isspace():
            place += 1
        return next((m for m in self.marked if m.start == place), None)
