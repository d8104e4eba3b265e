"""How often relations by a rule and entry were right on an annotated corpus: the confidence of a row."""

from __future__ import annotations

import csv
from functools import cache

from ...lexicons import FOLDER


@cache
def _trust() -> dict[tuple[str, str], tuple[int, int]]:
    """(rule, entry) -> (found, right) on the annotated corpus; the entry "*" is the sum over a rule."""
    path = FOLDER / "trust.en.tsv"
    out: dict[tuple[str, str], tuple[int, int]] = {}
    if path.exists():
        with path.open(encoding="utf-8") as rows:
            for r in csv.DictReader(rows, delimiter="\t"):
                for key in ((r["rule"], r["entry"]), (r["rule"], "*"), ("*", "*")):
                    found, right = out.get(key, (0, 0))
                    out[key] = (found + int(r["found"]), right + int(r["right"]))
    return out


@cache
def trust(rule: str, entry: str, weight: float = 5.0) -> float:
    """Return how often relations by a rule and entry were right on the annotated corpus, smoothed by the rule's own rate.

    >>> 0.9 < trust("en:marks", "say") < 1
    True
    """
    p = 0.5
    for key in (("*", "*"), (rule, "*"), (rule, entry)):
        found, right = _trust().get(key, (0, 0))
        p = (right + weight * p) / (found + weight)
    return p
