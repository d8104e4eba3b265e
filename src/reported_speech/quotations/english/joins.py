"""English relations put together: what goes on with the last speaker, what lies inside another, what runs over two lines."""

from __future__ import annotations

import re
from dataclasses import replace

from ...articles.alignment import Span
from ...articles.document import Document
from ..marks import Marked, is_speech
from ..relation import Quotation, without_overlaps
from .lines import Line, ended
from .phrases import in_title

SIGNED = re.compile(r"\s*([―—–]|--?)\s*([A-Z][\w.’'-]*(?: [\w.’'-]+){0,4})\s*(?:,.*)?$")


def joined(document: Document, line: Line, found: list[Quotation]) -> list[Quotation]:
    """A marked stretch that opens a sentence and has no cue of its own goes on with the last marked speech of the line."""
    out = sorted(found, key=lambda q: q.order)
    for mark in line.marked:
        if any(mark.span.overlaps(c) for q in out for c in q.content):
            continue
        before = line.text[line.start : mark.start].rstrip()
        words = mark.span.of(line.text)
        said = None if before else _uttered(line, mark)
        headed = not before and in_title(document, line) and line.text[mark.end : mark.end + 2] == ": "
        if (
            said is None
            and not (headed and len(words.split()) > 2)
            and (
                (before and before[-1] not in ".!?”\"»'")
                or not is_speech(words)
                or not re.search(r"[.!?…]\W{0,2}$|\w$", words + line.text[mark.end : mark.end + 1].strip())
            )
            and not any(_just_said(line, q, mark) for q in out)
        ):
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
        elif said:
            out.append(Quotation(document.doc_id, "direct", (mark.span,), *said, "en:marks", "", 0.6, "asserts"))
        else:
            signed = SIGNED.match(line.text, mark.end, line.start + len(line.words))
            source = Span(*signed.span(2)) if signed else None
            rule = "en:signed" if signed else "en:floating"
            out.append(Quotation(document.doc_id, "direct", (mark.span,), None, source, rule, "", 0.6, "asserts"))
    return out


def _uttered(line: Line, mark: Marked) -> tuple[Span, Span] | None:
    """Cue and source behind marks that end in a comma, whatever the verb: "“A,” Ilse Tamm sighed"."""
    after = line.tokens.char_span(mark.end - line.start, len(line.words), alignment_mode="contract")
    words = [t for t in after or () if not t.is_space]
    names = next((n for n, t in enumerate(words) if t.pos_ not in ("PROPN", "PRON")), len(words))
    verb = words[names] if 0 < names < len(words) else None
    ends = verb is not None and (names + 1 == len(words) or words[names + 1].text in (".", ",", ";"))
    if verb is None or verb.tag_ not in ("VBD", "VBZ", "NNS", "NN") or not ends:
        return None
    return line.span(verb.i, verb.i), line.span(words[0].i, words[names - 1].i)


def _just_said(line: Line, q: Quotation, mark: Marked) -> bool:
    """Tell whether a mark opens right behind a cue: "A" of B, he said. "C"; or goes on with what it says: "A," he said, but "B"."""
    last = max(s.end for s in (q.cue, q.source) if s) if q.cue else mark.start
    between = ended(line.text[last : mark.start])
    return (
        q.content[-1].end < last
        and q.kind != "speech_act"
        and re.fullmatch(r"[^.!?]{0,40}[.!?]\s*|,\s(?:and|but)\s(?:(?:that|still|also)\s)?", between) is not None
    )


def unnested(found: list[Quotation]) -> list[Quotation]:
    """Keep the outer of two relations where one's cue lies in the other's content; of equal contents, the surer, then the first."""
    out: list[Quotation] = []
    for q in sorted(found, key=lambda q: (-sum(s.end - s.start for s in q.content), -q.confidence, q.place)):
        if q.cue and any(s.overlaps(q.cue) for other in out for s in other.content):
            continue
        if any(s.overlaps(t) for other in out for s in other.content for t in q.content):
            continue
        out.append(q)
    return sorted(out, key=lambda q: q.order)


def continued(document: Document, found: list[Quotation], lines: list[Line]) -> list[Quotation]:
    """A mark left open at the end of a line and opened again at the start of the next is one speech over two paragraphs."""
    out: list[Quotation] = []
    open_ends = {line.marked[-1].end for line in lines if line.marked and not line.marked[-1].closed}
    for q in found:
        last = out[-1] if out else None
        bare = [
            r for r in (q, last) if last and r.rule == "en:floating"
        ]  # of two with a cue each, neither is the other's
        follows = bare and last.content[-1].end in open_ends
        if follows and not document.text[last.content[-1].end : q.content[0].start].strip():
            out[-1] = replace(last if bare[0] is q else q, content=(*last.content, *q.content))
        else:
            out.append(q)
    return out
