"""Quotations: extraction in two languages, attribution in one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..actors import Actor, Mention, build_cast, known_names
from ..documents import Document, Rejected
from . import english, persian
from .acts import with_acts
from .english_cues import OURS
from .relation import Quotation
from .speakers import attribute

REMEDY = "report the article; the rest goes on without it"


@dataclass(frozen=True)
class Analysis:
    """What the study finds in one document: who is mentioned, and who says what."""

    document: Document
    actors: dict[str, Actor]
    mentions: list[Mention]
    quotations: list[Quotation]


def analyse(documents: Iterable[Document], batch: int = 32, convention: str = OURS) -> Iterator[Analysis | Rejected]:
    """Yield the analysis of each document, in their order, or why there is none; English ones are parsed in batches.

    ``convention`` "polnear" extracts English as PolNeAR annotates, for that benchmark alone.
    """
    waiting: list[Document] = []
    for document in documents:
        waiting.append(document)
        if len(waiting) >= batch:
            yield from _batch(waiting, convention)
            waiting = []
    yield from _batch(waiting, convention)


def _batch(documents: list[Document], convention: str) -> Iterator[Analysis | Rejected]:
    """The analyses of a few documents; if one cannot be made, each document is tried alone, and that one named."""
    try:
        yield from list(_analysed(documents, convention))
    except Exception as error:
        if len(documents) > 1:
            for document in documents:
                yield from _batch([document], convention)
        else:
            reason = f"cannot be analysed: {type(error).__name__}: {error}"
            yield Rejected(documents[0].doc_id, reason, REMEDY)


def _analysed(documents: list[Document], convention: str) -> Iterator[Analysis]:
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
