"""The cast of a document: names become entities, the fullest form first, the most certain sieve first (after Lee et al. 2013)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from ..articles.alignment import Span
from ..articles.document import Document
from ..articles.outlets import outlet_named
from ..lexicons import load
from .beside import STOPS, gender_before, tell_offices
from .entities import Cast, keys_of
from .mentions import Mention, expression, near, registered_names
from .names import stands_for
from .offices import country_in, plain, read_office, without_title
from .registry import registry, spelled_like
from .sounds import parts
from .spelling import slug

SIEVES = ("full name", "family name", "sound of the family name", "first name", "inner name")
MANY = 50  # bearers of one name that a form of it is compared with: the last ones
INITIALS = re.compile(r"(?:\w\b[.:]*\s?)+")
INITIAL = re.compile(r"\b[^\W\d_]\.")


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
        tell_offices(cast, full)
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
    text, gender = span.of(cast.document.text), gender_before(cast.document.text, span.start, cast.document.language)
    for sieve, fitting in _sieved(cast, name, gender):
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


def _sieved(cast: Cast, name: str, gender: str) -> Iterable[tuple[str, list[str]]]:
    """Each sieve that leaves somebody, the most certain first, with whom it leaves."""
    language, by_sieve = cast.document.language, defaultdict(list)
    for actor_id in dict.fromkeys(
        i for key in sorted(keys_of(name, of=False)) for i in cast.families.get(key, ())[-MANY:]
    ):
        actor = cast.entities[actor_id].actor
        if not cast.entities[actor_id].may_be(gender):
            continue
        how = {stands_for(name, full) for full in actor.names(language)}
        for sieve in how - {""}:
            by_sieve[sieve].append(actor_id)
    return [(sieve, by_sieve[sieve]) for sieve in SIEVES if by_sieve[sieve]]


def _nearest(cast: Cast, fitting: list[str], span: Span) -> str:
    """Of several who may bear a name: whom the words before it do not contradict, then who was named last before it."""
    if len(fitting) == 1:
        return fitting[0]
    before = cast.document.text[max(0, span.start - 60) : span.start]
    gender = gender_before(cast.document.text, span.start, cast.document.language)
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
            if len(words) > 1 and len(words[-1]) > 2:
                bearers[words[-1]].add(m.actor_id)
    found = []
    for m in re.finditer(r"(?<![\w-])(?:(?:al|el)-)?[^\W\d_a-z][\w-]+(?![\w-])", cast.document.text):
        if m.group() not in bearers or country_in(m.group(), "en") or near(cast.mentions, span := Span(*m.span())):
            continue
        actor_id = _nearest(cast, sorted(bearers[m.group()]), span)
        evidence = f"family name of “{cast.entities[actor_id].actor.names_en[0]}”"
        found.append(Mention(cast.document.doc_id, span, m.group(), "name", actor_id, evidence))
    cast.mentions = sorted([*cast.mentions, *found], key=lambda m: m.span)
