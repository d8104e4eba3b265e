"""The development articles: what is reached on them does not fall. These figures say nothing of articles that nobody has looked at."""

import json
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from reported_speech.analysis import analyse
from reported_speech.articles.alignment import Span
from reported_speech.articles.document import parse
from reported_speech.proof.evaluation import Relation, match

GOLD = Path(__file__).parent.parent / "gold"
FLOORS = {  # set: F1 to the token, share of matched relations with the right speaker
    "dev-en": (0.815, 0.915),
    "dev-fa": (0.865, 0.89),
    "own-en": (0.93, 0.92),
    "own-fa": (0.935, 0.94),
    "own-en-2": (0.885, 0.92),
    "own-fa-2": (0.92, 0.92),
}


def relation(doc, row):
    one = lambda span: Span(*span) if span else None  # noqa: E731
    speaker = "" if row["speaker"] in (None, "unknown") else row["speaker"]
    return Relation(
        doc, row["kind"], tuple(Span(*s) for s in row["content"]), one(row["cue"]), one(row["source"]), speaker
    )


def same_people(pairs):
    """Gold id -> predicted id, one to one, the pairs that meet most often first: who is the same as whom counts, not the names."""
    out = {}
    for (gold, predicted), _ in sorted(Counter(pairs).items(), key=lambda item: (-item[1], item[0])):
        if gold and predicted and gold not in out and predicted not in out.values():
            out[gold] = predicted
    return out


def score(name):
    total = defaultdict(int)
    for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = [relation(row["doc"], r) for r in row["relations"]]
        document = parse(row["text"], row["doc"])
        found = next(analyse([document])).quotations
        assert all(span.of(row["text"]).strip() for q in found for span in q.content)
        got = [Relation(q.doc_id, q.kind, q.content, q.cue, q.source, q.speaker) for q in found]
        pairs = match(gold, got, [m.span() for m in re.finditer(r"\w+", row["text"])])
        ids = same_people([(gold[i].speaker, got[j].speaker) for i, j, _ in pairs])
        total["all"] += len(gold) + len(got)
        total["matched"] += len(pairs)
        total["strict"] += sum(alike == 1 for _, _, alike in pairs)
        wanted = [(ids.get(gold[i].speaker, "?") if gold[i].speaker else "", got[j].speaker) for i, j, _ in pairs]
        total["speaker"] += sum(a == b for a, b in wanted)
    return 2 * total["strict"] / total["all"], total["speaker"] / total["matched"]


@pytest.mark.parametrize("name", FLOORS)
def test_development_articles_do_not_fall(name):
    strict, speaker = score(name)
    assert strict >= FLOORS[name][0]
    assert speaker >= FLOORS[name][1]
