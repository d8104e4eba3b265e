"""What both languages share: the attribution relation and its kind."""

from __future__ import annotations

from dataclasses import dataclass

from ..articles.alignment import Span
from .marks import Marked, is_speech

KINDS = ("direct", "mixed", "indirect", "speech_act")


@dataclass(frozen=True)
class Quotation:
    """An attribution relation: a source reports a content through a cue (PARC 3.0, PolNeAR).

    All spans are half-open code-point offsets into the decoded source. ``kind`` is direct, mixed, indirect or speech_act
    (after Leech & Short 1981); ``rule`` names the construction that found it, ``cue_entry`` the row of the lexicon;
    ``passive`` marks a cue that names no agent, ``tells`` one whose object is the addressee. ``speaker`` and ``addressee`` are
    actor ids or "", and ``speaker_evidence`` says why; ``review`` is reviewed or corrected where a person has looked at the row.
    """

    doc_id: str
    kind: str
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    rule: str
    cue_entry: str = ""
    confidence: float = 0.0
    act: str = ""
    passive: bool = False
    tells: bool = False
    speaker: str = ""
    addressee: str = ""
    speaker_evidence: str = ""
    review: str = ""
    reviewer: str = ""

    @property
    def id(self) -> str:
        """The citation of the quotation: an RFC 5147 fragment on the source file, of the first content span."""
        return f"{self.doc_id}#char={self.content[0].start},{self.content[0].end}"

    @property
    def place(self) -> int:
        """Where the relation begins, cue and source included."""
        return min(span.start for span in (*self.content, self.cue, self.source) if span)

    @property
    def order(self) -> tuple[int, int]:
        """Its order in the table: by where it begins, then by where its content does (two relations may share a source)."""
        return self.place, self.content[0].start


def kind_of(content: tuple[Span, ...], marked: list[Marked], text: str, clause: bool) -> str:
    """Return the kind: wholly in marks, partly in marks, a clause of its own, or a bare topic.

    Marks that hold a name or a term count for nothing (see marks.is_speech); an English one would have a capital.
    """
    quoted = [m for m in marked if any(m.span.overlaps(c) for c in content)]
    outer = [m for m in quoted if any(c.start <= m.start + 1 and m.end - 2 <= c.end for c in content)]
    if quoted and all(any(_fills(m, c, text) for m in quoted) for c in content):
        return "direct"
    words = [m.span.of(text) for m in outer if m.closed]
    if any(is_speech(w) or w.islower() or (clause and len(w.split()) > 1) for w in words):
        return "mixed"
    return "indirect" if clause else "speech_act"


def _fills(mark: Marked, content: Span, text: str) -> bool:
    left = text[min(mark.start, content.start) : max(mark.start, content.start)]
    right = text[min(mark.end, content.end) : max(mark.end, content.end)]
    return not any(c.isalnum() for c in left + right)


def without_overlaps(spans: list[Span]) -> tuple[Span, ...]:
    """Sort spans and fuse those that touch or overlap.

    >>> without_overlaps([Span(5, 9), Span(0, 6)])
    (Span(start=0, end=9),)
    """
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)
