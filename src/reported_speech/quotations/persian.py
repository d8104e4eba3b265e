"""Persian quotations without a parser: cues by lexicon on the letter skeleton, contents by frame, sources by title and name.

One line of the article at a time. All places inside this module are places in the skeleton of the whole text; they are laid
back on the source at the end.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from ..alignment import AlignedText, Span, pieces, trimmed
from ..documents import Document, outlet_named
from ..normalization import normalize, skeleton
from .marks import Marked, find_marked
from .persian_cues import Cue, cues_in, finite, lexicon, participles_in, spaced
from .persian_subjects import (
    FRONTED,
    after_adverbials,
    first_content_head,
    mention_at,
    names_in,
    names_in_marks,
    relayed_by,
    subject_of,
)
from .relation import Quotation, kind_of, without_overlaps

STOP = re.compile(r"[.!?؟](?=\s|$|[»”\"])")
INITIALS = re.compile(r"(?<!\w)\w{1,2}\.(?: ?\w{1,2}\.)+")  # «تی. آر. تی»: no end of a sentence
EDGE = " ،؛:,.\t"
SUBORDINATOR = re.compile(r"\s*[،,]?\s*که\b")
LABEL = re.compile(r"([^:؛.!?؟\n]{2,60}?)\s*:\s*(?=\S|$)")


@dataclass(frozen=True)
class Found:
    """A relation in places of the skeleton."""

    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    rule: str
    entry: str
    act: str
    clause: bool
    direct: bool = False
    passive: bool = False


class Line:
    """One line of the skeleton: its sentences, cues and marked stretches."""

    def __init__(self, text: str, start: int, end: int):
        self.text, self.start, self.end = text, start, end
        self.marked = find_marked(text, start, end)
        initials = [m.span() for m in INITIALS.finditer(text, start, end)]
        stops = [
            m.end()
            for m in STOP.finditer(text, start, end)
            if not self.in_marks(m.start()) and not any(a <= m.start() < b for a, b in initials)
        ]
        bounds = [start, *stops, *([end] if not stops or stops[-1] < end else [])]
        self.sentences = [s for a, b in itertools.pairwise(bounds) if (s := trimmed(text, a, b))]
        self.cues = [c for c in cues_in(text, start, end) if not self.in_marks(c.span.start)]

    def in_marks(self, place: int) -> bool:
        """Tell whether a place lies inside a closed marked stretch."""
        return any(m.start < place < m.end for m in self.marked if m.closed)

    def sentence(self, place: int) -> Span:
        """The sentence of a place."""
        return next((s for s in self.sentences if s.start <= place < s.end), Span(self.start, self.end))

    def mark_at(self, place: int) -> Marked | None:
        """The marked stretch that begins at a place, blanks skipped."""
        while place < self.end and self.text[place].isspace():
            place += 1
        return next((m for m in self.marked if m.start == place), None)


# ------------------------------------------------------------------ contents after the cue


def _after(line: Line, cue: Cue) -> tuple[str, Span] | None:
    """The content behind a finite cue: (frame, span), by what follows: colon, «که», a mark, a bare clause."""
    text, at = line.text, cue.end
    colon = re.match(r"\s*[،,]?\s*:\s*", text[at : line.end])
    if colon and "colon" in cue.frames:
        start = at + colon.end()
        mark = line.mark_at(start)
        if mark and (not mark.closed or _ends_sentence(line, mark)):
            return "colon", mark.span
        end = _speech_end(line, start, cue)
        span = trimmed(text, start, end, strip=" .؛،") if start < end else None
        return ("colon", span) if span else None
    sentence = line.sentence(cue.span.start)
    ke = SUBORDINATOR.match(text, at, sentence.end)
    if ke and "ke" in cue.frames:
        return _clause(line, cue, ke.end(), sentence.end, "ke")
    comma = re.match(r"\s*[،,]\s*", text[at : line.end])
    mark = line.mark_at(at + (comma.end() if comma else 0))
    if mark and "marks" in cue.frames and len(mark.span.of(text).split()) > 2 and at < mark.start:
        return "marks", mark.span
    if "bare" in cue.frames:
        return _clause(line, cue, at + (comma.end() if comma else 0), sentence.end, "bare")
    return None


def _ends_sentence(line: Line, mark: Marked) -> bool:
    rest = line.text[mark.end : line.end].strip(" .؛،")
    return (
        not rest
        or bool(re.search(r"[.!؟?]\W*$", mark.span.of(line.text)))
        or line.text[mark.end : mark.end + 1] in (".", "،")
        or rest.startswith("و ")
    )


def _speech_end(line: Line, start: int, cue: Cue) -> int:
    """Speech after a colon runs to the end of its line, or to the sentence that opens the next cue."""
    for sentence in line.sentences:
        if sentence.start <= start:
            continue
        cues = [c for c in line.cues if sentence.start <= c.span.start < sentence.end]
        if not cues:
            continue
        opening = line.text[sentence.start : cues[0].span.start]
        after = line.text[cues[0].end : cues[0].end + 3].strip()
        narrator = re.match(
            r"(?:وی|او|ایشان|این مقام|این دیپلمات|نامبرده|همچنین|در ادامه|در پایان|به گزارش)\b", opening
        ) or after.startswith(":")
        if narrator and (after.startswith(":") or _after(line, cues[0]) or cues[0].frames & NOUN_FRAMES):
            return sentence.start
    return line.end


def _clause(line: Line, cue: Cue, start: int, end: int, frame: str) -> tuple[str, Span] | None:
    """A clause behind the cue: to the sentence's end, or to «و» and the next cue."""
    for other in line.cues:
        if other.span.start >= end or other.span.start <= start:
            continue
        joint = list(re.finditer(r"\s*[،؛]?\s+و\s+", line.text[start : other.span.start]))
        for m in joint:
            before = line.text[start : start + m.start()]
            between = line.text[start + m.end() : other.span.start]
            if finite(before.split()[-1] if before.split() else "") and (
                len(between.split()) <= 3 or re.match(r"(?:بر|از|به|خواستار)\s", between)
            ):
                return _clause_span(line, start, start + m.start(), frame)
    return _clause_span(line, start, end, frame)


def _clause_span(line: Line, start: int, end: int, frame: str) -> tuple[str, Span] | None:
    span = trimmed(line.text, start, end, strip=EDGE)
    if (
        not span
        or len(span.of(line.text).split()) < 2
        or (frame == "bare" and re.match(r"(?:و|است|اند|بود|شد)\b", span.of(line.text)))
    ):
        return None
    if frame == "bare" and not any(finite(w) for w in re.split(r"[\s،]+", span.of(line.text))):
        return None
    return frame, span


# ------------------------------------------------------------------ contents before the cue


NOUN_FRAMES = frozenset(
    [
        "را",
        "بر",
        "از",
        "به",
        "با",
        "برای",
        "نسبت به",
        "درباره",
        "در مورد",
        "در رابطه با",
        "به مناسبت",
        "بابت",
        "روی",
        "جهت",
        "در",
        "به خاطر",
        "eval",
        "accuse",
        "subject",
    ]
)


def _before(line: Line, cue: Cue, start: int) -> tuple[str, Span] | None:
    """The noun phrase that a cue binds, between ``start`` (behind subject or previous cue) and the cue."""
    text, end = line.text, cue.span.start
    segment = text[start:end]
    if "eval" in cue.frames:
        return _evaluation(line, cue, start)
    if "accuse" in cue.frames and (m := re.search(r"\sرا به\s", segment)):
        return _phrase(line, start, end, "accuse")
    for frame in sorted(cue.frames & NOUN_FRAMES, key=lambda f: (f not in ("نسبت به", "در رابطه با"), f != "را", f)):
        if frame == "را":
            m = re.search(r"\sرا\s*$", segment) or re.search(r"\sرا(?=\s(?:در|طی|به|با|از)\s[^،]*$)", segment)
            if m:
                return _phrase(line, start, start + m.start(), "را")
        elif frame == "subject":
            if cue.passive:
                return _phrase(line, start, end, "subject")
        elif m := re.search(rf"(?:^|\s|،){frame}\s+(?:(?:این که|اینکه|آنکه|این نکته که)\s+)?", segment):
            if frame == "به" and re.match(r".*(?:پاسخ|توجه|نسبت|با اشاره|خطاب|منجر|مربوط)$", segment[: m.start()]):
                again = re.search(rf"\s{frame}\s+", segment[m.end() :])
                if not again:
                    continue
                return _phrase(line, start + m.end() + again.end(), end, frame)
            if frame == "از" and "برای" in cue.frames:
                continue
            return _phrase(line, start + m.end(), end, frame)
    return None


def _phrase(line: Line, start: int, end: int, frame: str) -> tuple[str, Span] | None:
    span = trimmed(line.text, start, end, strip=EDGE)
    if span and frame in ("را", "accuse", "subject", "eval"):
        adverb = re.match(
            r"(?:(?:همچنین|نیز|هم|در ادامه|در پایان|سپس|و|تاکنون|ساعاتی بعد|ساعتی بعد|روز بعد|در روزهای (?:گذشته|اخیر)|اخیرا|پیشتر|پیش از این|امروز|دیروز|چندین بار|بارها|(?:یک )?بار دیگر|مجددا|قاطعانه|شدیدا|به شدت|رسما|صراحتا|در این \S+|در آن \S+)\s+)+",
            span.of(line.text),
        )
        span = Span(span.start + adverb.end(), span.end) if adverb else span
        if re.match(r"(?:در|طی|با|پس از|به)\s", span.of(line.text)) and (head := first_content_head(line.text, span)):
            span = Span(head, span.end)
    return (frame, span) if span and span.end > span.start and re.search(r"\w{2}", span.of(line.text)) else None


def _evaluation(line: Line, cue: Cue, start: int) -> tuple[str, Span] | None:
    segment = line.text[start : cue.span.start]
    m = re.search(r"^(.*?\S)\sرا\s+(\S.*)$", segment.rstrip())
    if (
        not m
        or (re.match(r"(?:در|از|برای|پس)\b", m[2]) and len(m[2].split()) < 5)
        or re.match(r"(?:به ?خوبی|بخوبی|خوب|نیز|هم|به طور)\b", m[2])
        or len(m[1].split()) < 1
    ):
        return None
    return _phrase(line, start, cue.span.start, "eval")


# ------------------------------------------------------------------ relations of one line


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
            found = _request(line, cue, body) if "request" in cue.frames else _after(line, cue)
        start = max(body, previous[-1].end if previous else body)
        joint = (
            re.match(r"\s*[،؛]?\s*و?\s*(?:نیز|همچنین|هم)?\s+", line.text[start : cue.span.start]) if previous else None
        )
        start += joint.end() if joint else 0
        part = _participle_end(line, sentence, start, cue)
        if found is None:
            found = (cue.split and ("split", cue.split)) or _before(line, cue, max(start, part))
        if found is None or (cue.passive and found[0] in ("را", "eval")):
            continue
        if source and _only_relays(line, source, cue, found[1]):
            continue
        frame, span = found
        direct = frame in ("colon", "marks")
        clause = frame in ("colon", "marks", "ke", "bare", "request")
        out.append(
            Found(
                (span,),
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
        covered = span.end if clause and direct else covered
        if clause:
            covered = max(covered, span.end)
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
        return None, after_adverbials(line.text, sentence.start, cue.span.start, passive=True)
    return subject_of(line.text, sentence.start, cue.span.start, known)


def _participle_end(line: Line, sentence: Span, start: int, cue: Cue) -> int:
    """Where a participle («با اشاره به …،») between subject and cue ends: at its comma."""
    m = re.match(
        r"\s*[،]?\s*(?:با|ضمن|در (?:این |آن |همین )?(?:حالی|پاسخ|واکنش|جریان|حاشیه|دیدار|گفت|نشست|مصاحبه|سخنان|مراسم|پیام|بیانیه|سخنرانی))(?=\w*\s)[^،:]*،",
        line.text[start : cue.span.start],
    )
    return start + m.end() if m else start


def _request(line: Line, cue: Cue, start: int) -> tuple[str, Span] | None:
    """«از X خواست Y کند»: the content is Y."""
    if not re.search(r"(?:^|\s)از\s+\S", line.text[start : cue.span.start]):
        return None
    sentence = line.sentence(cue.span.start)
    ke = SUBORDINATOR.match(line.text, cue.end, sentence.end)
    found = _clause(line, cue, ke.end() if ke else cue.end, sentence.end, "bare")
    return ("request", found[1]) if found else None


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
        elif comma > 0:
            end = part.end + comma
        elif bound := next(
            (
                m
                for f in ("بر", "از", "به", "خواستار", "نسبت به")
                if f in cue.frames
                for m in [re.search(rf"\s{f}\s", segment)]
                if m and m.start() > 3
            ),
            None,
        ):
            end = part.end + bound.start()
        span = trimmed(line.text, part.end, end, strip=EDGE)
        source, _ = subject_of(line.text, sentence.start, part.span.start, known)
        if span and len(span.of(line.text)) > 2:
            out.append(Found((span,), part.span, source, "fa:participle", part.entry, part.act, part.clause))
    return out


def _according(line: Line, known) -> list[Found]:
    """«به گفته X، …»: the source stands behind the phrase, the content is the sentence."""
    out = []
    phrases = sorted(lexicon()["according"], key=len, reverse=True)
    for m in re.finditer(rf"(?<!\w)(?:{'|'.join(spaced(p) for p in phrases)})\s+", line.text[line.start : line.end]):
        start, end = line.start + m.start(), line.start + m.end()
        sentence = line.sentence(start)
        left = line.text[sentence.start : start].rstrip()
        if line.in_marks(start) or (left and left[-1] not in "،,:؛"):
            continue
        source = mention_at(line.text, end, sentence.end, known, strict=True)
        if not source:
            continue
        relay = relayed_by(line.text, sentence.start, start) or FRONTED.match(line.text, sentence.start, start)
        pieces = [(relay.end() if relay else sentence.start, start), (source.end, sentence.end)]
        content = [
            s
            for a, b in pieces
            if a < b and (s := trimmed(line.text, a, b, strip=EDGE)) and re.search(r"\w{2}", s.of(line.text))
        ]
        if content and not re.match(r"\s*(?:گفت|نوشت)", line.text[source.end : sentence.end]):
            out.append(
                Found(
                    tuple(content),
                    trimmed(line.text, start, end),
                    source,
                    "fa:according",
                    m.group().strip(),
                    "asserts",
                    True,
                )
            )
    return out


def _relayed(line: Line, known) -> list[Found]:
    """«رویترز به نقل از یک دیپلمات نوشت که …»: the person behind the agency speaks."""
    m = re.search(r"(?<!\w)به نقل از\s+", line.text[line.start : line.end])
    if not m:
        return []
    start, at = line.start + m.start(), line.start + m.end()
    cue = next((c for c in line.cues if c.span.start > at and c.entry in ("نوشت", "گفت", "گزارش", "اعلام")), None)
    source = mention_at(line.text, at, cue.span.start, known) if cue else None
    if (
        not cue
        or not source
        or line.text[source.end : cue.span.start].strip(" ،")
        or re.split("[،؛]", line.text[line.start : start])[-1].strip().startswith("به گزارش")
    ):
        return []
    found = _after(line, cue)
    return (
        [
            Found(
                (found[1],),
                Span(start, at - 1),
                source,
                "fa:relayed",
                "به نقل از",
                "asserts",
                True,
                found[0] == "colon",
            )
        ]
        if found
        else []
    )


def _labelled(line: Line, known, first: bool, following: Span | None) -> list[Found]:
    """«نام: …», headline or interview turn: direct, without a cue."""
    m = LABEL.match(line.text, line.start, line.end)
    if not m or any(c.span.start < m.end() for c in line.cues) or re.search(r"\d", m[1]):
        return []
    words = m[1].split()
    source = mention_at(line.text, line.start, m.end(1), known, strict=True)
    if (
        not source
        or words[0] in ("گروه", "سرویس", "بخش", "عکس", "فیلم", "ویدئو", "خبر", "گزارش", "کد", "منبع", "نکته", "همچنین")
        or any(finite(w) for w in words)
    ):
        return []
    rest = line.text[source.end : m.end(1)].strip()
    if (rest and not re.match(r"(?:به|خطاب به|در|درباره)\s", rest)) or (not first and len(words) > 6):
        return []
    content = trimmed(line.text, m.end(), line.end, strip=" ") or (first and following)
    content = content and trimmed(line.text, *content, strip=" .")
    return [Found((content,), None, source, "fa:label", ":", "asserts", True, True)] if content else []


def _noun_headline(line: Line, known) -> list[Found]:
    """«تأکید X بر Y»: a headline whose cue is a noun."""
    table = lexicon()["headline"]
    m = re.match(rf"({'|'.join(spaced(n) for n in table)})\s+", line.text[line.start : line.end])
    words = line.text[line.start : line.end].split()
    if not m or finite(words[-1].strip(".")) or len(words) > 25:
        return []
    entry = next(n for n in table if re.fullmatch(spaced(n), m[1]))
    for frame in table[entry]:
        bound = re.search(rf"\s{frame}\s", line.text[line.start + m.end() : line.end])
        if bound and 0 < len(line.text[line.start + m.end() : line.start + m.end() + bound.start()].split()) <= 12:
            adjective = re.match(
                rf"(?:(?:{'|'.join(map(spaced, lexicon()['headline_adjectives']))})\s+)*", bound.string[: bound.start()]
            )
            start = line.start + m.end() + adjective.end()
            source = trimmed(line.text, start, line.start + m.end() + bound.start())
            content = trimmed(line.text, line.start + m.end() + bound.end(), line.end, strip=EDGE)
            if source and content:
                return [
                    Found(
                        (content,),
                        Span(line.start, line.start + m.end(1)),
                        source,
                        "fa:headline",
                        entry,
                        "asserts",
                        False,
                    )
                ]
    return []


def _document(line: Line, following: list[Span]) -> list[Found]:
    """«در این بیانیه آمده است: …», «متن پیام X به شرح زیر است:» and what follows."""
    starts, cues = lexicon()["document"]["starts"], lexicon()["document"]["cues"]
    m = re.search(
        rf"((?:این |متن |متن کامل )*(?:{'|'.join(starts)})\b[^:،.]*?)\s(?:نیز |همچنین )?({'|'.join(spaced(c) for c in cues)})(?: است)?\s*(:|که)\s*",
        line.text[line.start : line.end],
    )
    if not m:
        return []
    source = re.sub(r"^(?:متن کامل|متن) ", "", m[1])
    end = line.start + m.end(1)
    content = trimmed(line.text, line.start + m.end(), line.end, strip=EDGE)
    if not content and following:
        content = trimmed(line.text, following[0].start, following[-1].end, strip=EDGE)
    cue = Span(line.start + m.start(2), line.start + m.end(2))
    return (
        [Found((content,), cue, Span(end - len(source), end), "fa:document", m[2], "asserts", True, m[3] == ":")]
        if content
        else []
    )


def _pointer(line: Line, before: Line | None, known) -> list[Found]:
    """«… این مطلب را بیان کرد»: the content is the line before."""
    m = re.search(r"این (?:مطلب|مطالب|سخنان|موضوع) را", line.text[line.start : line.end])
    cue = m and next(
        (
            c
            for c in line.cues
            if c.span.start > line.start + m.start()
            and c.entry in ("بیان", "عنوان", "اعلام", "مطرح", "اظهار", "گفت", "ابراز")
        ),
        None,
    )
    if not cue or not before:
        return []
    source, _ = subject_of(line.text, line.start, cue.span.start, known)
    content = trimmed(line.text, before.sentences[0].start, before.end, strip=EDGE) if before.sentences else None
    return [Found((content,), cue.span, source, "fa:pointer", cue.entry, cue.act, True)] if content else []


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
    title = document.all("title")
    spans = [s for p in document.paragraphs() if (s := trimmed(aligned.text, *aligned.from_source(p)))]
    spans = [piece for span in spans for piece in pieces(aligned.text, span)]
    lines = [Line(aligned.text, *s) for s in spans]
    found: list[Found] = []
    for n, line in enumerate(lines):
        first = n == 0 or (bool(title) and aligned.source_span(line.start, line.end).overlaps(title[0].span))
        following = _body_after(lines[n + 1 :])
        each = _document(line, following) + _pointer(line, lines[n - 1] if n else None, known) + _relayed(line, known)
        each += _labelled(line, known, first, spans[n + 1] if n + 1 < len(spans) else None)
        each += _noun_headline(line, known) if first else []
        each += _finite_relations(line, known) + _participle_relations(line, known) + _according(line, known)
        covered = [s for f in found for s in f.content if f.rule == "fa:document"]
        found += [f for f in _resolve(each) if not any(s.overlaps(c) for s in f.content for c in covered)]
    return [_quotation(document, aligned, lines, f) for f in sorted(found, key=lambda f: f.content[0].start)]


def _body_after(lines: list[Line]) -> list[Span]:
    """The lines of a document quoted in full: up to the next one that has a cue with a colon."""
    out = []
    for line in lines:
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
    content = tuple(lay(s) for s in found.content)
    return Quotation(
        document.doc_id,
        kind,
        content,
        lay(found.cue),
        lay(found.source),
        found.rule,
        found.entry,
        0.8,
        found.act,
        found.passive,
    )


def people(document: Document, found: list[Quotation]) -> list[Span]:
    """Return the spans that name persons outside the registry: names in sources, and names in marks beside a title."""
    aligned = skeleton(normalize(document.text, "fa"))
    sources = [aligned.from_source(q.source) for q in found if q.source]
    places = [s for span in sources for s in names_in(aligned.text, span)]
    places += [s for s in names_in_marks(aligned.text) if not any(s.overlaps(p) for p in places)]
    return sorted({aligned.source_span(*s) for s in places if s.start < s.end})
