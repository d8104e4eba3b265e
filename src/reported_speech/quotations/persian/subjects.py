"""Where a Persian sentence begins behind relay, dateline and fronted adverbials, and whom it names as its subject."""

from __future__ import annotations

import re

from ...articles.alignment import Span
from ...articles.outlets import outlet_spellings
from ...lexicons import derived
from .cues import any_of, bare, finite, words_of
from .mentions import TOKEN, mention_at

RELATIVE = re.compile(r"\s*،\s*که\s[^،:]{2,120}?(\S+)\s*،")  # «سازمان …، که در اسلو است، …»


@derived
def fronted() -> re.Pattern:
    """Return the pattern of what stands before a sentence: relay, dateline, label."""
    relays, name = any_of("relays"), r"[^\s:،]+"
    return re.compile(
        rf"{relays} (?:\w+ ){{0,2}}«[^»]{{2,30}}»\s*[،؛:]?\s*"
        r"|[^\s|]{2,30}\s*\|\s*"
        r"|[^\s،:]+(?: [^\s،:]+)? (?:نوشت|گزارش داد|گزارش کرد)\s*[:؛]\s*"
        rf"|{relays}\b[^،؛:]{{2,60}}?\s[-–—]\s*(?:{name}\s*[-–—]\s*)?|{relays}\b[^،؛:]*[،؛:]?\s*"
        r"|[^\s:،؛]+(?: [^\s:،؛]+){0,3}؛\s*[^\s:،]+(?: [^\s:،]+){0,2}\s*[-–—ـ_]\s*"
        rf"|{name}(?: {name})?\s*[-–—ـ_]\s*(?:{name}\s*[-–—ـ_]\s*)?"
        rf"|(?:گروه|سرویس) (?:[^:]{{2,25}}:\s*|{name}(?: {name}){{0,3}}\s*[-–—ـ_]\s*)"
        rf"|[^:؛.]{{3,160}}?\s{any_of('asking')}،?\s+که\s+"
    )


@derived
def _adverb() -> re.Pattern:
    return re.compile(rf"{any_of('adverbs')}(?=[\s،])\s*،?\s*")


@derived
def _circumstance() -> re.Pattern:
    return re.compile(rf"{any_of('fronting')}\s[^،:]{{3,160}}،\s*")


@derived
def _relay() -> re.Pattern:
    spellings = sorted(map(bare, outlet_spellings()), key=len, reverse=True)
    outlet = rf"(?:{'|'.join(map(re.escape, spellings))})(?!\w)"
    return re.compile(
        rf"(?:به گزارش|بنا به گزارش|به نقل از)\s+(?:\w+\s+)?{outlet}(?:\s+(?:از|به نقل از)\s+{outlet})?"
        r"(?:\s+(?:از|در)\s+[^،؛:.]{2,70}(?=،))?\s*[،؛:,]?\s*"
        rf"|{outlet}\s*[-–—ـ_؛|]\s*"
        rf"|(?:\w+\s+)?{outlet}\s+(?:گزارش (?:داد|کرد|داده است)|نوشت|نوشته است)\s*که\s+"
    )


def relayed_by(text: str, start: int, end: int) -> re.Match | None:
    """«به گزارش ایرنا»: a relay by an outlet that the lexicon knows, whatever follows it."""
    return _relay().match(text, start, end)


def after_adverbials(text: str, start: int, end: int) -> int:
    """Return where a sentence begins once relay, dateline, label and fronted adverbials are passed over."""
    at = start
    for _ in range(6):
        m = relayed_by(text, at, end) or fronted().match(text, at, end) or _adverb().match(text, at, end)
        if not m or m.end() == at or m.end() >= end:
            break
        at = m.end()
    circumstance = _circumstance().match(text, at, end)
    if circumstance and circumstance.end() < end:
        return after_adverbials(text, circumstance.end(), end)
    return at


def subject_of(text: str, start: int, end: int, known: frozenset[str]) -> tuple[Span | None, int]:
    """Return the subject of ``text[start:end]`` (a sentence up to its cue) and the place behind it.

    None if the sentence names none: the speaker is then the last one named.
    """
    at = after_adverbials(text, start, end)
    span = mention_at(text, at, end, known)
    if not span:
        return None, at
    relative = RELATIVE.match(text, span.end, end)
    return span, relative.end() if relative and finite(relative[1]) else span.end


def first_content_head(text: str, span: Span) -> int | None:
    """Return where the first noun that opens a content stands, behind an adverbial («در تماس با X موافقت …»)."""
    return next(
        (
            m.start()
            for m in TOKEN.finditer(text, span.start + 3, span.end)
            if m.group() in words_of("content_heads") - words_of("determiners") - {"دیدار", "سفر", "نشست"}
        ),
        None,
    )
