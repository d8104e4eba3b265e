"""How the extraction does on the annotated articles of tests/gold: ``make accuracy`` writes it where the study's pages read it.

First runs, on articles that nobody had looked at, are facts of their day: they stand in the file and are never made anew.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

from reported_speech.analysis import analyse
from reported_speech.articles.document import parse
from reported_speech.proof.evaluation import Relation, match, relation, right
from reported_speech.report.measured import ACCURACY

GOLD = Path(__file__).parent.parent / "gold"
SETS = tuple(f"dev-{language}" for language in ("en", "fa")) + tuple(
    f"own-{language}{number}" for number in ("", *(f"-{n}" for n in range(2, 16))) for language in ("en", "fa")
)


def same_people(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Gold id -> predicted id, one to one, the pairs that meet most often first: who is the same as whom counts, not the names."""
    out: dict[str, str] = {}
    for (gold, predicted), _ in sorted(Counter(pairs).items(), key=lambda item: (-item[1], item[0])):
        if gold and predicted and gold not in out and predicted not in out.values():
            out[gold] = predicted
    return out


def score(name: str) -> dict:
    """Return the figures of a set: F1 in part, to the token, with the right speaker, with kind and speaker; speakers right."""
    n, total = 0, defaultdict(int)
    for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = [relation(row["doc"], r) for r in row["relations"]]
        found = next(analyse([parse(row["text"], row["doc"])])).quotations
        assert all(span.of(row["text"]).strip() for q in found for span in q.content)
        got = [Relation(q.doc_id, q.kind, q.content, q.cue, q.source, q.speaker) for q in found]
        words = [m.span() for m in re.finditer(r"\w+", row["text"])]
        pairs = match(gold, got, words)
        ids = same_people([(gold[i].speaker, got[j].speaker) for i, j, _ in pairs])
        n, total["all"] = n + 1, total["all"] + len(gold) + len(got)
        total["relations"] += len(gold)
        for i, j, alike in pairs:
            wanted = replace(gold[i], speaker=ids.get(gold[i].speaker, "?") if gold[i].speaker else "")
            same = right(wanted, got[j], words)
            total["partial"] += 1
            total["strict"] += alike == 1
            total["attributed"] += same["speaker"]
            total["quotation"] += alike == 1 and same["kind"] and same["speaker"]
    f1 = {k: round(2 * total[k] / total["all"], 3) for k in ("partial", "strict", "attributed", "quotation")}
    speaker = round(total["attributed"] / total["partial"], 3)
    return {"set": name, "articles": n, "relations": total["relations"], **f1, "speaker": speaker}


def main() -> None:
    """Measure every set anew and store the figures beside those of the first runs."""
    stored = json.loads(ACCURACY.read_text(encoding="utf-8"))
    stored["development"] = [score(name) for name in SETS]
    ACCURACY.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
