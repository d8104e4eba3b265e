"""Pairs of quotation marks in a line of text: straight, curly, angled, doubled single; unpaired and nested ones too."""

from __future__ import annotations

import re
from typing import NamedTuple

from ..articles.alignment import Span

OPENING = {"«": "»", "“": "”", "„": "”", "``": "''"}
EITHER = {'"', "‟", "''"}
MARK = re.compile(r"``|''|[«»“”„‟\"‘’']")
SINGLE = {"‘", "’", "'"}
CLOSED = re.compile(r"[.,!?…]’(?!\w)")  # a single mark that surely closes
FOUR = re.compile(r"(?:[\W\d_]*+[^\W\d_]++){4}")  # words


class Marked(NamedTuple):
    """A stretch in quotation marks, marks included; ``closed`` is False where the closing mark is missing."""

    start: int
    end: int
    closed: bool

    @property
    def span(self) -> Span:
        """The stretch as a Span."""
        return Span(self.start, self.end)


def find_marked(text: str, start: int = 0, end: int | None = None) -> list[Marked]:
    """Return the outermost marked stretches of one line, ``text[start:end]``, in order.

    A mark that is never closed runs to the end of the line; one that is opened again before it is closed ends at the last
    full stop before that. Apostrophes are no marks. Linear in the length of the line.

    >>> [m.span.of('"Go," he said. "Now') for m in find_marked('"Go," he said. "Now')]
    ['"Go,"', '"Now']
    >>> find_marked("Iran’s and the neighbours' 'border'")
    [Marked(start=27, end=35, closed=True)]
    """
    end = len(text) if end is None else end
    out: list[Marked] = []
    opened: re.Match | None = None
    depth = 0
    last_single = max((m.end() for m in CLOSED.finditer(text, start, end)), default=-1)
    for mark in MARK.finditer(text, start, end):
        sign = mark.group()
        if sign in SINGLE and (opened is None or opened.group() in SINGLE):
            opened = _single(text, start, end, mark, opened, out)
            continue
        if sign in SINGLE:
            continue
        if opened is not None and opened.group() in SINGLE:
            if opened.group() == "‘" and mark.end() < last_single:  # ‘a “nested” one.’
                continue
            opened = None
        if opened is None:
            if sign in OPENING or sign in EITHER or _opens(text, start, end, mark):
                opened, depth = mark, 1
        elif sign == opened.group() == "«":
            depth += 1
        elif _closes(text, start, end, opened, mark):
            depth -= 1
            if depth == 0:
                out.append(Marked(opened.start(), mark.end(), True))
                opened = None
        elif sign == opened.group() or (sign in OPENING and opened.group() in EITHER):
            out.append(_cut(text, opened, mark.start()))
            opened, depth = mark, 1
    if opened is not None and opened.group() not in SINGLE:
        out.append(_cut(text, opened, end, whole=True))
    return [m for m in out if m.end - m.start > 2]


def _opens(text: str, start: int, end: int, mark: re.Match) -> bool:
    """A blank (or a bracket, colon, dash, or nothing) before and a sign other than a blank after."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return (before.isspace() or before in "([{—–-:،/«“") and not after.isspace() and after not in ".,;:!?؟،؛)]"


def _closes(text: str, start: int, end: int, opened: re.Match, mark: re.Match) -> bool:
    sign, first = mark.group(), opened.group()
    if OPENING.get(first) == sign:
        return True
    if first in ("“", "”", "„", "‟", '"') and sign in ("”", "“", "‟", '"'):
        return not (_opens(text, start, end, mark) and _opens(text, start, end, opened))
    return sign == first and not (
        sign in EITHER and _opens(text, start, end, mark) and _opens(text, start, end, opened)
    )


def _single(
    text: str, start: int, end: int, mark: re.Match, opened: re.Match | None, out: list[Marked]
) -> re.Match | None:
    """Follow single marks: an opening one stands before a word and not behind one, a closing one the other way round."""
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if opened is None or mark.group() == "‘":
        return mark if mark.group() != "’" and not before.isalnum() and (after.isalnum() or after in "[(…") else opened
    if after.isalnum() or before.isspace():
        return opened
    if before == "s" and after == " " and text[opened.start() : mark.start()].count(" ") < 1:
        return opened
    out.append(Marked(opened.start(), mark.end(), True))
    return None


def _cut(text: str, opened: re.Match, end: int, whole: bool = False) -> Marked:
    """An unclosed stretch: to the last full stop before ``end``, or (``whole``) to the last sign that is no blank."""
    words = text[opened.start() : end].rstrip()
    stop = max(words.rfind("."), words.rfind("!"), words.rfind("?"), words.rfind("؟"))
    length = len(words) if whole or stop < 1 else stop + 1
    return Marked(opened.start(), opened.start() + length, False)


def is_speech(words: str) -> bool:
    """Tell whether marked words can be speech: a name, a title or a term in marks has at most three words, or no letters.

    >>> is_speech("“3+3”"), is_speech("«پل آغبند»"), is_speech('"a deep and lasting friendship"')
    (False, False, True)
    """
    return FOUR.match(words) is not None
