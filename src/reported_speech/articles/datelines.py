"""Datelines: place, date and outlet before the first words of an article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..lexicons import derived, load
from .alignment import Span, trimmed
from .dates import DATE, find_date
from .outlets import outlet_named

FLASHES = "EXCLUSIVE|UPDATE|BREAKING|ANALYSIS|INTERVIEW|OPINION|FEATURE|CORRECTED|WRAPUP|FACTBOX|EXPLAINER|VIDEO|PHOTOS"
PLACE = r"[A-Z][\w’'./-]*(?:[ -][A-Z][\w’'.-]*){0,2}"
DATELINES = [
    re.compile(p)
    for p in (
        rf"(?P<place>{PLACE})(?:, {PLACE})?(?:[,.] (?P<date>{DATE})\.?)?,? \((?P<outlet>[A-Z][\w ./’-]{{1,30}})\)\s*(?:[–—:]|--?)\s*",
        rf"(?P<place>{PLACE})(?:, {PLACE})?, (?P<date>{DATE})[,.]? ?(?P<outlet>[A-Z]\w+)?\s*(?:[–—:]|--?)\s+",
        rf"(?P<place>{PLACE})(?:, {PLACE})?, (?P<date>{DATE}), (?P<outlet>[A-Z]{{3,}}\w*)\.?(?:\s+|$)",
        rf"(?P<place>[A-Z]{{3,}}(?: [A-Z]+)?)(?:, {PLACE})?[,.] (?P<date>{DATE})[.,]\s+(?:/(?P<outlet>[A-Z][\w-]+)/[.,]?\s+)?",
        rf"(?P<place>[A-Z]{{3,}}(?: [A-Z]+)*) \((?P<date>{DATE})\)\s*(?:[–—]|--?)\s*",
        rf"(?!(?:{FLASHES})\b)(?P<place>[A-Z]{{4,}}(?: [A-Z]{{3,}})?|[A-Z]{{3}} [A-Z]{{3,}}): (?=[A-Z“\"].*[.!?”\"]$)",
        rf"(?P<place>{PLACE})[.,] (?P<date>{DATE})[.,] (?P<outlet>[A-Z][\w.]+)/\s*",
        rf"(?!(?:{FLASHES})\b)(?P<place>[A-Z]{{3,}}(?: [A-Z]+)?)(?:, (?P<outlet>[A-Z]\w+))?\s*(?:[–—]|--?)\s*(?=[A-Z“\"])",
        rf"(?P<place>{PLACE}), (?P<outlet>[A-Z]{{3,}}\w*)\s*(?:[–—]|--?)\s*",
        rf"(?:[A-Z][a-z]+, )?(?P<date>{DATE}) \((?P<outlet>[A-Z][\w ./’-]{{1,30}})\)\s*[_–—:-]+\s*",
        r"\((?P<outlet>[A-Z][\w ./’-]{1,30})\)\s*(?:[–—]|--?)\s*",
        r"(?P<place>[\u0600-\u06ff]{3,}(?: [\u0600-\u06ff]+)?)\s*(?:[-–—ـ،]|\()\s*(?P<outlet>[\u0600-\u06ff‌]{3,12}(?: [\u0600-\u06ff]+)?)\s*\)?\s*[-–—ـ:]\s*",
    )
]


@dataclass(frozen=True)
class Part:
    """Something found in a document: what it is, its value, and the span that says so."""

    part: str
    value: str
    span: Span


@derived
def _capitals() -> frozenset[str]:
    rows = [*load("actors"), *load("states").values()]
    return frozenset(c.upper() for row in rows for c in row.get("capitals_en", ()))


def dateline(text: str, line: Span) -> list[Part]:
    """Return the parts of the dateline that a line opens with, none if it has none; a capital alone on its line is one."""
    if line.of(text) in _capitals():
        return [Part("dateline", "", line), Part("place", line.of(text).title(), line)]
    for pattern in DATELINES:
        m = pattern.match(text, line.start, line.end)
        if not m:
            continue
        found = m.groupdict()
        parts = [Part("dateline", "", trimmed(text, *m.span()))]
        latin = "(" in m.group() and text[line.start].isascii()
        if found.get("outlet") and (name := outlet_named(found["outlet"]) or (latin and found["outlet"])):
            parts.append(Part("outlet", name, Span(*m.span("outlet"))))
        elif "\u0600" <= text[line.start] <= "\u06ff":
            continue  # «تهران - …»: a dateline only if an agency is named
        if found.get("place"):
            place = found["place"].title() if found["place"].isupper() else found["place"]
            parts.append(Part("place", place, Span(*m.span("place"))))
        if found.get("date") and (date := find_date(found["date"])):
            parts.append(Part("published", date.iso, Span(*m.span("date"))))
        return parts
    return []
