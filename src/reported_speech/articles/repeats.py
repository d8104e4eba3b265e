"""Articles that repeat one another, word for word or nearly."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from .document import Document
from .normalization import letters

RUN, SKETCH, ALIKE = 5, 128, 0.8  # words a run, hashes a sketch, share of common ones that makes two articles one
COMMON = 50  # articles that are compared for one run of words, at most


def sketch(document: Document) -> frozenset[int]:
    """Return the smallest hashes of an article's runs of five words, boilerplate left out (Broder 1997)."""
    text = " ".join(span.of(document.text) for span in document.paragraphs())
    words = re.findall(r"\w+", letters(text).lower())
    runs = {" ".join(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1))}
    return frozenset(sorted(int.from_bytes(blake2b(r.encode(), digest_size=8).digest()) for r in runs)[:SKETCH])


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
    both = sorted(one | other)[:SKETCH]
    return sum(value in common for value in both) / len(both)
