"""The names in a Persian text: what is left of a mention when title words, offices and countries are gone."""

from __future__ import annotations

import re

from ...articles.alignment import Span
from ...articles.outlets import outlet_named
from ...people.spelling import family_endings, is_given
from .cues import finite, words_of
from .mentions import TOKEN, heads, honorifics, institutions, places, pronouns, ranks
from .subjects import after_adverbials

Word = tuple[str, int, int]  # with its place
POINTING = frozenset(("این", "آن", "یک", "یکی", "برخی"))
PART_OF_NAME = frozenset(("سید", "سیده"))  # words of respect that the name keeps
MARKS = frozenset("«»\"“”،'")


def names_in(text: str, span: Span) -> list[Span]:
    """Return the names in a mention: what is left between its marks, or when title words, offices and countries are gone.

    >>> [s.of("سفیر کشورمان، حمید نیک روش") for s in names_in("سفیر کشورمان، حمید نیک روش", Span(0, 26))]
    ['حمید نیک روش']
    """
    words = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text, *span)]
    while words and words[0][0] in MARKS and words[-1][0] in MARKS:
        words = words[1:-1]
    if not words or words[0][0] in pronouns() | POINTING:
        return []
    titles, stops = (heads() | institutions()) - ranks(), words_of("stops")
    head = next((n for n, (w, _, _) in enumerate(words) if w in titles), None)
    joint = next((n for n, (w, _, _) in enumerate(words[:head]) if w == "و"), None)
    if joint and joint + 1 < len(words):  # «رضا مرادی و صدیقه بهروزی»
        return [
            name
            for some in (words[:joint], words[joint + 1 :])
            for name in names_in(text, Span(some[0][1], some[-1][2]))
        ]
    if head is None:
        run = words[_respect(words[:-1]) :]
        return _name(run) if _clear(run, stops, places(), words_of("content_heads"), MARKS) else []
    comma = next((n for n, (w, _, _) in enumerate(words) if w == "،"), None)
    if comma is not None:
        parts = (p for p in (words[:comma], words[comma + 1 :]) if _clear(p, titles, places(), stops))
        return next((name for p in parts if (name := _name(p))), [])
    last = max((n for n, (w, _, _) in enumerate(words) if w in places() or w == "کشورمان"), default=None)
    if last is not None and _clear(words[last + 1 :], stops) and (name := _name(words[last + 1 :])):
        return name
    given = next((n for n in range(head + 1, len(words) - 1) if is_given(words[n][0])), None)
    if given and _clear(words[given:], stops, places(), titles) and (name := _name(words[given:])):
        return name
    before = words[:head]
    return (
        _name(before[_respect(before) :])
        if head <= 5 and _clear(before, places(), stops, words_of("content_heads"))
        else []
    )


def _respect(words: list[Word]) -> int:
    """How many words of respect a mention opens with."""
    return next(
        (n for n, (w, _, _) in enumerate(words) if w not in (honorifics() | ranks()) - PART_OF_NAME), len(words)
    )


def _clear(words: list[Word], *classes: frozenset[str]) -> bool:
    return not any(w in some for w, _, _ in words for some in classes)


def _name(words: list[Word]) -> list[Span]:
    """The words as a name, if there are one to four."""
    return [Span(words[0][1], words[-1][2])] if 0 < len(words) <= 4 else []


def names_beside(text: str, families: frozenset[str] = frozenset()) -> list[Span]:
    """Return the names that the narrator puts beside an office: in marks, behind it («وزیر خارجه گرجستان ماکا لومیدزه»), or before
    it and a comma («ماکا لومیدزه، وزیر …»); without marks, only those that begin with a known given name, end as family names do or
    in one of ``families``."""
    out = []
    for m in re.finditer(r"[«\"“]\s*([^\s«»\"“”،.:]+(?: [^\s«»\"“”،.:]+){1,3})\s*[»\"”]\s*،?\s*([^\s،]+)?", text):
        before = text[max(0, m.start() - 12) : m.start()].split()
        beside = (m[2] or "") in heads() or (before and before[-1] in heads())
        if beside and not {*m[1].split()} & (heads() | institutions() | words_of("stops") | words_of("content_heads")):
            out.append(Span(*m.span(1)))
    tokens = [(m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]
    opens = _openings(text)
    for n, (word, start, _) in enumerate(tokens):
        name = _before_office(tokens, n, start in opens, families)
        if name and not outlet_named(word, exact=True):
            out.append(name)
    return out


def _before_office(tokens: list[Word], n: int, opens: bool, families: frozenset[str]) -> Span | None:
    """The name that begins at a word, if one to three words on an office follows; at the head of a sentence, what is no name.

    It begins with a known given name, or, at the head of a sentence and behind «با», ends as family names do («آمانف»).
    """
    word, at, _ = tokens[n]
    given, met = is_given(word), n > 0 and tokens[n - 1][0] == "با"
    if word in words_of("stops") or not (given or (word[0].isalpha() and (opens or met))):
        return None
    for end in range(n + 2, min(n + 5, len(tokens))):
        word, last = tokens[end][0], tokens[end - 1][0]
        following = tokens[end + 1][0] if word == "،" and end + 1 < len(tokens) else word
        titled = following in heads() and (
            given or last in families or re.search(rf"\w{{2}}(?:{family_endings()})$", last)
        )
        if (
            not last[0].isalpha()
            or (finite(last) and not titled)
            or any(last in some for some in (words_of("stops"), words_of("content_heads"), places()))
        ):
            return None
        if titled or (given and opens and (word in ("،", ":") or word in words_of("stops") or finite(word))):
            return Span(at, tokens[end - 1][2])
    return None


def _openings(text: str) -> set[int]:
    """Where sentences begin, with their relay and adverbials and behind them."""
    starts = [(m.start(), m.end()) for m in re.finditer(r"[^\s.؟!][^\n.؟!]*", text)]
    return {place for start, end in starts for place in (start, after_adverbials(text, start, end))}
