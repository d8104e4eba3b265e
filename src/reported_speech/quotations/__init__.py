"""Quotations: extraction in two languages, attribution in one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..actors import Actor, Mention, build_cast, known_names
from ..documents import Document
from . import english, persian
from .acts import with_acts
from .english_cues import OURS
from .relation import Quotation
from .speakers import attribute


@dataclass(frozen=True)
class Analysis:
    """What the study finds in one document: who is mentioned, and who says what."""

    document: Document
    actors: dict[str, Actor]
    mentions: list[Mention]
    quotations: list[Quotation]


def analyse(documents: Iterable[Document], batch: int = 32, convention: str = OURS) -> Iterator[Analysis]:
    """Yield the analysis of each document, in their order; English ones are parsed in batches.

    ``convention`` "polnear" extracts English as PolNeAR annotates, for that benchmark alone.
    """
    waiting: list[Document] = []
    for document in documents:
        waiting.append(document)
        if len(waiting) >= batch:
            yield from _batch(waiting, convention)
            waiting = []
    yield from _batch(waiting, convention)


def _batch(documents: list[Document], convention: str) -> Iterator[Analysis]:
    written = [d for d in documents if d.language == "en"]
    lines = dict(zip([d.doc_id for d in written], english.parse_lines(written), strict=True)) if written else {}
    for document in documents:
        if document.language == "en":
            found = english.extract(document, lines[document.doc_id], convention)
            people = english.people(document, lines[document.doc_id])
        else:
            found = persian.extract(document, known_names("fa"))
            people = persian.people(document, found)
        cast = build_cast(document, people)
        attributed, resolved = attribute(found, cast)
        sources = [q.source for q in attributed if q.source]
        named = [
            m
            for m in cast.mentions
            if cast.actors[m.actor_id].kind != "joint" or any(m.span.overlaps(s) for s in sources)
        ]
        mentions = sorted({m.span: m for m in [*named, *resolved]}.values(), key=lambda m: m.span)
        yield Analysis(document, cast.actors, mentions, with_acts(document, attributed))
