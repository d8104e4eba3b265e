"""Finding who speaks in a Persian sentence without a parser: pronouns, names, chains of titles, and where they end."""

from __future__ import annotations

import re
from functools import cache

from ..alignment import Span, trimmed
from ..lexicon import load
from .persian_cues import any_of, bare, finite, words_of

TOKEN = re.compile(r"[^\s،؛:.!?؟()«»\"“”']+|[،؛:.!?؟()«»\"“”']")


@cache
def fronted() -> re.Pattern:
    """Return the pattern of what stands before a sentence: relay, dateline, label."""
    relays, name = any_of("relays"), r"[^\s:،]+"
    return re.compile(
        r"[^\s|]{2,30}\s*\|\s*"
        r"|[^\s،:]+(?: [^\s،:]+)? (?:نوشت|گزارش داد|گزارش کرد)\s*[:؛]\s*"
        rf"|{relays}\b[^،؛:]{{2,60}}?\s[-–—]\s*(?:{name}\s*[-–—]\s*)?|{relays}\b[^،؛:]*[،؛:]?\s*"
        r"|[^\s:،؛]+(?: [^\s:،؛]+){0,3}؛\s*[^\s:،]+(?: [^\s:،]+){0,2}\s*[-–—ـ_]\s*"
        rf"|{name}(?: {name})?\s*[-–—ـ_]\s*(?:{name}\s*[-–—ـ_]\s*)?"
        r"|(?:گروه|سرویس) [^:]{2,25}:\s*"
        rf"|[^:؛.]{{3,160}}?\s{any_of('asking')}،?\s+که\s+"
    )


@cache
def _adverb() -> re.Pattern:
    return re.compile(rf"{any_of('adverbs')}(?=[\s،])\s*،?\s*")


@cache
def _circumstance() -> re.Pattern:
    return re.compile(rf"{any_of('fronting')}\s[^،:]{{3,160}}،\s*")


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(load("speakers")["pronouns"]["fa"])


@cache
def _heads() -> frozenset[str]:
    return frozenset(bare(h) for h in load("titles")["fa"]["heads"])


@cache
def _institutions() -> frozenset[str]:
    return frozenset(bare(w) for w in load("titles")["fa"]["institutions"])


@cache
def _places() -> tuple[frozenset[str], frozenset[str]]:
    """(country names, all place words) as skeletons."""
    states = [a for a in load("actors") if a["kind"] == "state"]
    names = {bare(n) for a in states for n in a["names_fa"]}
    return frozenset(names), frozenset(
        names
        | {bare(c) for a in states for c in a.get("capitals_fa", [])}
        | {bare(c) for a in states for c in a.get("adjectives_fa", [])}
        | {bare(w) for w in load("titles")["fa"]["regions"]}
    )


@cache
def _domains() -> frozenset[str]:
    """Content words that also name an office («شورای امنیت», «وزیر تجارت»)."""
    return frozenset(bare(w) for w in load("titles")["fa"]["domains"])


@cache
def _honorifics() -> frozenset[str]:
    return frozenset(w for h in load("titles")["fa"]["honorifics"] for w in bare(h).split())


@cache
def _relay() -> re.Pattern:
    spellings = sorted((bare(s) for o in load("outlets") for s in o["spellings"]), key=len, reverse=True)
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
    return (span, span.end) if span else (None, at)


def mention_at(text: str, start: int, end: int, known: frozenset[str], strict: bool = False) -> Span | None:
    """Return the mention that begins at ``start``: a pronoun, a name, a chain of titles, an institution, a state.

    ``strict`` (behind «به گفته», where a clause may follow at once) ends an unknown name after its first word.
    """
    tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, start, min(end, start + 260))]
    while tokens and tokens[0][0] in "»،":
        tokens.pop(0)
    words = [t[0] for t in tokens]
    if not words:
        return None
    marks = words[0] in "«\"“”'"
    first = words[1] if marks and len(words) > 1 else words[0]
    if first in _pronouns():
        return Span(tokens[0][1], tokens[0][2])
    joint = re.match(rf"{any_of('joint')}\b", text[start:end])
    if joint:
        return Span(start, start + joint.end())
    one_of = re.match(rf"{any_of('some_of')} از \S+|برخی \S+", text[start:end])
    if one_of:
        return Span(start, start + one_of.end())
    topic = first in words_of("content_heads") - words_of("determiners") and not _known_at(words, 0, known)
    if first not in _heads() | _institutions() and (first in words_of("stops") or topic or finite(first)):
        return None
    last = _Mention(tokens, known, strict).end()
    return trimmed(text, tokens[0][1], last) if last else None


def _known_at(words: list[str], n: int, known: frozenset[str]) -> int:
    """How many words from n make a name that is known; 0 if none."""
    for size in range(min(6, len(words) - n), 0, -1):
        if " ".join(words[n : n + size]) in known:
            return size
    return 0


class _Mention:
    """A mention read word by word: whether a title (of a person), a name, a country has come, and where it ends so far."""

    def __init__(self, tokens: list[tuple[str, int, int]], known: frozenset[str], strict: bool):
        self.ends, self.words = [t[2] for t in tokens], [t[0] for t in tokens]
        self.known, self.strict = known, strict
        self.titled = self.person = self.named = self.country = False
        self.last: int | None = None

    def end(self) -> int | None:
        """Return the place behind the mention's last word, None if there is no mention."""
        n = 0
        while n < len(self.words):
            if not (taken := self._taken(n)):
                break
            n += taken
        return self.last

    def _taken(self, n: int) -> int:
        """How many words from n belong to the mention; 0 if it ends before."""
        word = self.words[n]
        if word in "«\"“”'»":
            self.last = self.ends[n] if self.last or word in "»" or n == 0 else self.last
            return 1
        if word in "،":
            return int(_goes_on(self.words, n + 1, self.person, self.named, self.known))
        if word in "؛:.!?؟()":
            return 0
        if taken := self._name(n) or self._place(n):
            self.last = self.ends[n + taken - 1]
            return taken
        if word in _heads() or word in _honorifics() or word in _institutions():
            self.titled = True
            self.person = self.person or word not in _institutions()
        elif not (word == "و" and self._joins(n)) and self._stops(n):
            return 0
        self.last = self.ends[n]
        self.country = self.country or _is_country(self.words, n, _places()[0])
        return 1

    def _name(self, n: int) -> int:
        """A known name; a country only once."""
        size, country = _known_at(self.words, n, self.known), _is_country(self.words, n, _places()[0])
        if not size or (self.country and country):
            return 0
        self.named, self.country = self.named or not country, self.country or country
        return size

    def _place(self, n: int) -> int:
        """«در آنکارا» behind a title: the place of the office, with the words that lead to its name."""
        words, places = self.words, _places()[1]
        if words[n] != "در" or not self.titled or not _place_follows(words, n + 1, places):
            return 0
        end = n + 2
        while end < len(words) and words[end] not in words_of("stops"):
            if words[end - 1] not in ("جمهوری", "استان", "شهر") and words[end] not in places:
                break
            end += 1
        self.country = True
        return end - n

    def _joins(self, n: int) -> bool:
        """Tell whether «و» goes on: with the rest of an office («وزیر راه و شهرسازی»), or with another mention."""
        following = self.words[n + 1] if n + 1 < len(self.words) else ""
        if (
            following
            and self.titled
            and not self.country
            and following not in words_of("stops")
            and not finite(following)
        ):
            return True
        opens = following in _heads() | _institutions() | _places()[1] or following == "هیات"
        if opens and n + 2 < len(self.words):
            self.country = False
            return True
        return False

    def _stops(self, n: int) -> bool:
        """Tell whether a word ends the mention: it opens a clause or a content, or comes after all that a mention can have."""
        word = self.words[n]
        if n and self.words[n - 1] in _bound_stops().get(word, ()):  # «امام جمعه»
            return False
        if word in words_of("stops") or word == "و":
            return True
        if n == 0:
            return False
        if (
            self.last
            and word in words_of("content_heads")
            and (self.country or self.named or not _ministry(self.words, n))
        ):
            return True
        if self.titled:
            return self.country and not _name_like(self.words, n)
        if self.strict and n < 4 and _apposed(self.words, n):  # «به گفته مریم هوشمند، پژوهشگر …»
            return False
        return self.strict or n >= 4 or finite(word)


@cache
def _bound_stops() -> dict[str, list[str]]:
    """Words that end a mention, but not behind some others."""
    return {bare(word): [bare(w) for w in before] for word, before in load("cues.fa")["bound_stops"].items()}


def _apposed(words: list[str], n: int) -> bool:
    """Tell whether a name goes on up to a comma behind which its title stands."""
    comma = next((k for k in range(n, min(n + 3, len(words))) if words[k] == "،"), None)
    return comma is not None and comma + 1 < len(words) and words[comma + 1] in _heads()


def _is_country(words: list[str], n: int, countries: frozenset[str]) -> bool:
    return any(" ".join(words[n - k : n + 1]) in countries for k in range(3) if n - k >= 0) or any(
        " ".join(words[n : n + k]) in countries for k in (1, 2, 3)
    )


def _ministry(words: list[str], n: int) -> bool:
    """«وزیر امنیت …», «شورای امنیت ملی»: a content word that belongs to a title."""
    return words[n] in _domains() and (
        words[n - 1] in _heads()
        or words[n - 1] in _institutions()
        or words[n - 1] in ("و", "امور", "عالی", "گروه", "کل")
    )


def _place_follows(words: list[str], n: int, places: frozenset[str]) -> bool:
    return n < len(words) and (
        words[n] in places or words[n] in ("استان", "شهر", "منطقه", "جمهوری", "امور", "قفقاز", "مجلس", "سازمان")
    )


def _name_like(words: list[str], n: int) -> bool:
    """After title and country a name may follow: up to four words that are no content and end before a stop."""
    rest = []
    for word in words[n : n + 5]:
        if word in words_of("stops") or word in "،:؛.«»\"“”'":
            break
        rest.append(word)
    return (
        0 < len(rest) <= 4
        and not any(w in words_of("content_heads") for w in rest)
        and not any(finite(w) for w in rest)
    )


def _goes_on(words: list[str], n: int, person: bool, named: bool, known: frozenset[str]) -> bool:
    """Behind a comma the mention goes on with a title, a known name, or a short name before another comma or the cue."""
    if n >= len(words):
        return False
    if (words[n] in _heads() and words[n] not in ("مقام",)) or words[n] in _honorifics() or _known_at(words, n, known):
        return True
    short = []
    for word in words[n : n + 5]:
        if word in "،:؛.":
            break
        short.append(word)
    return (
        person
        and 0 < len(short) <= 3
        and not any(w in words_of("stops") or w in words_of("content_heads") or finite(w) for w in short)
    )


def apposition(opening: str) -> bool:
    """Tell whether a sentence opens with a name and, behind a comma, its title: «مریم هوشمند، سخنگوی …»."""
    words = TOKEN.findall(opening)
    return _apposed(words, 1) and not finite(words[0])


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


def names_in(text: str, span: Span) -> list[Span]:
    """Return the names in a mention: what is left between its marks, or when title words, offices and countries are gone.

    >>> [s.of("سفیر کشورمان، حمید نیک روش") for s in names_in("سفیر کشورمان، حمید نیک روش", Span(0, 26))]
    ['حمید نیک روش']
    """
    _countries, places = _places()
    words = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, *span)]
    if not words or words[0][0] in _pronouns() or words[0][0] in ("این", "آن", "یک", "یکی", "برخی"):
        return []
    titled = [w in _heads() or w in _institutions() for w, _, _ in words]
    marked = re.search(r"[«\"“]\s*([^«»\"“”]{3,40}?)\s*[»\"”]", text[span.start : span.end])
    if marked and any(titled):
        return [Span(span.start + marked.start(1), span.start + marked.end(1))]
    if not any(titled):
        honorific = 0
        while honorific < len(words) - 1 and words[honorific][0] in _honorifics() - {"سید", "سیده"}:
            honorific += 1
        run = words[honorific:]
        fit = len(run) <= 4 and not any(
            w in words_of("stops") or w in places or w in words_of("content_heads") or w in '«»"“”،' for w, _, _ in run
        )
        return [Span(run[0][1], run[-1][2])] if fit and run else []
    comma = next((n for n, (w, _, _) in enumerate(words) if w == "،"), None)
    if comma is not None:
        for part in (words[:comma], words[comma + 1 :]):
            if (
                part
                and len(part) <= 4
                and not any(
                    w in _heads() or w in _institutions() or w in places or w in words_of("stops") for w, _, _ in part
                )
            ):
                return [Span(part[0][1], part[-1][2])]
        return []
    last = max((n for n, (w, _, _) in enumerate(words) if w in places or w == "کشورمان"), default=None)
    head = next(n for n, t in enumerate(titled) if t)
    if (
        last is not None
        and 0 < len(words) - 1 - last <= 4
        and not any(w in words_of("stops") for w, _, _ in words[last + 1 :])
    ):
        return [Span(words[last + 1][1], words[-1][2])]
    if 0 < head <= 5 and not any(w in places or w in words_of("stops") for w, _, _ in words[:head]):
        start = next((n for n in range(head) if words[n][0] not in _honorifics() - {"سید", "سیده"}), head)
        return [Span(words[start][1], words[head - 1][2])] if start < head else []
    return []


def names_in_marks(text: str) -> list[Span]:
    """Return names of two to four words in marks beside a title («رامین قاسم اف» وزیر …)."""
    out = []
    for m in re.finditer(r"[«\"“]\s*([^\s«»\"“”،.:]+(?: [^\s«»\"“”،.:]+){1,3})\s*[»\"”]\s*،?\s*([^\s،]+)?", text):
        before = text[max(0, m.start() - 12) : m.start()].split()
        words = m[1].split()
        beside = (m[2] or "") in _heads() or (before and before[-1] in _heads())
        if beside and not any(
            w in words_of("stops") or w in _heads() or w in words_of("content_heads") or w in _institutions()
            for w in words
        ):
            out.append(Span(*m.span(1)))
    return out
