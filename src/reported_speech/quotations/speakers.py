"""Who speaks and who is spoken to in each relation; else the reason why nobody is known to."""

from __future__ import annotations

import re
from dataclasses import replace

from ..articles.alignment import Span, trimmed
from ..articles.outlets import outlet_named
from ..people.discourse import Discourse
from ..people.entities import Cast
from ..people.mentions import Mention, expression
from ..people.resolution import resolve
from ..people.spelling import slug
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
    return [_as_below(discourse, q, out) for q in out], discourse.noted


def _as_below(discourse: Discourse, quotation: Quotation, others: list[Quotation]) -> Quotation:
    """The words of a headline that names nobody, with the speaker whom the article gives for them below."""
    titled = any(p.span.covers(quotation.content[0]) for p in discourse.document.all("title"))
    if not titled or quotation.speaker or quotation.source or quotation.cue:
        return quotation
    plain = lambda q: re.sub(r"\W+", " ", " ".join(c.of(discourse.text) for c in q.content)).lower().strip()  # noqa: E731
    words = plain(quotation)
    given = (q.speaker for q in others if q.speaker and words in plain(q))
    speaker = next(given, "") if words.count(" ") > 1 else ""
    return (
        replace(quotation, speaker=speaker, speaker_evidence="context: the same words below") if speaker else quotation
    )


def _attributed(discourse: Discourse, quotation: Quotation, contents: list[Span]) -> Quotation:
    """The relation with speaker, addressee and the evidence for them."""
    actor_id, evidence = _given(discourse, quotation), "given with the relation"
    if not actor_id:
        actor_id, evidence = _speaker(discourse, quotation)
    discourse.hear(quotation.source.start if quotation.source else quotation.place, actor_id)
    addressee = _introduced(discourse, quotation.addressee) or _addressee(discourse, quotation, actor_id, contents)
    return replace(quotation, speaker=actor_id, addressee=addressee, speaker_evidence=evidence)


def _given(discourse: Discourse, quotation: Quotation) -> str:
    """The speaker whom another extractor gives, "" if it gives none."""
    words = discourse.plain(quotation.source) if quotation.source else quotation.speaker
    return _introduced(discourse, quotation.speaker, words)


def _introduced(discourse: Discourse, given: str, words: str = "") -> str:
    """Whoever is given by an id, or a name that becomes one, known to the cast from now on."""
    ids = [slug(part) for part in given.split("+")]
    for actor_id in ids if all(ids) else ():
        discourse.cast.introduce(actor_id, "person", words or given)
    return "+".join(ids) if all(ids) else ""


def _speaker(discourse: Discourse, quotation: Quotation) -> tuple[str, str]:
    """(actor id or "", evidence) for a relation."""
    source = quotation.source
    if quotation.rule == "en:turn" and source.of(discourse.text) in ("A", "Answer") and discourse.firsts:
        return discourse.firsts[0][2], "answer of an interview: the person named first"
    if source:
        actor_id, evidence = resolve(discourse, source)
        label = not actor_id and quotation.rule in ("en:turn", "fa:label") and "collective" not in evidence
        return _labelled(discourse, source) if label else (actor_id, evidence)
    if quotation.passive:
        joint = discourse.spoken and discourse.spoken[-1][1] == "both-sides"
        if (
            joint
            or discourse.meeting
            or expression("under_way", discourse.language).search(discourse.plain(_sentence(discourse, quotation)))
        ):
            discourse.entity("both-sides")
            return "both-sides", "passive in the report of a joint meeting"
        return "", "unresolved: passive without an agent"
    if discourse.spoken and quotation.rule != "fa:document":
        return discourse.spoken[-1][1], "context: continues the last speaker"
    return "", "unresolved: no source in the sentence and no speaker before"


def _labelled(discourse: Discourse, span: Span) -> tuple[str, str]:
    """Whom a label of an interview means: a person by the initials, else the outlet that asks."""
    words = discourse.plain(span)
    letters = re.fullmatch(r"(\w)[.‌ ]+(\w)\.?", words)
    for actor_id in sorted({m.actor_id for m in discourse.people}) if words.isupper() else ():
        if words in discourse.entity(actor_id).actor.names(discourse.language)[0].upper().split():
            return discourse.note(span, "title", actor_id, f"label “{words}” of a person named in the text")
    for actor_id in sorted({m.actor_id for m in discourse.people}) if letters else ():
        name = discourse.entity(actor_id).actor.names(discourse.language)[0].split()
        if (name[0][0], name[-1][0]) == letters.groups():
            return discourse.note(span, "title", actor_id, f"initials “{words}” of a person named in the text")
    if letters or not slug(words) or not (outlet_named(words, exact=True) or " " in words.strip()):
        return "", f"unresolved: label “{words}” may be anybody's"
    actor_id = slug(outlet_named(words, exact=True) or words)
    discourse.cast.introduce(actor_id, "institution", words)
    return actor_id, f"label “{words}”: the outlet that asks"


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
        if actor_id and actor_id != speaker and not any(discourse.entity(i).actor.only_in for i in actor_id.split("+")):
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
