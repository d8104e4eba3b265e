"""Whom an office means: who holds it in the text, whom the registry has on that date, whom the opening names next, or nobody named."""

from __future__ import annotations

import re
from dataclasses import replace

from ..lexicons import load
from .bodies import Answer, Said, actor_id_of, institution
from .discourse import Discourse
from .mentions import expression
from .offices import Office, plain, read_office
from .registry import Actor, registry


def exact_office(d: Discourse, said: Said) -> Answer:
    """An office that somebody named in the text holds, or that the registry gives one on that date."""
    if not said.office or institution(d, said):
        return None
    if expression("indefinite", d.language).match(said.words.lower()):
        general = said.office.role in load("titles")[d.language]["general"]  # "a diplomat" stays unnamed
        any_of = said.office if general else replace(said.office, of=frozenset())
        if found := _named_next(d, replace(said, office=any_of)):
            return d.note(said.span, "title", found, f"office “{said.words}” in the opening: the next person named")
        d.unnamed = said.span.start
        return "", f"unresolved: “{said.words}” is anybody"
    return held(d, said)


def held(d: Discourse, said: Said) -> Answer:
    """Who of those named in the text holds an office: the exact role before a kind of it, then the last speaker or the last named."""
    office, people = said.office, dict.fromkeys(m.actor_id for m in d.people)
    general = office.role in load("titles")[d.language]["general"]
    fitting = [a for a in people if any(o.fits(office, d.language) for o in d.entity(a).offices)]
    if general and not fitting and not office.of:
        fitting += [a for a in people if a not in fitting and d.entity(a).may_be("", office.country)]
    last = next((a for _, a in reversed(d.spoken) if "+" not in a), "")
    home = office.country or d.home

    def certain(a: str) -> tuple:
        entity = d.entity(a)
        place = max(d.last_named(a, said.span.start), max((p for p, i in d.spoken if i == a), default=-1))
        exact = any(o.role == office.role and o.fits(office, d.language) for o in entity.offices)
        own = bool(office.country) and entity.actor.country != office.country
        abroad = bool(not office.country and home) and entity.actor.country not in ("", home)
        speaks = d.language == "en" and not office.country and not general and a == last
        return own, not speaks, abroad, not exact and not general, place < 0, -place

    if not fitting:
        return None
    best = min(fitting, key=certain)
    if (
        certain(best)[2] and d.language == "fa" and (own := next_named(d, said))
    ):  # at home, and another's is the only one told yet
        return own
    return d.note(said.span, "title", best, f"office “{said.words}” fits a person named in the text")


def registered(d: Discourse, said: Said) -> Answer:
    """An office that the registry gives one person on the article's date, if the text names nobody for it."""
    if not said.office or institution(d, said):
        return None
    year = d.document.value("published")[:4]
    holders = [
        a
        for a in registry().values()
        if said.office.country == a.country != "" and year and _holds(a, said.office, int(year), d)
    ]
    if len(holders) != 1:
        return None
    d.entity(holders[0].actor_id)
    return d.note(said.span, "title", holders[0].actor_id, f"office “{said.words}” as of {year}, by the registry")


def _holds(actor: Actor, office: Office, year: int, d: Discourse) -> bool:
    read = [(read_office(r.title_en if d.language == "en" else r.title_fa, d.language), r) for r in actor.roles]
    return any(o is not None and (o.role, o.of) == (office.role, office.of) and r.held_in(year) for o, r in read)


def next_named(d: Discourse, said: Said) -> Answer:
    """ "Iran's envoy warned …" and, a sentence on, "Karim Safavi said …": whom the opening names behind an office."""
    if not said.office or (said.office.role in load("titles")[d.language]["general"] and not said.office.country):
        return (
            ("", f"unresolved: office “{said.words}” fits nobody named")
            if said.office and not institution(d, said)
            else None
        )
    if institution(d, said) or not (found := _named_next(d, said)):
        return None
    d.entity(found).learn(said.words, said.span, said.office)
    return d.note(
        said.span, "title", found, f"office “{said.words}” in the opening: the next person named, of no other office"
    )


def last_without(d: Discourse, said: Said) -> Answer:
    """The last speaker, if the text names him without an office, or the headline does and the lead goes on with the office, or the
    office is one that is held beside another; "also" behind the mention brings somebody else."""
    if not said.office or institution(d, said) or expression("also", d.language).match(d.text, said.span.end):
        return None
    last = d.spoken[-1][1] if d.spoken else ""
    if not last or "+" in last or last not in {m.actor_id for m in d.people}:
        return None
    entity, ranks = d.entity(last), {plain(w, d.language) for w in load("titles")[d.language]["ranks"]}
    headed = any(p.span.start <= d.spoken[-1][0] < p.span.end for p in d.document.all("title")) and _number(d, said) < 2
    others = load("titles")[d.language]["beside"].get(
        said.office.role
    )  # "a member of the committee" is a lawmaker, too
    own = any(
        o.role == said.office.role and o.of - load("titles")[d.language]["sectors"].keys() for o in entity.offices
    )  # another's constituency
    beside = others == [] or (bool(others) and not own and all(o.role in others for o in entity.offices))
    taken = not headed and not beside and any(o.role not in ranks for o in entity.offices)
    if taken or not entity.may_be("", said.office.country):
        return None
    entity.learn(said.words, said.span, said.office)
    return d.note(said.span, "title", last, f"office “{said.words}”: the last speaker, whom the text gives no other")


def _number(d: Discourse, said: Said) -> int:
    """The number of the paragraph that holds a mention."""
    return next((n for n, p in enumerate(d.body) if said.span.end <= p.end), 99)


def _named_next(d: Discourse, said: Said) -> str:
    """Whom the opening names behind an office: of no other office, unless that stands in the headline, and of no other country."""
    heading = any(said.span.end <= p.span.end for p in d.document.all("title"))  # in it, or in a line above it
    paragraphs, number = d.body, _number(d, said)
    if number == 99:
        return ""
    end = paragraphs[min(number + (2 + heading if number < 3 else 0), len(paragraphs) - 1)].end
    ranks = {plain(w, d.language) for w in load("titles")[d.language]["ranks"]}
    for _, place, actor_id in d.firsts:
        entity = d.entity(actor_id)
        same = heading and bool(said.office.country) and entity.actor.country == said.office.country
        free = all(o.role in ranks for o in entity.offices) and entity.may_be("", said.office.country)
        alike = any(o.fits(said.office, d.language) or said.office.fits(o, d.language) for o in entity.offices)
        if said.span.end <= place < end and (same or free or alike):
            return actor_id
    return ""


def office_alone(d: Discourse, said: Said) -> Answer:
    """Somebody whom the text names by office alone: an actor of this document, the id made of office and country."""
    if not said.office or institution(d, said):
        return None
    short = re.sub(r"^(?:the|an?|this|that|its|his|her|their|این|آن) ", "", said.words, flags=re.I)
    actor_id = actor_id_of(short, said.office.country, d.language)
    if not actor_id:
        return None
    entity = d.cast.introduce(actor_id, "person", short, said.office.country, confined=True)
    entity.learn(said.words, said.span, said.office)
    return d.note(said.span, "title", actor_id, f"office “{said.words}” alone: no name in the text")
