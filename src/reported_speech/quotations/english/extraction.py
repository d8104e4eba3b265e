"""English quotations over a dependency parse: marks -> cues -> contents -> sources -> joining -> kinds."""

from __future__ import annotations

import re
from dataclasses import replace

from ...articles.alignment import Span, trimmed
from ...articles.document import Document
from ...articles.outlets import outlet_named
from ...lexicons import load
from ..relation import Quotation, kind_of, without_overlaps
from .contents import bare_content, chosen_routes, contents_of, cut_out, resumed
from .cues import Entry, candidates, entry_of, governed, is_adverbial, is_participle, main_verb, reports
from .joins import continued, joined, unnested
from .lines import EDGE, Line, Route, position
from .phrases import according, as_said, headline_of, in_title, labels_of, turn_of
from .sources import beside, source_of
from .trust import trust

# "a charge that Baku denies": not the words, nor what they are about
RELAYING = re.compile(r"\b(?:news agency|agency|newspaper|daily|broadcaster|news site|[Tt]he (?:report|dispatch))$")
RELATIVE = frozenset(["that", "which", "who", "whom", "what"])


def _relation(document: Document, line: Line, token, entry: Entry, others: list):
    """Return the relation of one cue, or None."""
    if is_participle(token) and not is_adverbial(token):
        return None
    found, sure = contents_of(line, token, chosen_routes(line, token, entry))
    main = governed(line, token) if is_participle(token) else None
    source = _source(line, token, main)
    says = "clause" in entry.frames and position(token) == "VERB"
    spans = [_with_first_half(line, token, r, others) for r in found]
    name, clausal = (found[0].name, any(r.clausal for r in found)) if found else ("clause", True)
    if not spans and says and not is_participle(token):
        spans, sure = bare_content(line, token, source), 0.7
    if not spans:
        return None
    divided = resumed(line, token, source) if name in ("clause", "marks") and not is_participle(token) else []
    if divided and (not found or name == "marks" or all(s.end <= line.place(token) for s in spans)):
        spans = divided
    cue = _cue(line, token, entry, name, [t for r in found for t in r.words], spans[0])
    source = None if source and source.overlaps(cue) else source
    goes_on = line.text[spans[0].end : spans[0].end + 2] == ", "
    if goes_on and name not in ("clause", "marks", "infinitive", "gerund") and in_title(document, line):
        spans = [_headline_end(line, token, spans[0])]
    first = min((t.i for t in token.children if t.dep_ in ("aux", "auxpass") and t.i < token.i), default=token.i)
    whole = Span(line.place(line.tokens[first]), cue.end) if name in ("subject", "accusation") else cue
    content = cut_out(line, spans, whole, source, others, clausal)
    words = " ".join(s.of(document.text) for s in content)
    if not any(c.isalpha() for c in words) or words.lower() in RELATIVE:
        return None
    if "data" in entry.frames and not (source and {*load("cues.en")["data"]} & {*source.of(line.text).lower().split()}):
        return None
    if source and _relays(line, entry, source, content, others):
        return None
    merged = without_overlaps(content)
    kind = kind_of(merged, line.marked, document.text, clausal or _acts(line, entry, merged))
    passive = source is None and any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)
    return Quotation(
        document.doc_id, kind, merged, cue, source, f"en:{name}", entry.lemma, sure, entry.act, passive, entry.tells
    )


def _acts(line: Line, entry: Entry, content: tuple[Span, ...]) -> bool:
    """Tell whether somebody is blamed for what he does: "accused X of hiding Y"."""
    inside = (t for t in line.tokens if any(c.start <= line.place(t) < c.end for c in content))
    gerund = (t for t in inside if t.tag_ == "VBG" and t.dep_ == "pcomp" and t.head.lower_ in ("of", "for"))
    return entry.act == "condemns" and any(gerund)


def _source(line: Line, token, main) -> Span | None:
    """The mention that speaks: the cue's own, that of the verb that governs it, or a name beside it whose subject the parse lost."""
    source = None if token.tag_ == "NNS" else source_of(line, main_verb(token) or token)
    if main is not None:
        return source or beside(line, main)
    if source is None and token.tag_ in ("VBD", "VBZ", "VBP", "NNS"):
        joint = token.dep_ == "conj" and token.head.tag_ in ("VBD", "VBZ", "VBP")
        return beside(line, token) or (beside(line, token.head) if joint else None)
    return source


def _cue(line: Line, token, entry: Entry, name: str, words: list, content: Span) -> Span:
    """The cue with its particle, its noun, and the preposition behind it."""
    words += [c for c in token.children if c.dep_ == "prt" and c.i == token.i + 1]
    if name == "infinitive" and token.pos_ == "VERB":  # "called on X to", "appealed to X to"
        words += [c for c in token.children if c.dep_ == "prep" and c.i == token.i + 1]
    if name == "marks":
        words += [t for t in _preposition(line, token, content) if entry.allows(t.lower_)]
    last = max([t.i for t in words if t.i > token.i], default=token.i)
    return line.span(token.i, last if last - token.i < 8 else token.i)


def _preposition(line: Line, token, span: Span) -> list:
    """The preposition that alone stands between a cue and the marks behind it ("complained of “…”"), if there is one."""
    between = [t for t in line.tokens[token.i + 1 : token.i + 4] if line.place(t) < span.start and not t.is_space]
    return between if len(between) == 1 and between[0].dep_ == "prep" else []


def _relays(line: Line, entry: Entry, source: Span, content: list[Span], others: list) -> bool:
    """Tell whether an outlet only passes on what somebody else says ("Tasnim reported that X said …", "Trend reports, citing Y")."""
    words = source.of(line.text)
    inside = [(t, e) for t, e in others for s in content if s.start <= line.place(t) < s.end]
    inner = any("clause" in e.frames or t.dep_ in ("ccomp", "ROOT") for t, e in inside)
    return (inner or entry.relays) and bool(outlet_named(words, exact=True) or RELAYING.search(words))


def _with_first_half(line: Line, token, route: Route, others: list) -> Span:
    """A clause before its cue with the clause that it is joined to: "A, and B, X has said"."""
    start, place = line.start + token.sent.start_char, route.span.start
    joined = (
        route.name == "clause" and place < line.place(token) and re.search(r",\s(?:and|but)\s$", line.text[start:place])
    )
    cued = any(start <= line.place(t) < place for t, _ in others) or any(start <= m.start < place for m in line.marked)
    return Span(start, route.span.end) if joined and not cued else route.span


def _headline_end(line: Line, token, span: Span) -> Span:
    """In a headline the topic of a cue runs to the next cue, or to the end."""
    later = [
        t
        for t in line.tokens
        if t.i > token.i + 1 and t.pos_ == "VERB" and line.place(t) > span.start and entry_of(line, t)
    ]
    end = line.place(later[0]) if later else line.start + len(line.words)
    return trimmed(line.text, span.start, max(end, span.end), strip=EDGE) or span


def extract(document: Document, lines: list[Line]) -> list[Quotation]:
    """Return the relations of one English article, without speakers, in the order of the text."""
    out: list[Quotation] = []
    labels = labels_of(lines)
    for line in lines:
        if turn := turn_of(document, line, labels):
            out += turn
            continue
        cues = [(token, entry_of(line, token)) for token in candidates(line)]
        cues = [(token, entry) for token, entry in cues if entry and reports(token)]
        others = [(t, e) for t, e in cues if (is_adverbial(t) if is_participle(t) else t.tag_ != "VBG")]
        found = headline_of(document, line)
        if not found:
            each = (_relation(document, line, t, e, [o for o in others if o[0] is not t]) for t, e in cues)
            found = [q for q in each if q]
        found += according(document, line) + as_said(document, line)
        out += joined(document, line, unnested(found))
    return [replace(q, confidence=trust(q.rule, q.cue_entry)) for q in continued(document, out, lines)]
