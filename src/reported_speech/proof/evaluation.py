"""Scores against gold annotations: the relations that match, how much of each is right, and every error.

Tokens are the matches of ``\\w+``. Relations are matched one to one within a document, best Jaccard index first, from 0.5 on
("partial"); "strict" wants the same tokens, "attributed" a partial match with the right speaker, "quotation" a strict match
with the right kind and speaker. Shares (kind, cue, source, speaker) are over partial matches.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from ..analysis import analyse
from ..articles.alignment import Span
from ..articles.document import Document
from ..quotations.relation import KINDS
from ..report import tables
from ..report.tables import spans_of, table

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
    """Read annotations, one relation a line: doc, kind, content, cue, source, speaker; raises ValueError, naming the line, for another."""
    out = []
    for number, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            out.append(relation(row["doc"], row))
        except (ValueError, LookupError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: no annotation ({error}); see tests/gold/README.md") from error
    return out


def relation(doc_id: str, row: dict) -> Relation:
    """Return one annotation as a relation."""
    cue, source = (Span(*row[k]) if row[k] else None for k in ("cue", "source"))
    speaker = "" if row["speaker"] in (None, "unknown") else row["speaker"]
    return Relation(doc_id, row["kind"], tuple(Span(*s) for s in row["content"]), cue, source, speaker)


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


def beside(gold: list[Relation], quotations: pd.DataFrame, documents: list[Document]) -> pd.DataFrame:
    """Return the scores of two extractors on the same annotations: the relations that were laid over the articles, and ours."""
    scored = [d for d in documents if any(r.doc_id == d.doc_id for r in gold)]
    ours = tables.quotations_table(list(analyse(replace(d, relations="") for d in scored)))
    texts, languages = {d.doc_id: d.text for d in scored}, {d.doc_id: d.language for d in scored}
    found = {"relations given": quotations, "this study": ours}
    rows = {name: wide(scores(gold, from_table(q), texts, languages)[0], F1S) for name, q in found.items()}
    return pd.concat([shown[shown.kind == "all"].assign(extractor=name) for name, shown in rows.items()])


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
    for doc, text in sorted(texts.items()):
        wanted, got = ([r for r in side if r.doc_id == doc] for side in (gold, predicted))
        words = [m.span() for m in re.finditer(r"\w+", text)]
        for g, p, index in _pairs(wanted, got, words):
            counts, wrong = _judged(g, p, index, text, words)
            units.append({"unit": (doc, text.count("\n", 0, (g or p).content[0].start)), **counts})
            rule = p.rule if p else ""
            errors += [
                {
                    "doc_id": doc,
                    "quotation_id": _place(p or g),
                    "error": e,
                    "gold": theirs,
                    "predicted": ours,
                    "rule": rule,
                }
                for e, (theirs, ours) in wrong.items()
            ]
    return units, errors


def _place(relation: Relation) -> str:
    return f"{relation.doc_id}#char={relation.content[0].start},{relation.content[0].end}"


def _pairs(wanted: list[Relation], got: list[Relation], words: list[tuple[int, int]]) -> Iterator[tuple]:
    """What matches, with its overlap; then what was missed, and what was made up, beside None."""
    pairs = match(wanted, got, words)
    used = {("gold", i) for i, _, _ in pairs} | {("predicted", j) for _, j, _ in pairs}
    yield from ((wanted[i], got[j], index) for i, j, index in pairs)
    yield from ((g, None, 0) for i, g in enumerate(wanted) if ("gold", i) not in used)
    yield from ((None, p, 0) for j, p in enumerate(got) if ("predicted", j) not in used)


def _judged(
    g: Relation | None, p: Relation | None, index: float, text: str, words: list[tuple[int, int]]
) -> tuple[dict, dict[str, tuple[str, str]]]:
    """The counts of a pair, and what is wrong with it: error -> (what the annotation says, what was extracted)."""

    def say(r: Relation | None) -> str:
        return " … ".join(s.of(text) for s in r.content) if r else ""

    if g is None or p is None:
        kinds = {"kind": g.kind if g else "", "predicted_kind": p.kind if p else ""}
        return {**kinds, "gold": int(p is None), "predicted": int(g is None)}, {
            "missed" if g else "made up": (say(g), say(p))
        }
    same = right(g, p, words)
    counts = {
        "kind": g.kind,
        "predicted_kind": p.kind,
        "gold": 1,
        "predicted": 1,
        "partial": 1,
        "strict": index == 1,
        "attributed": same["speaker"],
        "quotation": index == 1 and same["kind"] and same["speaker"],
        **{f"{role} right": ok for role, ok in same.items()},
    }
    wrong = {"span": (say(g), say(p))} if index < 1 else {}
    for role in (role for role in SHARES if not same[role]):
        both = (getattr(g, role), getattr(p, role))
        wrong[role] = tuple(x.of(text) if isinstance(x, Span) else x or "" for x in both)
    return counts, wrong


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
