"""What an article has said up to a relation: who is named where, who spoke, whom words like "the ministry" have meant."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator
from functools import cached_property

from ..articles.alignment import Span
from ..lexicons import derived, load
from ..people.mentions import Cast, Mention
from ..people.registry import Actor, registry
from ..people.titles import plain


@derived
def expression(group: str, language: str) -> re.Pattern:
    """Any of a group's regular expressions in speakers.yml, for plain text or, of what is met, for the source; of none nothing matches."""
    patterns = "|".join(load("speakers")[group][language]) or r"(?!)"
    return re.compile(patterns if group in ("met_with", "met_until") else plain(patterns, language), re.I)


class Discourse:
    """One document's mentions and speakers, in the order of the text; what is resolved is noted here."""

    def __init__(self, cast: Cast):
        self.cast = cast
        self.text, self.language = cast.document.text, cast.document.language
        self.spoken: list[tuple[int, str]] = []  # (place, actor id), in the order of the relations
        self.places: list[tuple[int, str]] = []  # the same, by place
        self.latest = ""  # who spoke in the relation before, if that is known
        self.noted: list[Mention] = []
        self.people = {m.actor_id for m in self._people()}
        ranks = {plain(w, self.language) for w in load("titles")[self.language]["ranks"]}
        self.own_titles = {a for a, titles in cast.titles.items() if any(t.words - ranks for t in titles)}  # offices
        self.first: list[tuple[int, int, str]] = self._sentence_firsts()
        self.subjects = [place for _, place, _ in self.first]

    def _people(self) -> list[Mention]:
        return [m for m in self.cast.mentions if m.form == "name" and self.cast.person(m.actor_id)]

    def _sentence_firsts(self) -> list[tuple[int, int, str]]:
        """The first person named in each sentence: after the last speaker, the likeliest antecedent of a pronoun."""
        people = self._people()
        bounds = [0, *(m.end() for m in re.finditer(r"[.!?؟][”\"»]?\s|\n", self.text)), len(self.text)]
        out, n = [], 0
        for start, end in itertools.pairwise(bounds):
            while n < len(people) and people[n].span.start < start:
                n += 1
            first = people[n] if n < len(people) and people[n].span.start < end else None
            if first and not self.possessive(first) and not self._listed(people, n):
                out.append((start, first.span.start, first.actor_id))
        return out

    def _listed(self, people: list[Mention], n: int) -> bool:
        """Tell whether a name opens a list of names, which no pronoun in the singular takes up."""
        gap = self.text[people[n].span.end : people[n + 1].span.start] if n + 1 < len(people) else "."
        return re.fullmatch(r"\s*(?:[،,]\s*(?:\S+\s+){0,3})?(?:[،,]|و|and)\s*", gap) is not None

    @cached_property
    def meeting(self) -> bool:
        """Tell whether the opening tells of a meeting, and several people are named."""
        opening = plain(" ".join(s.of(self.text) for s in self.cast.document.paragraphs()[:3]), self.language)
        return len(self.people) > 1 and bool(expression("met", self.language).search(opening))

    def possessive(self, mention: Mention) -> bool:
        """Tell whether a name is somebody's whose something is spoken of."""
        return self.text[mention.span.end : mention.span.end + 2] in ("’s", "'s")

    def plain(self, span: Span) -> str:
        """Return the words of a span as titles and patterns have them."""
        return plain(span.of(self.text), self.language)

    def actor(self, actor_id: str) -> Actor | None:
        """Return an actor of the document, or of the registry."""
        return self.cast.actors.get(actor_id) or registry().get(actor_id)

    def fits(self, actor_id: str, gender: str) -> bool:
        """Tell whether an actor is a person of a gender, as far as is known."""
        actor = self.actor(actor_id)
        return bool(actor) and actor.kind == "person" and (not gender or not actor.gender or actor.gender == gender)

    def last_speaker(self, place: int, gender: str) -> list[tuple[int, str]]:
        """Return the last speaker of a gender before a place, with the place where that was; none or one."""
        for n in range(bisect.bisect_left(self.places, (place, "")) - 1, -1, -1):
            if self.fits(self.places[n][1], gender):
                return [self.places[n]]
        return []

    def last_subject(self, place: int, gender: str) -> list[tuple[int, str]]:
        """Return the last person of a gender whom a sentence before a place names first, unless somebody spoke in it before."""
        for n in range(bisect.bisect_left(self.subjects, place) - 1, -1, -1):
            start, at, actor_id = self.first[n]
            spoken = bisect.bisect_left(self.places, (start, "")) < bisect.bisect_left(self.places, (at, ""))
            if not spoken and self.fits(actor_id, gender):
                return [(at, actor_id)]
        return []

    def names_before(self, place: int) -> Iterator[Mention]:
        """Yield the names before a place, the nearest first."""
        mentions = self.cast.mentions
        for n in range(bisect.bisect_left(mentions, place, key=lambda m: m.span.start) - 1, -1, -1):
            if mentions[n].form == "name":
                yield mentions[n]

    def home(self) -> str:
        """Return the country whose offices the article names without it: its outlet's, in Persian Iran where the outlet is not known."""
        outlet = self.cast.document.value("outlet")
        known = next((o["country"] for o in load("outlets") if o["name"] == outlet), "")
        return known or ("IRN" if self.language == "fa" else "")

    def hear(self, place: int, actor_id: str) -> None:
        """Remember who speaks at a place; nobody is "" and not remembered as a speaker."""
        self.latest = actor_id
        if actor_id:
            self.spoken.append((place, actor_id))
            bisect.insort(self.places, self.spoken[-1])

    def note(self, span: Span, form: str, actor_id: str, evidence: str) -> tuple[str, str]:
        """Note whom a title or pronoun means; return (actor id, evidence)."""
        self.noted.append(Mention(self.cast.document.doc_id, span, span.of(self.text), form, actor_id, evidence))
        return actor_id, evidence

    def introduce(self, actor_id: str, kind: str, country: str, name: str, confined: bool = False) -> None:
        """Add an actor outside the registry to the cast; one who is ``confined`` is known in this document alone."""
        only_in = self.cast.document.doc_id if confined else ""
        names = ((name,), ()) if self.language == "en" else ((), (name,))
        self.cast.actors.setdefault(actor_id, Actor(actor_id, kind, country, *names, registered=False, only_in=only_in))
