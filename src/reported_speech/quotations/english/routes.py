"""Where a cue's content can stand: the routes from a token to a clause, an object, a topic, a marked stretch."""

from __future__ import annotations

import itertools
import re

from ...articles.alignment import Span, trimmed
from ...lexicons import derived, load
from ..marks import Marked, is_speech
from .extents import reach_of, through_marks
from .lines import EDGE, Line, Route, ended, subordinators

TITLED = re.compile(r"\s+that\b")  # "writes in his paper “Bridges” that …": the marks hold a title
FINITE = ("VBD", "VBZ", "VBP")


def routes(line: Line, token) -> list[Route]:
    """Return every route that a token has, the likelier kinds first: marks, clauses, topics next to it, objects, topics."""
    topics = _topics(line, token)
    adjacent = [r for r in topics if r.words]
    found = [*marked_routes(line, token), *_clauses(line, token), *adjacent, *_objects(line, token)]
    found += [r for r in topics if not r.words]
    return [r if r.from_marks else through_marks(line, r) for r in found] if line.marked else found


# ------------------------------------------------------------------ marks


def marked_routes(line: Line, token) -> list[Route]:
    """The marked stretches that the cue's clause touches: one that ends shortly before, one that begins shortly after."""
    here, out = line.place(token), []
    before = next((m for m in reversed(line.marked) if m.end <= here), None)
    if before and token.tag_ != "VBG" and _closes_speech(line, before, line.text[before.end : here]):
        out.append(Route("marks", before.span, before.span, clausal=True))
    after = next((m for m in line.marked if m.start > here), None)
    if after:
        between = line.text[here + len(token) : after.start]
        lead = between.rstrip()[-1:]
        near = len(between.split()) <= (14 if lead in (":", ",") else 4) and not re.search(
            r"[.!?;](?:\s|$)", ended(between)
        )
        speech = lead in (":", ",", "") or is_speech(after.span.of(line.text))
        speech = speech and (lead in (":", ",") or not TITLED.match(line.text, after.end))
        if near and speech and not _other_cue(line, token, after) and not (out and lead not in (":", ",")):
            out.append(Route("marks", after.span, after.span, clausal=True))
    return out


def _other_cue(line: Line, token, mark: Marked) -> bool:
    """Tell whether marks belong to a later cue: "warned of plots, saying, “…”", "asked about plots, he replied: “…”"."""
    verbs = load("cues.en")["verbs"]
    between = itertools.takewhile(lambda t: line.place(t) < mark.start, line.tokens[token.i + 1 :])
    apart = (t for t in between if t.tag_ in FINITE or (t.tag_ == "VBG" and t.nbor(-1).lower_ == ","))
    return any("marks" in verbs.get(t.lemma_, {}).get("frames", ()) for t in apart)


def _closes_speech(line: Line, mark: Marked, between: str) -> bool:
    final = mark.span.of(line.text).rstrip("\"'’”»")[-1:] + between[:1]
    apart = re.search(r"[.!?;:]\s|[.!?;]$", ended(between)) or len(between.split()) > (30 if "," in final else 12)
    beside = re.match(r"\W*(?:while|but|though|although|whereas)\b", between)
    return not apart and not beside and bool(re.search(r"[,.?!…]", final))


# ------------------------------------------------------------------ clauses


def _marker(head, words: tuple[str, ...]):
    return next((c for c in head.children if c.i < head.i and c.lower_ in words and c.dep_ in ("mark", "aux")), None)


def _behind(line: Line, head, marker) -> Span:
    """The subtree of a clause behind its subordinator, or from its infinitive marker on ("to open the border", "not to hurry")."""
    span = line.subtree(head)
    if marker is None:
        return span
    denied = next((c for c in head.children if c.dep_ == "neg" and c.i < marker.i), marker)
    start = line.place(denied) if marker.lower_ == "to" else line.place(marker) + len(marker)
    return trimmed(line.text, start, span.end, strip=EDGE) or span


BRANCHES = frozenset(["ccomp", "acl", "relcl", "xcomp", "advcl"])


@derived
def telling() -> frozenset[str]:
    return frozenset(lemma for lemma, entry in load("cues.en")["verbs"].items() if "addressee" in entry)


def _clauses(line: Line, token) -> list[Route]:
    out = []
    for child in token.children:
        if child.dep_ not in BRANCHES or any(
            c.dep_ == "mark" and c.lower_ in subordinators("conceding") for c in child.children
        ):
            continue
        to = _marker(child, ("to",))
        that = _marker(child, ("that", "whether"))
        whose = _marker(child, ("for",))
        if (
            to is not None and whose is not None and whose.i == token.i + 1
        ):  # "called for the removal of obstacles to travel"
            topic = Span(line.place(whose) + 4, line.subtree(child).end)
            out.append(Route("for", topic, topic, (whose,)))
        noun = token.pos_ == "NOUN"
        if child.dep_ == "ccomp" or (noun and child.dep_ in ("acl", "relcl") and (that is not None or to is not None)):
            name = "infinitive" if to is not None else "clause"
            start = line.place(that) if that is not None else line.subtree(child).start
            whole = Span(min(start, line.subtree(child).start), line.subtree(child).end)
            out.append(Route(name, _behind(line, child, that if that is not None else to), whole, clausal=True))
        elif child.dep_ in ("xcomp", "advcl") and child.i > token.i and to is not None:
            out.append(Route("infinitive", _behind(line, child, to), line.subtree(child), clausal=True))
            raised = next((c for c in token.children if c.dep_ == "nsubj" and c.i < token.i), None)
            if raised is not None and child.dep_ == "xcomp":
                out.append(Route("raised", line.subtree(raised), line.subtree(raised)))
        elif child.dep_ == "xcomp" and child.tag_ == "VBG":
            out.append(Route("gerund", line.subtree(child), line.subtree(child), clausal=True))
    told = next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i), None)
    if not out and told is not None and token.lemma_ in telling():
        for child in told.children:  # "told reporters he was ready": the parse takes the clause for a relative one
            if child.dep_ == "relcl" and not any(c.tag_ in ("WP", "WDT", "WRB") for c in child.subtree):
                out.append(Route("clause", line.subtree(child), line.subtree(child), clausal=True))
    if not out and any(c.dep_ == "nsubjpass" and c.lower_ == "it" for c in token.children):
        that = next((t for t in token.sent if t.i > token.i and t.lower_ == "that" and t.dep_ == "mark"), None)
        end = line.start + token.sent.end_char
        span = that and trimmed(line.text, line.place(that) + 4, end, strip=EDGE + ".")
        return [Route("clause", span, Span(line.place(that), span.end), clausal=True)] if span else []
    return out


# ------------------------------------------------------------------ noun phrases


def _objects(line: Line, token) -> list[Route]:
    """Object (or the subject of a passive), alone, with a predicate, or as part of the cue ("expressed hope that …")."""
    kids = list(token.children)
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in kids)
    target = next((c for c in kids if c.dep_ == ("nsubjpass" if passive else "dobj")), None)
    small = next((c for c in kids if c.dep_ == "ccomp" and c.pos_ in ("NOUN", "PROPN", "ADJ") and c.i > token.i), None)
    if (
        small is not None
        and any(c.dep_ in ("nsubj", "dobj") for c in small.children)
        and not any(c.dep_ in ("cop", "aux", "mark") for c in small.children)
    ):
        whole = line.subtree(small)  # "called [the route a lifeline]"
        return [Route("predicate", whole, whole)]
    if target is None:
        target = next((c for c in kids if c.dep_ in ("ccomp", "oprd") and c.pos_ in ("NOUN", "PROPN")), None)
    if target is None:  # "rejected what he called a threat": a clause as an object
        target = next((c for c in kids if c.dep_ == "ccomp" and c.left_edge.lower_ == "what" and c.i > token.i), None)
    if target is None:
        return []
    span, out = line.subtree(target), []
    second = next((c for c in kids if c.dep_ == target.dep_ == "dobj" and c.i == target.i + 1), None)
    if second is not None:  # "accused [Azerbaijani] [troops …]": two objects for one
        target, span = second, Span(span.start, line.subtree(second).end)
    acted = [c for c in target.subtree if c.lower_ == "of" and _acted(c)]
    for child in [*kids, *(c for c in target.children if c.lower_ == "as"), *acted]:  # "accused troops of firing"
        if child.i > max(target.i, token.i) and (child.dep_ == "oprd" or child.lower_ in ("as", "of")):
            name = {"as": "as", "of": "accusation"}.get(child.lower_, "predicate")
            both = Span(span.start, max(span.end, line.subtree(child).end))
            marked = _marked_part(line, child) if name == "accusation" else None
            both = Span(both.start, max(both.end, marked.end)) if marked else both  # "accused Baku of “dreaming”"
            out.append(Route(name, both, both))
    for child in kids:  # "dismissed as fiction a report that …"
        if child.lower_ == "as" and token.i < child.i < target.left_edge.i:
            both = Span(line.place(child), max(span.end, line.subtree(target).end))
            out.append(Route("as", both, both))
    valued = (
        _valued(line, target)
        if "accusation" in load("cues.en")["verbs"].get(token.lemma_, {}).get("frames", ())
        else None
    )
    if valued is not None:
        out.append(Route("accusation", valued, valued))
    if any(c.dep_ == "amod" and c.i > target.i for c in target.children):  # "called the deadline unrealistic"
        out.append(Route("predicate", span, span))
    if not passive and target.i > token.i and (mark := _mark_behind(line, span) or _mark_apposed(line, target)):
        both = Span(span.start, reach_of(line, mark, span.end))
        out.append(Route("predicate", both, both))
    elif not passive and (mark := _mark_as(line, span)):
        out.append(Route("as", Span(span.start, mark.end), Span(span.start, mark.end)))
    support = load("cues.en")["support"]
    own = next((c for c in target.children if c.dep_ == "poss"), None)
    bound = own is None or own.pos_ == "PRON"
    nouns = load("cues.en")["bound"].get(token.lemma_, support["nouns"])
    free = token.lemma_ in support["open"] and not any(c.dep_ == "det" for c in target.children)
    known = token.lemma_ in support["verbs"] and target.lower_ in nouns
    if (known or free) and bound and (passive or target.i > token.i):
        out += _support(line, token, target)
    name = "subject" if passive else "object"
    if not passive and (
        close := next(
            (m for m in line.marked if m.start > span.end and not line.text[span.end : m.start].strip()), None
        )
    ):
        span = Span(span.start, close.end)  # "condemned terrorism “in all its forms”"
    return [*out, Route(name if target.pos_ != "PRON" else "pronoun", span, span)]


def _valued(line: Line, target) -> Span | None:
    """An object with "of great importance" behind it, which the parse may hang on any noun in it."""
    last = target.right_edge
    value = last.lower_ in load("cues.en")["values"] and next((a for a in last.ancestors if a.lower_ == "of"), None)
    return line.span(target.left_edge.i, last.i) if value and value.i > target.i else None


DETERMINED = re.compile(r"\s*(?:(?:an?|the|as|as an?)\s+)?")


def _mark_behind(line: Line, span: Span) -> Marked | None:
    """The marked stretch that stands right behind a span, at most an article between ("called the move a “provocation”")."""
    return next(
        (m for m in line.marked if m.start >= span.end and DETERMINED.fullmatch(line.text, span.end, m.start)), None
    )


def _mark_as(line: Line, span: Span) -> Marked | None:
    """The marked stretch behind "as" further on in a clause: "described the stance during the war as “unforgettable”"."""
    between = ((m, line.text[span.end : m.start]) for m in line.marked if span.end < m.start < span.end + 100)
    found = ((m, w) for m, w in between if re.search(r"\bas (?:an? |the )?$", w) and not re.search(r"[,.;:]", w))
    return next((m for m, words in found if len(words.split()) < 12), None)


def _mark_apposed(line: Line, noun) -> Marked | None:
    """The marked stretch that the parse hangs on a noun phrase, though nothing leads from the one to the other."""
    start, end = line.place(noun), line.subtree(noun).end
    for mark in (m for m in line.marked if start < m.start < end):
        before = next(
            t for t in reversed(line.tokens[: noun.right_edge.i + 1]) if line.place(t) < mark.start and not t.is_space
        )
        predicate = line.text[mark.start + 1 : mark.start + 3].lower() in ("a ", "an", "th")
        if predicate and before.pos_ in ("NOUN", "PROPN"):
            return mark
    return None


def _acted(preposition) -> bool:
    """Tell whether "of" leads to a deed: "of running networks", also where the parse takes "running" for an adjective."""
    return any(g.dep_ == "pcomp" or re.fullmatch(r"[a-z]+ing", g.left_edge.text) for g in preposition.children)


def _marked_part(line: Line, preposition) -> Span | None:
    """What stands behind a preposition, up to the end of the marks that open it."""
    behind = trimmed(line.text, line.place(preposition) + len(preposition), line.start + len(line.words))
    return next((m.span for m in line.marked if behind and m.start == behind.start), None)


def _support(line: Line, token, noun) -> list[Route]:
    """The complement of verb + noun: "expressed hope that …", "voiced concern over …", "expressed readiness to …"."""
    last, support = noun, load("cues.en")["support"]
    while following := next((c for c in last.children if c.dep_ == "conj" and c.pos_ == "NOUN" and c.i > last.i), None):
        last = following
    hanging = [*noun.children, *last.children, *token.children]
    told_to = next(
        (c for c in hanging if c.lower_ == "to" and c.dep_ in ("prep", "dative") and noun.lower_ in support["told"]),
        None,
    )
    if told_to is not None:
        hanging = [t for t in told_to.subtree if t.lower_ in ("over", "on", "for", "upon")] + hanging
    for child in hanging:
        if child.i <= noun.i:
            continue
        words = [t for t in line.tokens[token.i + 1 : child.i] if t.i <= last.i]
        if child.dep_ in ("acl", "ccomp", "relcl", "xcomp", "advcl"):
            marker = _marker(child, ("that", "to"))
            if marker is not None or (child.dep_ in ("ccomp", "acl") and child.tag_ != "VBN"):
                return [Route("support", _behind(line, child, marker), line.subtree(child), tuple(words), True)]
        skipped = ("during", "at", "as") if told_to is None else ("during", "at", "as", "to", "in")
        if child.lower_ == "at" and not any(c.lower_ in load("cues.en")["occasions"] for c in child.children):
            skipped = ("during", "as")  # "voiced alarm at the deaths"
        if child.lower_ == "of" and noun.lower_ in support["told"]:  # "conveyed the greetings of X": they are X's
            return []
        if child.dep_ == "prep" and child.i > last.i and child.lower_ not in skipped:
            topic = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if topic is not None:
                words = (*words, *line.tokens[last.i + 1 : child.i + 1])
                return [Route("support", line.subtree(topic), line.subtree(topic), words, topic.dep_ == "pcomp")]
    return []


def _topics(line: Line, token) -> list[Route]:
    """Noun phrases and gerunds behind a preposition of the cue; the preposition belongs to the cue if it stands next to it."""
    out, hanging = [], list(token.children)
    if token.lemma_ in telling():  # "informed the guests about X": the parse hangs it on the guests
        frames = load("cues.en")["verbs"][token.lemma_]["frames"]
        hanging += [c for told in token.children if told.dep_ == "dobj" for c in told.children if c.lower_ in frames]
    for child in hanging:
        if child.dep_ not in ("prep", "prt", "dative", "agent") or child.i < token.i or child.lower_ == "by":
            continue
        topic = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
        if topic is not None:
            words = (child,) if child.i == token.i + 1 else ()
            span = line.subtree(topic)
            whole = span if words else Span(line.place(child), span.end)
            out.append(Route(child.lower_, span, whole, words, topic.dep_ == "pcomp"))
    return out


LIGHT = ("have", "make", "take", "give")
