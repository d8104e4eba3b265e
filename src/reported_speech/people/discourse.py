"""What an article has said up to a place: who is named where, who spoke, whom words like "the ministry" have meant."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from functools import cached_property

from ..articles.alignment import Span
from ..lexicons import load
from .entities import Cast, Entity
from .mentions import Mention, expression
from .offices import plain


class Discourse:
    """One document's mentions and speakers, in the order of the text; what is resolved is noted here."""

    def __init__(self, cast: Cast):
        self.cast, self.document = cast, cast.document
        self.text, self.language = cast.document.text, cast.document.language
        self.spoken: list[tuple[int, str]] = []  # (place, actor id), in the order of the relations
        self.places: list[tuple[int, str]] = []  # the same, by place
        self.latest = ""  # who spoke in the relation before, if that is known
        self.unnamed = -1  # where somebody spoke whom the text does not name
        self.noted: list[Mention] = []
        self.names = [m for m in cast.mentions if m.form == "name"]
        self.people = [m for m in self.names if cast.entities[m.actor_id].person]
        self.firsts = self._sentence_firsts()

    def _sentence_firsts(self) -> list[tuple[int, int, str]]:
        """(sentence, place, id) of the first person named in each sentence: after the last speaker, the likeliest antecedent."""
        bounds = [0, *(m.end() for m in re.finditer(r"[.!?؟][”\"»]?\s|\n", self.text)), len(self.text)]
        out, n = [], 0
        for start, end in itertools.pairwise(bounds):
            while n < len(self.people) and self.people[n].span.start < start:
                n += 1
            first = self.people[n] if n < len(self.people) and self.people[n].span.start < end else None
            if first and not self.possessive(first.span) and not self._listed(n) and not self._aside(start, first):
                out.append((start, first.span.start, first.actor_id))
        return out

    def _listed(self, n: int) -> bool:
        """Tell whether a name opens a list of names, which no pronoun in the singular takes up."""
        gap = self.text[self.people[n].span.end : self.people[n + 1].span.start] if n + 1 < len(self.people) else "."
        return re.fullmatch(r"\s*(?:[،,]\s*(?:\S+\s+){0,3})?(?:[،,]|و|and)\s*", gap) is not None

    def _aside(self, start: int, name: Mention) -> bool:
        """Tell whether a name stands in a by-phrase or a relative clause, which a pronoun seldom takes up."""
        return (
            expression("aside", self.language).search(plain(self.text[start : name.span.start], self.language))
            is not None
        )

    @cached_property
    def meeting(self) -> bool:
        """Whether the opening tells of a meeting, and several parties are named."""
        opening = plain(" ".join(s.of(self.text) for s in self.document.paragraphs()[:3]), self.language)
        parties = {m.actor_id for m in self.people} | {m.actor_id for m in self.cast.mentions if m.form == "place"}
        return len(parties) > 1 and bool(expression("met", self.language).search(opening))

    @cached_property
    def body(self) -> list[Span]:
        """The title and the paragraphs of the body; lines without a stop and the title's repetition are none."""
        out, seen = [], set()
        for p in self.document.paragraphs():
            words = p.of(self.text)
            if words not in seen and (not seen or re.search(r"[.!?؟][”\"»’]?$", words)):
                out.append(p)
            seen.add(words)
        return out

    @cached_property
    def home(self) -> str:
        """The country whose offices the article names without it: its outlet's, in Persian Iran where the outlet is not known."""
        outlet = self.document.value("outlet")
        return next((o["country"] for o in load("outlets") if o["name"] == outlet), "") or (
            "IRN" if self.language == "fa" else ""
        )

    def possessive(self, span: Span) -> bool:
        """Tell whether a name is somebody's whose something is spoken of."""
        return self.text[span.end : span.end + 2] in ("’s", "'s") or span.of(self.text).endswith(("’s", "'s"))

    def plain(self, span: Span) -> str:
        """Return the words of a span as offices and patterns have them."""
        return plain(span.of(self.text), self.language)

    def entity(self, actor_id: str) -> Entity:
        """Return an entity of the document, or of the registry."""
        return self.cast.entity(actor_id)

    def fits(self, actor_id: str, gender: str) -> bool:
        """Tell whether an actor is a person of a gender, as far as is known."""
        return "+" not in actor_id and self.entity(actor_id).person and self.entity(actor_id).may_be(gender)

    def last_speaker(self, place: int, gender: str = "") -> tuple[int, str]:
        """Return where a person of a gender last spoke before a place, and who; (-1, "") if nobody."""
        for n in range(bisect.bisect_left(self.places, (place, "")) - 1, -1, -1):
            if self.fits(self.places[n][1], gender):
                return self.places[n]
        return -1, ""

    def last_subject(self, place: int, gender: str = "") -> tuple[int, str]:
        """Return the last person of a gender whom a sentence before a place names first, unless somebody spoke in it before."""
        for n in range(bisect.bisect_left(self.firsts, place, key=lambda f: f[1]) - 1, -1, -1):
            start, at, actor_id = self.firsts[n]
            spoken = bisect.bisect_left(self.places, (start, "")) < bisect.bisect_left(self.places, (at, ""))
            if not spoken and self.fits(actor_id, gender):
                return at, actor_id
        return -1, ""

    def names_before(self, place: int) -> Iterator[Mention]:
        """Yield the names before a place, the nearest first."""
        for n in range(bisect.bisect_left(self.names, place, key=lambda m: m.span.start) - 1, -1, -1):
            yield self.names[n]

    def last_named(self, actor_id: str, place: int) -> int:
        """Return where an actor was last named before a place, -1 if nowhere."""
        places = self._places.get(actor_id, [])
        n = bisect.bisect_left(places, place)
        return places[n - 1] if n else -1

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        out: dict[str, list[int]] = {}
        for m in self.cast.mentions:
            out.setdefault(m.actor_id, []).append(m.span.start)
        return out

    def hear(self, place: int, actor_id: str) -> None:
        """Remember who speaks at a place; nobody is "" and not remembered as a speaker."""
        self.latest = actor_id
        if actor_id:
            self.spoken.append((place, actor_id))
            bisect.insort(self.places, self.spoken[-1])

    def note(self, span: Span, form: str, actor_id: str, evidence: str) -> tuple[str, str]:
        """Note whom an office or pronoun means; return (actor id, evidence)."""
        self.noted.append(Mention(self.document.doc_id, span, span.of(self.text), form, actor_id, evidence))
        return actor_id, evidence
