"""English relations without a reporting verb: headlines, turns of an interview, "according to"."""

from __future__ import annotations

import re
from functools import cache

from ..alignment import Span, trimmed
from ..documents import Document
from ..lexicon import load
from ..titles import read_title
from .english_contents import without_final_stop
from .english_cues import POLNEAR, entry_of, reports
from .english_routes import EDGE, Line
from .english_sources import noun_phrase
from .relation import Quotation, kind_of, without_overlaps


def in_title(document: Document, line: Line) -> bool:
    """Tell whether a line is the title, or repeats it."""
    return line.text[line.start : line.start + len(line.words)].strip() == document.value("title")


def _names_somebody(line: Line, span: Span) -> bool:
    """Tell whether a side of a headline holds a title, or a name and no verb."""
    inside = [t for t in line.tokens if span.start <= line.place(t) < span.end]
    named = any(t.ent_type_ in ("PERSON", "NORP", "GPE", "ORG") for t in inside)
    return bool(read_title(span.of(line.text), "en")) or (named and not any(t.pos_ == "VERB" for t in inside))


def headline_of(document: Document, line: Line) -> list[Quotation]:
    """ "Name: clause" or "clause: name" in a title: direct, without a cue."""
    m = re.match(r"([A-Z“‘'\"][^:]{2,140}?): (\S.*)$", line.words)
    if not m or not in_title(document, line):
        return []
    sides = [Span(line.start + a, line.start + b) for a, b in (m.span(1), m.span(2))]
    fit = [s for s in sides if len(s.of(line.text).split()) <= 6 and _names_somebody(line, s)]
    if not fit:
        return []
    source = min(fit, key=lambda s: s.end - s.start)
    content = sides[1 - sides.index(source)]
    return [Quotation(document.doc_id, "direct", (content,), None, source, "en:headline", ":", 0.7, "asserts")]


LABEL = re.compile(r"([A-Z][\w.’'-]*(?: [A-Z][\w.’'()-]*){0,4})\s?:\s+(?=\S)")


def labels_of(lines: list[Line]) -> set[str]:
    """The labels of an interview or transcript: names before a colon that open two lines or more, or stand in capitals."""
    opened = [m[1] for line in lines if (m := LABEL.match(line.words))]
    return {name for name in opened if opened.count(name) > 1 or (name.isupper() and len(name) > 3)}


def turn_of(document: Document, line: Line, labels: set[str], convention: str) -> list[Quotation]:
    """ "WALLACE: …": a turn of an interview is direct, its source the label."""
    m = LABEL.match(line.words)
    if not m or m[1] not in labels:
        return []
    end = line.start + len(line.words)
    content = trimmed(line.text, line.start + m.end(), end)
    content = content and without_final_stop(line.text, content, line.marked)
    if not content:
        return []
    source = Span(line.start, line.start + m.end(1))
    colon = line.text.index(":", source.end)
    cue = Span(colon, colon + 1) if convention == POLNEAR else None
    return [Quotation(document.doc_id, "direct", (content,), cue, source, "en:turn", ":", 0.8, "asserts")]


@cache
def _phrases() -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(re.escape(p) for p in load('cues.en')['phrases'])})\b", re.I)


def according(document: Document, line: Line) -> list[Quotation]:
    """ "According to X, …", "…, in the words of X": the source is named behind the phrase, the content is the sentence."""
    out = []
    for m in _phrases().finditer(line.words):
        word = line.tokens.char_span(*m.span(), alignment_mode="expand")
        head = next((t for t in reversed(list(word)) if any(c.dep_ == "pobj" for c in t.children)), None)
        if head is None or line.inside[word[0].i] >= 0:
            continue
        noun = next(c for c in head.children if c.dep_ == "pobj")
        root = word[0].sent.root
        inner = entry_of(line, root)
        if inner and inner.frames & {"clause", "marks"} and reports(root):
            continue  # "According to the embassy, X said …": the embassy relays, X speaks
        source, sent = noun_phrase(line, noun), word[0].sent
        cue = Span(line.start + m.start(), line.start + m.end())
        behind = max(source.end, line.subtree(noun).end)
        pieces = [(line.start + sent.start_char, cue.start), (behind, line.start + sent.end_char)]
        content = [s for a, b in pieces if a < b and (s := trimmed(line.text, a, b, strip=EDGE + "."))]
        content = [s for s in content if len(s.of(line.text).split()) > 1 and any(c.isalpha() for c in s.of(line.text))]
        if content and source.end - source.start < 150:
            spans = without_overlaps(content)
            kind = kind_of(spans, line.marked, document.text, True)
            name = m.group().lower()
            act = load("cues.en")["phrases"][name]
            out.append(Quotation(document.doc_id, kind, spans, cue, source, "en:according", name, 0.9, act))
    return out
