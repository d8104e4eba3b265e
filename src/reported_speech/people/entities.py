"""Entities: who appears in one document, and what the text has told of each so far."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..articles.alignment import Span
from ..articles.document import Document
from ..lexicons import load
from .mentions import Mention
from .names import family_keys
from .offices import Office, plain, read_office
from .registry import Actor, Role, registry
from .sounds import parts
from .spelling import gender_of


@dataclass
class Entity:
    """Somebody in one document, and what the text has told so far: names, offices, gender, with the places that say so."""

    actor: Actor
    offices: list[Office] = field(default_factory=list)
    told: list[tuple[str, Span]] = field(default_factory=list)  # (office, where the text gives it)

    @property
    def person(self) -> bool:
        """Whether it is a person."""
        return self.actor.kind == "person"

    def learn(self, words: str, span: Span, office: Office) -> None:
        """Take an office that the text gives, unless it contradicts the country that is known."""
        if self.actor.country and office.country and office.country != self.actor.country:
            office = replace(office, country=self.actor.country)
        if office not in self.offices or not self.told:
            self.told.append((words, span))
        if office not in self.offices:
            self.offices.append(office)
        self.actor = replace(self.actor, country=self.actor.country or office.country)

    def may_be(self, gender: str, country: str = "") -> bool:
        """Tell whether nothing that is known contradicts a gender and a country."""
        known = self.actor
        return not (gender and known.gender and gender != known.gender) and not (
            country and known.country and country != known.country
        )


@dataclass
class Cast:
    """Who appears in one document: mentions by name in the order of the text, and whom they mean."""

    document: Document
    mentions: list[Mention] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    families: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # key of a name -> ids
    bodies: dict[str, str] = field(
        default_factory=dict
    )  # a body without its state ("ministry-of-energy") -> the one so named first
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # id -> where it is named

    def entity(self, actor_id: str) -> Entity:
        """Return an entity of the document; one of the registry enters it."""
        if actor_id not in self.entities:
            self.add(registry()[actor_id])
        return self.entities[actor_id]

    def add(self, actor: Actor) -> Entity:
        """Add an actor to the cast, with the offices that the registry gives."""
        entity = self.entities[actor.actor_id] = Entity(actor)
        language = self.document.language
        for role in actor.roles:
            if office := read_office(role.title_en if language == "en" else role.title_fa, language):
                entity.offices.append(replace(office, country=actor.country or office.country))
        for name in actor.names(language) if actor.kind == "person" else ():
            for key in keys_of(name):
                self.families[key].append(actor.actor_id)
        return entity

    def introduce(self, actor_id: str, kind: str, name: str, country: str = "", confined: bool = False) -> Entity:
        """Return an entity outside the registry, by its id; one that is ``confined`` is known in this document alone."""
        if actor_id in self.entities or actor_id in registry():
            return self.entity(actor_id)
        names = ((name,), ()) if self.document.language == "en" else ((), (name,))
        gender = gender_of(name) if kind == "person" else ""
        only_in = self.document.doc_id if confined else ""
        return self.add(Actor(actor_id, kind, country, *names, gender=gender, registered=False, only_in=only_in))

    def actors(self) -> dict[str, Actor]:
        """Return id -> actor, for the tables: what the text says of whom no registry knows stands as a role with its place."""
        return {
            i: e.actor if e.actor.registered else replace(e.actor, roles=self._told(e), sector=self._sector(e))
            for i, e in self.entities.items()
        }

    def _sector(self, entity: Entity) -> str:
        """The field of the first office whose role or body tells it."""
        fields = {
            plain(k, self.document.language): v for k, v in load("titles")[self.document.language]["sectors"].items()
        }
        return next((fields[w] for o in entity.offices for w in (o.role, *sorted(o.of)) if w in fields), "")

    def _told(self, entity: Entity) -> tuple[Role, ...]:
        where = [(words, f"{self.document.doc_id}#char={s.start},{s.end}") for words, s in entity.told]
        english = self.document.language == "en"
        return tuple(Role(w if english else "", "" if english else w, source=at) for w, at in where)


def _sound_keys(part: str) -> frozenset[str]:
    """What spellings of a part of a name have in common."""
    return family_keys(part) or frozenset([part])


@lru_cache(maxsize=10_000)
def keys_of(name: str, of: bool = True) -> set[str]:
    """The keys that a full name is found under by what may stand for it, or (not ``of``) those that a form looks under: a form of one
    part under its letters, edges and sounds, a longer one under its parts two by two."""
    own = parts(name)
    one = (
        {key for p in own for key in (p, f"{p[:3]}…{p[-3:]}")} | {f"={k}" for k in _sound_keys(own[-1])}
        if own
        else set()
    )
    two = {"".join(own[n : n + 2]) for n in range(len(own) - 1)}
    for first, second in itertools.combinations(own, 2):
        pairs = itertools.product(_sound_keys(first), _sound_keys(second))
        two |= {"+".join(sorted(pair)) for pair in pairs}
        two |= {
            f"{p[0]}.+{k}"
            for p, q in ((first, second), (second, first))
            for k in _sound_keys(q)
            if of or len(p.strip(".")) == 1
        }
    return one | two if of else one if len(own) == 1 else two
