"""Mentions: stretches of a text that name somebody, and those that name whom the registry knows."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from ..articles.alignment import Span
from ..articles.document import Document
from ..articles.normalization import normalize, skeleton
from ..lexicons import derived, load
from .offices import plain, states
from .registry import registry


@dataclass(frozen=True)
class Mention:
    """A stretch of the source that names somebody: how (name, title, pronoun, place), whom, and why."""

    doc_id: str
    span: Span
    text: str
    form: str
    actor_id: str
    evidence: str


@derived
def _name_pattern(language: str) -> tuple[re.Pattern, dict[str, str]]:
    names: dict[str, str] = {}
    for actor in registry().values():
        for name in actor.names(language):
            names.setdefault(plain(name, language), actor.actor_id)
    for state in states().values():
        for name in state.capitals[language]:
            names.setdefault(plain(name, language), state.actor_id)
    alternatives = "|".join(
        re.escape(n).replace(r"\ ", r"\s?" if language == "fa" else r"\s") for n in sorted(names, key=len, reverse=True)
    )
    joined = {re.sub(r"\s", "", n): a for n, a in names.items()}
    first = re.escape("".join(sorted({n[0] for n in names})))
    regions = "|".join(plain(w, language) for w in load("titles")[language].get("regions", ()))
    region = rf"(?!\s(?:{regions})(?!\w))" if regions else ""  # «آذربایجان شرقی» is a province
    return re.compile(rf"(?=[{first}])(?<![\w-])(?:{alternatives})(?![\w]){region}"), joined


@derived
def expression(group: str, language: str) -> re.Pattern:
    """Any of a group's expressions in speakers.yml, for plain text or, of what is met, for the source; of none nothing matches."""
    patterns = "|".join(load("speakers")[group][language]) or r"(?!)"
    return re.compile(patterns if group in ("met_with", "met_until") else plain(patterns, language), re.I)


def known_names(language: str) -> frozenset[str]:
    """Return the names of people and institutions in one script, as they are matched."""
    return frozenset(
        plain(n, language) for a in registry().values() for n in a.names(language) if len(plain(n, language)) > 2
    )


def registered_names(document: Document) -> list[Mention]:
    """Return the mentions of registered actors by name, in order."""
    aligned = skeleton(normalize(document.text, "fa")) if document.language == "fa" else normalize(document.text, "en")
    pattern, names = _name_pattern(document.language)
    out = []
    for m in pattern.finditer(aligned.text):
        actor = registry()[names[re.sub(r"\s", "", m.group())]]
        span = aligned.source_span(*m.span())
        form = "place" if actor.kind == "state" else "name"
        out.append(Mention(document.doc_id, span, span.of(document.text), form, actor.actor_id, f"alias “{m.group()}”"))
    return out


def near(mentions: list[Mention], span: Span) -> list[Mention]:
    """Return the mentions, sorted by their place, that overlap a span; no name is longer than 200 characters."""
    first = bisect.bisect_left(mentions, span.start - 200, key=lambda m: m.span.start)
    last = bisect.bisect_left(mentions, span.end, key=lambda m: m.span.start)
    return [m for m in mentions[first:last] if m.span.overlaps(span)]
