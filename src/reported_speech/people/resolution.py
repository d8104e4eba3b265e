"""Whom a mention means: sieves, the most certain first; the first that knows an answer gives it, unresolved being one.

After Lee et al. 2013 (sieves) and Muzny et al. 2017 (attribution of quotations). Each sieve takes the discourse so far and a
mention; it returns (actor id or "", evidence), or None to leave it to the next.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ..articles.alignment import Span, trimmed
from ..lexicons import load
from .beside import COUNTERPART
from .bodies import Answer, Said, body, body_words, institution, institution_before, named_body, named_thing, state_of
from .discourse import Discourse
from .holders import exact_office, held, last_without, next_named, office_alone, registered
from .mentions import expression, near
from .offices import country_in, is_country, is_title, of_this_country, plain, read_office

JOINT = re.compile(r"\s*(?:,|،)?\s+(?:and|و|as well as)\s+")
APPOSED = re.compile(r", (?:an?|the|who|his|her|its|former) ")
PARTED = re.compile(rf"{JOINT.pattern}|\s*[,،]\s+")
LINKED = re.compile(r"\b(?:of|for|to|by|with|under|from)((?:\s[\w.'’-]+){0,4})\s$")


def resolve(d: Discourse, span: Span) -> tuple[str, str]:
    """Return (actor id or "", evidence) for a mention; several who speak together are joined by "+"."""
    words = d.plain(span).strip(" \"«»“”'")
    if d.language == "en" and words.endswith("'s") and len(words) > 3:  # "Safarov's call for …"
        words, span = words[:-2], Span(span.start, span.end - 2)
    words = re.sub(r"^(?:also|then|meanwhile|later),? ", "", words, flags=re.I)
    office = read_office(words, d.language)
    if office and re.search(r"\bour\b|کشورمان|کشور ما", words):
        office = replace(office, country=d.home)
    elif office:
        office = of_this_country(office, words, d.text[max(0, span.start - 300) : span.start], d.language)
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
    place, last = d.spoken[-1] if d.spoken else (-1, "")
    if place < d.unnamed:
        return "", f"unresolved: “{said.words}” is the last speaker, whom the text does not name"
    if d.language == "en" and "+" not in last and d.entity(last).actor.kind == "institution":  # an official of it spoke
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


def given_out(d: Discourse, said: Said) -> Answer:
    """ "A statement released by X", "ministry data": whoever gives it out."""
    m = expression("given_out", d.language).fullmatch(said.words)
    by = m and m[m.lastindex]
    place = d.text.find(by, said.span.start) if by else -1
    if place < 0 or (m.lastindex == 2 and not body_words(by, d.language)):
        return None
    actor_id, evidence = resolve(d, Span(place, place + len(by)))
    return (actor_id, f"given out by: {evidence}") if actor_id else None


def several(d: Discourse, said: Said) -> Answer:
    """ "Holm and Oduya", «ایران، روسیه و ترکیه»: all that are named together, in the order of the text."""
    listed = all(is_country(name, d.language) for name in said.words.split(", "))  # "Iran, Armenia" of a headline
    if not JOINT.search(said.words) and not listed:  # commas alone set off an apposition
        return None
    pieces, at = [], said.span.start
    for m in PARTED.finditer(d.text, said.span.start, said.span.end):
        pieces, at = [*pieces, trimmed(d.text, at, m.start())], m.end()
    pieces = [p for p in [*pieces, trimmed(d.text, at, said.span.end)] if p]
    found, parts = [], [Said(p, words := d.plain(p), read_office(words, d.language)) for p in pieces]
    states = [is_country(part.words.removeprefix("the "), d.language) for part in parts]
    if any(states) and not all(states):  # «رئیس اتاق مشترک ایران و ازبکستان»
        return None
    offices = all(part.office and part.office.country for part in parts)  # «سفیر ایران و معاون وزیر خارجه گرجستان»
    sieves = (pronoun, named, counterpart, *((exact_office, next_named) if offices else ()), institution)
    for part in parts:
        before = len(d.noted)
        answer = next((a for sieve in sieves if (a := sieve(d, part)) and a[0]), None)
        if not answer or (answer[0] in d.cast.entities and d.entity(answer[0]).actor.kind == "joint"):
            del d.noted[before:]
            if len(parts) > 2 and part.office and found:  # an apposition: "Holm, the mayor, and Oduya"
                continue
            return None
        found.append(answer[0])
    ids = list(dict.fromkeys(found))
    return ("+".join(ids), f"several: {len(ids)} named together") if len(ids) > 1 else None


def named(d: Discourse, said: Said) -> Answer:
    """A mention that holds a person's name: the last one that is not somebody's whose something is spoken of."""
    people = sorted(near(d.people, said.span), key=lambda m: -m.span.start)
    apposed = [m for m in people if APPOSED.match(d.text, m.span.end, said.span.end)] if d.language == "en" else []
    for mention in apposed[-1:] or people:  # "Erin Murphy, a former aide of Clinton"
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
        return state_of(d, country, said.words)
    if behind and (body := body_words(behind, d.language)):  # "Defense Ministry officials"
        return named_body(d, said, body)
    if (body := body_words(rest, d.language)) and not expression("authorities", d.language).fullmatch(rest.strip()):
        return named_body(d, said, body) or ("", f"unresolved: collective source “{said.words}”")
    return "", f"unresolved: collective source “{said.words}”"


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
    if not unnamed and (holder := held(d, said) or next_named(d, said)):
        return holder
    last = d.spoken[-1][1] if d.spoken else ""
    heard = bool(last) and "+" not in last and d.entity(last).actor.kind == "institution"  # "the spokesman added"
    words = re.sub(rf"^(?:its|his|her|their{'|the' * heard}) ", "", said.words, flags=re.I)
    role = r"\b(?:an?|the|one|another)?\s*(?:senior |top )?(?:spokes\w+|officials?)\b(?: (?:for|of|at|from))?|^(?:یک )?سخنگوی"
    rest = re.sub(r"^(?:an?|the) ", "", " ".join(re.sub(role, " ", words).split()), flags=re.I)
    if body := body_words(rest, d.language):
        return named_body(d, said, body)
    if words != said.words:
        return institution_before(d, "", said) or ("", f"unresolved: “{said.words}”: whose is not told")
    return None


SIEVES = (
    pronoun, both_sides, given_out, several, named, pointing, collective, counterpart, issued, spoken_for, exact_office, next_named, registered, last_without,
    office_alone, institution, body, named_thing,
)  # fmt: skip
