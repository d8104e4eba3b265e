"""The meetings that articles tell of: who met whom, in which office, where and when, and how much of either side is quoted."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

import pandas as pd

from ..analysis import Analysis
from ..articles.alignment import Span, trimmed
from ..articles.dates import find_date
from ..articles.document import Document
from ..lexicons import derived
from ..people.mentions import Mention, expression
from ..people.offices import plain, states
from .sides import JOINT, origin, side_of

SENTENCE = re.compile(r"(?<![A-Z]\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<=[.!?؟…])[\"”»]*\s+(?=\W*[A-Z\u0600-\u06ff])")
BETWEEN = re.compile(r"\s*(?:between|of|میان|بین)\s")
JOIN = {"en": re.compile(r"\band\b|,\s*$|\bwith\b"), "fa": re.compile(r"(?<!\w)(?:و|با)(?!\w)")}
ENDS = re.compile(r"[;:“”]|\b(?:that|which|said|saying)\b|(?<!\w)(?:که|گفت)(?!\w)")
POSTED = re.compile(r"\b(?:ambassador|embassy|envoy|consul\w*)\b|سفیر|سفارت|کنسول", re.I)
NEAR, DAYS = 140, 3  # characters between two of those who meet; days between two reports of one meeting


@dataclass(frozen=True)
class Meeting:
    """A meeting that an article tells of: the words that tell it, who met (ids in the order of the text), whom it does not name
    closely enough, and the words that say where and when."""

    told: Span
    participants: tuple[str, ...]
    unnamed: tuple[Span, ...] = ()
    place: Span | None = None
    day: Span | None = None


def meetings_of(analysis: Analysis) -> list[Meeting]:
    """Return the meetings that an article tells of, in its order: at least two meet, one of them is known by name."""
    document, found = analysis.document, []
    people = [m for m in analysis.mentions if analysis.actors[m.actor_id.split("+")[0]].kind == "person"]
    for sentence in _sentences(document):
        here = {m.actor_id for m in people if sentence.covers(m.span)}
        for n, meeting in enumerate(found):  # a sentence that names all who met may tell the day
            if not meeting.day and len(meeting.participants) > 1 and here >= set(meeting.participants):
                found[n] = replace(meeting, day=_day(document.flow, sentence))
        for met in expression("met", document.language).finditer(plain(sentence.of(document.flow), document.language)):
            cue = Span(sentence.start + met.start(), sentence.start + met.end())
            meeting = _told(document, sentence, cue, [m for m in people if sentence.covers(m.span)])
            _enter(
                found,
                meeting,
                continued=expression("under_way", document.language).search(meeting.told.of(document.flow)),
            )
    return [m for m in found if len(m.participants) + len(m.unnamed) > 1]


def _sentences(document: Document) -> Iterator[Span]:
    for paragraph in document.paragraphs():
        start = paragraph.start
        for stop in [*(m.end() for m in SENTENCE.finditer(document.flow, *_ends(paragraph))), paragraph.end]:
            if span := trimmed(document.text, start, stop):
                yield span
            start = stop


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _told(document: Document, sentence: Span, cue: Span, people: list[Mention]) -> Meeting:
    """What one sentence tells of a meeting."""
    text, language = document.flow, document.language
    behind = list(_chain(text, cue.end, [m for m in people if m.span.start >= cue.end], language))
    between = BETWEEN.match(text, cue.end)
    before = [] if between or (language == "fa" and len(behind) > 1) else [m for m in people if m.span.end <= cue.start]
    if not behind:  # "A and B met": the last two
        before = (
            before[-2:]
            if len(before) < 3 or JOIN[language].search(text[before[-2].span.end : before[-1].span.start])
            else []
        )
    else:
        before = before[:1]
    ids = dict.fromkeys(i for m in [*before, *behind] for i in m.actor_id.split("+"))
    unnamed = () if behind else tuple(_unnamed(text, sentence, cue, language, people))
    return Meeting(sentence, tuple(ids), unnamed, _place(text, cue, sentence, language), _day(text, sentence))


def _chain(text: str, start: int, people: list[Mention], language: str) -> Iterator[Mention]:
    """Those who stand close behind a place, joined to one another."""
    for n, mention in enumerate(people):
        gap = text[start : mention.span.start]
        if len(gap) > NEAR or ENDS.search(gap) or (n and not JOIN[language].search(gap)):
            return
        yield mention
        start = mention.span.end


def _unnamed(text: str, sentence: Span, cue: Span, language: str, people: list[Mention]) -> Iterator[Span]:
    """Whom the sentence says to be met without a name that is known."""
    for m in expression("met_with", language).finditer(text, cue.start, sentence.end):
        stop = expression("met_until", language).search(text[m.end() : sentence.end])
        span = trimmed(text, m.end(), m.end() + stop.start() if stop else sentence.end)
        if (
            m.start() <= cue.start
            and span
            and len(span.of(text).split()) <= 10
            and not any(p.span.overlaps(span) for p in people)
        ):
            yield span


@derived
def _capitals(language: str) -> re.Pattern:
    names = "|".join(re.escape(c) for s in states().values() for c in s.capitals[language])
    return re.compile(rf"(?<!\w)(?:in|در) ({names})(?!\w)")


def _place(text: str, cue: Span, sentence: Span, language: str) -> Span | None:
    """The capital in which the sentence says that they met; an ambassador's post is none."""
    m = _capitals(language).search(text, cue.end, sentence.end)
    return Span(*m.span(1)) if m and not POSTED.search(text, cue.end, m.start()) else None


@cache
def _weekdays() -> tuple[dict[str, int], re.Pattern]:
    """Names of the days, as expressions, with their numbers, Monday first; and one for the words that tell a day."""
    from calendar import day_name

    from persiantools.jdatetime import WEEKDAY_NAMES_FA

    names = {name: n for n, name in enumerate(day_name)}
    names |= {name.replace("\u200c", "[ \u200c]?"): (n + 5) % 7 for n, name in enumerate(WEEKDAY_NAMES_FA)}
    longest = "|".join(sorted(names, key=len, reverse=True))
    return names, re.compile(rf"(?<!\w)(?:on|late|early|روز|عصر|صبح) ({longest})(?!\w)")


def _day(text: str, sentence: Span) -> Span | None:
    """The words of a sentence that tell a day: a date, or a day of the week."""
    words = sentence.of(text)
    if found := find_date(words):
        return Span(sentence.start + found.start, sentence.start + found.end)
    m = _weekdays()[1].search(words)
    return Span(sentence.start + m.start(1), sentence.start + m.end(1)) if m else None


def _enter(found: list[Meeting], meeting: Meeting, continued) -> None:
    """Add a meeting to those of an article, or what a further sentence tells of one of them."""
    known = set(meeting.participants)
    for n, other in enumerate(found):
        same = known <= set(other.participants) or (
            len(known) > 1 and known >= set(other.participants) and len(other.participants) > 1
        )
        if same and (len(known) > 1 or continued) and (n == len(found) - 1 or len(known) > 1):
            ids = tuple(dict.fromkeys((*other.participants, *meeting.participants)))
            found[n] = replace(
                other, participants=ids, place=other.place or meeting.place, day=other.day or meeting.day
            )
            return
    if len(known) + len(meeting.unnamed) > 1 and known:
        found.append(meeting)


def iso_day(words: str, published: str) -> str:
    """Return the date that words tell of a report of some date: itself, or the last such day of the week; "" if they tell none.

    >>> iso_day("Wednesday", "2023-01-06"), iso_day("5 October 2023", ""), iso_day("Monday", "")
    ('2023-01-04', '2023-10-05', '')
    """
    if found := find_date(words):
        return found.iso
    number = next((n for name, n in _weekdays()[0].items() if re.fullmatch(name, words)), None)
    if number is None or not published:
        return ""
    last = date.fromisoformat(published)
    return (last - timedelta((last.weekday() - number) % 7)).isoformat()


def meeting_rows(
    analyses: Iterable[Analysis], quotations: pd.DataFrame, actors: pd.DataFrame, two: tuple[str, ...]
) -> list[dict]:
    """Return one row a meeting that an article tells of; articles that report one meeting (the same people, within three days) share
    its id. A quotation counts for the last meeting before it in which its speaker took part; one without a speaker, of a meeting, for that."""
    rows, known, own = [], {}, defaultdict(list)
    for q in quotations.assign(side=side_of(quotations, actors, two)).itertuples():
        own[q.doc_id].append(q)
    for a in analyses:
        text, published = a.document.text, a.document.value("published")
        found, contents = meetings_of(a), [s for q in a.quotations for s in q.content]
        occasions = [n for n, m in enumerate(found) if not any(s.covers(m.told) for s in contents)]
        occasions = occasions or list(range(len(found)))
        words: Counter = Counter()
        for q in own[a.document.doc_id] if found else ():
            words[_counted(q, found, occasions), q.side if q.side in two else ""] += q.words
        for n, m in enumerate(found):
            day = m.day.of(text) if m.day else ""
            rows.append(
                {
                    "meeting_id": f"{a.document.doc_id}#char={m.told.start},{m.told.end}",
                    "doc_id": a.document.doc_id,
                    "participants": "+".join(m.participants),
                    "offices": "; ".join(_office(a, i) for i in m.participants),
                    "unnamed": "; ".join(s.of(text) for s in m.unnamed),
                    "place": m.place.of(text) if m.place else "",
                    "place_at": _at(m.place),
                    "date": iso_day(day, published),
                    "date_words": day,
                    "date_at": _at(m.day),
                    "reported_by": a.document.value("outlet"),
                    "relayed_from": " ← ".join(p.value for p in a.document.all("relay")),
                    "origin": origin(a.document),
                    "sides": "+".join(two),
                    **{f"words_{k + 1}": words[n, two[k]] if len(two) > k else 0 for k in (0, 1)},
                    "words_others": words[n, ""],
                    "start": m.told.start,
                    "end": m.told.end,
                    "text": m.told.of(text),
                }
            )
            _share(rows, published, known)
    return rows


def _at(span: Span | None) -> str:
    return f"{span.start}-{span.end}" if span else ""


def _office(a: Analysis, actor_id: str) -> str:
    """The office that the text gives somebody first, as it does."""
    return next((" ".join(s.of(a.document.text).split()) for s in a.offices.get(actor_id, ())), "")


def _counted(q, found: list[Meeting], occasions: list[int]) -> int:
    """The number of the meeting that a quotation counts for, -1 if the article tells of none."""
    own = [n for n in occasions if q.side == JOINT or set(q.speaker.split("+")) & set(found[n].participants)]
    before = [n for n in own if found[n].told.start <= q.start]
    return [*before[-1:], *own, -1][0]


def _share(rows: list[dict], published: str, known: dict[frozenset, list[tuple[date, str, str]]]) -> None:
    """Give the last row the id of an earlier one of the same people within three days, in another article."""
    row = rows[-1]
    day = date.fromisoformat(row["date"] or published) if row["date"] or published else None
    same = known.setdefault(frozenset(row["participants"].split("+")), [])
    near = (i for other, doc_id, i in same if day and doc_id != row["doc_id"] and abs((other - day).days) <= DAYS)
    row["meeting_id"] = next(near, row["meeting_id"])
    if day:
        same.append((day, row["doc_id"], row["meeting_id"]))
