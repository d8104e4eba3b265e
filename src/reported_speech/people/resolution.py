"""Whom a mention means: sieves, the most certain first; the first that knows an answer gives it, unresolved being one.

After Lee et al. 2013 (sieves) and Muzny et al. 2017 (attribution of quotations). Each sieve takes the discourse so far and a
mention; it returns (actor id or "", evidence), or None to leave it to the next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ..articles.alignment import Span, trimmed
from ..lexicons import derived, load
from .cast import COUNTERPART
from .discourse import Discourse
from .mentions import expression, near
from .offices import Office, country_in, is_title, plain, read_office, states
from .registry import Actor, registry
from .spelling import slug

Answer = tuple[str, str] | None
JOINT = re.compile(r"\s*(?:,|،)?\s+(?:and|و|as well as)\s+|\s*[,،]\s+")
LINKED = re.compile(r"\b(?:of|for|to|by|with|under|from)((?:\s[\w.'’-]+){0,4})\s$")
CANONICAL = {"foreign": "foreign affairs", "mfa": "ministry of foreign affairs"}


@dataclass(frozen=True)
class Said:
    """A mention to be resolved: its span, its words as patterns have them, and the office that they name."""

    span: Span
    words: str
    office: Office | None


def resolve(d: Discourse, span: Span) -> tuple[str, str]:
    """Return (actor id or "", evidence) for a mention; several who speak together are joined by "+"."""
    words = d.plain(span).strip(" \"«»“”'")
    if d.language == "en" and words.endswith("'s") and len(words) > 3:  # "Safarov's call for …"
        words, span = words[:-2], Span(span.start, span.end - 2)
    words = re.sub(r"^(?:also|then|meanwhile|later),? ", "", words, flags=re.I)
    office = read_office(words, d.language)
    if office and re.search(r"\bour\b|کشورمان|کشور ما", words):
        office = replace(office, country=d.home)
    said = Said(span, words, office)
    answers = (answer for sieve in SIEVES if (answer := sieve(d, said)) is not None)
    return next(answers, ("", f"unresolved: “{words[:60]}” names no actor"))


def pronoun(d: Discourse, said: Said) -> Answer:
    """ "She", «وی»: the last speaker or the last sentence's subject of that gender; "they", "it": who speaks on."""
    gender = load("speakers")["pronouns"][d.language].get(said.words.lower())
    if gender is None:
        return None
    if gender in ("p", "n"):
        last = d.spoken[-1][1] if d.spoken else ""
        several = "+" in last or (bool(last) and d.entity(last).actor.kind == "joint")
        if last and (several if gender == "p" else not several and not d.entity(last).person):
            return d.note(said.span, "pronoun", last, "pronoun: continues the last speaker")
        return "", f"unresolved: pronoun “{said.words}”"
    return _person_before(d, said, gender)


def _person_before(d: Discourse, said: Said, gender: str) -> tuple[str, str]:
    found = max(d.last_speaker(said.span.start, gender), d.last_subject(said.span.start, gender))
    if found[0] < d.unnamed < said.span.start:
        return "", f"unresolved: “{said.words}” is the last speaker, whom the text does not name"
    if not found[1]:
        found = next(
            ((m.span.start, m.actor_id) for m in d.names_before(said.span.start) if d.fits(m.actor_id, gender)), found
        )
    if not found[1]:
        return "", f"unresolved: pronoun “{said.words}” without an antecedent"
    entity = d.entity(found[1])
    if gender and not entity.actor.gender:
        entity.actor = replace(entity.actor, gender=gender)
    return d.note(said.span, "pronoun", found[1], "pronoun: last speaker or subject of that gender")


def pointing(d: Discourse, said: Said) -> Answer:
    """ "The official", «این دیپلمات»: who just spoke."""
    if not expression("demonstratives", d.language).match(said.words) or not (d.spoken or d.unnamed >= 0):
        return None
    if not d.spoken:
        return "", f"unresolved: “{said.words}” is the last speaker, whom the text does not name"
    last = d.spoken[-1][1]
    if d.spoken[-1][0] < d.unnamed:
        return "", f"unresolved: “{said.words}” is the last speaker, whom the text does not name"
    if "+" not in last and d.entity(last).actor.kind == "institution":  # an official of it spoke
        return d.note(said.span, "pronoun", last, "pronoun: continues the last speaker")
    return _person_before(d, said, "") if d.fits(last, "") else None


def both_sides(d: Discourse, said: Said) -> Answer:
    """ "The two ministers", «طرفین»: the parties of a meeting that are not named one by one."""
    joint = any(
        m.actor_id == "both-sides" and m.span.start - said.span.start < 6 for m in near(d.cast.mentions, said.span)
    )
    if joint or expression("parties", d.language).fullmatch(said.words.lower()):
        d.entity("both-sides")
        return "both-sides", f"joint “{said.words}”"
    return None


def several(d: Discourse, said: Said) -> Answer:
    """ "Holm and Oduya", «ایران، روسیه و ترکیه»: all that are named together, in the order of the text."""
    if not JOINT.search(said.words):
        return None
    pieces, at = [], said.span.start
    for m in JOINT.finditer(d.text, said.span.start, said.span.end):
        pieces, at = [*pieces, trimmed(d.text, at, m.start())], m.end()
    pieces = [p for p in [*pieces, trimmed(d.text, at, said.span.end)] if p]
    found = []
    for piece in pieces:
        words = d.plain(piece)
        part = Said(piece, words, read_office(words, d.language))
        sieves = (pronoun, named, counterpart, institution) if pieces.index(piece) or "+" not in words else ()
        before = len(d.noted)
        answer = next((a for sieve in sieves if (a := sieve(d, part)) and a[0]), None)
        if not answer or (answer[0] in d.cast.entities and d.entity(answer[0]).actor.kind == "joint"):
            del d.noted[before:]
            if len(pieces) > 2 and part.office and found:  # an apposition: "Holm, the mayor, and Oduya"
                continue
            return None
        found.append(answer[0])
    ids = list(dict.fromkeys(found))
    return ("+".join(ids), f"several: {len(ids)} named together") if len(ids) > 1 else None


def named(d: Discourse, said: Said) -> Answer:
    """A mention that holds a person's name: the last one that is not somebody's whose something is spoken of."""
    for mention in sorted(near(d.people, said.span), key=lambda m: -m.span.start):
        if not said.span.covers(mention.span) and not mention.span.covers(said.span):
            continue
        before = d.text[said.span.start : mention.span.start]
        linked = d.language == "en" and _linked(before)
        if not linked and not (d.possessive(mention.span) and mention.span.end < said.span.end):
            return mention.actor_id, f"name: {mention.evidence}"
    return None


def _linked(before: str) -> bool:
    """Tell whether a name only belongs to what stands before it ("an aide to President X", "the family of X").

    >>> _linked("an aide to President "), _linked("Spokesperson for the Foreign Ministry "), _linked("Minister of Foreign Affairs ")
    (True, False, False)
    """
    link = LINKED.search(before)
    between = link[1].split() if link else []
    return bool(link) and (not between or is_title(between[-1], "en"))


def collective(d: Discourse, said: Said) -> Answer:
    """The authorities of a state are the state, officials of a named body that body; other groups are nobody."""
    group = expression("groups", d.language).search(said.words)
    behind = group and said.words[: group.start()]
    if not group or (d.language == "fa" and behind) or re.search(r"\b(?:of|for|spokes\w+)\b", behind):
        return None
    rest = said.words[group.end() :]
    country = country_in(said.words, d.language)
    if expression("authorities", d.language).search(said.words) and country:
        return _state(d, country, said.words)
    if behind and (body := _body_words(behind, d.language)):  # "Defense Ministry officials"
        return _body(d, said, body)
    if (body := _body_words(rest, d.language)) and not expression("authorities", d.language).fullmatch(rest.strip()):
        return _body(d, said, body) or ("", f"unresolved: collective source “{said.words}”")
    return "", f"unresolved: collective source “{said.words}”"


def _state(d: Discourse, country: str, words: str) -> tuple[str, str]:
    state = states()[country]
    d.entity(state.actor_id)
    return state.actor_id, f"state: “{words}”"


def counterpart(d: Discourse, said: Said) -> Answer:
    """ "His Turkish counterpart": the only one named who is of that country, holds the speaker's office, and does not speak."""
    if not re.search(r"counterpart|colleague|همتای", said.words):
        return None
    country, last = country_in(said.words, d.language), [a for _, a in d.spoken[-1:]]
    people = dict.fromkeys(m.actor_id for m in d.people)
    fitting = [a for a in people if a not in last and country and d.entity(a).actor.country == country]
    own = [(o.role, o.of) for a in last if "+" not in a for o in d.entity(a).offices]
    same = [a for a in fitting if any((o.role, o.of) in own or o.role in COUNTERPART for o in d.entity(a).offices)]
    if len(fitting if len(fitting) < 2 else same) == 1:
        return d.note(said.span, "title", (same or fitting)[0], f"counterpart: the only one of {country} named")
    return "", f"unresolved: “{said.words}”"


def issued(d: Discourse, said: Said) -> Answer:
    """ "This statement" is the last speaker's, if a statement was spoken of since; “the daily” is whoever just spoke."""
    if d.latest and expression("outlets", d.language).fullmatch(said.words):  # «این روزنامه»
        return d.latest, f"“{said.words}” is the last speaker"
    shown = expression("documents", d.language).fullmatch(said.words)
    if not shown or not d.spoken:
        return None
    place, last = d.spoken[-1]
    since = d.text[max(d.text.rfind("\n", 0, place) + 1, place - 300) : said.span.start]
    if shown[1].lower() in plain(since, d.language).lower():
        return last, f"“{said.words}” is what the last speaker gave out"
    return None


def spoken_for(d: Discourse, said: Said) -> Answer:
    """An unnamed spokesperson or official is the body spoken for ("a ministry spokesman", "its spokesperson")."""
    unnamed = expression("indefinite", d.language).match(said.words.lower() + " ")
    if not said.office or said.office.role not in ("spokesman", "سخنگو", "official" if unnamed else ""):
        return None
    if not unnamed and (held := _held(d, said)):
        return held
    words = re.sub(r"^(?:its|his|her|their) ", "", said.words)
    role = r"\b(?:an?|the|one|another)?\s*(?:senior |top )?(?:spokes\w+|officials?)\b(?: (?:for|of|at|from))?|^(?:یک )?سخنگوی"
    if body := _body_words(" ".join(re.sub(role, " ", words).split()), d.language):
        return _body(d, said, re.sub(r"^(?:an?|the) ", "", body))
    if words != said.words:
        return _institution_before(d, "", said) or ("", f"unresolved: “{said.words}”: whose is not told")
    return None


def exact_office(d: Discourse, said: Said) -> Answer:
    """An office that somebody named in the text holds, or that the registry gives one on that date."""
    if not said.office or institution(d, said):
        return None
    if expression("indefinite", d.language).match(said.words.lower()):
        if found := _named_next(d, said):
            return d.note(said.span, "title", found, f"office “{said.words}” in the opening: the next person named")
        d.unnamed = said.span.start
        return "", f"unresolved: “{said.words}” is anybody"
    return _held(d, said) or _registered(d, said)


def _held(d: Discourse, said: Said) -> Answer:
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
        abroad = bool(not office.country and home) and entity.actor.country != home
        speaks = d.language == "en" and not office.country and not general and a == last
        return own, not speaks, abroad, not exact and not general, place < 0, -place

    if not fitting:
        return None
    best = min(fitting, key=certain)
    return d.note(said.span, "title", best, f"office “{said.words}” fits a person named in the text")


def _registered(d: Discourse, said: Said) -> Answer:
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
    """The last speaker, if the text names him without an office; "also" behind the mention brings somebody else."""
    if not said.office or institution(d, said) or expression("also", d.language).match(d.text, said.span.end):
        return None
    last = d.spoken[-1][1] if d.spoken else ""
    if not last or "+" in last or last not in {m.actor_id for m in d.people}:
        return None
    entity, ranks = d.entity(last), {plain(w, d.language) for w in load("titles")[d.language]["ranks"]}
    if any(o.role not in ranks for o in entity.offices) or not entity.may_be("", said.office.country):
        return None
    entity.learn(said.words, said.span, said.office)
    return d.note(said.span, "title", last, f"office “{said.words}”: the last speaker, whom the text gives no other")


def _named_next(d: Discourse, said: Said) -> str:
    """Whom the opening names behind an office: of no other office, unless that stands in the headline, and of no other country."""
    heading = any(said.span.end <= p.span.end for p in d.document.all("title"))  # in it, or in a line above it
    paragraphs = d.document.paragraphs()
    reach = next((n for n, p in enumerate(paragraphs) if p.covers(said.span)), len(paragraphs)) + 2 + heading
    if reach > 4:
        return ""
    end = paragraphs[min(reach, len(paragraphs) - 1)].end
    for _, place, actor_id in d.firsts:
        entity = d.entity(actor_id)
        same = heading and bool(said.office.country) and entity.actor.country == said.office.country
        free = not entity.offices and entity.may_be("", said.office.country)
        alike = any(o.fits(said.office, d.language) or said.office.fits(o, d.language) for o in entity.offices)
        if said.span.end <= place < end and (same or free or alike):
            return actor_id
    return ""


def office_alone(d: Discourse, said: Said) -> Answer:
    """Somebody whom the text names by office alone: an actor of this document, the id made of office and country."""
    if not said.office or institution(d, said):
        return None
    short = re.sub(r"^(?:the|an?|this|that|its|his|her|their|این|آن) ", "", said.words, flags=re.I)
    first = re.split(r"[,،]", short)[0]
    if first != short and not read_office(
        first, d.language
    ):  # "Park Seo-yeon, a professor at …": a name that nothing else told
        short, said = first, replace(said, words=first)
    actor_id = _id(short, said.office.country, d.language)
    if not actor_id:
        return None
    entity = d.cast.introduce(actor_id, "person", short, said.office.country, confined=True)
    entity.learn(said.words, said.span, said.office)
    return d.note(said.span, "title", actor_id, f"office “{said.words}” alone: no name in the text")


def institution(d: Discourse, said: Said) -> Answer:
    """A registered body or a state that is the whole mention, or its head; a party to talks ("the Armenian side")."""
    inside = [
        m for m in near(d.cast.mentions, said.span) if said.span.covers(m.span) and not d.entity(m.actor_id).person
    ]
    for m in sorted(inside, key=lambda m: m.span.start - m.span.end):
        rest = re.sub(r"^(?:the|a)\s+", "", said.words.replace(d.plain(m.span), "", 1).strip(' "«»'), flags=re.I)
        if not rest or (m.form == "name" and m.span.end == said.span.end and not read_office(rest, d.language)):
            return m.actor_id, f"name: {m.evidence}"
    country = expression("sides", d.language).fullmatch(said.words) and country_in(said.words, d.language)
    return _state(d, country, said.words) if country else None


def body(d: Discourse, said: Said) -> Answer:
    """A body outside the registry: the last of that kind named before ("the ministry"), else by its own words."""
    short = re.fullmatch(r"(?:the|this|that|its|his|her|این|آن)?\s*(\w+)", said.words, re.I)
    if short and (found := _institution_before(d, short[1].lower(), said)):
        return found
    if words := _body_words(said.words, d.language):
        return _body(d, said, words)
    return None


def _institution_before(d: Discourse, word: str, said: Said) -> Answer:
    """The last institution named before whose name holds a word (an embassy is also a mission)."""
    word, place = "embassy" if word == "mission" else word, said.span.start
    seen = [
        *d.spoken[-200:],
        *((m.span.start, m.actor_id) for m, _ in zip(d.names_before(place), range(200), strict=False)),
    ]
    seen += (
        [(m.start(), m.group()) for m in _body_runs().finditer(d.text, max(0, place - 2000), place)]
        if d.language == "en"
        else []
    )
    for _, found in sorted((s for s in seen if s[0] < place), reverse=True):
        if found in d.cast.entities:
            names = d.entity(found).actor.names(d.language) if d.entity(found).actor.kind == "institution" else ()
        else:
            names = (found,) if " " in found else ()
        if names and (not word or any(word in plain(n, d.language).lower().split() for n in names)):
            if found not in d.cast.entities:
                return _body(d, said, plain(found, d.language))
            return d.note(said.span, "title", found, f"short form “{said.words}” of the last one named")
    return None


@derived
def _body_runs() -> re.Pattern:
    """Names of bodies in capitals: "Ministry of Transport of Oman", "Calder Council", "Georgia's Revenue Service"."""
    words = "|".join(w.capitalize() for w in load("titles")["en"]["bodies"] if w.isalpha())
    part = r"[A-Z][\w’'&-]+"
    return re.compile(rf"\b(?:{part} )*(?:{words}|MFA)\b(?: (?:of|for)(?: the)?(?: {part})+(?:,? and (?:{part} ?)+)?)*")


@derived
def _bodies(language: str) -> re.Pattern:
    words = plain("|".join(load("titles")[language]["bodies"]), language)
    return re.compile(rf"{'^' if language == 'fa' else '(?<!\\w)'}(?:{words})(?!\w)", re.I)


def _body_words(words: str, language: str) -> str:
    """The words of a body in a mention, without article and place; "" if it has none."""
    words = re.sub(r"^(?:(?:of|at|from|the|an?|its|his|her|their|این|آن) )+", "", words.strip(), flags=re.I)
    head = re.split(r" (?:in|at|from|with|near) ", words)[0]
    shown = re.search(r"\b(?:statement|report|records?|data|figures|documents?|statistics)$|^این ", head, re.I)
    return words if _bodies(language).search(head) and not shown and slug(words) else ""


def _body(d: Discourse, said: Said, words: str) -> Answer:
    """The body that some words name: its id has the state's name at its end; one of no state is confined to its document."""
    words, country = re.sub(r"(?<=\w)'s?(?=\s|$)", "", words), country_in(words.split(" in ")[0], d.language)
    if not country and len(words.split()) == 1 and (found := _institution_before(d, words.lower(), said)):
        return found
    short, actor_id = _short(words, country, d.language), _id(words, country, d.language)
    actor_id = (
        d.cast.bodies.setdefault(short, actor_id) if not country else actor_id
    )  # "the ministry" is the one named before
    d.cast.bodies.setdefault(short, actor_id)
    entity = d.cast.introduce(actor_id, "institution", words, country, confined=not country and len(words.split()) < 3)
    return d.note(said.span, "name", entity.actor.actor_id, f"institution “{words}”, not in the registry")


def _id(words: str, country: str, language: str) -> str:
    """An id of the words of an office or body, in the usual order, with the state at its end.

    >>> _id("Uzbek Foreign Ministry", "UZB", "en"), _id("governor of Gilan", "", "en"), _id("وزارت خارجه گرجستان", "GEO", "fa")
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


SIEVES = (
    pronoun, both_sides, several, named, pointing, collective, counterpart, issued, spoken_for, exact_office, next_named, last_without,
    office_alone, institution, body,
)  # fmt: skip
