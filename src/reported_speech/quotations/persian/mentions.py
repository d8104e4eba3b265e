"""Reading a Persian mention word by word, without a parser: a pronoun, a name, a chain of titles, and where it ends."""

from __future__ import annotations

import re

from ...articles.alignment import Span, trimmed
from ...lexicons import derived, load
from ...people.offices import states
from ...people.spelling import family_endings, is_given
from .cues import any_of, bare, finite, words_of

TOKEN = re.compile(r"[^\s،؛:.!?؟()«»\"“”']+|[،؛:.!?؟()«»\"“”']")


@derived
def pronouns() -> frozenset[str]:
    """Pronouns that can be a subject."""
    return frozenset(load("speakers")["pronouns"]["fa"])


@derived
def heads() -> frozenset[str]:
    """Words that open a title of a person («سفیر»)."""
    return frozenset(bare(h) for h in load("titles")["fa"]["heads"])


@derived
def institutions() -> frozenset[str]:
    """Words that open the name of a body («وزارت»)."""
    return frozenset(bare(w) for w in load("titles")["fa"]["institutions"])


@derived
def countries() -> frozenset[str]:
    """The names of the states of the world, as skeletons; so are the words of the other classes here."""
    return frozenset(bare(n) for state in states().values() for n in state.names["fa"])


@derived
def places() -> frozenset[str]:
    """Countries, their capitals and adjectives, and regions."""
    named = (n for state in states().values() for n in (*state.capitals["fa"], *state.adjectives["fa"]))
    return countries() | {bare(n) for n in (*named, *load("titles")["fa"]["regions"])}


@derived
def domains() -> frozenset[str]:
    """Content words that also name an office («شورای امنیت», «وزیر تجارت»)."""
    return frozenset(bare(w) for w in load("titles")["fa"]["domains"])


@derived
def honorifics() -> frozenset[str]:
    """Words of respect before a name."""
    return frozenset(w for h in load("titles")["fa"]["honorifics"] for w in bare(h).split())


@derived
def ranks() -> frozenset[str]:
    """Ranks before a name («سردار»): titles, but no offices."""
    return frozenset(bare(w) for w in load("titles")["fa"]["ranks"])


def mention_at(text: str, start: int, end: int, known: frozenset[str], strict: bool = False) -> Span | None:
    """Return the mention that begins at ``start``: a pronoun, a name, a chain of titles, an institution, a state.

    ``strict`` (behind «به گفته», where a clause may follow at once) ends an unknown name after its first word.
    """
    tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, start, min(end, start + 260))]
    words = [t[0] for t in tokens]
    if not words:
        return None
    marks = words[0] in "«\"“”'"
    first = words[1] if marks and len(words) > 1 else words[0]
    if first in pronouns():
        return Span(tokens[0][1], tokens[0][2])
    joint = re.match(rf"{any_of('joint')}\b", text[start:end])
    if joint:
        return Span(start, start + joint.end())
    one_of = re.match(rf"{any_of('some_of')} از \S+|برخی \S+", text[start:end])
    if one_of:
        return Span(start, start + one_of.end())
    if (
        finite(first) and first not in heads() | institutions() and not _known_at(words, 0, known)
    ):  # «ستوده», a verb's form, too
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
        self.first = 0  # where the last of several people begins («رضا مرادی و صدیقه بهروزی»)

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
            return (
                0
                if self.strict and not self._closed(n)
                else int(_goes_on(self.words, n + 1, self.person, self.named, self.known))
            )
        if word in "؛:.!?؟()":
            return 0
        if n == 1 and self.words[0] in places() and _is_country(self.words[1:], 0):  # «بغداد ترکیه را متهم کرد»
            return 0
        if taken := self._name(n) or self._place(n):
            self.last = self.ends[n + taken - 1]
            return taken
        if word in heads() or word in honorifics() or word in institutions():
            self.titled = True
            self.person = self.person or word not in institutions()
        elif not (word == "و" and self._joins(n)) and self._stops(n):
            return 0
        self.last = self.ends[n]
        self.country = self.country or _is_country(self.words, n)
        return 1

    def _closed(self, n: int) -> bool:
        """Tell whether a name ends at a comma and an apposition at the next one; else the clause begins here («به گفته وی، معاون …»)."""
        return not self.titled and n > 1 and "،" in self.words[n + 1 : n + 12]

    def _name(self, n: int) -> int:
        """A known name; a country only once."""
        size, country = _known_at(self.words, n, self.known), _is_country(self.words, n)
        if not size or (self.country and country):
            return 0
        self.named, self.country = self.named or not country, self.country or country
        return size

    def _place(self, n: int) -> int:
        """«در آنکارا» behind a title: the place of the office, with the words that lead to its name."""
        words = self.words
        if words[n] != "در" or not self.titled or not _place_follows(words, n + 1):
            return 0
        end = n + 2
        while end < len(words) and words[end] not in words_of("stops"):
            if words[end - 1] not in ("جمهوری", "استان", "شهر") and words[end] not in places():
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
        if following and not self.titled and (is_given(following) or _known_at(self.words, n + 1, self.known)):
            self.named, self.first = False, n + 1
            return True
        opens = (
            following in heads() | institutions() | places() or following == "هیات" or _is_country(self.words, n + 1)
        )
        if opens and (n + 2 < len(self.words) or (self.country and following in countries())):
            self.country = False
            return True
        return False

    def _stops(self, n: int) -> bool:
        """Tell whether a word ends the mention: it opens a clause or a content, or comes after all that a mention can have."""
        word = self.words[n]
        if n and self.words[n - 1] in _bound_stops().get(word, ()):  # «امام جمعه»
            return False
        if (word in words_of("stops") and not (word in pronouns() and "همتای" in self.words[:n])) or word == "و":
            return True
        pointed = n == 1 and self.words[0] in ("این", "آن")  # «این فعال»
        if n == 0 or pointed or (word in pronouns() and "همتای" in self.words[:n]):  # «همتای آذربایجانی او»
            return False
        if self.named and not self.titled:
            return True
        respect = {"آقای", "خانم"}  # what a family name alone follows
        if (
            n > 1
            and self.words[n - 2] in respect
            and self.words[n - 1].isalpha()
            and not {self.words[n - 1], word} & respect
            and not is_given(self.words[n - 1])
        ):
            return not re.fullmatch(family_endings(), word)  # «آقای مهدوی‌فر [اتهام‌ها را …]»
        if (
            self.last
            and word in words_of("content_heads")
            and (self.country or (self.named and not self.titled) or not _ministry(self.words, n))
        ):
            return True
        if self.titled:
            return self.country and not _name_like(self.words, n)
        if self.strict and n < 4 and _apposed(self.words, n):  # «به گفته مریم هوشمند، پژوهشگر …»
            return False
        return self.strict or n - self.first >= 4 or finite(word)


@derived
def _bound_stops() -> dict[str, list[str]]:
    """Words that end a mention, but not behind some others."""
    return {bare(word): [bare(w) for w in before] for word, before in load("cues.fa")["bound_stops"].items()}


def _apposed(words: list[str], n: int) -> bool:
    """Tell whether a name goes on up to a comma behind which its title stands."""
    comma = next((k for k in range(n, min(n + 3, len(words))) if words[k] == "،"), None)
    return comma is not None and comma + 1 < len(words) and words[comma + 1] in heads()


def _is_country(words: list[str], n: int) -> bool:
    """Tell whether a word ends or begins the name of a country."""
    runs = [*(words[n - k : n + 1] for k in range(3) if n - k >= 0), *(words[n : n + k] for k in (1, 2, 3))]
    return any(" ".join(run) in countries() for run in runs)


def _ministry(words: list[str], n: int) -> bool:
    """«وزیر امنیت …», «شورای امنیت ملی»: a content word that belongs to a title."""
    return words[n] in domains() and (words[n - 1] in heads() | institutions() | {"و", "امور", "عالی", "گروه", "کل"})


def _place_follows(words: list[str], n: int) -> bool:
    return n < len(words) and (
        words[n] in places() or words[n] in ("استان", "شهر", "منطقه", "جمهوری", "امور", "قفقاز", "مجلس", "سازمان")
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
    if (words[n] in heads() and words[n] not in ("مقام",)) or words[n] in honorifics() or _known_at(words, n, known):
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
