"""Scores against gold annotations: the relations that match, how much of each is right, and every error.

Tokens are the matches of ``\\w+``. Relations are matched one to one within a document, best Jaccard index first, from 0.5 on
("partial"); "strict" wants the same tokens, "attributed" a partial match with the right speaker, "quotation" a strict match
with the right kind and speaker. Shares (kind, cue, source, speaker) are over partial matches.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from .alignment import Span
from .quotations.relation import KINDS
from .tables import spans_of, table

F1S = ("partial", "strict", "attributed", "quotation")
SHARES = ("kind", "cue", "source", "speaker")


@dataclass(frozen=True)
class Relation:
    """A relation as it is scored, gold or predicted."""

    doc_id: str
    kind: str
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    speaker: str
    rule: str = ""


def read_gold(path: Path) -> list[Relation]:
    """Read annotations, one relation a line: doc, kind, content, cue, source, speaker."""
    out = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        speaker = "" if row["speaker"] == "unknown" else row["speaker"]
        cue, source = (Span(*row[k]) if row[k] else None for k in ("cue", "source"))
        out.append(Relation(row["doc"], row["kind"], tuple(Span(*s) for s in row["content"]), cue, source, speaker))
    return out


def from_table(quotations: pd.DataFrame) -> list[Relation]:
    """Turn the table of quotations into relations."""
    out = []
    for q in quotations.itertuples():
        cue = Span(q.cue_start, q.cue_end) if q.cue_start >= 0 else None
        source = Span(q.source_start, q.source_end) if q.source_start >= 0 else None
        out.append(
            Relation(q.doc_id, q.kind, tuple(Span(*s) for s in spans_of(q.spans)), cue, source, q.speaker, q.rule)
        )
    return out


def tokens_of(spans, words: list[tuple[int, int]]) -> frozenset[int]:
    """Return the indices of the words that touch the spans.

    >>> sorted(tokens_of([Span(3, 6)], [(0, 2), (3, 5), (5, 8)]))
    [1, 2]
    """
    return frozenset(i for i, (a, b) in enumerate(words) for s, e in spans if a < e and s < b)


def jaccard(x: frozenset, y: frozenset) -> float:
    """Return the overlap of two sets, 1.0 for two empty ones."""
    return len(x & y) / len(x | y) if x | y else 1.0


def match(gold: list[Relation], predicted: list[Relation], words) -> list[tuple[int, int, float]]:
    """Return the pairs (gold index, predicted index, Jaccard index) of one document."""
    left = [tokens_of(r.content, words) for r in gold]
    right = [tokens_of(r.content, words) for r in predicted]
    pairs = sorted((-jaccard(x, y), i, j) for i, x in enumerate(left) for j, y in enumerate(right) if x & y)
    used_gold, used_predicted, out = set(), set(), []
    for minus, i, j in pairs:
        if minus <= -0.5 and i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            out.append((i, j, -minus))
    return out


def right(gold: Relation, predicted: Relation, words) -> dict[str, bool]:
    """Return what of a matched relation is right."""
    same = {"kind": gold.kind == predicted.kind, "speaker": gold.speaker == predicted.speaker}
    for role in ("cue", "source"):
        mine, theirs = (tokens_of([s] if s else [], words) for s in (getattr(gold, role), getattr(predicted, role)))
        same[role] = jaccard(mine, theirs) >= 0.5
    return same


def compare(gold: list[Relation], predicted: list[Relation], texts: dict[str, str]) -> tuple[list[dict], list[dict]]:
    """Return counts, one dict a relation matched, missed or made up, and the errors as rows.

    ``texts`` maps the documents to be scored to their decoded sources.
    """
    units, errors = [], []
    for doc in sorted(texts):
        text = texts[doc]
        words = [m.span() for m in re.finditer(r"\w+", text)]
        wanted, got = ([r for r in side if r.doc_id == doc] for side in (gold, predicted))
        pairs = match(wanted, got, words)
        say = lambda r, t=text: " … ".join(s.of(t) for s in r.content)  # noqa: E731
        paragraph = lambda r, d=doc, t=text: (d, t.count("\n", 0, r.content[0].start))  # noqa: E731
        for i, j, index in pairs:
            same = right(wanted[i], got[j], words)
            units.append(
                {
                    "unit": paragraph(wanted[i]),
                    "kind": wanted[i].kind,
                    "predicted_kind": got[j].kind,
                    "gold": 1,
                    "predicted": 1,
                    "partial": 1,
                    "strict": index == 1,
                    "attributed": same["speaker"],
                    "quotation": index == 1 and same["kind"] and same["speaker"],
                    **{f"{role} right": ok for role, ok in same.items()},
                }
            )
            wrong = {"span": (say(wanted[i]), say(got[j]))} if index < 1 else {}
            for role in (r for r in SHARES if not same[r]):
                wrong[role] = tuple(
                    (x.of(text) if isinstance(x, Span) else x or "")
                    for x in (getattr(wanted[i], role), getattr(got[j], role))
                )
            errors += [
                {"doc_id": doc, "error": e, "gold": g, "predicted": p, "rule": got[j].rule}
                for e, (g, p) in wrong.items()
            ]
        for i in sorted(set(range(len(wanted))) - {i for i, _, _ in pairs}):
            units.append(
                {"unit": paragraph(wanted[i]), "kind": wanted[i].kind, "predicted_kind": "", "gold": 1, "predicted": 0}
            )
            errors.append({"doc_id": doc, "error": "missed", "gold": say(wanted[i]), "predicted": "", "rule": ""})
        for j in sorted(set(range(len(got))) - {j for _, j, _ in pairs}):
            units.append(
                {"unit": paragraph(got[j]), "kind": "", "predicted_kind": got[j].kind, "gold": 0, "predicted": 1}
            )
            errors.append(
                {"doc_id": doc, "error": "made up", "gold": "", "predicted": say(got[j]), "rule": got[j].rule}
            )
    return units, errors


COUNTS = ("gold", "predicted", *F1S, *(f"{share} right" for share in SHARES))


def rates(total: np.ndarray) -> dict[str, tuple]:
    """Return metric -> (gold, predicted, precision, recall, F1 or share) from sums of COUNTS, one row or many."""
    n = dict(zip(COUNTS, np.moveaxis(np.atleast_2d(total).astype(float), 1, 0), strict=True))
    ratio = lambda a, b: np.divide(a, b, out=np.zeros_like(a), where=b > 0)  # noqa: E731
    out = {}
    for metric in F1S:
        out[metric] = (
            n["gold"],
            n["predicted"],
            ratio(n[metric], n["predicted"]),
            ratio(n[metric], n["gold"]),
            ratio(2 * n[metric], n["gold"] + n["predicted"]),
        )
    for share in SHARES:
        value = ratio(n[f"{share} right"], n["partial"])
        out[f"{share} right"] = (n["partial"], n["partial"], value, value, value)
    return out


def measure(units: list[dict], samples: int = 1000, seed: int = 0) -> dict[str, tuple]:
    """Return metric -> (gold, predicted, precision, recall, F1 or share, low, high).

    Low and high are the 95% percentile interval over paragraphs drawn with replacement.
    """
    paragraphs: dict = defaultdict(lambda: np.zeros(len(COUNTS)))
    for unit in units:
        paragraphs[unit["unit"]] += [unit.get(c, 0) for c in COUNTS]
    counts = np.array([paragraphs[key] for key in sorted(paragraphs)])
    draw = np.random.default_rng(seed).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=samples)
    drawn = rates(draw @ counts)
    return {
        m: (*(float(v[0]) for v in row), *np.percentile(drawn[m][-1], (2.5, 97.5)).tolist())
        for m, row in rates(counts.sum(axis=0)).items()
    }


def scores(
    gold: list[Relation],
    predicted: list[Relation],
    texts: dict[str, str],
    languages: dict[str, str],
    samples: int = 1000,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables of scores (by language and kind) and of errors."""
    units, errors = compare(gold, predicted, texts)
    rows = []
    for language in ("all", *sorted(set(languages.values()))):
        for kind in ("all", *KINDS):
            chosen = [
                u
                for u in units
                if language in ("all", languages[u["unit"][0]]) and kind in ("all", u["kind"], u["predicted_kind"])
            ]
            if not chosen:
                continue
            measured = measure([u for u in chosen if kind in ("all", u["kind"])] or chosen, samples)
            if kind != "all":
                measured |= {m: v for m, v in measure([_of_kind(u, kind) for u in chosen], samples).items() if m in F1S}
            for metric, (n_gold, n_predicted, p, r, f, low, high) in measured.items():
                rows.append(
                    {
                        "language": language,
                        "kind": kind,
                        "metric": metric,
                        "gold": n_gold,
                        "predicted": n_predicted,
                        "precision": p,
                        "recall": r,
                        "f1": f,
                        "low": low,
                        "high": high,
                    }
                )
    return table("scores", rows), table("errors", errors)


def _of_kind(unit: dict, kind: str) -> dict:
    """A unit as it counts for one kind: a relation extracted as another kind than annotated is missed there, and made up here."""
    wanted, got = unit["kind"] == kind, unit["predicted_kind"] == kind
    return unit if wanted and got else {"unit": unit["unit"], "gold": int(wanted), "predicted": int(got)}


RIGHT = tuple(f"{share} right" for share in SHARES)


def wide(scores: pd.DataFrame, metrics: tuple[str, ...]) -> pd.DataFrame:
    """Return the scores with one column a metric: value and interval."""
    chosen = scores[scores.metric.isin(metrics)]
    cells = chosen.assign(value=[f"{r.f1:.2f} [{r.low:.2f}–{r.high:.2f}]" for r in chosen.itertuples()])
    first = chosen.drop_duplicates(["language", "kind"])[["language", "kind", "gold", "predicted"]]
    for metric in metrics:
        first = first.merge(
            cells[cells.metric == metric][["language", "kind", "value"]].rename(columns={"value": metric}),
            validate="one_to_one",
        )
    return first
