"""English relations without a reporting verb: headlines, turns of an interview, "according to"."""

from __future__ import annotations

import re

from ...articles.alignment import Span, trimmed
from ...articles.document import Document
from ...articles.outlets import outlet_named
from ...lexicons import derived, load
from ...people.offices import read_office
from ..relation import Quotation, kind_of, without_overlaps
from .contents import FINITE, without_final_stop
from .cues import entry_of, reports
from .lines import EDGE, Line
from .sources import noun_phrase, source_of


def in_title(document: Document, line: Line) -> bool:
    """Tell whether a line is the title, or repeats it."""
    return line.text[line.start : line.start + len(line.words)].strip() == document.value("title")


def _names_somebody(line: Line, span: Span) -> bool:
    """Tell whether a side of a headline holds a title, or a name and no verb."""
    inside = [t for t in line.tokens if span.start <= line.place(t) < span.end]
    named = any(t.pos_ == "PROPN" for t in inside)
    return bool(read_office(span.of(line.text), "en")) or (named and not any(t.pos_ == "VERB" for t in inside))


def headline_of(document: Document, line: Line) -> list[Quotation]:
    """ "Name: clause" or "clause: name" in a title, or an office before a colon in a headline between: direct, without a cue; "clause,
    X says"."""
    title = in_title(document, line)
    said = title and re.match(r"(.{12,}), ((?:[\w.’'-]+ ){0,4}[\w.’'-]+) (says?|said|shows?)$", line.words)
    if said:
        content, source, cue = (Span(line.start + a, line.start + b) for a, b in map(said.span, (1, 2, 3)))
        kind = kind_of((content,), line.marked, line.text, True)
        return [Quotation(document.doc_id, kind, (content,), cue, source, "en:clause", "say", 0.7, "asserts")]
    m = re.match(r"([A-Z“‘'\"][^:]{2,140}?): (\S.*)$", line.words)
    m = m or (title and re.match(r"([A-Z“‘'\"].{12,}?) [—–-] (\w[^—–]{2,40})$", line.words))
    title = m and title
    between = m and not title and len(line.words) < 90 and re.search(r"\w[”\"’]?$", line.words)
    if not title and not (between and len(m[1].split()) <= 4 and read_office(m[1], "en")):
        return []
    sides = [Span(line.start + a, line.start + b) for a, b in (m.span(1), m.span(2))]
    fit = [s for s in sides if len(s.of(line.text).split()) <= 6 and _names_somebody(line, s)]
    if not fit:
        return []
    source = min(fit, key=lambda s: s.end - s.start)
    content = sides[1 - sides.index(source)]
    return [Quotation(document.doc_id, "direct", (content,), None, source, "en:headline", ":", 0.7, "asserts")]


LABEL = re.compile(r"(@\w+|[A-Z][\w.’'-]*(?: [A-Z][\w.’'()-]*){0,4})\s?:\s+(?=\S)")


def labels_of(lines: list[Line]) -> set[str]:
    """The labels of an interview or transcript: names before a colon that open two lines or more, or stand in capitals, and
    beside such a one a full name; accounts ("@name") always."""
    opened = [m[1] for line in lines if (m := LABEL.match(line.words))]
    found = {name for name in opened if opened.count(name) > 1 or (name.isupper() and len(name) > 3)}
    full = {name for name in opened if found and re.fullmatch(r"[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){1,2}", name)}
    return found | full | {name for name in opened if name.startswith("@")}


def turn_of(document: Document, line: Line, labels: set[str]) -> list[Quotation]:
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
    return [Quotation(document.doc_id, "direct", (content,), None, source, "en:turn", ":", 0.8, "asserts")]


AS = re.compile(r"\b[Aa]s\b")
CONNECTING = re.compile(r"[\s,]*(?:though|however|meanwhile|moreover|therefore),\s")
WORDS = re.compile(r"[Ii]n (?P<source>his|her|their|its|[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,4}[’']s?) (?:own )?words,\s")


def as_said(document: Document, line: Line) -> list[Quotation]:
    """ "As X said, …", "…, as X puts it, …", "in her words, …": the sentence around the phrase is the content."""
    out = []
    for m in AS.finditer(line.words):
        mark = line.tokens.char_span(*m.span(), alignment_mode="expand")[0]
        token = mark.head
        if (mark.dep_, token.dep_) != ("mark", "advcl") or line.inside[token.i] >= 0 or not reports(token):
            continue
        entry, puts = entry_of(line, token), token.lemma_ == "put" and any(c.lower_ == "it" for c in token.children)
        clausal = entry is not None and "clause" in entry.frames and not any(c.dep_ == "ccomp" for c in token.children)
        source, own = source_of(line, token), line.subtree(token)
        if source and (puts or clausal):
            cue = Span(line.place(token), line.place(token) + len(token) + (3 if puts else 0))
            out += _around(document, line, token.sent, cue, source, own, "put" if puts else entry.lemma)
    for m in WORDS.finditer(line.words):
        sent = line.tokens.char_span(*m.span(), alignment_mode="expand")[0].sent
        own, cue = (Span(line.start + a, line.start + b) for a, b in (m.span(), (m.end() - 7, m.end() - 2)))
        name = Span(line.start + m.start("source"), line.start + m.end("source"))
        name = Span(name.start, name.end - 2) if name.of(line.text)[-2:] in ("’s", "'s") else name
        out += _around(document, line, sent, cue, name, own, "in the words of")
    return out


def _around(document: Document, line: Line, sent, cue: Span, source: Span, own: Span, lemma: str) -> list[Quotation]:
    """A sentence as content, but for the clause that reports it."""
    start, end = line.start + sent.start_char, line.start + sent.end_char
    pieces = [trimmed(line.text, a, b, strip=EDGE + ".") for a, b in ((start, own.start), (own.end, end)) if a < b]
    content = [s for s in pieces if s and len(s.of(line.text).split()) > 1]
    behind = (m.span for m in line.marked if re.fullmatch(r"[,:\s]*", line.text[cue.end : m.start]))
    if mark := next(behind, None):  # "…, and, as X put it, “…”"
        content = [mark]
    if not content:
        return []
    spans = without_overlaps(content)
    kind = kind_of(spans, line.marked, document.text, True)
    return [Quotation(document.doc_id, kind, spans, cue, source, "en:according", lemma, 0.9, "asserts")]


@derived
def _phrases() -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(re.escape(p) for p in load('cues.en')['phrases'])})\b", re.I)


def _named(line: Line, noun, sent) -> tuple[Span, int]:
    """Whom "according to" names, and where that ends: with who made it ("a poll by X"), without the clause's subject ("Geostat, [Baku] accounted for …")."""
    by = next((c for c in noun.children if c.lower_ == "by"), None)
    source = noun_phrase(line, noun)
    source = Span(source.start, line.subtree(by).end) if by else source
    behind = (t for t in sent if line.place(t) >= source.end and not (t.is_punct or t.is_space))
    following = next(behind, None)
    comma = line.text.rfind(",", source.start, source.end)
    own = comma > 0 and following is not None and following.tag_ in FINITE
    return (Span(source.start, comma), comma) if own else (source, max(source.end, line.subtree(noun).end))


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
        speaks = inner and inner.frames & {"clause", "marks"} and reports(root)
        sent = word[0].sent
        source, behind = _named(line, noun, sent)
        inserted = root.i < word[0].i and re.match(r",\s*\w", line.text[source.end : line.start + sent.end_char])
        quoted = any(line.start + sent.start_char <= m.start and m.end <= line.place(root) for m in line.marked)
        if speaks and (inserted or quoted or outlet_named(source.of(line.text), exact=True)):
            continue  # "According to Tasnim, X said …", "“A,” X said, according to the report": X speaks; "X said that, according to Y, …"
        cue = Span(line.start + m.start(), line.start + m.end())
        pieces = [(line.start + sent.start_char, cue.start), (behind, line.start + sent.end_char)]
        pieces = [(lead.end() if (lead := CONNECTING.match(line.text, a, b)) else a, b) for a, b in pieces]
        content = [s for a, b in pieces if a < b and (s := trimmed(line.text, a, b, strip=EDGE + "."))]
        content = [s for s in content if len(s.of(line.text).split()) > 1 and any(c.isalpha() for c in s.of(line.text))]
        if content and source.end - source.start < 150:
            spans = without_overlaps(content)
            kind = kind_of(spans, line.marked, document.text, True)
            name = m.group().lower()
            act = load("cues.en")["phrases"][name]
            out.append(Quotation(document.doc_id, kind, spans, cue, source, "en:according", name, 0.9, act))
    return out
