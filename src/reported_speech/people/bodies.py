"""Bodies and states that speak: known to the registry, named before, or by their own words; and the ids of offices and bodies."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..articles.alignment import Span
from ..articles.outlets import outlet_named
from ..lexicons import derived, load
from .discourse import Discourse
from .mentions import expression, near
from .offices import Office, country_in, is_country, plain, read_office, states
from .spelling import slug

Answer = tuple[str, str] | None


@dataclass(frozen=True)
class Said:
    """A mention to be resolved: its span, its words as patterns have them, and the office that they name."""

    span: Span
    words: str
    office: Office | None


def state_of(d: Discourse, country: str, words: str) -> tuple[str, str]:
    """The state of a country's code as the actor, and the words that mean it as the evidence."""
    state = states()[country]
    d.entity(state.actor_id)
    return state.actor_id, f"state: “{words}”"


def institution(d: Discourse, said: Said) -> Answer:
    """A registered body or a state that is the whole mention, or its head; a party to talks ("the Armenian side")."""
    inside = [
        m for m in near(d.cast.mentions, said.span) if said.span.covers(m.span) and not d.entity(m.actor_id).person
    ]
    for m in sorted(inside, key=lambda m: m.span.start - m.span.end):
        rest = re.sub(r"^(?:the|a)(?:\s+|$)", "", said.words.replace(d.plain(m.span), "", 1).strip(' "«»'), flags=re.I)
        if not rest or (m.form == "name" and m.span.end == said.span.end and not read_office(rest, d.language)):
            return m.actor_id, f"name: {m.evidence}"
    country = expression("sides", d.language).fullmatch(said.words) and country_in(said.words, d.language)
    return state_of(d, country, said.words) if country else None


def body(d: Discourse, said: Said) -> Answer:
    """A body outside the registry: the last of that kind named before ("the ministry"), else by its own words."""
    short = re.fullmatch(r"(?:the|this|that|its|his|her|این|آن)?\s*(\w+)", said.words, re.I)
    if short and (found := institution_before(d, short[1].lower(), said)):
        return found
    words = body_words(said.words, d.language)
    return named_body(d, said, words) if words else None


NAMED = re.compile(r"(?:[Tt]he )?([A-Z][\w&’'-]*(?: (?:(?:of|for|and|the) )*[A-Z][\w&’'-]*)*)")


def named_thing(d: Discourse, said: Said) -> Answer:
    """Whatever else speaks under a name of its own ("Geostat", "Human Rights Watch"): an institution of this document."""
    name = NAMED.fullmatch(said.words) if d.language == "en" and not said.office else None
    times = {*load("cues.en")["days"], *load("titles")["en"]["not_people"]}
    if not name or {*name[1].split()} & times or is_country(name[1], "en") or len(name[1]) < 3:
        return None
    opens = (
        d.text[: said.span.start].rstrip()[-1:] in ("", *'.!?”"\n')
        or "\n" in d.text[said.span.start - 2 : said.span.start]
    )
    if " " not in name[1] and not name[1].isupper() and (opens or name[1].endswith("s") or len(name[1]) < 4):
        return None  # "Those said …", "Democrats said …"
    entity = d.cast.introduce(slug(name[1]), "institution", name[1], confined=True)
    return d.note(said.span, "name", entity.actor.actor_id, f"name “{name[1]}”, of no person, not in the registry")


def _initials(name: str) -> str:
    """The first letters of a name's words in capitals: "IEA" of "International Energy Agency (IEA)"."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def institution_before(d: Discourse, word: str, said: Said) -> Answer:
    """The last institution named before whose name holds a word (an embassy is also a mission)."""
    word, place = "embassy" if word == "mission" else word, said.span.start
    seen = [
        *d.spoken[-200:],
        *((m.span.start, m.actor_id) for m, _ in zip(d.names_before(place), range(200), strict=False)),
    ]
    for _, found in sorted((s for s in seen if s[0] < place and "+" not in s[1]), reverse=True):
        names = d.entity(found).actor.names(d.language) if d.entity(found).actor.kind == "institution" else ()
        short = said.words.split()[-1].isupper() and any(_initials(n) == said.words.split()[-1] for n in names)
        if names and (not word or short or any(word in plain(n, d.language).lower().split() for n in names)):
            return d.note(said.span, "title", found, f"short form “{said.words}” of the last one named")
    return institution_before(d, "", said) if word in load("titles")[d.language]["any_body"] else None


@derived
def _bodies(language: str) -> re.Pattern:
    words = plain("|".join(load("titles")[language]["bodies"]), language)
    return re.compile(rf"{'^' if language == 'fa' else '(?<!\\w)'}(?:{words})(?!\w)", re.I)


@derived
def _documents() -> re.Pattern:
    """«بیانیه», «آمار»: what a Persian body gives out, before its name."""
    cues = load("cues.fa")
    documents, adjectives = (
        "|".join(plain(w, "fa") for w in words)
        for words in ((*cues["document"]["starts"], *cues["document"]["data"]), cues["headline_adjectives"])
    )
    return re.compile(rf"^(?:{documents}) (?:(?:{adjectives}) )?(?=\S)")


def body_words(words: str, language: str) -> str:
    """The words of a body in a mention, without article and place; "" if it has none."""
    words = re.sub(r"^(?:(?:of|at|from|the|an?|its|his|her|their|این|آن) )+", "", words.strip(), flags=re.I)
    if language == "fa":
        words = _documents().sub("", words)
    head = re.split(r" (?:in|at|from|with|near) ", words)[0]
    shown = re.search(
        r"\b(?:statement|report|records?|data|figures|documents?|statistics)(?:$| \w+e[dn] )|^این ", head, re.I
    )
    return words if _bodies(language).search(head) and not shown and slug(words) else ""


def named_body(d: Discourse, said: Said, words: str) -> Answer:
    """The body that some words name: its id has the state's name at its end; one of no state is confined to its document."""
    words, country = re.sub(r"(?<=\w)'s?(?=\s|$)", "", words), country_in(words.split(" in ")[0], d.language)
    if not country and len(words.split()) == 1 and (found := institution_before(d, words.lower(), said)):
        return found
    if outlet := outlet_named(words, exact=True):
        d.cast.introduce(slug(outlet), "institution", words)
        return d.note(said.span, "name", slug(outlet), f"outlet “{outlet}”")
    short, actor_id = _short(words, country, d.language), actor_id_of(words, country, d.language)
    before = d.cast.bodies.setdefault(short, actor_id)
    actor_id = actor_id if country else before  # "the ministry" is the one named before
    entity = d.cast.introduce(actor_id, "institution", words, country, confined=not country and len(words.split()) < 3)
    return d.note(said.span, "name", entity.actor.actor_id, f"institution “{words}”, not in the registry")


def actor_id_of(words: str, country: str, language: str) -> str:
    """An id of the words of an office or body, in the usual order, with the state at its end.

    >>> actor_id_of("Uzbek Foreign Ministry", "UZB", "en"), actor_id_of("governor of Gilan", "", "en"), actor_id_of("وزارت خارجه گرجستان", "GEO", "fa")
    ('ministry-of-foreign-affairs-of-uzbekistan', 'governor-of-gilan', 'ministry-of-foreign-affairs-of-georgia')
    """
    short = _short(words, country, language)
    return f"{short}-of-{states()[country].actor_id}" if country and short else short


def _short(words: str, country: str, language: str) -> str:
    """The id without the state."""
    if country:
        state, words = states()[country], re.split(r" in (?=[A-Z])", words)[0]
        names = {
            plain(n, language) for group in (state.names, state.adjectives, state.capitals) for n in group[language]
        }
        any_name = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        words = re.sub(rf"(?<!\w)(?:of |the |in )*(?:the )?(?:{any_name})(?:'s?)?(?!\w)", " ", words)
    for pattern, english in load("titles")[language]["ids"].items():
        words = re.sub(rf"(?<!\w){plain(pattern, language)}(?!\w)", english, words, flags=re.I)
    return re.sub(r"-(?:of|the|and|in|for)$", "", slug(" ".join(words.replace("'s", "").split()))[:80].strip("-"))
