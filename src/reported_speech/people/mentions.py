"""Who is named in a text: mentions, and the cast of one document."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from functools import cached_property

from ..articles.alignment import Span
from ..articles.document import Document
from ..articles.normalization import normalize, skeleton
from ..lexicons import derived, load
from .registry import Actor, registry
from .titles import Title, plain, read_title


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
        if actor.kind == "state":
            for name in next(a for a in load("actors") if a["id"] == actor.actor_id).get(f"capitals_{language}", []):
                names.setdefault(plain(name, language), actor.actor_id)
    alternatives = "|".join(
        re.escape(n).replace(r"\ ", r"\s?" if language == "fa" else r"\s") for n in sorted(names, key=len, reverse=True)
    )
    joined = {re.sub(r"\s", "", n): a for n, a in names.items()}
    first = re.escape("".join(sorted({n[0] for n in names})))
    regions = "|".join(plain(w, language) for w in load("titles")[language].get("regions", ()))
    region = rf"(?!\s(?:{regions})(?!\w))" if regions else ""  # «آذربایجان شرقی» is a province
    return re.compile(rf"(?=[{first}])(?<![\w-])(?:{alternatives})(?![\w]){region}"), joined


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


@dataclass
class Cast:
    """Who appears in one document: mentions by name, and the titles each person is given there."""

    document: Document
    mentions: list[Mention] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)
    titles: dict[str, list[Title]] = field(default_factory=dict)

    def person(self, actor_id: str) -> bool:
        """Tell whether an actor of this document is a person."""
        return self.actors[actor_id].kind == "person"

    def add_title(self, actor_id: str, text: str) -> None:
        """Note that the document gives an actor a title."""
        title = read_title(text, self.document.language)
        if title and title not in self.titles.setdefault(actor_id, []):
            self.titles[actor_id].append(title)
            actor = self.actors[actor_id]
            if not actor.country and title.country:
                self.actors[actor_id] = Actor(**{**actor.__dict__, "country": title.country})

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where each actor is mentioned; asked for only when all mentions are known."""
        out: dict[str, list[int]] = {}
        for m in self.mentions:
            out.setdefault(m.actor_id, []).append(m.span.start)
        return out

    def last_before(self, actor_id: str, place: int) -> int:
        """Return where an actor was last mentioned before a place, -1 if nowhere."""
        places = self._places.get(actor_id, [])
        n = bisect.bisect_left(places, place)
        return places[n - 1] if n else -1

    def by_title(self, title: Title, before: int) -> list[str]:
        """Return the people whom a title fits, those named last before a place first."""
        fitting = []
        for actor_id in self.actors:
            actor = self.actors[actor_id]
            if actor.kind != "person" or (title.country and actor.country and title.country != actor.country):
                continue
            if (
                title.general
                and (title.words <= {"official", "مقام", "politician", "statesman", "diplomat", "دیپلمات"})
            ) or any(t.fits(title) for t in self.titles.get(actor_id, [])):
                fitting.append(actor_id)
        last = {a: self.last_before(a, before) for a in fitting}
        return sorted(
            fitting,
            key=lambda a: (
                bool(title.country) and self.actors[a].country != title.country,
                last[a] < 0,
                -last[a],
            ),
        )
