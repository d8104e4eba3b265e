"""Where a content ends: with a reason behind it, at the end of a phrase in marks, before the occasion on which it was said."""

from __future__ import annotations

import re
from dataclasses import replace

from ...articles.alignment import Span, trimmed
from ...lexicons import derived, load
from ...people.offices import country_in
from ..marks import Marked
from .lines import EDGE, Line, Route, dated, subordinators


def reasoned(line: Line, token, route: Route) -> list[Route]:
    """A route with the reason or condition that the parse hangs on the cue: "he said A because B", "A, he said, since B"."""
    if route.from_marks:
        return [route]
    if (end := _goes_on(line, token, route)) > route.span.end:
        route = replace(route, span=Span(route.span.start, end), whole=Span(route.whole.start, end))
    reasons = [
        line.subtree(c)
        for c in token.children
        if c.dep_ == "advcl"
        and c.i > token.i
        and any(m.dep_ == "mark" and m.lower_ in subordinators("reasons") for m in c.children)
    ]
    for reason in reasons:
        if reason.start >= route.span.end and not re.search(r"\w", line.text[route.span.end : reason.start]):
            end = reason.end
            return [replace(route, span=Span(route.span.start, end), whole=Span(route.whole.start, end))]
        if route.name == "clause" and route.span.end < line.place(token) and line.text[reason.start - 2] == ",":
            return [route, Route("reason", reason, reason, clausal=True)]
    return [route]


def _goes_on(line: Line, token, route: Route) -> int:
    """Where a clause ends that goes on with another one, which the parse hangs on the cue: "said A was closed, but B would stay
    open", "said A was closed and B was open"."""
    cut = line.text[route.span.start : route.span.end].endswith(
        (" and", " but")
    )  # "… preferred peace but [that the window is …]"
    for second in (c for c in token.children if c.dep_ in ("conj", "ccomp") and line.place(c) > route.span.end):
        kids = list(second.children)
        own = any(c.dep_ == "aux" and c.tag_ == "MD" for c in kids) or (
            cut
            and any(c.dep_ in ("nsubj", "nsubjpass") for c in kids)
            and second.lemma_ not in load("cues.en")["verbs"]
        )
        span = line.subtree(second)
        if own and re.fullmatch(r"[,\s]*(?:(?:and|but)\s+)?", line.text[route.span.end : span.start]):
            return span.end
    again = re.compile(r"[,\s]*(?:and |but )that\s").match(line.text, route.span.end - 4 * cut)
    sentence = line.start + token.sent.end_char
    return (
        trimmed(line.text, route.span.start, sentence, strip=EDGE + ".").end
        if again and again.end() < sentence
        else route.span.end
    )


def reach_of(line: Line, mark: Marked, start: int) -> int:
    """Where the phrase ends that begins at ``start`` with marks inside a clause: "a “threat” to peace"."""
    inside = line.tokens.char_span(mark.start - line.start, mark.end - line.start, alignment_mode="contract") or ()
    end = max([mark.end, *(line.subtree(t).end for t in inside if line.place(t.left_edge) >= start)])
    stop = re.search(r"[,;.:]", line.text[mark.end : end])
    return mark.end + stop.start() if stop else end


def through_marks(line: Line, route: Route) -> Route:
    """A route that ends in the middle of a marked stretch goes on to its end, and to the end of its phrase; one that fills
    the stretch takes the marks in."""
    for mark in line.marked:
        edges = line.text[mark.start : route.span.start] + line.text[route.span.end : mark.end]
        if mark.span.covers(route.span) and not re.search(r"\w", edges):
            return replace(route, span=mark.span, whole=mark.span)
        if mark.start < route.span.start < mark.end < route.span.end and not re.search(
            r"\w", line.text[mark.start : route.span.start]
        ):
            return replace(route, span=Span(mark.start, route.span.end), whole=Span(mark.start, route.whole.end))
        if route.span.start < mark.start < route.span.end < mark.end:
            end = reach_of(line, mark, route.span.start)
            return replace(route, span=Span(route.span.start, end), whole=Span(route.whole.start, end))
    return route


@derived
def _occasion() -> re.Pattern:
    """What says on what occasion something was said: "during a meeting with X", to the end."""
    return re.compile(
        r",?\s(?:during|in|at|on the sidelines of|after|following)\s(?:an?|the|his|her|their|this|separate|joint)\s"
        rf"(?:[\w’'-]+\s){{0,4}}?(?:{'|'.join(load('cues.en')['occasions'])})\b.*$",
        re.S,
    )


def _circumstance(child) -> bool:
    """Tell whether a dependant says when, where or on what occasion the cue's act took place."""
    noun, times = next((c for c in child.children if c.dep_ == "pobj"), None), load("cues.en")["times"]
    if child.dep_ == "advcl" and any(c.dep_ in ("mark", "advmod") and c.lower_ in times for c in child.children):
        return True
    timed = child.lower_ in times and child.lower_ != "as"
    if timed or noun is None:
        return timed
    meeting = noun.lower_ in load("cues.en")["occasions"]
    return dated(noun) or meeting or (child.lower_ in ("in", "at") and bool(country_in(noun.text, "en")))


def extended(line: Line, token, route: Route) -> Route:
    """A route whose content goes on with what follows at once and hangs on the cue ("… to improve ties with X"); occasions
    ("during a meeting with X") end it."""
    end = reach = route.span.end
    for child in sorted(token.children, key=lambda c: c.i):
        start = line.place(child.left_edge)
        hangs = child.dep_ in ("prep", "xcomp", "advcl", "ccomp", "acl", "dative", "npadvmod") and child.tag_ != "VBG"
        if hangs and child.i > token.i and start >= reach and not line.text[reach:start].strip():
            reach = line.subtree(child).end
            end = end if _circumstance(child) else reach
    words = line.text[route.span.start : end]
    occasion = _occasion().search(words)
    described = occasion and route.name == "as" and " as " in occasion.group()  # "… during the talks as cold"
    if occasion and not described and len(words[: occasion.start()].split()) > 1:
        end = route.span.start + occasion.start()
    return replace(route, span=Span(route.span.start, end), whole=Span(route.whole.start, end))
