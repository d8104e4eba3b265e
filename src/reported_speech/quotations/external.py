"""Relations of another extractor (a language model's, a coder's) in place of ours, each checked against its article."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from ..articles.alignment import Span
from ..articles.document import Document, Rejected, printable
from .relation import KINDS, Quotation

REMEDY = (
    "mend the relation: spans are [start, end] in characters (code points) of the article's text, the end not included"
)


def read_relations(path: Path) -> dict[str, list[dict]]:
    """Read JSON lines: {"doc", "relations": [{"kind", "content", "cue", "source", "speaker"}]} as extract writes them, or a relation a
    line with its "doc". Returns doc id -> relations; raises ValueError, naming the line, for what is neither."""
    out: dict[str, list[dict]] = defaultdict(list)
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            row = json.loads(line) if line.strip() else {"doc": "", "relations": []}
            out[str(row["doc"])] += row.get("relations", [row])
        except (ValueError, LookupError, TypeError) as error:
            raise ValueError(f"{path}, line {number}: no relations as extract writes them: {error}") from error
    return out


def lay_over(documents: list[Document], path: Path) -> tuple[list[Document], list[Rejected]]:
    """Return the documents with another extractor's relations, and each relation that its article does not bear out."""
    brought = read_relations(path)
    out, rejected = [], []
    for document in documents:
        sound = []
        for number, row in enumerate(brought.pop(document.doc_id, []), 1):
            try:
                quotation(document, row)
                sound.append(row)
            except (ValueError, LookupError, TypeError) as error:
                rejected.append(Rejected(f"{document.doc_id}, relation {number}", f"{error}", REMEDY))
        out.append(replace(document, relations=json.dumps(sound, ensure_ascii=False)))
    brought.pop("", None)
    return out, rejected + [
        Rejected(printable(doc_id), f"{path.name} has relations of it; no such article", "correct the name")
        for doc_id in brought
    ]


def quotations(document: Document) -> list[Quotation]:
    """Return the relations that were laid over a document, in its order."""
    return sorted((quotation(document, row) for row in json.loads(document.relations)), key=lambda q: q.order)


def quotation(document: Document, row: dict) -> Quotation:
    """Return one relation; raises ValueError, LookupError or TypeError for one that is none, or whose spans lie outside the text.

    >>> article = Document("a.txt", "", "It rains, she said.", "en")
    >>> quotation(article, {"kind": "indirect", "content": [[0, 8]], "cue": [14, 18], "source": [10, 13]}).source.of(article.text)
    'she'
    """
    content = tuple(sorted(_span(document, s) for s in row["content"]))
    cue, source = (_span(document, row[name]) if row.get(name) else None for name in ("cue", "source"))
    if row["kind"] not in KINDS:
        raise ValueError(f"kind {str(row['kind'])[:30]!r} is none of {', '.join(KINDS)}")
    if not content:
        raise ValueError("no content")
    speaker = "" if row.get("speaker") in (None, "unknown") else str(row["speaker"])
    rule = str(row.get("rule") or "given")
    known = {"speaker": speaker, "addressee": str(row.get("addressee") or "")}
    return Quotation(document.doc_id, row["kind"], content, cue, source, rule, act="asserts", **known)


def _span(document: Document, pair: list[int]) -> Span:
    start, end = pair
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(document.text):
        raise ValueError(f"the span {pair} is not in the text, which has {len(document.text)} characters")
    return Span(start, end)
