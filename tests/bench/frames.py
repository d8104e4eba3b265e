"""Counts on an annotated corpus: how often an English lemma with a route is a cue, and its route holds the content; and how often
the relations that the study finds there, by rule and lexicon entry, are right.

The counts are facts about the corpus and may be shipped; the corpus may not.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from reported_speech.articles.alignment import Span
from reported_speech.articles.document import Document
from reported_speech.lexicons import FOLDER
from reported_speech.proof.evaluation import Relation, match
from reported_speech.quotations.english.extraction import extract
from reported_speech.quotations.english.lines import Line, position
from reported_speech.quotations.english.parse import parse_lines
from reported_speech.quotations.english.routes import routes

COLUMNS = ("lemma", "pos", "route", "seen", "cue", "content")


def read_corpus(path: Path) -> Iterator[tuple[Document, list[dict]]]:
    """Yield the articles of a corpus with their relations: one JSON object a line with doc, text, relations."""
    for row in path.open(encoding="utf-8"):
        article = json.loads(row)
        text = article["text"]
        yield Document(article["doc"], "", text, "en"), article["relations"]


def head_of(line: Line, spans: list) -> int | None:
    """Return the index of the token that heads a cue: the highest of its tokens in the parse."""
    tokens = [t for t in line.tokens for a, b in spans if line.place(t) < b and a < line.place(t) + len(t)]
    verbal = [t for t in tokens if t.head.i == t.i or t.head not in tokens]
    return min(verbal, key=lambda t: (t.dep_ in ("aux", "auxpass", "neg"), t.i)).i if verbal else None


def held(text: str, span: Span, content: list) -> bool:
    """Tell whether at least 70% of a span's letters lie in a content."""
    inside = sum(
        c.isalnum() for a, b in content for c in text[max(a, span.start) : max(min(b, span.end), a, span.start)]
    )
    return inside >= 0.7 * max(1, sum(c.isalnum() for c in span.of(text)))


def count(lines: list[Line], relations: list[dict], counts: dict[tuple, Counter]) -> None:
    """Add one article to the counts."""
    for line in lines:
        end = line.start + len(line.words)
        here = [r for r in relations if r["cue"] and line.start <= r["cue"][0][0] < end]
        cues = {head_of(line, r["cue"]): r for r in here}
        for token in line.tokens:
            if token.pos_ not in ("VERB", "AUX", "NOUN", "ADJ") or line.inside[token.i] >= 0:
                continue
            relation = cues.get(token.i)
            names = {}
            for route in routes(line, token):
                good = relation is not None and held(line.text, route.span, relation["content"])
                names[route.name] = names.get(route.name, False) or good
            for name, good in {"": relation is not None, **names}.items():
                row = counts.setdefault((token.lemma_.lower(), position(token), name), Counter())
                row.update(seen=1, cue=int(relation is not None), content=int(good))


def write_counts(counts: dict[tuple, Counter], path: Path) -> int:
    """Write the rows of lemmas that are cues at least twice, sorted; return how many."""
    kept = {key[:2] for key, row in counts.items() if key[2] == "" and row["cue"] >= 2}
    rows = [
        (*key, row["seen"], row["cue"], row["content"])
        for key, row in counts.items()
        if key[:2] in kept and (row["cue"] or row["seen"] >= 3)
    ]
    lines = ["\t".join(COLUMNS), *("\t".join(map(str, row)) for row in sorted(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(rows)


Parsed = tuple[Document, list[dict], list[Line]]


def parse(articles: Iterable[tuple[Document, list[dict]]]) -> list[Parsed]:
    """Parse articles: (document, relations, lines) each."""
    return [(document, relations, parse_lines([document])[0]) for document, relations in articles]


def count_trust(parsed: list[Parsed]) -> dict[tuple[str, str], Counter]:
    """Return (rule, lexicon entry) -> how many relations the study finds by them, how many of these the annotation has."""
    out: dict[tuple[str, str], Counter] = {}
    for document, relations, lines in parsed:
        found = extract(document, lines)
        words = [m.span() for m in re.finditer(r"\w+", document.text)]
        wanted = [Relation("", "", tuple(Span(*s) for s in r["content"]), None, None, "") for r in relations]
        pairs = match(wanted, [Relation("", "", q.content, None, None, "") for q in found], words)
        right = {j for _, j, _ in pairs}
        for n, q in enumerate(found):
            out.setdefault((q.rule, q.cue_entry), Counter()).update(found=1, right=int(n in right))
    return out


def write_trust(counts: dict[tuple[str, str], Counter], path: Path) -> int:
    """Write the rows of rule and entry, sorted; return how many."""
    rows = [f"{rule}\t{entry}\t{n['found']}\t{n['right']}" for (rule, entry), n in sorted(counts.items())]
    path.write_text("\n".join(["rule\tentry\tfound\tright", *rows]) + "\n", encoding="utf-8")
    return len(rows)


def run(corpus: Path, frames: Path, trust: Path) -> int:
    """Count a corpus and write ``frames.en.tsv`` and ``trust.en.tsv`` into folders; return their rows."""
    parsed, counts = parse(read_corpus(corpus)), {}
    for _, relations, lines in parsed:
        count(lines, relations, counts)
    return write_counts(counts, frames / "frames.en.tsv") + write_trust(count_trust(parsed), trust / "trust.en.tsv")


if __name__ == "__main__":
    print(f"{run(Path(sys.argv[1]), Path(__file__).parent, FOLDER)} rows", file=sys.stderr)
