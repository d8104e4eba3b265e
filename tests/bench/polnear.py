"""Measures the English extraction on PolNeAR, where the corpus is at hand: by construction, and beside textacy.

The corpus has no stated licence: figures about it are kept (``report/measurements/polnear.json``), its words are not. PolNeAR's sources and
contents are scored as its authors' peers do: a source is right if it shares a word with the annotated one.
"""

from __future__ import annotations

import datetime
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from reported_speech.articles.alignment import Span
from reported_speech.articles.document import Document
from reported_speech.proof.evaluation import Relation, match, tokens_of
from reported_speech.quotations.english.extraction import extract
from reported_speech.quotations.relation import Quotation
from reported_speech.report.measured import STORED

from . import frames

MARK = re.compile(r"[\"“”„‟«»]|``|''")


def read_dev(folder: Path) -> Iterator[tuple[Document, list[dict]]]:
    """Yield the articles of a folder in BRAT's layout: ``text/<doc>.txt``, ``attributions/<doc>_<annotator>.ann``."""
    for path in sorted((folder / "text").glob("*.txt")):
        text = path.read_bytes().decode("utf-8")
        spans, relations = {}, []
        files = sorted((folder / "attributions").glob(f"{path.stem}_*.ann"))
        for file in files[:1]:  # of two annotators the first
            for line in file.read_bytes().decode("utf-8").split("\n"):
                columns = line.split("\t")
                if line.startswith("T"):
                    places = columns[1].partition(" ")[2].split(";")
                    spans[columns[0]] = [tuple(map(int, place.split())) for place in places]
                elif line.startswith("E"):
                    roles = defaultdict(list)
                    for role in columns[1].split():
                        name, _, target = role.partition(":")
                        roles[name.rstrip("0123456789").lower()] += spans.get(target, [])
                    relations.append({role: sorted(roles[role]) for role in ("content", "cue", "source")})
        yield Document(path.name, "", text, "en"), relations


def as_gold(relations: list[dict]) -> list[Relation]:
    """Turn annotated relations into what is scored; a source or cue in pieces is read from its first to its last word."""
    whole = lambda spans: Span(spans[0][0], spans[-1][1]) if spans else None  # noqa: E731
    out = []
    for r in relations:
        content = tuple(Span(*s) for s in r["content"])
        if any(s.start < s.end for s in content):
            out.append(Relation("", "", content, whole(r["cue"]), whole(r["source"]), ""))
    return out


def as_predicted(quotations: list[Quotation]) -> list[Relation]:
    """Turn extracted quotations into what is scored."""
    return [Relation("", q.kind, q.content, q.cue, q.source, "", q.rule) for q in quotations]


def construction(relation: Relation, text: str) -> str:
    """Return how an annotated relation is written: in marks or not, and by which kind of cue."""
    content = " ".join(s.of(text) for s in relation.content).strip()
    marked = MARK.match(content) or re.search(rf"(?:{MARK.pattern})$", content)
    cue = relation.cue.of(text).lower() if relation.cue else ""
    kind = (
        "no cue" if not cue else "according to" if "according to" in cue else "sign" if not cue[0].isalpha() else "word"
    )
    place = "before" if relation.cue and relation.cue.start < relation.content[0].start else "behind"
    return f"{'direct' if marked else 'indirect'}, {f'{kind} {place}' if kind == 'word' else kind}"


def tally(text: str, gold: list[Relation], predicted: list[Relation]) -> dict[str, Counter]:
    """Return construction -> counts for one article; "all", "direct" and "indirect" are sums.

    A prediction without a partner counts as direct if its content touches a mark.
    """
    words = [m.span() for m in re.finditer(r"\w+", text)]
    out: dict[str, Counter] = defaultdict(Counter)
    pairs = match(gold, predicted, words)
    partner = {j: i for i, j, _ in pairs}
    names = [construction(g, text) for g in gold]
    for name in names:
        for group in ("all", name.split(",")[0], name):
            out[group]["gold"] += 1
    for j, p in enumerate(predicted):
        touched = any(MARK.search(text, max(0, s.start - 2), s.end + 2) for s in p.content)
        groups = (
            (names[partner[j]].split(",")[0], names[partner[j]])
            if j in partner
            else ("direct" if touched else "indirect",)
        )
        for group in ("all", *groups):
            out[group]["predicted"] += 1
    for i, j, index in pairs:
        theirs, mine = (tokens_of([r.source] if r.source else [], words) for r in (gold[i], predicted[j]))
        right = bool(theirs & mine) if theirs else not mine
        for group in ("all", names[i].split(",")[0], names[i]):
            out[group].update(
                partial=1, strict=int(index == 1), source=int(right and bool(theirs)), sources=int(bool(theirs))
            )
            out[group].update(both=int(right))
    return out


def f1(counts: np.ndarray | Counter, metric: str) -> np.ndarray | float:
    """Return F1 of a metric ("partial", "strict", "both"), or the share of right sources ("source")."""
    if metric == "source":
        return counts["source"] / np.maximum(counts["sources"], 1)
    return 2 * counts[metric] / np.maximum(counts["gold"] + counts["predicted"], 1)


def table_of(tallies: list[dict[str, Counter]], samples: int = 1000) -> dict[str, dict]:
    """Return construction -> counts, and metric -> [value, low, high] with 95% bootstrap intervals over articles."""
    names = ("gold", "predicted", "partial", "strict", "source", "sources", "both")
    draw = np.random.default_rng(0).multinomial(len(tallies), np.full(len(tallies), 1 / len(tallies)), size=samples)
    out = {}
    for group in sorted({g for t in tallies for g in t}):
        each = np.array([[t[group][n] if group in t else 0 for n in names] for t in tallies])
        total, drawn = (
            Counter(dict(zip(names, each.sum(0).tolist(), strict=True))),
            dict(zip(names, (draw @ each).T, strict=True)),
        )
        scores = {}
        for metric in ("partial", "strict", "source", "both"):
            low, high = np.percentile(f1(drawn, metric), (2.5, 97.5))
            scores[metric] = [round(float(x), 4) for x in (f1(total, metric), low, high)]
        found = round(total["partial"] / max(1, total["gold"]), 4)
        out[group] = {"gold": total["gold"], "predicted": total["predicted"], "found": found, **scores}
    return out


def reliability(articles: list[tuple[str, list[Relation], list[Quotation]]]) -> list[dict]:
    """Return for each tenth of confidence: how many relations, their mean confidence, the share that is right."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for text, gold, quotations in articles:
        words = [m.span() for m in re.finditer(r"\w+", text)]
        right = {j for _, j, _ in match(gold, as_predicted(quotations), words)}
        for n, q in enumerate(quotations):
            bins[min(9, int(q.confidence * 10))].append((q.confidence, n in right))
    return [
        {
            "bin": b,
            "n": len(v),
            "confidence": round(sum(c for c, _ in v) / len(v), 4),
            "right": round(sum(r for _, r in v) / len(v), 4),
        }
        for b, v in sorted(bins.items())
    ]


def with_textacy(line) -> list[Relation]:
    """Return the direct quotations that textacy finds in one line; it gives up on an odd number of marks."""
    from textacy.extract import direct_quotations

    try:
        found = list(direct_quotations(line.tokens))
    except (ValueError, IndexError):
        return []

    def place(tokens):
        return Span(line.place(tokens[0]), line.place(tokens[-1]) + len(tokens[-1])) if len(tokens) else None

    return [Relation("", "direct", (place(q.content),), place(q.cue), place(q.speaker), "", "textacy") for q in found]


def run(corpus: Path) -> int:
    """Measure on ``corpus/dev``, and store the figures with date and command."""
    parsed = frames.parse(read_dev(corpus / "dev"))
    found = [extract(document, lines) for document, _, lines in parsed]
    gold = [as_gold(relations) for _, relations, _ in parsed]
    texts = [document.text for document, _, _ in parsed]
    systems = {"this study": [as_predicted(q) for q in found]}
    if find_spec("textacy"):
        systems["textacy"] = [[r for line in lines for r in with_textacy(line)] for _, _, lines in parsed]
    result = {
        "date": datetime.date.today().isoformat(),
        "command": "make measure POLNEAR=<folder with dev/>",
        "articles": len(parsed),
        "systems": {
            name: table_of([tally(*row) for row in zip(texts, gold, relations, strict=True)])
            for name, relations in systems.items()
        },
        "reliability": reliability(list(zip(texts, gold, found, strict=True))),
    }
    STORED.parent.mkdir(exist_ok=True)
    STORED.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return len(parsed)


if __name__ == "__main__":
    print(f"{run(Path(sys.argv[1]))} articles", file=sys.stderr)
