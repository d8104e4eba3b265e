"""What stands beside a name: the office before it or behind it, a country in brackets, an honorific."""

from __future__ import annotations

import re
from dataclasses import replace

from ..articles.alignment import Span
from .entities import Cast, Entity
from .offices import Office, country_in, of_this_country, plain, read_office

COUNTERPART = ("counterpart", "colleague", "همتای")
SENT_TO = re.compile(r"\b(ambassador|envoy|representative|advis[eo]r|consul|aide|assistant|delegate) to\b", re.I)
HONORIFIC = {"mr": "m", "mrs": "f", "ms": "f", "آقای": "m", "خانم": "f"}
STOPS = {
    "en": r"[.;:!?\n]|\b(?:said|with|and|by|that|to|told|as|between|[a-z]{3,}ed)\b|\S*\d\S*",
    "fa": r"[.؛:!؟\n()،]|(?<!\w)(?:با|به|که|از|بر|را|در|اعلام|شد|گفت)(?!\w)",
}


def gender_before(text: str, place: int, language: str) -> str:
    """Return the gender that an honorific before a name tells, else ""."""
    last = plain(text[max(0, place - 8) : place], language).lower().replace(".", "").split()[-1:]
    return HONORIFIC.get(last[0], "") if last else ""


def tell_offices(cast: Cast, full: bool) -> None:
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
                office = of_this_country(office, span.of(text), text[max(0, span.start - 300) : span.start], language)
                if office.role in COUNTERPART and n:
                    office = _counterpart(cast.entities[people[n - 1].actor_id], office)
                entity.learn(span.of(text), span, office)
        bracket = re.match(r"\s*\(([^()\n]{3,40})\)", text[mention.span.end : mention.span.end + 45])
        country = country_in(bracket[1], language) if bracket else ""
        gender = gender_before(text, mention.span.start, language)
        entity.actor = replace(
            entity.actor,
            country=entity.actor.country or country,
            gender=gender or entity.actor.gender or _told_gender(entity),
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
    return _trimmed(text, floor + start, floor + len(before))


def _behind(text: str, start: int, end: int, language: str) -> Span | None:
    """Where an office may stand behind a name."""
    m = re.match(r"\s*[\"”»']?\s*(?:\([A-Za-z .'’-]{3,40}\))?\s*[،,]?\s*[\"“«']?\s*", text[start:end])
    if language == "en" and "," not in m.group():
        return None
    window = re.split(STOPS[language] + ("|," if language == "en" else ""), text[start + m.end() : end])[0]
    head = " ".join(window.split()[:2]) if language == "fa" else window
    return _trimmed(text, start + m.end(), start + m.end() + len(window)) if read_office(head, language) else None
