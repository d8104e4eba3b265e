"""What an English cue reports: its routes weighed, its content cut to what belongs to it."""

from __future__ import annotations

import re

from ...articles.alignment import Span, trimmed
from ..marks import Marked
from .cues import SURE, Entry, main_verb
from .extents import extended, reasoned, through_marks
from .lines import EDGE, Line, Route, dated, ended, subordinators
from .routes import routes
from .sources import SUBJECT


def chosen_routes(line: Line, token, entry: Entry) -> list[tuple[Route, float]]:
    """The routes of a cue that hold its content, with how sure that is."""
    found = routes(line, token)
    chosen = [(r, SURE) for r in found if entry.allows(r.name) or _passive(token, entry, r)]
    if not chosen and "thanks" in entry.frames:  # nothing but a person is thanked
        chosen = [(r, SURE) for r in found if r.name == "object"]
    return chosen


def _passive(token, entry: Entry, route: Route) -> bool:
    """Tell whether a clause stands behind a cue that takes one in the passive alone: "it was agreed that …"."""
    passive = any(c.dep_ == "nsubjpass" for c in token.children)
    return passive and route.name == "clause" and "passive" in entry.frames


def contents_of(line: Line, token, chosen: list[tuple[Route, float]]) -> tuple[list[Route], float]:
    """The marked stretches, and the first other route; beside marks only a clause that runs into them."""
    marks = [(r, p) for r, p in chosen if r.from_marks]
    rest = [(r, p) for r, p in chosen if not r.from_marks]
    if any(_follows(line, token, r) for r, _ in rest):
        marks = [(r, p) for r, p in marks if r.span.start > line.place(token)]
    marks = [(m, p) for m, p in marks if not any(_inner(line, m, r) for r, _ in rest)]
    if marks:
        rest = [(r, p) for r, p in rest if r.clausal and _runs_into(line, r, [m for m, _ in marks])]
    if len(rest) > 1 and _bare(rest[0][0]):  # a topic next to the cue, or what follows a cue that the clause precedes
        one, other = rest[0][0], rest[1][0]
        follows = "," not in (line.text[line.place(token) : other.whole.start] or ",")
        rest = rest[1:] if other.words or (one.span.end <= line.place(token) and follows) else rest
    rest = rest[:1]
    whole = [
        (through_marks(line, extended(line, token, r)) if r.name not in ("clause", "marks") else r, p) for r, p in rest
    ]
    out = marks + [(r, p) for route, p in whole for r in reasoned(line, token, route)]
    return [r for r, _ in out], max((p for _, p in out), default=0.0)


def _bare(route: Route) -> bool:
    """Tell whether a route is a clause that no "that" opens."""
    return route.name == "clause" and route.span == route.whole


def _follows(line: Line, token, route: Route) -> bool:
    """Tell whether a clause stands right behind its cue: then marks before the cue belong to something else."""
    return route.name == "clause" and not re.search("[,:;.?!]", line.text[line.place(token) : route.span.start] or ",")


def _inner(line: Line, mark: Route, route: Route) -> bool:
    """Tell whether marks are but a part of a route: no comma or colon opens them, and the route begins before them."""
    lead = line.text[line.start : mark.span.start].rstrip()[-1:]
    part = route.span.covers(mark.span) and route.span != mark.span
    return part and lead not in (",", ":", "")


SENTENCE = re.compile(r"[.!?]\s")


def _runs_into(line: Line, route: Route, marks: list[Route]) -> bool:
    over = any(m.span.overlaps(route.span) and not m.span.covers(route.span) for m in marks)
    return over and not any(SENTENCE.search(ended(line.text[route.span.start : m.span.start])) for m in marks)


FINITE = ("VBD", "VBZ", "VBP", "MD")
LAST_CLAUSE = re.compile(
    r"(?:.*,\s(?:(?:and|but)\s|(?=(?:which|who|where),))|(?:And|But|Yet|So)\s)?(\S.*\S)\s*,\s*$", re.S
)


def _around(line: Line, token, source: Span | None) -> tuple[Span, Span]:
    """The first and the last of a cue and its source."""
    here = Span(line.place(token), line.place(token) + len(token))
    return (min(here, source), max(here, source)) if source else (here, here)


def resumed(line: Line, token, source: Span | None) -> list[Span]:
    """What a cue between commas divides, if it goes on behind it: "A, he said, is “B”", "there is a risk, he said, that B"."""
    first, last = _around(line, token, source)
    start, end = line.start + token.sent.start_char, line.start + token.sent.end_char
    before = LAST_CLAUSE.search(line.text[start : first.start])
    comma = re.match(r",\s+", line.text[last.end : end])
    joint = re.compile(r",\s(?:and|but)\s")
    end = next((m.end for m in line.marked if last.end < m.end < end and joint.match(line.text, m.end)), end)
    words = [t for t in token.sent if line.place(t) > last.end and not (t.is_punct or t.is_space)]
    if not (before and comma and words):
        return []
    clause = words[0].tag_ in FINITE or (words[0].tag_ == "IN" and words[0].lower_ == "that")
    spans = [Span(start + before.start(1), start + before.end(1)), trimmed(line.text, last.end, end, strip=EDGE + ".")]
    plain = line.inside[words[0].i] < 0 and words[0].lower_ == "to" and words[0].nbor().tag_ == "VB"
    return spans if clause or plain else []


def _behind(line: Line, token, source: Span | None) -> Span | None:
    """The clause right behind a cue whose source stands before it: "He said B", "He told the agency on Monday that B"."""
    rest = [t for t in line.tokens[token.i + 1 : token.sent.end] if not t.is_space]
    end = line.start + token.sent.end_char
    if not (rest and source and source.end <= line.place(token)):
        return None
    that = next((t for t in rest[:14] if t.lower_ == "that" and t.tag_ == "IN"), None)
    if that is not None and not re.search(r"[,.;:—–]", line.text[line.place(token) : line.place(that)]):
        return trimmed(line.text, line.place(that) + 4, end, strip=EDGE + ".")
    opens = rest[0].pos_ in ("PRON", "DET", "PROPN", "NOUN", "ADJ", "NUM") and not dated(rest[0])
    finite = any(t.tag_ in FINITE for t in rest) and not any(c.dep_ in ("dobj", "dative") for c in token.children)
    return trimmed(line.text, line.place(rest[0]), end, strip=EDGE + ".") if opens and finite else None


def bare_content(line: Line, token, source: Span | None) -> list[Span]:
    """Content of a sure cue whose clause the parse lost: "He said B", "A, he said, B", "A, he said", "He said: B"."""
    sent = token.sent
    start, end = line.start + sent.start_char, line.start + sent.end_char
    first, last = _around(line, token, source)
    if behind := _behind(line, token, source):
        return [behind]
    mark = next((m for m in line.marked if m.start >= last.end), None)
    if (
        mark
        and sent[0].lower_ in subordinators("asking")
        and re.fullmatch(r"\s*\.\s*", line.text[last.end : mark.start])
    ):
        return [mark.span]  # "To the objection that …, X said. “…”"
    before = trimmed(line.text, start, first.start)
    goes_on, opener = line.text[last.end : last.end + 1] == ",", sent[0]
    apart = (
        opener.pos_ in ("ADP", "PART") or opener.tag_ in ("VBG", "VBN") or opener.lower_ in subordinators("conceding")
    )
    if apart and not goes_on:  # "To be fair, X said", "Although A, X replied", "Asked about B, X agreed"
        return []
    long = before is not None and (goes_on or len(before.of(line.text).split()) > 2)
    if long and line.text[before.end - 1] in ",?!" and source:
        spans = [trimmed(line.text, before.start, before.end, strip=EDGE)]
        if goes_on:
            spans.append(trimmed(line.text, last.end, end, strip=EDGE + "."))
        return [s for s in spans if s]
    return lost(line, token)


def lost(line: Line, token) -> list[Span]:
    """A clause that the parse hangs on the last noun of a circumstance: "said during a visit that trade grew"."""
    for that in line.tokens[token.i + 1 : token.sent.end]:
        head = that.head
        if that.lower_ == "that" and head.dep_ in ("relcl", "acl") and head.head.dep_ == "pobj" and that.i < head.i:
            subject = any(c.dep_ in SUBJECT and c.i > that.i for c in head.children)
            behind = trimmed(line.text, line.place(that) + 4, line.subtree(head).end)
            return [behind] if subject and behind and token in head.ancestors else []
    return []


# ------------------------------------------------------------------ its edges


def cut_out(line: Line, spans: list[Span], own: Span, source: Span | None, others: list, clausal: bool) -> list[Span]:
    """Take the cue's own clause out of the content, and end it before a participle that reports in its turn."""
    out = []
    holes = [own]
    if source:
        gap = line.text[min(own.end, source.end) : max(own.start, source.start)]
        close = len(gap.split()) <= 4 and "," not in gap
        holes = [Span(min(own.start, source.start), max(own.end, source.end))] if close else sorted([own, source])
    for span in spans:
        for token, _ in others:
            end = _end_before(line, span, token, clausal) if own.start < line.place(token) else 0
            span = Span(span.start, end) if span.start < end < span.end else span
        pieces = [span]
        for hole in holes:
            pieces = [p for piece in pieces for p in _without(piece, hole)]
        for piece in pieces:
            that = re.match(r"that\s+", line.text[piece.start : piece.end]) if clausal else None
            piece = Span(piece.start + that.end(), piece.end) if that else piece
            stop = _semicolon(line, piece)
            piece = Span(piece.start, stop) if stop else piece
            clean = trimmed(line.text, *piece, strip=EDGE) if piece.start < piece.end else None
            clean = clean and without_final_stop(line.text, clean, line.marked)
            if clean:
                out.append(clean)
    return out


def _end_before(line: Line, span: Span, token, clausal: bool) -> int:
    """Where a content ends because another cue in it belongs to the narrator, 0 if it does not: a second verb of the main
    clause ("… and called for B"), a clause beside it ("…, while Y said B"), a participle behind a comma ("…, adding B")."""
    before = line.text[span.start : line.place(token)]
    if token.tag_ not in FINITE and not any(c.dep_ == "aux" and c.tag_ in FINITE for c in token.children):
        joint = token.dep_ == "conj" and token.head.tag_ != "VBG"  # "stressing its readiness to help and regretting B"
        comma = re.search(rf"(?:,\W*(?:and |while |also |further )*| by {'| and ' * joint})$", before)
        return span.start + comma.start() if comma else 0
    if relative := re.search(r",\s(?:which|whom?)\s(?:\S+\s){0,4}$", before):  # "…, which officials said was closed"
        return span.start + relative.start()
    subject = next((c for c in token.children if c.dep_ in SUBJECT), None)
    if subject is None:
        joint = re.search(r",?\s+(?:and|but)\s+(?:also\s+|then\s+)?$", before)
        subjects = [c for c in token.head.children if c.dep_ in SUBJECT]
        told = (
            token.head.tag_ == "VBD"
            and joint
            and not joint.group().startswith(",")
            and any(c.pos_ in ("PRON", "PROPN") for c in subjects)
        )  # "said he rated them and talked about it", but "said the estimate was low and recommended B"
        return span.start + joint.start() if joint and (not clausal or (main_verb(token) and not told)) else 0
    marks = [c.lower_ for c in token.children if c.dep_ == "mark"]
    beside = token.dep_ == "conj" or any(mark in subordinators("beside") for mark in marks)
    opens = re.search(r",\s+(?:(?:and|but)\s+)?$", line.text[span.start : line.subtree(token).start])
    return span.start + opens.start() if beside and opens else 0


def _semicolon(line: Line, span: Span) -> int:
    """The place of the first semicolon in a span outside marks, 0 if there is none: the narrator goes on behind it."""
    places = [m.start() for m in re.finditer(";", line.text[span.start : span.end])]
    return next((span.start + p for p in places if not any(m.start <= span.start + p < m.end for m in line.marked)), 0)


def _without(span: Span, hole: Span) -> list[Span]:
    """What is left of a span without a hole in it."""
    if not span.overlaps(hole):
        return [span]
    return [Span(span.start, max(span.start, hole.start)), Span(min(span.end, hole.end), span.end)]


def without_final_stop(text: str, span: Span, marked: list[Marked]) -> Span | None:
    """Drop a full stop (or comma) that ends an unmarked content; one inside closing marks stays."""
    if any(m.end == span.end for m in marked):
        return span
    joint = re.search(r"\s(?:and|but|or)$", span.of(text))
    span = Span(span.start, span.start + joint.start()) if joint else span
    return trimmed(text, *span, strip=".,;: ") if text[span.end - 1] in ".,;:" else span
