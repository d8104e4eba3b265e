"""A text and, for each of its characters, its place in the source it was made from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein


class Span(NamedTuple):
    """A half-open range of code points: ``source[start:end]``.

    >>> Span(2, 5).of("abcdef")
    'cde'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words of the span in its text."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Tell whether the other span lies wholly in this one."""
        return self.start <= other.start and other.end <= self.end


def trimmed(text: str, start: int, end: int, strip: str = "") -> Span | None:
    """Return the span without white space (and ``strip`` characters) at its ends, or None if nothing is left.

    >>> trimmed(" a b. ", 0, 6, strip=".")
    Span(start=1, end=4)
    """
    while start < end and (text[start].isspace() or text[start] in strip):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in strip):
        end -= 1
    return Span(start, end) if start < end else None


PIECE = 5000  # characters of a line that the parser reads at once


def pieces(text: str, span: Span, most: int = PIECE) -> list[Span]:
    """Cut a line that is too long for the parser behind the last full stop (or blank) before each limit.

    >>> pieces("One. Two. Three.", Span(0, 16), most=7)
    [Span(start=0, end=5), Span(start=5, end=10), Span(start=10, end=16)]
    """
    out, start = [], span.start
    while span.end - start > most:
        stop = text.rfind(". ", start, start + most)
        blank = text.rfind(" ", start, start + most)
        end = stop + 2 if stop > start else blank + 1 if blank > start else start + most
        out.append(Span(start, end))
        start = end
    return [*out, Span(start, span.end)]


@dataclass(frozen=True)
class AlignedText:
    """A text whose character ``i`` stands for ``source[starts[i]:ends[i]]``.

    ``starts`` and ``ends`` never decrease; several characters may come from one (a ligature), and a dropped character
    (a vowel sign) belongs to the one before it.

    >>> plain = AlignedText.of("کِتاب").apply(lambda s: s.replace("\\u0650", ""))
    >>> plain.text, plain.source_span(0, 1)
    ('کتاب', Span(start=0, end=2))
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, source: str, start: int = 0, end: int | None = None) -> AlignedText:
        """Return the source (or its part from start to end) aligned with itself."""
        end = len(source) if end is None else end
        return cls(source[start:end], range(start, end), range(start + 1, end + 1))

    def apply(self, change: Callable[[str], str]) -> AlignedText:
        """Return the text after ``change``, aligned with the same source."""
        after = change(self.text)
        if after == self.text:
            return self
        starts: list[int] = []
        ends: list[int] = []
        for tag, i, j, k, m in Levenshtein.opcodes(self.text, after):
            if tag == "delete":
                if ends:
                    ends[-1] = self.ends[j - 1]
                continue
            for n in range(m - k):
                if tag == "insert":
                    at = self.ends[i - 1] if i else self.starts[0] if self.starts else 0
                    starts.append(at)
                    ends.append(at)
                else:
                    starts.append(self.starts[i + n])
                    ends.append(self.ends[i + n])
        return AlignedText(after, tuple(starts), tuple(ends))

    def replace_words(self, pieces: list[tuple[int, int, str]]) -> AlignedText:
        """Return the text with each ``text[start:end]`` replaced (pieces in order, not overlapping), aligned piece by piece."""
        text: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for start, end, new in pieces:
            text += [self.text[at:start], new]
            starts += self.starts[at:start]
            ends += self.ends[at:start]
            piece = AlignedText(self.text[start:end], self.starts[start:end], self.ends[start:end]).apply(
                lambda _, new=new: new
            )
            starts += piece.starts
            ends += piece.ends
            at = end
        return AlignedText("".join([*text, self.text[at:]]), (*starts, *self.starts[at:]), (*ends, *self.ends[at:]))

    def source_span(self, start: int, end: int) -> Span:
        """Return the source span of ``text[start:end]``; raises ValueError if that is empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no text from {start} to {end} in a text of {len(self.text)} characters")
        return Span(self.starts[start], self.ends[end - 1])

    def from_source(self, span: Span) -> Span:
        """Return the span of this text that comes from a span of the source (empty if all of it was dropped)."""
        return Span(
            bisect_left(self.starts, span.start),
            max(bisect_left(self.starts, span.end), bisect_left(self.starts, span.start)),
        )
