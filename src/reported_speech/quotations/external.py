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
    line with its "doc"; or W3C web annotations (.jsonld) as the study writes them. Returns doc id -> relations; raises ValueError,
    naming the line or annotation, for what is neither."""
    out: dict[str, list[dict]] = defaultdict(list)
    number, annotations = 0, path.suffix == ".jsonld"
    try:
        for one in json.loads(path.read_bytes())["items"] if annotations else path.read_bytes().splitlines():
            number += 1
            if one:
                row = _annotation(one) if annotations else json.loads(one)
                out[str(row["doc"])] += row.get("relations", [row])
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        place = f"{path}, {'annotation' if annotations else 'line'} {number}"
        raise ValueError(f"{place}: no relations as extract or a study writes them: {error}") from error
    return out


def _annotation(item: dict) -> dict:
    """The relation of a web annotation: tags say kind and speaker, selectors where its words are and what they are."""
    tags = dict(body["value"].split(": ", 1) for body in item["body"] if body.get("purpose") == "tagging")
    targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
    chosen = [{s["type"]: s for s in target["selector"]} for target in targets]
    content = [[c["TextPositionSelector"]["start"], c["TextPositionSelector"]["end"]] for c in chosen]
    exact = [c["TextQuoteSelector"]["exact"] for c in chosen]
    known = {"doc": targets[0]["source"], "kind": tags["kind"], "speaker": tags.get("speaker")}
    return known | {"content": content, "exact": exact}


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
    words = row.get("exact", [])
    if words and words != [_span(document, s).of(document.text) for s in row["content"]]:
        raise ValueError(f"its words are not the article's at that place: {str(words)[:60]}")
    speaker = "" if row.get("speaker") in (None, "unknown") else str(row["speaker"])
    rule = str(row.get("rule") or "given")
    known = {"speaker": speaker, "addressee": str(row.get("addressee") or "")}
    return Quotation(document.doc_id, row["kind"], content, cue, source, rule, act="asserts", **known)


def _span(document: Document, pair: list[int]) -> Span:
    start, end = pair
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(document.text):
        raise ValueError(f"the span {pair} is not in the text, which has {len(document.text)} characters")
    return Span(start, end)
