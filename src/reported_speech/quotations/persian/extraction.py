"""Persian quotations without a parser: cues by lexicon on the letter skeleton, contents by frame, sources by title and name.

One line of the article at a time. All places inside this module are places in the skeleton of the whole text; they are laid
back on the source at the end.
"""

from __future__ import annotations

import itertools
import re
from functools import partial

from ...articles.alignment import AlignedText, Span, pieces, trimmed
from ...articles.document import Document
from ...articles.normalization import normalize, skeleton
from ...articles.outlets import outlet_named
from ...people.spelling import is_given
from ..marks import Marked
from ..relation import Quotation, kind_of, without_overlaps
from .contents import content_before, content_behind, participle_end, request
from .cues import Cue, any_of, finite, participles_in, words_of
from .lines import EDGE, Found, Line
from .mentions import countries, heads, institutions, mention_at
from .names import names_beside, names_in
from .phrases import (
    according,
    data_in,
    half_headline,
    labelled,
    labels_of,
    noun_headline,
    pointed_at,
    quoted_document,
    relayed,
)
from .subjects import after_adverbials, subject_of

CLOCK = re.compile(r"(?:\d{1,2}:\d\d\s+(?=\S))?")  # a live report's «۰۹:۳۵»


def _finite_relations(line: Line, known) -> list[Found]:
    out: list[Found] = []
    covered = line.start
    for index, cue in enumerate(line.cues):
        if cue.span.start < covered:
            continue
        sentence = line.sentence(cue.span.start)
        previous = [c for c in line.cues[:index] if c.span.start >= sentence.start]
        source, body = _source(line, sentence, cue, known)
        if source and previous and source.start < previous[0].span.start < source.end:  # «وزیر گفت … و افزود …»
            source, body = subject_of(line.text, sentence.start, previous[0].span.start, known)
        found = None
        if not cue.shared:
            found = request(line, cue, body) if "request" in cue.frames else content_behind(line, cue)
        start = max(body, previous[-1].end if previous else body, min(covered, cue.span.start))
        joint = (
            re.match(r"\s*[،؛]?\s*و?\s*(?:نیز|همچنین|هم)?\s+", line.text[start : cue.span.start]) if previous else None
        )
        start += joint.end() if joint else 0
        part = participle_end(line, sentence, start, cue)
        if found is None:
            found = (cue.split and ("split", cue.split)) or content_before(line, cue, max(start, part))
        opening = _opening(line, sentence) if "marks" in cue.frames and not previous else None
        if found is None and opening:
            found = ("marks", opening)
        if found is None or (cue.passive and found[0] in ("را", "eval")):
            continue
        if source and _only_relays(line, source, cue, found[1]):
            continue
        if "data" in cue.frames and not (source and data_in(source.of(line.text))):  # «داده‌ها نشان می‌دهد»
            continue
        frame, span = found
        content = (opening, span) if frame == "marks" and opening and opening.end < span.start else (span,)
        clause = frame in ("colon", "marks", "ke", "bare", "request")
        out.append(
            Found(
                content,
                cue.span,
                cue.glued or source,
                f"fa:{frame}",
                cue.entry,
                cue.act,
                clause,
                frame == "colon",
                cue.passive,
            )
        )
        covered = max(covered, span.end) if clause else covered
    return out


def _only_relays(line: Line, source: Span, cue: Cue, content: Span) -> bool:
    """«فارس نوشت: وزیر گفت …»: an outlet passes on what another cue of its content says."""
    inner = any(content.start <= c.span.start < content.end for c in line.cues)
    return inner and bool(outlet_named(source.of(line.text), exact=True))


def _source(line: Line, sentence: Span, cue: Cue, known) -> tuple[Span | None, int]:
    """The subject of the sentence and where the rest begins; for a passive its agent («از سوی …»)."""
    if cue.passive:
        agent = re.search(r"(?:از سوی|توسط|به وسیله)\s+", line.text[sentence.start : cue.span.start])
        if agent:
            span = mention_at(line.text, sentence.start + agent.end(), cue.span.start, known)
            return span, span.end if span else sentence.start
        return None, after_adverbials(line.text, sentence.start, cue.span.start)
    opening = _opening(line, sentence)
    start = opening.end + 1 if opening else sentence.start
    parted = line.text.rfind("؛ ", start, cue.span.start)
    return subject_of(
        line.text, parted + 1 if parted > 0 and not line.in_marks(parted) else start, cue.span.start, known
    )


def _opening(line: Line, sentence: Span) -> Span | None:
    """The marked words with which a sentence opens before a comma («“A”، وی گفت “B”»)."""
    mark = line.mark_at(sentence.start)
    return mark.span if mark and mark.closed and line.text[mark.end : mark.end + 1] == "،" else None


def _participle_relations(line: Line, known) -> list[Found]:
    out = []
    for part in participles_in(line.text, line.start, line.end):
        if line.in_marks(part.span.start):
            continue
        sentence = line.sentence(part.span.start)
        cues = [c for c in line.cues if part.end <= c.span.start < sentence.end]
        behind_comma = [
            c
            for c in cues
            if (comma := line.text.rfind("،", part.end, c.span.start)) > 0
            and len(line.text[comma : c.span.start].split()) <= 5
        ]
        if not cues:
            continue
        cue = behind_comma[0] if part.clause and behind_comma else cues[0]
        end = cue.span.start
        segment = line.text[part.end : end]
        comma = segment.rfind("،") if part.clause else segment.find("،")
        if part.clause and len(segment[comma + 1 :].split()) > 9 and finite(segment.split()[-1]):
            comma = -1  # «با تاکید بر اینکه A، B و C است گفت»: the commas are the clause's own
        elif to := part.until and re.search(rf"\s{part.until}\s", segment[: comma if comma > 0 else None]):
            end = part.end + to.start()  # «با تبریک X به Y»
        elif comma > 0:
            end = part.end + comma
        span = trimmed(line.text, part.end, end, strip=EDGE)
        source, _ = subject_of(line.text, sentence.start, part.span.start, known)
        if span and len(span.of(line.text)) > 2:
            out.append(Found((span,), part.span, source, "fa:participle", part.entry, part.act, part.clause))
    return out


def _resolve(found: list[Found]) -> list[Found]:
    """Outer before inner; a document, pointer or relay before the plain reading of the same cue."""
    rank = {"fa:document": 0, "fa:pointer": 0, "fa:relayed": 0, "fa:label": 1, "fa:headline": 1}
    out: list[Found] = []
    for f in sorted(
        found, key=lambda f: (rank.get(f.rule, 2), -sum(s.end - s.start for s in f.content), f.content[0].start)
    ):
        clash = any(s.overlaps(t) for o in out for s in o.content for t in (*f.content, *([f.cue] if f.cue else ())))
        same = any(f.cue and o.cue and f.cue.overlaps(o.cue) for o in out)
        inside = any(o.cue and any(s.overlaps(o.cue) for s in f.content) for o in out)
        if not clash and not same and not inside:
            out.append(f)
    return out


def extract(document: Document, known=frozenset()) -> list[Quotation]:
    """Return the relations of one Persian article, without speakers, in the order of the text.

    ``known`` holds the skeletons of the names that the registry and the document know.
    """
    aligned = skeleton(normalize(document.text, "fa"))
    named = [name.of(aligned.text).split() for name in names_beside(aligned.text)]
    known |= {family for words in named for family in (words[-1], " ".join(words[1:])) if len(family) > 3}
    title = document.all("title")
    spans = [s for p in document.paragraphs() if (s := trimmed(aligned.text, *aligned.from_source(p)))]
    spans = [Span(s.start + len(CLOCK.match(aligned.text, *s)[0]), s.end) for s in spans]
    spans = [piece for span in spans for piece in pieces(aligned.text, span)]
    people = frozenset(n for n in known - countries() if n.split()[0] not in institutions())
    lines = [Line(aligned.text, *s, people) for s in spans]
    found, labels = [], labels_of(lines)
    for n, line in enumerate(lines):
        first = n == 0 or (bool(title) and aligned.source_span(line.start, line.end).overlaps(title[0].span))
        following = partial(_body_after, lines, n + 1)
        each = (
            quoted_document(line, following)
            + pointed_at(line, lines[n - 1] if n else None, known)
            + relayed(line, known)
        )
        each += labelled(line, known, first, spans[n + 1] if n + 1 < len(spans) else None, labels)
        if first:
            each += noun_headline(line, known) + half_headline(
                line, known, spans[n + 1] if n + 1 < len(spans) else None
            )
        each += (
            _finite_relations(line, known)
            + _participle_relations(line, known)
            + according(line, known, 2 * n > len(lines))
        )
        covered = [s for f in found for s in f.content if f.rule == "fa:document"]
        here = [f for f in _resolve(each) if not any(s.overlaps(c) for s in f.content for c in covered)]
        found += here or (_continued(line, lines[n - 1], found) if found and n else [])
    return [_quotation(document, aligned, lines, f) for f in sorted(found, key=lambda f: f.content[0].start)]


def _continued(line: Line, before: Line, found: list[Found]) -> list[Found]:
    """A paragraph without a cue behind one of speech up to its end, if the speaker says "we" in it."""
    last = max(found, key=lambda f: f.content[-1].end)
    spoken = last.rule in ("fa:colon", "fa:continued") and last.content[-1].end >= before.end - 2
    whole = trimmed(line.text, line.start, line.end, strip=EDGE)
    ends = not line.cues and not line.marked and line.text[line.end - 1] in ".!؟" and ":" not in line.words
    if not spoken or not ends or not whole or not re.search(any_of("first_person"), whole.of(line.text)):
        return []
    return [Found((whole,), None, None, "fa:continued", "", "asserts", True)]


def _body_after(lines: list[Line], first: int) -> list[Span]:
    """The lines of a document quoted in full, from a number on: up to the next one that has a cue with a colon."""
    out = []
    for line in itertools.islice(lines, first, None):
        if any(line.text[c.end : c.end + 2].strip() == ":" for c in line.cues):
            break
        out.append(Span(line.start, line.end))
    return out


def _quotation(document: Document, aligned: AlignedText, lines: list[Line], found: Found) -> Quotation:
    place = found.content[0].start
    marked = [m for line in lines if line.start <= place < line.end for m in line.marked]
    lay = lambda span: aligned.source_span(*span) if span else None  # noqa: E731
    kind = (
        "direct" if found.direct else kind_of(without_overlaps(list(found.content)), marked, aligned.text, found.clause)
    )
    held = [m for m in marked if m.closed and any(c.start <= m.start and m.end - 1 <= c.end for c in found.content)]
    if kind in ("indirect", "speech_act") and any(not _is_name(aligned.text, m) for m in held):
        kind = "mixed"
    content = tuple(lay(s) for s in found.content)
    return Quotation(
        document.doc_id,
        kind,
        content,
        lay(found.cue),
        lay(found.source),
        found.rule,
        found.entry,
        0.0,
        found.act,
        found.passive,
    )


def _is_name(text: str, mark: Marked) -> bool:
    """Tell whether a few marked words name or count something («کتاب “گلستان”», «“۳+۳”») and are not the speaker's own."""
    words, before = text[mark.start + 1 : mark.end - 1].split(), text[: mark.start].split()[-1:]
    named = heads() | institutions() | words_of("named")
    letters = words and all(re.fullmatch(r"[^\W\d_]+", w) for w in words)
    return not letters or bool(named & {*before}) or is_given(words[0])


def people(document: Document, found: list[Quotation]) -> list[Span]:
    """Return the spans that name persons outside the registry: names in sources, and names beside an office."""
    aligned = skeleton(normalize(document.text, "fa"))
    sources = [aligned.from_source(q.source) for q in found if q.source]
    places = [s for span in sources if not data_in(span.of(aligned.text)) for s in names_in(aligned.text, span)]
    words = {s.of(aligned.text) for s in places}
    families = frozenset(w for w in words if " " not in w)
    again = [
        Span(*m.span())
        for w in sorted(words - families)
        for m in re.finditer(rf"(?<!\w){re.escape(w)}(?!\w)", aligned.text)
    ]
    for name in [*again, *names_beside(aligned.text, families)]:
        places += [name] if not any(name.overlaps(p) for p in places) else []
    return sorted({aligned.source_span(*s) for s in places if s.start < s.end})
