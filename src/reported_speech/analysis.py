"""Quotations: extraction in two languages, attribution in one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass, replace

from .articles.alignment import Span
from .articles.document import Document, Rejected
from .people.cast import build_cast
from .people.mentions import Mention, known_names, near
from .people.registry import Actor
from .quotations import external
from .quotations.acts import with_acts
from .quotations.english import extraction as english
from .quotations.english import parse as english_parsing
from .quotations.english import people as english_people
from .quotations.english.lines import Line
from .quotations.persian import extraction as persian
from .quotations.relation import Quotation
from .quotations.speakers import attribute

TOGETHER = 16  # documents that are parsed at once, at most
REMEDY = "report the article; the rest goes on without it"


@dataclass(frozen=True)
class Analysis:
    """What the study finds in one document: who is mentioned, who says what, and where the text gives whose offices."""

    document: Document
    actors: dict[str, Actor]
    mentions: list[Mention]
    quotations: list[Quotation]
    offices: dict[str, tuple[Span, ...]]


def analyse(
    documents: Iterable[Document], parses: MutableMapping[str, bytes] | None = None
) -> Iterator[Analysis | Rejected]:
    """Yield the analysis of each document, in their order, or why there is none; what one gives never depends on the others.

    ``parses``: see ``parse_lines``.
    """
    for some in _together(documents):
        for document, lines in zip(some, _parsed(some, parses), strict=True):
            try:
                yield analysis_of(document, lines)
            except Exception as error:
                yield Rejected(document.doc_id, f"cannot be analysed: {type(error).__name__}: {error}", REMEDY)


def _together(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Documents that are parsed together: short ones alone would leave the parser idle, long ones together take memory."""
    some: list[Document] = []
    for document in documents:
        some.append(document)
        if len(some) == TOGETHER or sum(len(d.text) for d in some) > english_parsing.CHARACTERS:
            yield some
            some = []
    yield some


def _parsed(documents: list[Document], parses: MutableMapping[str, bytes] | None) -> list[list[Line] | None]:
    """The parsed lines of each English document; None for all if one of them fails, so that it does so by itself."""
    english_ones = [d for d in documents if d.language == "en"]
    try:
        lines = iter(english_parsing.parse_lines(english_ones, parses))
    except Exception:
        return [None] * len(documents)
    return [next(lines) if d.language == "en" else None for d in documents]


def analysis_of(document: Document, lines: list[Line] | None = None) -> Analysis:
    """Return who is mentioned in a document, and who says what; an English one is parsed first if its ``lines`` are not given.

    The rules read the text as it flows; what is found is told of the text as it is.
    """
    read = document.read
    if document.language == "en":
        lines = lines or english_parsing.parse_lines([document])[0]
        found = external.quotations(document) if document.relations else english.extract(read, lines)
        people = english_people.people(read, lines)
    else:
        found = external.quotations(document) if document.relations else persian.extract(read, known_names("fa"))
        people = persian.people(read, found)
    cast = build_cast(read, people)
    attributed, resolved = attribute(found, cast)
    actors = cast.actors()
    joint = [m for m in cast.mentions if actors[m.actor_id].kind == "joint"]
    heard = [m for q in attributed if q.source for m in near(joint, q.source)]
    named = [m for m in cast.mentions if actors[m.actor_id].kind != "joint"]
    told = {m.span: replace(m, text=m.span.of(document.text)) for m in [*named, *heard, *resolved]}
    mentions = sorted(told.values(), key=lambda m: m.span)
    offices = {i: tuple(span for _, span in e.told) for i, e in cast.entities.items() if e.told}
    return Analysis(replace(document, found=document.parts), actors, mentions, with_acts(read, attributed), offices)
