"""How fast the extraction is: English apart from the parse, Persian against hazm's own normalizer, on the study's articles."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from .actors import build_cast, known_names
from .documents import Document
from .quotations import english, persian
from .quotations.speakers import attribute
from .sources import read_corpus

WORDS = 800  # of the document that the figures are given for


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Return the time of one repeat, the first one left out."""
    work()
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats


def run(corpus: Path, repeats: int = 20) -> list[str]:
    """Return lines of figures: documents of 800 words a second, and the Persian extraction as a multiple of hazm's normalizer."""
    from hazm import Normalizer

    documents, _ = read_corpus(corpus)
    written = [d for d in documents if d.language == "en"]
    persian_ones = [d for d in documents if d.language == "fa"]
    out = []
    if written:
        lines = [english.parse_lines(d) for d in written]
        size = sum(len(d.text.split()) for d in written) / WORDS
        pairs = list(zip(written, lines, strict=True))
        parse = seconds(lambda: [english.parse_lines(d) for d in written], 2)
        extract = seconds(lambda: [english.extract(d, parsed) for d, parsed in pairs], repeats)
        whole = seconds(lambda: [_resolved(d, parsed) for d, parsed in pairs], repeats)
        out.append(f"English parse: {size / parse:.1f} documents of {WORDS} words a second")
        out.append(
            f"English extraction without the parse: {size / extract:.0f} a second ({extract / parse:.0%} of the parse)"
        )
        out.append(
            f"English extraction, actors and speakers: {size / whole:.0f} a second ({whole / parse:.0%} of the parse)"
        )
    if persian_ones:
        normalizer, names = Normalizer(), known_names("fa")
        theirs = seconds(lambda: [normalizer.normalize(d.text) for d in persian_ones], repeats)
        ours = seconds(lambda: [persian.extract(d, names) for d in persian_ones], repeats)
        out.append(f"Persian extraction: {ours / theirs:.1f} times hazm's normalizer")
    return out


def _resolved(document: Document, lines: list) -> object:
    cast = build_cast(document, english.people(document, lines))
    return attribute(english.extract(document, lines), cast)
