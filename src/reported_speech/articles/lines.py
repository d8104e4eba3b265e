"""Lines and paragraphs: where a line end is but the crawler's, or a mail's, and the sentence goes on behind it."""

from __future__ import annotations

import re
from itertools import pairwise

LINE = re.compile(r"[^\r\n\u2028\u2029\x85\x0b\x0c]+")
ENDS = (*".!?؟…:؛;", *"\"”»’')]")  # of a sentence, or of what stands behind it
STOP = re.compile(r"[.!?؟][\"”»’]?(?:\s|$)")
WIDTHS = range(36, 130)  # characters of a line that a program has broken
FULL = 0.65  # of the longest line, at least, has a line that was broken because it was full
DIGITS = re.compile(r"\d\d")  # a date, an hour: below a headline
BLANKS = re.compile(
    "[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|\u200b(?=\\s)|(?<=\\s)\u200b"
)  # that a page has for a plain one
LOW = re.compile("„([^„“”\r\n]*)[“”]")
OPENS = re.compile(r"[-–—•●▪*#>·|]|\d+[.)]\s|By\b|by [A-Z]")  # a paragraph, a list, a byline


def flowing(text: str) -> str:
    """Return a text, character by character as long as it was, whose line ends inside a sentence or paragraph are blanks, and whose
    blanks and low quotation marks are plain ones.

    A line goes on in the next one if it ends no sentence and that begins with a small letter; where most lines are full and broken
    at about one width, each goes on up to a blank line, an indent, or a line that is short.

    >>> flowing("We will keep the port\\nclosed until May, said\\nthe mayor.\\n\\nMehr\\nnews")
    'We will keep the port closed until May, said the mayor.\\n\\nMehr\\nnews'
    """
    text = LOW.sub(r"“\1”", BLANKS.sub(" ", text))
    lines = [m for m in LINE.finditer(text) if m.group().strip()]
    pairs = [
        (a, b) for a, b in pairwise(lines) if re.fullmatch(r"[ \t]*(?:\r\n|\n|\r)?\x0c?", text[a.end() : b.start()])
    ]
    prose: dict[
        int, bool
    ] = {}  # whether a sentence ends in the rest of a line's block, or it is a headline with its date
    for a, b in reversed(pairs):
        prose[a.start()] = any(STOP.search(m.group()) for m in (a, b)) or prose.get(b.start(), False)
    width = _width([pair for pair in pairs if prose[pair[0].start()]])
    out = list(text)
    for a, b in pairs:
        line, following = a.group().strip(), b.group()
        ended = line.endswith(ENDS)
        clause = len(following.split()) > 2 or (
            following.rstrip().endswith(".") and not following.rstrip().endswith("..")
        )
        small = following.lstrip()[:1].islower() and len(line.split()) > 2 and not ended and clause
        long = prose[a.start()] and len(line) >= FULL * width and not (ended and len(line) < 0.8 * width)
        tight = len(line) + len(following.split()[0]) >= width and not ended  # the next word had no room
        full = width and (long or (tight and not DIGITS.search(following)))
        deeper = _indent(following) > _indent(a.group()) + 1
        if (small or full) and not deeper and not OPENS.match(following.lstrip()):
            out[a.end() : b.start()] = " " * (b.start() - a.end())
    return "".join(out)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _width(pairs: list) -> int:
    """The width at which a text was broken: that of its longest line, if most lines before another one are about as long and end in the
    middle of a sentence; 0 if it was not broken."""
    before = [len(a.group().strip()) for a, _ in pairs]
    width = max((len(line.group().strip()) for pair in pairs for line in pair), default=0)
    if len(before) < 3 or width not in WIDTHS:
        return 0
    full = sum(n >= FULL * width for n in before)
    running = sum(not a.group().strip().endswith(ENDS) for a, _ in pairs)
    return width if full >= 0.6 * len(before) and running >= 0.5 * len(before) else 0
