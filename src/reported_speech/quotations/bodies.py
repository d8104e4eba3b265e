"""Which body speaks: a state, a ministry, an embassy, an outlet; known to the registry, named before, or by its own words."""

from __future__ import annotations

import itertools
import re

from ..articles.alignment import Span
from ..articles.outlets import outlet_named
from ..lexicons import derived, load
from ..people.mentions import near
from ..people.registry import Actor, registry, slug
from ..people.titles import country_in, plain, read_title
from .discourse import Discourse, expression

MISSION = re.compile(r"\b(embassy|consulate general|consulate)\b", re.I)


@derived
def words_of(group: str, language: str) -> re.Pattern:
    """Any word of a group of titles.yml; in Persian a body opens its mention."""
    words = plain("|".join(load("titles")[language][group]), language)
    opens = "^" if language == "fa" and group == "bodies" else r"(?<!\w)"
    return re.compile(rf"{opens}(?:{words})(?!\w)", re.I)


def _state(country: str) -> Actor | None:
    """The state of a country code, None if the registry has none."""
    return next((a for a in registry().values() if a.kind == "state" and a.country == country), None)


def _mission(words: str) -> str:
    """The id of an embassy or consulate, however it is called: "Iran's embassy in Baku", "the Iranian Embassy".

    >>> _mission("Iran's embassy in Baku"), _mission("The Embassy of the Islamic Republic of Iran in Azerbaijan")
    ('embassy-of-iran', 'embassy-of-iran')
    """
    kind, country = MISSION.search(words), country_in(words.split(" in ")[0], "en")
    state = _state(country)
    return f"{slug(kind[1].lower())}-of-{state.actor_id}" if kind and country and state else ""


def whole(discourse: Discourse, span: Span) -> tuple[str, str] | None:
    """Return the institution or state that is a whole mention, or its head."""
    inside = [
        m for m in near(discourse.cast.mentions, span) if span.covers(m.span) and not discourse.cast.person(m.actor_id)
    ]
    words = discourse.plain(span)
    for m in sorted(inside, key=lambda m: m.span.start - m.span.end):
        rest = words.replace(plain(m.text, discourse.language), "", 1).strip(' "«»')
        rest = re.sub(r"^(?:the|a)\s+", "", rest, flags=re.I)
        if not rest or (m.form == "name" and m.span.end == span.end and not read_title(rest, discourse.language)):
            return m.actor_id, f"name: {m.evidence}"
    return None


def side(discourse: Discourse, words: str) -> tuple[str, str] | None:
    """Return the state of "the Armenian side", as an actor."""
    country = expression("sides", discourse.language).fullmatch(words) and country_in(words, discourse.language)
    state = _state(country) if country else None
    if state is None:
        return None
    discourse.cast.actors.setdefault(state.actor_id, state)
    return state.actor_id, f"name: “{words}”"


def group(discourse: Discourse, words: str) -> tuple[str, str] | None:
    """Return several people of one country ("Iranian officials") as an actor, None if the words say no more than that or no country."""
    several, country = expression("groups", discourse.language).fullmatch(words), country_in(words, discourse.language)
    if not several or not country:
        return None
    discourse.introduce(slug(several[1]), "group", country, several[1])
    return slug(several[1]), f"group “{words}” of one country"


def described(discourse: Discourse, span: Span, words: str) -> tuple[str, str]:
    """Return an institution outside the registry, by its words; anything else stays unresolved."""
    short = re.fullmatch(r"(?:the|this|that|its|his|her|این|آن)?\s*(\w+)", words, re.I)
    word = short[1].lower() if short else ""
    if short and (named := _named_before(discourse, "embassy" if word == "mission" else word, span)):
        return discourse.note(span, "title", named, f"short form “{words}” of the last one named")
    kind = words_of("bodies", discourse.language).search(re.split(r" (?:in|at|from|with|near) ", words)[0])
    if kind and not re.match(r"(?:this|the) (?:statement|report)|این ", words, re.I) and slug(words):
        own = slug(re.sub(r"^(?:the|an?)\s+", "", words, flags=re.I).replace("'s ", " "))[:80]
        actor_id = _mission(words) or own
        discourse.introduce(actor_id, "institution", country_in(words, discourse.language), words)
        return actor_id, f"institution “{words}”, not in the registry"
    return "", f"unresolved: “{words[:60]}” names no actor"


def _named_before(discourse: Discourse, word: str, span: Span) -> str:
    """The last institution named before whose name holds a word ("the ministry")."""
    names = itertools.islice(discourse.names_before(span.start), 200)
    seen = [*discourse.spoken[-200:], *((m.span.start, m.actor_id) for m in names)]
    for _, actor_id in sorted((s for s in seen if s[0] < span.start), reverse=True):
        actor = discourse.actor(actor_id)
        names = (plain(n, discourse.language).lower().split() for n in actor.names(discourse.language))
        if actor.kind == "institution" and any(word in n for n in names):
            return actor_id
    return ""


def issuer(discourse: Discourse, span: Span, words: str) -> str:
    """Return whose “this statement” is: the last speaker's, if a statement was spoken of since; “the daily” is whoever just spoke."""
    if discourse.latest and expression("outlets", discourse.language).fullmatch(words):  # «این روزنامه»
        return discourse.latest
    shown = expression("documents", discourse.language).fullmatch(words)
    if not shown or not discourse.spoken:
        return ""
    place, last = discourse.spoken[-1]
    since = discourse.text[max(discourse.text.rfind("\n", 0, place) + 1, place - 300) : span.start]
    return last if shown[1].lower() in plain(since, discourse.language).lower() else ""


def labelled(discourse: Discourse, span: Span) -> tuple[str, str]:
    """Return whom a label of an interview means: a person by the initials, else the outlet that asks."""
    words = discourse.plain(span)
    letters = re.fullmatch(r"(\w)[.‌ ]+(\w)\.?", words)
    for actor_id in sorted(discourse.people) if letters else ():
        name = discourse.cast.actors[actor_id].names(discourse.language)[0].split()
        if (name[0][0], name[-1][0]) == letters.groups():
            return discourse.note(span, "title", actor_id, f"initials “{words}” of a person named in the text")
    if letters or not slug(words) or not (outlet_named(words, exact=True) or " " in words.strip()):
        return "", f"unresolved: label “{words}” may be anybody's"
    discourse.introduce(slug(words), "institution", "", words)
    return slug(words), f"label “{words}”: the outlet that asks"
