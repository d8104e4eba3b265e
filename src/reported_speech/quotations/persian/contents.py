"""What a Persian cue reports: the content behind it, by what follows, or before it, by the word that binds it."""

from __future__ import annotations

import re

from ...articles.alignment import Span, trimmed
from ..marks import Marked
from .cues import Cue, any_of, finite, words_of
from .lines import EDGE, Line
from .mentions import apposition, heads
from .subjects import first_content_head

SUBORDINATOR = re.compile(r"\s*[،,]?\s*که\b")

# ------------------------------------------------------------------ contents after the cue


def content_behind(line: Line, cue: Cue) -> tuple[str, Span] | None:
    """The content behind a finite cue: (frame, span), by what follows: colon, «که», a mark, a bare clause."""
    text, at = line.text, cue.end
    colon = re.match(r"\s*[،,]?\s*:\s*", text[at : line.end])
    if colon and "colon" in cue.frames:
        start = at + colon.end()
        mark = line.mark_at(start)
        if mark and (not mark.closed or _ends_sentence(line, mark)):
            return "colon", mark.span
        end = speech_end(line, start)
        end = min([end, *_joined_reports(line, start, end)])
        span = trimmed(text, start, end, strip=" .؛،") if start < end else None
        return ("colon", span) if span else None
    sentence = line.sentence(cue.span.start)
    ke = SUBORDINATOR.match(text, at, sentence.end)
    if ke and "ke" in cue.frames:
        return clause(line, cue, ke.end(), sentence.end, "ke")
    comma = re.match(r"\s*[،,]\s*", text[at : line.end])
    mark = line.mark_at(at + (comma.end() if comma else 0))
    if mark and "marks" in cue.frames and len(mark.span.of(text).split()) > 2 and at < mark.start:
        rest = text[mark.end : sentence.end].strip(" .")
        ends = re.search(r"[.!؟?]\W*$", mark.span.of(text)) or not re.match(r"[^،؛,:\s]", rest) or rest.startswith("و ")
        if ends or not finite(rest.split()[-1]):
            return "marks", mark.span  # else they only open a clause: «گفت “X” Y است»
    if "bare" in cue.frames:
        return clause(line, cue, at + (comma.end() if comma else 0), sentence.end, "bare")
    return None


def _joined_reports(line: Line, start: int, end: int) -> list[int]:
    """Where speech without marks ends because the narrator goes on: «گفت: A است و بر B تاکید کرد»."""
    out = []
    for cue in (c for c in line.cues if start < c.span.start < end and c.frames - CLAUSAL):
        for m in re.finditer(r"\s*[،؛]?\s+و\s+", line.text[start : cue.span.start]):
            between = line.text[start + m.end() : cue.span.start]
            if re.match(r"(?:بر|خواستار)\s", between) and _joins(line.text[start : start + m.start()], between, cue):
                out.append(start + m.start())
    return out


def _ends_sentence(line: Line, mark: Marked) -> bool:
    rest = line.text[mark.end : line.end].strip(" .؛،")
    return (
        not rest
        or bool(re.search(r"[.!؟?]\W*$", mark.span.of(line.text)))
        or line.text[mark.end : mark.end + 1] in (".", "،")
        or rest.startswith("و ")
    )


def speech_end(line: Line, start: int) -> int:
    """Speech after a colon runs to the end of its line, or to the sentence that opens the next cue."""
    for sentence in line.sentences:
        if sentence.start <= start:
            continue
        cues = [c for c in line.cues if sentence.start <= c.span.start < sentence.end]
        opening = line.text[sentence.start : cues[0].span.start if cues else sentence.end]
        words, before = opening.split(), line.text[line.start : start]
        again = " ".join(words[:2])  # who spoke before is named again, or somebody else
        names = [name for n in (1, 2, 3) if (name := " ".join(words[:n])) in line.people]
        if any(name in before for name in names):
            return sentence.start
        if not cues:
            continue
        behind = line.text[cues[0].end : cues[0].end + 3].strip()
        shown = words[:1] == ["این"] and words[1:2] and words[1] in heads()  # «این وکیل افزود …»
        named = names or shown or (len(again) > 6 and again in before)
        narrator = (
            re.match(rf"{any_of('narrator')}\b", opening) or apposition(opening) or behind.startswith(":") or named
        )
        bound = cues[0].split or cues[0].frames - CLAUSAL
        if narrator and (
            behind.startswith(":") or bound or content_behind(line, cues[0]) or request(line, cues[0], sentence.start)
        ):
            return sentence.start
    return line.end


def clause(line: Line, cue: Cue, start: int, end: int, frame: str) -> tuple[str, Span] | None:
    """A clause behind the cue: to the sentence's end, or to «و» and the next cue."""
    for other in line.cues:
        if other.span.start >= end or other.span.start <= start:
            continue
        joint = list(re.finditer(r"\s*[،؛]?\s+(?:و|اما|ولی|هرچند|ضمنا)\s+", line.text[start : other.span.start]))
        for m in joint:
            said = line.text[start : start + m.start()]
            between = line.text[start + m.end() : other.span.start]
            if _joins(said, between, other):
                return _clause_span(line, start, start + m.start(), frame)
    return _clause_span(line, start, end, frame)


def _joins(said: str, between: str, cue: Cue) -> bool:
    """Tell whether «و» between a clause and a cue joins two reports, and no two parts of one content."""
    last = said.split()[-1] if said.split() else ""
    between = re.sub(r"^(?:در عین حال|همچنین|نیز|همزمان|در ادامه)\s", "", between)
    bound = re.match(r"(?:بر|از|به|خواستار|نسبت به|درباره)\s", between) or (
        cue.frames & {"eval", "را"} and re.match(r"(?:آن|این|\S+(?: \S+){0,3}) را\s", between)
    )
    return (finite(last) or bool(re.fullmatch(r"(?:او|\w{3,})ست", last))) and (len(between.split()) <= 3 or bool(bound))


def _clause_span(line: Line, start: int, end: int, frame: str) -> tuple[str, Span] | None:
    remark = re.search(r"؛\s*\S+ی که\s", line.text[start:end])  # «…؛ ادعایی که مسکو رد کرد»: the narrator's
    end = start + remark.start() if remark else end
    span = trimmed(line.text, start, end, strip=EDGE)
    if (
        not span
        or len(span.of(line.text).split()) < 2
        or (frame == "bare" and re.match(r"(?:و|اما|ولی|است|اند|بود|شد)\b", span.of(line.text)))
    ):
        return None
    return frame, span


# ------------------------------------------------------------------ contents before the cue


CLAUSAL = frozenset(["colon", "ke", "bare", "marks", "request", "split"])


def content_before(line: Line, cue: Cue, start: int) -> tuple[str, Span] | None:
    """The noun phrase that a cue binds, between ``start`` (behind subject or previous cue) and the cue."""
    text, end = line.text, cue.span.start
    segment = text[start:end]
    if "eval" in cue.frames:
        return _evaluation(line, cue, start)
    if "accuse" in cue.frames and (m := re.search(r"\sرا به\s", segment)):
        return _phrase(line, start, end, "accuse")
    for frame in sorted(cue.frames - CLAUSAL, key=lambda f: (" " not in f, f != "را", f)):
        if frame == "را":
            m = re.search(r"\sرا\s*$", segment) or re.search(r"\sرا(?=\s(?:در|طی|به|با|از)\s[^،]*$)", segment)
            if m:
                return _phrase(line, start, start + m.start(), "را")
            if re.search(
                r"\sرا\s(?:برای|جهت|نسبت به|درباره|در مورد)\s[^،]*$", segment
            ):  # «آمادگی خود را برای … اعلام کرد»
                return _phrase(line, start, end, "object")
        elif frame == "subject":
            if cue.passive:
                return _phrase(line, start, end, "subject")
        elif m := re.search(rf"(?:^|\s|،){frame}\s+(?:(?:این که|اینکه|آنکه|این نکته که)\s+)?", segment):
            thing = re.search(r"\s(?:بابت|به ?خاطر|به ?دلیل|به ?سبب)\s", segment[m.end() :]) if frame == "از" else None
            if thing:  # «از X بابت Y تشکر کرد»
                return _phrase(line, start + m.end() + thing.end(), end, frame)
            return _phrase(line, start + m.end(), end, frame)
    return None


def _phrase(line: Line, start: int, end: int, frame: str) -> tuple[str, Span] | None:
    span = trimmed(line.text, start, end, strip=EDGE)
    if span and frame in ("را", "accuse", "subject", "eval"):
        adverb = re.match(rf"(?:{any_of('degrees')}\s+)+", span.of(line.text))
        span = Span(span.start + adverb.end(), span.end) if adverb else span
        span = Span(_object(line.text, span, " را " if frame == "را" else " "), span.end)
    focus = span and re.search(r"(?<=\S)\s+(?:نیز|هم|همچنین)$", span.of(line.text))
    span = Span(span.start, span.start + focus.start()) if focus else span
    return (frame, span) if span and span.end > span.start and re.search(r"\w{2}", span.of(line.text)) else None


def _object(text: str, span: Span, bound: str) -> int:
    """Where an object begins behind what stands between subject and object («در یک نشست خبری [این گزارش را نگران‌کننده …]»)."""
    words = span.of(text)
    aside = re.match(
        r"(?:که|در|طی|با|پس از|روز|صبح|عصر|ظهر|شامگاه|ضمن)\s[^؛:]*،\s*(?=\S+\s)", words
    )  # «در پارلمان، دولت را …»
    if aside and not re.search(r"«[^»]*$", aside.group()):
        return span.start + aside.end()
    between = re.match(r"(?:در|طی|با|پس از|به)\s", words)
    shown = re.search(
        rf"\s(?P<focus>(?:نیز|هم|اما|همچنین)\s+)?(?=(?:این|آن) (?!{'|'.join(sorted(words_of('places')))})\S+ را\s)",
        words + bound,
    )
    if shown and (between or shown["focus"]):
        return span.start + shown.end()
    head = first_content_head(text, span) if between else None
    return head or span.start


def _evaluation(line: Line, cue: Cue, start: int) -> tuple[str, Span] | None:
    segment = line.text[start : cue.span.start]
    m = re.search(r"^(.*?\S)\sرا\s+(?:(?:نیز|هم)\s+(?=\S))?(\S.*)$", segment.rstrip())
    if (
        not m
        or (
            re.match(r"(?:در|از|برای|پس)\b", m[2])
            and len(m[2].split()) < 5
            and not re.match(r"از \S+(?:ها|های|ات|ین)\b", m[2])
        )
        or re.match(r"(?:به ?خوبی|بخوبی|خوب|نیز|هم|به طور)\b", m[2])
    ):
        return None
    return _phrase(line, start, cue.span.start, "eval")


def request(line: Line, cue: Cue, start: int) -> tuple[str, Span] | None:
    """«از X خواست Y کند»: the content is Y."""
    if not re.search(r"(?:^|\s)از\s+\S", line.text[start : cue.span.start]):
        return None
    sentence = line.sentence(cue.span.start)
    ke = re.compile(r"\s*[،,]?\s*(?:که|تا(?! (?:پایان|اطلاع|زمان|آخر|(?:\S+ )?شدن)\b))\b").match(
        line.text, cue.end, sentence.end
    )
    found = clause(line, cue, ke.end() if ke else cue.end, sentence.end, "bare")
    return ("request", found[1]) if found else None


def participle_end(line: Line, sentence: Span, start: int, cue: Cue) -> int:
    """Where a participle («با اشاره به …،») between subject and cue ends: at its comma."""
    m = re.match(
        rf"\s*[،]?\s*(?:(?:نیز|هم|همچنین)\s+)?{any_of('circumstances')}(?=\w*\s)[^،:]*،",
        line.text[start : cue.span.start],
    )
    return start + m.end() if m else start
