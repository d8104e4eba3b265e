"""Titles as bags of words: "the Azeri speaker" fits whoever is Azerbaijani and a speaker of something."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..articles.normalization import letters, straight
from ..lexicons import derived, load

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True)
class Title:
    """What a title says: the country (alpha-3 or ""), its words (heads included), and whether all of them are general."""

    country: str
    words: frozenset[str]
    general: bool

    def fits(self, other: Title) -> bool:
        """Tell whether a shorter title can stand for this fuller one: no word and no country against it."""
        if other.country and self.country and other.country != self.country:
            return False
        return bool(other.words) and other.words <= self.words


def plain(text: str, language: str) -> str:
    """Return the text as names and titles are matched: skeleton for Persian, straight marks for English.

    >>> plain("سیّد عباس", "fa"), plain("Iran’s", "en")
    ('سید عباس', "Iran's")
    """
    if language == "fa":
        return letters(text)
    return straight(text)


def _whole(words: list[str]) -> re.Pattern:
    """A pattern for any of some words or phrases as wholes, the longest first."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in sorted(words, key=len, reverse=True))})(?!\w)")


@derived
def _data(language: str) -> dict:
    raw = load("titles")[language]
    clean = lambda word: plain(word, language).lower()  # noqa: E731
    states = [a for a in load("actors") if a["kind"] == "state"]
    keys = [f"{k}_{language}" for k in ("names", "adjectives", "capitals")]
    countries = {clean(n): a["country"] for a in states for k in keys for n in a.get(k, [])}
    return {
        "heads": {clean(w) for w in raw["heads"]},
        "general": {clean(w) for w in raw["general"]},
        "ignored": {clean(w) for w in raw["ignored"]},
        "synonyms": {clean(k): clean(v) for k, v in raw["synonyms"].items()},
        "phrases": (phrases := {clean(k): clean(v) for k, v in raw["phrases"].items()}),
        "phrase": _whole(list(phrases)),
        "alone": raw.get("alone", {}),
        "countries": countries,
        "country": _whole(list(countries)),
        "honorifics": {clean(w) for w in raw["honorifics"]},
        "bodies": {clean(w) for w in raw["bodies"]} if language == "en" else set(),
    }


@lru_cache(maxsize=10_000)
def read_title(text: str, language: str) -> Title | None:
    """Return the title that a phrase holds, or None if it has no head noun of one.

    >>> read_title("the Azeri speaker", "en") == read_title("Azerbaijani parliament speaker", "en")
    False
    >>> read_title("Azerbaijani parliament speaker", "en").fits(read_title("the Azeri speaker", "en"))
    True
    """
    data = _data(language)
    words = plain(text, language).lower().replace("'s", " ")
    words = data["phrase"].sub(lambda m: data["phrases"][m.group()], words)
    named = data["country"].search(words)
    country = data["countries"][named.group()] if named else ""
    words = data["country"].sub(" ", words)
    bag = {data["synonyms"].get(w, w) for w in WORD.findall(words)} - data["ignored"] - {""}
    bag = {data["alone"].get(w, w) if not bag & data["heads"] - {w} else w for w in bag}
    heads = bag & (data["heads"] | {data["synonyms"].get(h, h) for h in data["heads"]} | data["general"])
    if not heads and not (country and set(WORD.findall(plain(text, language).lower())) & {"official", "مقام"}):
        return None
    return Title(country, frozenset(bag), bag <= data["general"])


def country_in(text: str, language: str) -> str:
    """Return the alpha-3 code of the first country that a phrase names in any form, or "".

    >>> country_in("his Azerbaijani counterpart", "en")
    'AZE'
    """
    data = _data(language)
    named = data["country"].search(plain(text, language).lower())
    return data["countries"][named.group()] if named else ""


def without_title(text: str, language: str) -> str:
    """Return a name without the honorifics, title words and countries before it.

    >>> without_title("Azeri Foreign Minister Kamran Safarov", "en")
    'Kamran Safarov'
    >>> without_title("the Lankaran Customs Administration Kamran Safarov", "en")
    'Kamran Safarov'
    """
    data = _data(language)
    words = plain(text, language).split()
    drop = (
        data["honorifics"]
        | data["heads"]
        | data["ignored"]
        | data["countries"].keys()
        | {"foreign", "prime", "parliament", "defense", "islamic"}
    )
    while words and words[0].strip(".").lower().removesuffix("'s") in drop:
        words = words[1:]
    if len(words) > 2 and words[-3].lower() in data["bodies"] and words[-1].lower() not in data["bodies"]:
        words = words[-2:]
    return " ".join(words)
