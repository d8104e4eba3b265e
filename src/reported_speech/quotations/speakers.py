"""Who speaks and who is spoken to: source mention -> actor, by name, title, pronoun or context; else the reason why not."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import cache

from ..articles.alignment import Span, trimmed
from ..lexicons import load
from ..people.mentions import Cast, Mention, near
from ..people.titles import plain, read_title
from . import bodies, offices
from .discourse import Discourse, expression
from .relation import Quotation

TELLING = re.compile(
    r"\s+(?!that\b|reporters|journalists)(?P<who>[^,“”\".:;]{2,80}?)(?=\s+(?:that|in|on|during|at|to|for|of|by)\b|[,“”\".:;])"
)
PERSIAN_TOLD = re.compile(r"(?:^|\s)(?:خطاب به|به) (?P<who>(?:(?!\s(?:کرد|شد|داد|گفت|افزود)\s)[^،:]){3,60})\s$")
SENTENCE_START = re.compile(r"[.!?؟][”\"»]?\s|\n")
SENTENCE_END = re.compile(r"[.!?؟:](?:\s|$)|\n")


def attribute(quotations: list[Quotation], cast: Cast) -> tuple[list[Quotation], list[Mention]]:
    """Resolve the speakers of one document's relations in order; return them with the mentions that were resolved."""
    said = Discourse(cast)
    contents = [c for q in quotations for c in q.content]
    out = [_attributed(said, q, contents) for q in quotations]
    return out, said.noted


def _attributed(said: Discourse, quotation: Quotation, contents: list[Span]) -> Quotation:
    """The relation with speaker, addressee and the evidence for them."""
    actor_id, evidence = _speaker(said, quotation)
    said.hear(quotation.source.start if quotation.source else quotation.place, actor_id)
    addressee = _addressee(said, quotation, actor_id, contents)
    return replace(quotation, speaker=actor_id, addressee=addressee, speaker_evidence=evidence)


# ------------------------------------------------------------------ a relation


def _speaker(said: Discourse, quotation: Quotation) -> tuple[str, str]:
    """(actor id or "", evidence) for a relation."""
    source = quotation.source
    if quotation.rule == "en:turn" and source.of(said.text) in ("A", "Answer") and said.first:
        return said.first[0][2], "answer of an interview: the person named first"
    if source:
        actor_id, evidence = resolve(said, source)
        label = not actor_id and quotation.rule in ("en:turn", "fa:label")
        return bodies.labelled(said, source) if label else (actor_id, evidence)
    if quotation.passive:
        if said.meeting or expression("under_way", said.language).search(said.plain(_sentence(said, quotation))):
            return "both-sides", "passive in the report of a joint meeting"
        return "", "unresolved: passive without an agent"
    if named := quotation.rule == "en:floating" and _named_beside(said, quotation.place):
        return named, "context: the person whom the sentence before names"
    if said.spoken and quotation.rule != "fa:document":
        return said.spoken[-1][1], "context: continues the last speaker"
    return "", "unresolved: no source in the sentence and no speaker before"


def _named_beside(said: Discourse, place: int) -> str:
    """The person who is named first in the sentence before words in marks, if nobody spoke since."""
    line = said.text.rfind("\n", 0, place)
    spoken = max((at for at, _ in said.spoken[-1:]), default=-1)
    return next((a for at, a in said.last_subject(place, "") if at > max(line, spoken)), "")


def _sentence(said: Discourse, q: Quotation) -> Span:
    """The narrator's sentence: from the end before the cue to the content's, marked words left out by the caller."""
    at = (q.cue or q.content[0]).start
    floor = max(0, at - 600)
    start = max([m.end() for m in SENTENCE_START.finditer(said.text[floor:at])] or [0]) + floor
    end = SENTENCE_END.search(said.text, at)
    return Span(start, end.start() if end else len(said.text))


def _addressee(said: Discourse, q: Quotation, speaker: str, contents: list[Span]) -> str:
    """Whom a relation's sentence says to be spoken to or met, "" if nobody; words of a content say nothing of it."""
    for span in _told(said, q, contents) if q.cue else ():
        before = len(said.noted)
        actor_id, _ = resolve(said, span)
        if actor_id and actor_id != speaker and not re.search(r"-in-\d", actor_id):
            return actor_id
        del said.noted[before:]
    return ""


def _told(said: Discourse, q: Quotation, contents: list[Span]) -> list[Span]:
    """The mentions in a relation's sentence that may be its addressee: behind the cue, and behind "in a meeting with"."""
    spans, sentence = [], _sentence(said, q)
    if said.language == "en":
        told = TELLING.match(said.text, q.cue.end) if q.tells else None
    else:
        told = PERSIAN_TOLD.search(said.text, sentence.start, q.cue.start)
    if told:
        spans.append(Span(*told.span("who")))
    near_start = min(sentence.end, sentence.start + 700)
    for m in expression("met_with", said.language).finditer(said.text, sentence.start, near_start):
        if m.end() - sentence.start < 600 and not any(c.start <= m.start() < c.end for c in contents):
            stop = expression("met_until", said.language).search(said.text[m.end() : sentence.end])
            spans.append(trimmed(said.text, m.end(), m.end() + stop.start() if stop else sentence.end))
    return [s for s in spans if s]


# ------------------------------------------------------------------ a mention


@cache
def _demonstrative() -> re.Pattern:
    nouns = plain("|".join(load("speakers")["demonstratives"]["fa"]), "fa")
    return re.compile(rf"این (?:{nouns})(?!\w)")


def resolve(said: Discourse, span: Span) -> tuple[str, str]:
    """Return (actor id or "", evidence) for a mention."""
    words = said.plain(span).strip(" \"«»“”'")
    if said.language == "en" and words.endswith("'s") and len(words) > 3:  # "Safarov's call for …"
        words, span = words[:-2], Span(span.start, span.end - 2)
    if (gender := load("speakers")["pronouns"][said.language].get(words.lower())) is not None:
        return _pronoun(said, span, gender)
    if _demonstrative().match(words) and any(said.cast.person(a) for _, a in said.spoken[-1:] if a in said.cast.actors):
        return _pronoun(said, span, "")
    joint = any(m.actor_id == "both-sides" for m in near(said.cast.mentions, span))
    if joint or _both(said, words, span):
        return "both-sides", f"joint “{words}”"
    if head := _head_name(said, span):
        return head.actor_id, f"name: {head.evidence}"
    if bodies.words_of("collective", said.language).search(words) and not re.search(r"\bspokes", words):
        return bodies.group(said, words) or ("", f"unresolved: collective source “{words}”")
    if re.search(r"counterpart|همتای", words):
        return offices.counterpart(said, span, words)
    if issuer := bodies.issuer(said, span, words):
        return issuer, f"“{words}” is the last speaker, or what was given out"
    institution, title = bodies.whole(said, span), read_title(words, said.language)
    if title and not institution:
        return offices.held_by(title, said, span, words)
    return institution or bodies.side(said, words) or bodies.described(said, span, words)


def _both(said: Discourse, words: str, span: Span) -> bool:
    """Tell whether a mention is the two sides: "the ministers", "Iran and Azerbaijan"."""
    if expression("parties", said.language).fullmatch(words.lower()):
        return True
    states = {m.actor_id for m in near(said.cast.mentions, span) if m.form == "place" and span.covers(m.span)}
    return len(states) == 2 and bool(re.search(r"\band\b|(?<!\w)و(?!\w)", words)) and len(words.split()) <= 6


def _head_name(said: Discourse, span: Span) -> Mention | None:
    """The last person named in a mention, unless as somebody's whose something is spoken of."""
    inside = [m for m in near(said.cast.mentions, span) if m.form == "name" and span.covers(m.span)]
    for mention in sorted((m for m in inside if said.cast.person(m.actor_id)), key=lambda m: -m.span.start):
        before = said.text[span.start : mention.span.start].rstrip()
        linked = said.language == "en" and re.search(r"\b(?:of|for|to|by)$", before)
        if not linked and not said.possessive(mention):
            return mention
    return None


def _pronoun(said: Discourse, span: Span, gender: str) -> tuple[str, str]:
    if gender in ("p", "n"):
        last = said.spoken[-1][1] if said.spoken else ""
        if last and said.actor(last).kind in (("joint",) if gender == "p" else ("institution", "state")):
            return said.note(span, "pronoun", last, "pronoun: continues the last speaker")
        return "", f"unresolved: pronoun “{span.of(said.text)}”"
    candidates = [*said.last_speaker(span.start, gender), *said.last_subject(span.start, gender)]
    if not candidates:
        named = (m for m in said.names_before(span.start) if said.fits(m.actor_id, gender))
        candidates = [(m.span.start, m.actor_id) for m in itertools.islice(named, 1)]
    if not candidates:
        return "", f"unresolved: pronoun “{span.of(said.text)}” without an antecedent"
    return said.note(span, "pronoun", max(candidates)[1], "pronoun: last speaker or subject of that gender")
