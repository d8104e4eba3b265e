"""The cast of a document: names become entities, the fullest form first, and what stands beside a name tells more of its bearer.

After Lee et al. 2013: the most certain sieve first; each entity refuses what contradicts what is known of it.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ..articles.alignment import Span
from ..articles.document import Document
from ..articles.outlets import outlet_named
from ..lexicons import load
from .mentions import Mention, expression, near, registered_names
from .names import family_keys, parts, spelled_close, stands_for
from .offices import Office, country_in, plain, read_office, without_title
from .registry import Actor, Role, registry, spelled_like
from .spelling import gender_of, slug

SIEVES = ("full name", "family name", "sound of the family name", "first name", "inner name")
COUNTERPART = ("counterpart", "colleague", "همتای")
MANY = 50  # bearers of one name that a form of it is compared with: the last ones
INITIALS = re.compile(r"(?:\w\b[.:]*\s?)+")
INITIAL = re.compile(r"\b[^\W\d_]\.")
SENT_TO = re.compile(r"\b(ambassador|envoy|representative|advis[eo]r|consul|aide|assistant|delegate) to\b", re.I)
HONORIFIC = {"mr": "m", "mrs": "f", "ms": "f", "آقای": "m", "خانم": "f"}
STOPS = {
    "en": r"[.;:!?\n]|\b(?:said|with|and|by|that|to|told|as)\b",
    "fa": r"[.؛:!؟\n()،]|(?<!\w)(?:با|به|که|از|بر|را|در)(?!\w)",
}


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
        if office not in self.offices:
            self.offices.append(office)
            self.told.append((words, span))
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
            for key in _keys(name):
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
            i: e.actor if e.actor.registered else replace(e.actor, roles=self._told(e))
            for i, e in self.entities.items()
        }

    def _told(self, entity: Entity) -> tuple[Role, ...]:
        where = [(words, f"{self.document.doc_id}#char={s.start},{s.end}") for words, s in entity.told]
        english = self.document.language == "en"
        return tuple(Role(w if english else "", "" if english else w, source=at) for w, at in where)


def _sound_keys(part: str) -> frozenset[str]:
    """What spellings of a part of a name have in common."""
    return family_keys(part) or frozenset([part])


@lru_cache(maxsize=10_000)
def _keys(name: str, of: bool = True) -> set[str]:
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


def build_cast(document: Document, found: Iterable[Span] = ()) -> Cast:
    """Collect who appears in a document by name: registered actors, and the persons whom the spans that are found name."""
    cast = Cast(document, registered_names(document))
    for mention in cast.mentions:
        cast.entity(mention.actor_id)
    spans = [_behind_place(span, cast) for span in found]
    names = [(span, name) for span in spans if (name := _person_name(span, cast))]
    for full in (True, False):  # the fullest first, with what stands beside them
        for span, name in sorted(names, key=lambda found: (-len(parts(found[1])), bool(INITIAL.search(found[1])))):
            if (len(parts(name)) > 1) == full:
                _enter(cast, span, name)
        cast.mentions.sort(key=lambda m: m.span)
        _tell_offices(cast, full)
    _add_families(cast)
    return cast


def _behind_place(span: Span, cast: Cast) -> Span:
    """A name without the country it begins with ("the ambassador to [Armenia Mehdi Sobhani]")."""
    place = next((m.span for m in near(cast.mentions, span) if m.form == "place" and m.span.start == span.start), span)
    linked = re.search(r"\b(?:to|of|in)\s$", cast.document.text[max(0, span.start - 4) : span.start])
    return Span(place.end + 1, span.end) if linked and place.end < span.end else span


def _person_name(span: Span, cast: Cast) -> str:
    """The name at a span, titles gone; "" if it is none, or one that the registry knows."""
    language = cast.document.language
    name = re.sub(r"['’]s?$", "", without_title(span.of(cast.document.text), language))
    if (
        not slug(name)
        or INITIALS.fullmatch(name)
        or outlet_named(name, exact=True)
        or (country_in(name, language) and len(name.split()) == 1)
    ):
        return ""
    if expression("groups", language).search(plain(name, language)):
        return ""
    if {name, name.split()[0]} & {*load("titles")[language]["not_people"]} or any(
        m.form == "place" and m.span.covers(span) for m in near(cast.mentions, span)
    ):
        return ""
    inside = [m for m in near(cast.mentions, span) if m.form == "name"]
    if any(not _longer(name, m, cast) for m in inside):
        return ""
    cast.mentions = [m for m in cast.mentions if m not in inside] if inside else cast.mentions
    return name


def _longer(name: str, mention: Mention, cast: Cast) -> bool:
    """Tell whether a name is somebody else's than the registered one in it: it has a part that is none of his."""
    own = {p for n in registry()[mention.actor_id].names(cast.document.language) for p in parts(n)}
    return len(parts(mention.text)) == 1 and not {*parts(name)} <= own


def _enter(cast: Cast, span: Span, name: str) -> None:
    """Give a name its entity: the first sieve that leaves one, the last one named of several, else somebody new."""
    text = span.of(cast.document.text)
    for sieve, fitting in _sieved(cast, name):
        actor_id, names = _nearest(cast, fitting, span), cast.entities[fitting[0]].actor.names(cast.document.language)
        evidence = (
            f"{sieve} of “{next(iter(names), fitting[0])}”"
            if sieve != "full name"
            else f"name “{name}”, not in the registry"
        )
        break
    else:
        actor_id, evidence = spelled_like(name), f"spelling “{name}” of a registered name"
        if not actor_id:
            actor_id, evidence = slug(name), f"name “{name}”, not in the registry"
            cast.introduce(actor_id, "person", name, confined=len(parts(name)) < 2)
    cast.entity(actor_id)
    cast.mentions.append(Mention(cast.document.doc_id, span, text, "name", actor_id, evidence))
    cast.places[actor_id].append(span.start)


def _sieved(cast: Cast, name: str) -> Iterable[tuple[str, list[str]]]:
    """Each sieve that leaves somebody, the most certain first, with whom it leaves."""
    language, by_sieve = cast.document.language, defaultdict(list)
    for actor_id in dict.fromkeys(
        i for key in sorted(_keys(name, of=False)) for i in cast.families.get(key, ())[-MANY:]
    ):
        actor = cast.entities[actor_id].actor
        how = {stands_for(name, full) for full in actor.names(language)}
        if len(parts(name)) == 1 and any(
            spelled_close(name, full) for full in actor.names(language) if len(parts(full)) == 1
        ):
            how.add("family name")
        for sieve in how - {""}:
            by_sieve[sieve].append(actor_id)
    return [(sieve, by_sieve[sieve]) for sieve in SIEVES if by_sieve[sieve]]


def _nearest(cast: Cast, fitting: list[str], span: Span) -> str:
    """Of several who may bear a name: whom the words before it do not contradict, then who was named last before it."""
    if len(fitting) == 1:
        return fitting[0]
    before = cast.document.text[max(0, span.start - 60) : span.start]
    last = plain(before, cast.document.language).lower().replace(".", "").split()[-1:]
    gender = HONORIFIC.get(last[0], "") if last else ""
    office = read_office(re.split(STOPS[cast.document.language], before)[-1], cast.document.language)
    fit = [i for i in fitting if cast.entities[i].may_be(gender, office.country if office else "")]
    if office and (
        held := [i for i in fit if any(o.fits(office, cast.document.language) for o in cast.entities[i].offices)]
    ):
        fit = held
    return max(fit or fitting, key=lambda i: max((p for p in cast.places[i] if p < span.start), default=-1))


def _add_families(cast: Cast) -> None:
    """Add the places where an English text has a person outside the registry by family name alone."""
    if cast.document.language != "en":
        return
    bearers: dict[str, set[str]] = defaultdict(set)
    for m in cast.mentions:
        if m.form == "name" and cast.entities[m.actor_id].person and not cast.entities[m.actor_id].actor.registered:
            words = re.sub(r"['’]s?$", "", m.text).split()
            if len(words) > 1 and len(words[-1]) > 3:
                bearers[words[-1]].add(m.actor_id)
    found = []
    for m in re.finditer(r"(?<![\w-])[^\W\d_a-z][\w-]+(?![\w-])", cast.document.text):
        if m.group() not in bearers or country_in(m.group(), "en") or near(cast.mentions, span := Span(*m.span())):
            continue
        actor_id = _nearest(cast, sorted(bearers[m.group()]), span)
        evidence = f"family name of “{cast.entities[actor_id].actor.names_en[0]}”"
        found.append(Mention(cast.document.doc_id, span, m.group(), "name", actor_id, evidence))
    cast.mentions = sorted([*cast.mentions, *found], key=lambda m: m.span)


def _tell_offices(cast: Cast, full: bool) -> None:
    """Read what stands beside names: before ("Iranian speaker X"), behind a comma ("X, the speaker of Y"), in brackets ("X (Norway)")."""
    text, language = cast.document.text, cast.document.language
    people = [m for m in cast.mentions if m.form == "name" and cast.entities[m.actor_id].person]
    for n, mention in enumerate(people):
        if (len(mention.text.split()) > 1) != full:
            continue
        entity = cast.entities[mention.actor_id]
        floor, ceiling = (
            people[n - 1].span.end if n else 0,
            people[n + 1].span.start if n + 1 < len(people) else len(text),
        )
        for span in (
            _before(text, max(floor, mention.span.start - 120), mention.span.start, language),
            _behind(text, mention.span.end, min(ceiling, mention.span.end + 140), language),
        ):
            office = span and read_office(SENT_TO.sub(r"\1 of", span.of(text)), language)
            if office:
                if office.role in COUNTERPART and n:
                    office = _counterpart(cast.entities[people[n - 1].actor_id], office)
                entity.learn(span.of(text), span, office)
        bracket = re.match(r"\s*\(([^()\n]{3,40})\)", text[mention.span.end : mention.span.end + 45])
        country = country_in(bracket[1], language) if bracket else ""
        honorific = (
            plain(text[max(0, mention.span.start - 8) : mention.span.start], language)
            .lower()
            .replace(".", "")
            .split()[-1:]
        )
        gender = HONORIFIC.get(honorific[0], "") if honorific else ""
        entity.actor = replace(
            entity.actor,
            country=entity.actor.country or country,
            gender=entity.actor.gender or gender or _told_gender(entity),
        )


def _counterpart(other: Entity, office: Office) -> Office:
    """The office of somebody's counterpart: the same as his, of the country that is named."""
    own = next((o for o in other.offices if o.role not in COUNTERPART), None)
    return replace(own, country=office.country) if own else office


def _told_gender(entity: Entity) -> str:
    """The gender that an office tells ("spokeswoman")."""
    words = " ".join(words.lower() for words, _ in entity.told)
    return (
        "f" if re.search(r"\w+woman\b", words) else "m" if re.search(r"(?:spokes|chair|business)man\b", words) else ""
    )


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    edge = " \t\"“”«»'’,،"
    return (
        Span(start + len(words) - len(words.lstrip(edge)), start + len(words.rstrip(edge)))
        if words.strip(edge)
        else None
    )


def _before(text: str, floor: int, end: int, language: str) -> Span | None:
    """Where an office may stand before a name."""
    before = text[floor:end].rstrip(" \"“«'")
    comma = before.endswith(("،", ","))
    before = before.rstrip("،, ")
    stops = [
        m.end()
        for m in re.finditer(STOPS[language] + ("" if comma else "|,"), SENT_TO.sub(lambda m: m[1] + " of", before))
    ]
    start = max(stops, default=0)
    words = before[start:].split()
    if len(words) > 14 and comma:
        return None
    return _trimmed(text, floor + start, floor + len(before))


def _behind(text: str, start: int, end: int, language: str) -> Span | None:
    """Where an office may stand behind a name."""
    m = re.match(r"\s*[\"”»']?\s*(?:\([A-Za-z .'’-]{3,40}\))?\s*[،,]?\s*[\"“«']?\s*", text[start:end])
    if language == "en" and "," not in m.group():
        return None
    window = re.split(STOPS[language] + ("|," if language == "en" else ""), text[start + m.end() : end])[0]
    opens = " ".join(window.split()[:3])
    if language == "en" and not re.match(r"(?:the|a|an|who is|[A-Z])", window) and not read_office(opens, language):
        return None
    head = " ".join(window.split()[:2]) if language == "fa" else window
    return _trimmed(text, start + m.end(), start + m.end() + len(window)) if read_office(head, language) else None
