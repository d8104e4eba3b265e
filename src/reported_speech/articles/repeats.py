"""What to look at before a corpus is trusted: articles that repeat one another, characters that mislead the eye."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from heapq import nsmallest

from .alignment import PIECE
from .document import Document
from .normalization import letters

RUN, SKETCH, ALIKE = 5, 128, 0.8  # words a run, hashes a sketch, share of common ones that makes two articles one
COMMON = 200  # articles that are compared for one run of words, at most
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
UNSEEN = re.compile("[\u00ad\u200b\u2060\u180e\ufeff]")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "ARABIC")


def sketch(document: Document) -> frozenset[int]:
    """Return the smallest hashes of an article's runs of five words, boilerplate left out (Broder 1997)."""
    text = " ".join(span.of(document.text) for span in document.paragraphs())
    words = re.findall(r"\w+", letters(text).lower())
    runs = {" ".join(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1))}
    return frozenset(nsmallest(SKETCH, (int.from_bytes(blake2b(r.encode(), digest_size=8).digest()) for r in runs)))


def repeats(documents: Iterable[Document]) -> dict[str, str]:
    """Return doc_id -> the first document before it that it repeats: four in five of the smallest hashes of both are common.

    Two sketches that are so alike share one of the rarest fifth of each (prefix filter: Chaudhuri et al. 2006), so only articles that
    do are compared: a passage that many articles share costs nothing. Time grows with the number of documents.
    """
    documents = list(documents)
    sketches = [sketch(d) for d in documents]
    frequency = Counter(value for one in sketches for value in one)
    out: dict[str, str] = {}
    having: dict[int, list[int]] = {}
    for number, mine in enumerate(sketches):
        rarest = sorted(mine, key=lambda value: (frequency[value], value))[
            : len(mine) - math.ceil(ALIKE * len(mine)) + 1
        ]
        near = {n for value in rarest for n in having.get(value, ())[:COMMON]}
        alike = [n for n in sorted(near) if _likeness(mine, sketches[n]) >= ALIKE]
        if alike:
            out[documents[number].doc_id] = documents[alike[0]].doc_id
            continue  # a third copy is compared with the first
        for value in rarest:
            having.setdefault(value, []).append(number)
    return out


def _likeness(one: frozenset[int], other: frozenset[int]) -> float:
    """The share of common hashes among the smallest of both: an estimate of the share of common runs of words."""
    common = one & other
    if len(common) < ALIKE * max(len(one), len(other)):
        return 0.0
    both = nsmallest(SKETCH, one | other)
    return sum(value in common for value in both) / len(both)


def remarks(document: Document) -> list[str]:
    """Return what in a document may mislead a reader's eye, each with its number.

    >>> from reported_speech.articles.document import parse
    >>> remarks(parse("The minis\\u200bter met the B\\u0430ku envoy.", "a.txt"))
    ['unseen characters: 1', 'words of mixed scripts: 1']
    """
    words = LETTERS.findall(document.text)
    found = {
        "characters that turn the direction of writing": len(BIDI.findall(document.text)),
        "unseen characters": len(UNSEEN.findall(document.text.removeprefix("\ufeff"))),
        "words of mixed scripts": sum(len({_script(c) for c in word} - {""}) > 1 for word in words),
        "lines so long that they are read in pieces": sum(s.end - s.start > PIECE for s in document.paragraphs()),
    }
    unread = dict(document.given).get("unread date", "")
    return [f"{what}: {n}" for what, n in found.items() if n] + ([f"a date that is none: {unread}"] if unread else [])


@cache
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((s for s in SCRIPTS if name.startswith(s)), "")
