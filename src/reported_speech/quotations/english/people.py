"""The people whom an English article names: entities of the parse, and subjects of cues that are proper names."""

from __future__ import annotations

import re

from ...articles.alignment import Span
from ...articles.document import Document
from ...lexicons import load
from ...people.titles import country_in, read_title, without_title
from .cues import entry_of
from .lines import Line
from .sources import SUBJECT


def _first_name(line: Line, n: int) -> int:
    """Where a name begins: given names stand before it, capitalized, no titles and no places, which the entity may miss."""
    while n > 0:
        token = line.tokens[n - 1]
        plain_name = token.pos_ == "PROPN" and token.text[:1].isupper() and not token.text.isupper()
        if not plain_name or token.ent_type_ not in ("", "ORG", "PERSON") or token.dep_ not in ("compound", "flat"):
            break
        if not without_title(f"{token.text} X", "en").startswith(token.text) or country_in(token.text, "en"):
            break
        n -= 1
    return n


def people(document: Document, lines: list[Line]) -> list[Span]:
    """Return the spans that name persons: entities of the parse, and sources that are proper names."""
    from spacy.symbols import PROPN  # late: the import is slow, and Persian needs none

    out: list[Span] = []
    for line in lines:
        for entity in line.tokens.ents:
            named = entity.label_ == "PERSON" and any(t.pos_ == "PROPN" for t in entity)
            where = len(entity) == 1 and entity.start and line.tokens[entity.start - 1].lower_ in ("in", "near")
            if named and not where and not re.search(r"\d|[@/]", entity.text):
                first = _first_name(line, entity.start)
                out.append(line.span(first, entity.end - 1 - (entity[-1].lower_ == "'s")))
        for token in line.tokens:
            if token.pos != PROPN:
                continue
            if (
                token.dep_ == "appos"
                and token.ent_type_ == "ORG"
                and token.head.lower_ in load("titles")["en"]["heads"]
            ):
                named = line.span(_first_name(line, token.i), token.i)  # "Ambassador to Armenia Karim Safavi"
                out += [named] if " " in named.of(line.text) and not any(s.overlaps(named) for s in out) else []
            speaks = token.dep_ in SUBJECT and token.ent_type_ in ("", "ORG", "GPE")
            if speaks and entry_of(line, token.head) and token.text[:1].isupper() and not token.text.isupper():
                first = _first_name(line, token.i)
                span = line.span(first, token.i)
                single = not any(c.dep_ in ("compound", "poss", "det", "amod") for c in token.children)
                whole = single or (first < token.i and not read_title(span.of(line.text), "en"))
                if whole and not any(s.overlaps(span) for s in out):
                    out.append(span)
    return sorted(out)
