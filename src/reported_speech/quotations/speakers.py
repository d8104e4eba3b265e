"""Who speaks and who is spoken to: source mention -> actor, by name, title, pronoun or context; else the reason why not."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from ..articles.alignment import Span, trimmed
from ..lexicons import derived, load
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
    discourse = Discourse(cast)
    contents = [c for q in quotations for c in q.content]
    out = [_attributed(discourse, q, contents) for q in quotations]
    return out, discourse.noted


def _attributed(discourse: Discourse, quotation: Quotation, contents: list[Span]) -> Quotation:
    """The relation with speaker, addressee and the evidence for them."""
    actor_id, evidence = _speaker(discourse, quotation)
    discourse.hear(quotation.source.start if quotation.source else quotation.place, actor_id)
    addressee = _addressee(discourse, quotation, actor_id, contents)
    return replace(quotation, speaker=actor_id, addressee=addressee, speaker_evidence=evidence)


# ------------------------------------------------------------------ a relation


def _speaker(discourse: Discourse, quotation: Quotation) -> tuple[str, str]:
    """(actor id or "", evidence) for a relation."""
    source = quotation.source
    if quotation.rule == "en:turn" and source.of(discourse.text) in ("A", "Answer") and discourse.first:
        return discourse.first[0][2], "answer of an interview: the person named first"
    if source:
        actor_id, evidence = resolve(discourse, source)
        label = not actor_id and quotation.rule in ("en:turn", "fa:label")
        return bodies.labelled(discourse, source) if label else (actor_id, evidence)
    if quotation.passive:
        if discourse.meeting or expression("under_way", discourse.language).search(
            discourse.plain(_sentence(discourse, quotation))
        ):
            return "both-sides", "passive in the report of a joint meeting"
        return "", "unresolved: passive without an agent"
    if named := quotation.rule == "en:floating" and _named_beside(discourse, quotation.place):
        return named, "context: the person whom the sentence before names"
    if discourse.spoken and quotation.rule != "fa:document":
        return discourse.spoken[-1][1], "context: continues the last speaker"
    return "", "unresolved: no source in the sentence and no speaker before"


def _named_beside(discourse: Discourse, place: int) -> str:
    """The person who is named first in the sentence before words in marks, if nobody spoke since."""
    line = discourse.text.rfind("\n", 0, place)
    spoken = max((at for at, _ in discourse.spoken[-1:]), default=-1)
    return next((a for at, a in discourse.last_subject(place, "") if at > max(line, spoken)), "")


def _sentence(discourse: Discourse, q: Quotation) -> Span:
    """The narrator's sentence: from the end before the cue to the content's, marked words left out by the caller."""
    at = (q.cue or q.content[0]).start
    floor = max(0, at - 600)
    start = max([m.end() for m in SENTENCE_START.finditer(discourse.text[floor:at])] or [0]) + floor
    end = SENTENCE_END.search(discourse.text, at)
    return Span(start, end.start() if end else len(discourse.text))


def _addressee(discourse: Discourse, q: Quotation, speaker: str, contents: list[Span]) -> str:
    """Whom a relation's sentence says to be spoken to or met, "" if nobody; words of a content say nothing of it."""
    for span in _addressee_mentions(discourse, q, contents) if q.cue else ():
        before = len(discourse.noted)
        actor_id, _ = resolve(discourse, span)
        if actor_id and actor_id != speaker and not discourse.actor(actor_id).only_in:
            return actor_id
        del discourse.noted[before:]
    return ""


def _addressee_mentions(discourse: Discourse, q: Quotation, contents: list[Span]) -> list[Span]:
    """The mentions in a relation's sentence that may be its addressee: behind the cue, and behind "in a meeting with"."""
    spans, sentence = [], _sentence(discourse, q)
    if discourse.language == "en":
        told = TELLING.match(discourse.text, q.cue.end) if q.tells else None
    else:
        told = PERSIAN_TOLD.search(discourse.text, sentence.start, q.cue.start)
    if told:
        spans.append(Span(*told.span("who")))
    near_start = min(sentence.end, sentence.start + 700)
    for m in expression("met_with", discourse.language).finditer(discourse.text, sentence.start, near_start):
        if m.end() - sentence.start < 600 and not any(c.start <= m.start() < c.end for c in contents):
            stop = expression("met_until", discourse.language).search(discourse.text[m.end() : sentence.end])
            spans.append(trimmed(discourse.text, m.end(), m.end() + stop.start() if stop else sentence.end))
    return [s for s in spans if s]


# ------------------------------------------------------------------ a mention


@derived
def _demonstrative() -> re.Pattern:
    nouns = plain("|".join(load("speakers")["demonstratives"]["fa"]), "fa")
    return re.compile(rf"این (?:{nouns})(?!\w)")


def resolve(discourse: Discourse, span: Span) -> tuple[str, str]:
    """Return (actor id or "", evidence) for a mention."""
    words = discourse.plain(span).strip(" \"«»“”'")
    if discourse.language == "en" and words.endswith("'s") and len(words) > 3:  # "Safarov's call for …"
        words, span = words[:-2], Span(span.start, span.end - 2)
    if (gender := load("speakers")["pronouns"][discourse.language].get(words.lower())) is not None:
        return _pronoun(discourse, span, gender)
    if _demonstrative().match(words) and any(
        discourse.cast.person(a) for _, a in discourse.spoken[-1:] if a in discourse.cast.actors
    ):
        return _pronoun(discourse, span, "")
    joint = any(m.actor_id == "both-sides" for m in near(discourse.cast.mentions, span))
    if joint or _both(discourse, words, span):
        return "both-sides", f"joint “{words}”"
    if head := _head_name(discourse, span):
        return head.actor_id, f"name: {head.evidence}"
    if bodies.words_of("collective", discourse.language).search(words) and not re.search(r"\bspokes", words):
        return bodies.group(discourse, words) or ("", f"unresolved: collective source “{words}”")
    if re.search(r"counterpart|همتای", words):
        return offices.counterpart(discourse, span, words)
    if issuer := bodies.issuer(discourse, span, words):
        return issuer, f"“{words}” is the last speaker, or what was given out"
    institution, title = bodies.whole(discourse, span), read_title(words, discourse.language)
    if title and not institution:
        return offices.held_by(title, discourse, span, words)
    return institution or bodies.side(discourse, words) or bodies.described(discourse, span, words)


def _both(discourse: Discourse, words: str, span: Span) -> bool:
    """Tell whether a mention is the two sides: "the ministers", "Iran and Azerbaijan"."""
    if expression("parties", discourse.language).fullmatch(words.lower()):
        return True
    states = {m.actor_id for m in near(discourse.cast.mentions, span) if m.form == "place" and span.covers(m.span)}
    return len(states) == 2 and bool(re.search(r"\band\b|(?<!\w)و(?!\w)", words)) and len(words.split()) <= 6


def _head_name(discourse: Discourse, span: Span) -> Mention | None:
    """The last person named in a mention, unless as somebody's whose something is spoken of."""
    inside = [m for m in near(discourse.cast.mentions, span) if m.form == "name" and span.covers(m.span)]
    for mention in sorted((m for m in inside if discourse.cast.person(m.actor_id)), key=lambda m: -m.span.start):
        before = discourse.text[span.start : mention.span.start].rstrip()
        linked = discourse.language == "en" and re.search(r"\b(?:of|for|to|by)$", before)
        if not linked and not discourse.possessive(mention):
            return mention
    return None


def _pronoun(discourse: Discourse, span: Span, gender: str) -> tuple[str, str]:
    if gender in ("p", "n"):
        last = discourse.spoken[-1][1] if discourse.spoken else ""
        if last and discourse.actor(last).kind in (("joint",) if gender == "p" else ("institution", "state")):
            return discourse.note(span, "pronoun", last, "pronoun: continues the last speaker")
        return "", f"unresolved: pronoun “{span.of(discourse.text)}”"
    candidates = [*discourse.last_speaker(span.start, gender), *discourse.last_subject(span.start, gender)]
    if not candidates:
        named = (m for m in discourse.names_before(span.start) if discourse.fits(m.actor_id, gender))
        candidates = [(m.span.start, m.actor_id) for m in itertools.islice(named, 1)]
    if not candidates:
        return "", f"unresolved: pronoun “{span.of(discourse.text)}” without an antecedent"
    return discourse.note(span, "pronoun", max(candidates)[1], "pronoun: last speaker or subject of that gender")
