"""Noun phrases as content: the object of a cue with what is said of it, the complement of verb + noun, topics behind a preposition."""

from __future__ import annotations

import re

from ...articles.alignment import Span, trimmed
from ...lexicons import derived, load
from .lines import EDGE, Line, Route, dated, ended


def marker(head, words: tuple[str, ...]):
    return next((c for c in head.children if c.i < head.i and c.lower_ in words and c.dep_ in ("mark", "aux")), None)


def behind(line: Line, head, marker) -> Span:
    """The subtree of a clause behind its subordinator, or from its infinitive marker on ("to open the border", "not to hurry")."""
    span = line.subtree(head)
    if marker is None:
        return span
    denied = next((c for c in head.children if c.dep_ == "neg" and c.i < marker.i), marker)
    start = line.place(denied) if marker.lower_ == "to" else line.place(marker) + len(marker)
    return trimmed(line.text, start, span.end, strip=EDGE) or span


@derived
def telling() -> frozenset[str]:
    return frozenset(lemma for lemma, entry in load("cues.en")["verbs"].items() if "addressee" in entry)


def objects(line: Line, token) -> list[Route]:
    """Object (or the subject of a passive), alone, with a predicate, or as part of the cue ("expressed hope that …")."""
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)
    target = _target(token, passive)
    called = [] if passive else _called(line, token)
    if target is None:
        return called
    span = line.subtree(target)
    out = _predicates(line, token, target, span)
    if _supported(token, target) and (passive or target.i > token.i):
        out += _support(line, token, target)
    close = next((m for m in line.marked if m.start > span.end and not line.text[span.end : m.start].strip()), None)
    span = Span(span.start, close.end) if close and not passive else span  # "condemned terrorism “in all its forms”"
    blamed = passive and next(
        (c for c in token.children if c.i > token.i and c.lower_ in ("for", "of") and c.dep_ == "prep"), None
    )
    if blamed and load("cues.en")["verbs"].get(token.lemma_, {}).get("act") in ("condemns", "thanks"):
        span = Span(span.start, line.subtree(blamed).end)  # "X was criticised by Y for Z"
    name = "pronoun" if target.pos_ == "PRON" else "subject" if passive else "object"
    return [*out, *called, Route(name, span, span)]


def _called(line: Line, token) -> list[Route]:
    """What something is called in marks, where the parse lost what: "called the ban on a visit “childish”"."""
    start = line.place(token) + len(token) + 1
    mark = next((m for m in line.marked if m.start >= start), None)
    words = line.text[start : mark.start] if mark and line.inside[token.i] < 0 else ""
    if not words.strip() or len(words.split()) > 20 or re.search(r"[.;:?!]\s|,\s*$", ended(words)):
        return []
    joint = re.compile(r"\W*\s(?:and|or)\s(?:an?\s)?")
    end = next((m.end for m in line.marked if joint.fullmatch(line.text, mark.end, m.start)), mark.end)
    return [Route("predicate", Span(start, end), Span(start, end))]


def _target(token, passive: bool):
    """The object of a cue, the subject of its passive, or what the parse takes for a clause ("rejected what he called a threat")."""
    kids = list(token.children)
    found = (c for c in kids if c.dep_ == ("nsubjpass" if passive else "dobj"))
    nouns = (c for c in kids if c.dep_ in ("ccomp", "oprd") and c.pos_ in ("NOUN", "PROPN"))
    what = (c for c in kids if c.dep_ == "ccomp" and c.left_edge.lower_ == "what" and c.i > token.i)
    return next((c for some in (found, nouns, what) for c in some), None)


def _predicates(line: Line, token, target, span: Span) -> list[Route]:
    """An object with what is said of it: "as" or "of" something, a predicate behind it."""
    out, kids = [], list(token.children)
    for child in [*kids, *(c for c in target.children if c.lower_ == "as")]:
        if child.i > max(target.i, token.i) and (child.dep_ == "oprd" or child.lower_ in ("as", "of")):
            name = {"as": "as", "of": "accusation"}.get(child.lower_, "predicate")
            marked = _marked_part(line, child) if name == "accusation" else None  # "accused Baku of “dreaming”"
            both = Span(span.start, max(span.end, line.subtree(child).end, marked.end if marked else 0))
            out.append(Route(name, both, both))
    frames = load("cues.en")["verbs"].get(token.lemma_, {}).get("frames", ())
    if frames == ["accusation"] and not out and any(c.lower_ == "of" for c in target.subtree):
        # "accused the embassy in Tehran of indifference": the parse hangs it on Tehran
        out.append(Route("accusation", span, span))
    return out


def _supported(token, noun) -> bool:
    """Tell whether a noun makes one cue with its verb: "expressed hope", "paid tribute"."""
    support = load("cues.en")["support"]
    own = next((c for c in noun.children if c.dep_ == "poss"), None)
    nouns = load("cues.en")["bound"].get(token.lemma_, support["nouns"])
    free = token.lemma_ in support["open"] and not any(c.dep_ == "det" for c in noun.children)
    known = token.lemma_ in support["verbs"] and noun.lower_ in nouns
    return (known or free) and (own is None or own.pos_ == "PRON")


def _marked_part(line: Line, preposition) -> Span | None:
    """What stands behind a preposition, up to the end of the marks that open it."""
    behind = trimmed(line.text, line.place(preposition) + len(preposition), line.start + len(line.words))
    return next((m.span for m in line.marked if behind and m.start == behind.start), None)


def _support(line: Line, token, noun) -> list[Route]:
    """The complement of verb + noun: "expressed hope that …", "voiced concern over …", "expressed readiness to …"."""
    support = load("cues.en")["support"]
    hanging = [*noun.children, *token.children]
    told_to = next(
        (c for c in hanging if c.lower_ == "to" and c.dep_ in ("prep", "dative") and noun.lower_ in support["told"]),
        None,
    )
    for child in hanging:
        words = [t for t in line.tokens[token.i + 1 : child.i] if t.i <= noun.i]
        if child.dep_ in ("acl", "ccomp", "relcl", "xcomp", "advcl"):
            opens = marker(child, ("that", "to"))
            if opens is not None or (child.dep_ in ("ccomp", "acl") and child.tag_ != "VBN"):
                return [Route("support", behind(line, child, opens), line.subtree(child), tuple(words), True)]
        skipped = ("during", "at", "as") if told_to is None else ("during", "at", "as", "to", "in")
        if child.lower_ == "at" and not any(c.lower_ in load("cues.en")["occasions"] for c in child.children):
            skipped = ("during", "as")  # "voiced alarm at the deaths"
        if child.lower_ == "of" and noun.lower_ in support["told"]:  # "conveyed the greetings of X": they are X's
            return []
        if child.dep_ == "prep" and child.i > noun.i and child.lower_ not in skipped:
            topic = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if topic is not None:
                words = (*words, *line.tokens[noun.i + 1 : child.i + 1])
                return [Route("support", line.subtree(topic), line.subtree(topic), words, topic.dep_ == "pcomp")]
    return []


def topics(line: Line, token) -> list[Route]:
    """Noun phrases and gerunds behind a preposition of the cue; the preposition belongs to the cue if it stands next to it."""
    out, hanging = [], list(token.children)
    if token.lemma_ in telling():  # "informed the guests about X": the parse hangs it on the guests
        frames = load("cues.en")["verbs"][token.lemma_]["frames"]
        hanging += [c for told in token.children if told.dep_ == "dobj" for c in told.children if c.lower_ in frames]
    addressed = (told for to in token.children if to.lower_ == "to" for told in to.children)
    hanging += [c for told in addressed for c in told.children if c.lower_ == "for"]  # "apologized to X for Y"
    for child in hanging:
        if child.dep_ not in ("prep", "prt", "dative", "agent") or child.i < token.i or child.lower_ == "by":
            continue
        topic = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
        if topic is not None and not (child.lower_ == "on" and dated(topic)):  # "reported on Wednesday"
            words = (child,) if child.i == token.i + 1 else ()
            span = line.subtree(topic)
            whole = span if words else Span(line.place(child), span.end)
            out.append(Route(child.lower_, span, whole, words, topic.dep_ == "pcomp"))
    return out
