"""Offices and states: what a phrase says of somebody's role, body and country."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ..articles.normalization import letters, straight
from ..lexicons import derived, load
from .spelling import is_given, slug

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
LINK = re.compile(r"\s(?:of|to|for|in|at|on|from|with)\s")


@dataclass(frozen=True)
class State:
    """A state: its actor id, its alpha-3 code, and what it is called in either language."""

    actor_id: str
    code: str
    names: dict[str, tuple[str, ...]]
    adjectives: dict[str, tuple[str, ...]]
    capitals: dict[str, tuple[str, ...]]


@derived
def states() -> dict[str, State]:
    """Return the states of the world by their codes: those of actors.yml, the others by CLDR's names and states.yml."""
    from babel import Locale

    out = {}
    for row in load("actors"):
        if row["kind"] == "state":
            named = (
                {k: tuple(row.get(f"{what}_{k}", ())) for k in ("en", "fa")}
                for what in ("names", "adjectives", "capitals")
            )
            out[row["country"]] = State(row["id"], row["country"], *named)
    territories = {k: Locale(k).territories for k in ("en", "fa")}
    for key, row in load("states").items():
        if row["code"] in out:
            continue
        cldr = {k: re.sub(r" \(.*", "", territories[k][key]).replace("&", "and") for k in ("en", "fa")}
        names = {k: tuple(dict.fromkeys([plain(cldr[k], k), *row.get(f"names_{k}", ())])) for k in ("en", "fa")}
        names["fa"] = tuple(n for n in names["fa"] if n not in row.get("words_fa", ()))
        adjectives = {
            "en": tuple(row.get("adjectives", ())),
            "fa": tuple(f"{n}ی" for n in names["fa"] if n[-1] not in "هیا"),
        }
        capitals = {k: tuple(row.get(f"capitals_{k}", ())) for k in ("en", "fa")}
        out[row["code"]] = State(slug(names["en"][0]), row["code"], names, adjectives, capitals)
    return out


def plain(text: str, language: str) -> str:
    """Return the text as names and offices are matched: skeleton for Persian, straight marks for English.

    >>> plain("سیّد عباس", "fa"), plain("Iran’s", "en")
    ('سید عباس', "Iran's")
    """
    return letters(text) if language == "fa" else straight(text)


@dataclass(frozen=True)
class Office:
    """A role ("minister"), the words that say of what body and rank ("foreign", "deputy"), and the country's code or ""."""

    role: str
    of: frozenset[str]
    country: str

    def fits(self, said: Office, language: str) -> bool:
        """Tell whether who holds this office can be meant by one that says less: no word, no rank and no country against it."""
        if said.country and self.country and said.country != self.country:
            return False
        data = _data(language)
        same = said.role == self.role and said.of & data["grades"] == self.of & data["grades"]
        kind = said.role in data["is_a"].get(self.role, ()) or said.role in data["general"]
        return (same or kind) and said.of - data["grades"] <= self.of


def _whole(words) -> re.Pattern:
    """A pattern for any of some words or phrases as wholes, the longest first."""
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in sorted(words, key=len, reverse=True)) or '(?!)'})(?!\w)"
    )


@derived
def _data(language: str) -> dict:
    raw = load("titles")[language]
    clean = lambda word: plain(word, language).lower()  # noqa: E731
    countries = {
        plain(name, language): state.code
        for state in states().values()
        for group in (state.names, state.adjectives, state.capitals)
        for name in group[language]
    }
    countries |= {name.upper(): code for name, code in countries.items() if len(name) > 3}
    phrases = {clean(k): clean(v) for k, v in raw["phrases"].items()}
    synonyms = {clean(k): clean(v) for k, v in raw["synonyms"].items()}
    heads = {clean(w) for w in raw["heads"]}
    ignored = {clean(w) for w in raw["ignored"]}
    titles = heads | {clean(w).strip(".") for w in raw["honorifics"] if w not in raw["kept"]}
    return {
        "titles": titles | {f"{w}s" for w in titles},
        "no_name": titles | ignored | {w.lower() for w in countries},
        "heads": heads,
        "roles": {synonyms.get(h, h) for h in heads},
        "is_a": {clean(k): {clean(w) for w in v} for k, v in raw["is_a"].items()},
        "grades": {clean(w) for w in raw["grades"]},
        "general": {clean(w) for w in raw["general"]},
        "ignored": ignored,
        "synonyms": synonyms,
        "phrases": phrases,
        "phrase": _whole(phrases),
        "alone": raw.get("alone", {}),
        "countries": countries,
        "country": _whole(countries),
    }


@lru_cache(maxsize=10_000)
def read_office(text: str, language: str) -> Office | None:
    """Return the office that a phrase names, or None if it has no role.

    >>> read_office("Azerbaijani parliament speaker", "en").fits(read_office("the Azeri speaker", "en"), "en")
    True
    >>> read_office("deputy foreign minister", "en").fits(read_office("the foreign minister", "en"), "en")
    False
    >>> read_office("ambassador of Norway", "en").fits(read_office("the diplomat", "en"), "en")
    True
    """
    data = _data(language)
    words = plain(text, language)
    named = data["country"].search(words)
    country = data["countries"][named.group()] if named else ""
    words = " ".join(re.sub(r"[()]", " ", data["country"].sub(" ", words)).lower().replace("'s", " ").split())
    words = data["phrase"].sub(lambda m: data["phrases"][m.group()], words)
    bag = [data["synonyms"].get(w, w) for w in WORD.findall(words)]
    if not {*bag} & data["roles"] - data["alone"].keys():
        bag = [data["alone"].get(w, w) for w in bag]
    roles = [w for w in bag if w in data["roles"]]
    if not roles:
        return None
    role = roles[0]
    if (
        language == "en"
    ):  # "the foreign minister of …": the last before a preposition; "deputy" is a rank of what follows
        before = [data["synonyms"].get(w, w) for w in WORD.findall(LINK.split(words.strip())[0])]
        before = [data["alone"].get(w, w) for w in before] if len(roles) == 1 else before
        role = next((w for w in reversed(before) if w in data["roles"]), role)
    else:
        role = next((w for w in roles if w not in data["grades"]), role)
    return Office(role, frozenset(bag) - data["ignored"] - {role, ""}, country)


def country_in(text: str, language: str) -> str:
    """Return the alpha-3 code of the first country that a phrase names in any form, or "".

    >>> country_in("his Azerbaijani counterpart", "en"), country_in("وزیر خارجه گرجستان", "fa"), country_in("to polish", "en")
    ('AZE', 'GEO', '')
    """
    data = _data(language)
    named = data["country"].search(plain(text, language))
    return data["countries"][named.group()] if named else ""


def of_this_country(office: Office, words: str, before: str, language: str) -> Office:
    """Return an office «این کشور» with the country that the text named last before it.

    >>> of_this_country(Office("وزیر", frozenset(["خارجه"]), ""), "وزیر خارجه این کشور", "در گرجستان", "fa").country
    'GEO'
    """
    if office.country or not re.search(r"این کشور|\bth(?:is|at) country", plain(words, language)):
        return office
    named = _data(language)["country"].findall(plain(before[-300:], language))
    return replace(office, country=_data(language)["countries"][named[-1]]) if named else office


def is_country(word: str, language: str) -> bool:
    """Tell whether a word alone is a country's name, adjective or capital."""
    return word in _data(language)["countries"]


def is_title(word: str, language: str) -> bool:
    """Tell whether a word is a role or a word of respect, as stands before a name."""
    data = _data(language)
    return plain(word, language).strip(".").lower() in data["titles"]


def without_title(text: str, language: str) -> str:
    """Return a name without the honorifics, title words and countries before it, "" if it is none but these.

    >>> without_title("Azeri Foreign Minister Kamran Safarov", "en"), without_title("Policy Chief", "en")
    ('Kamran Safarov', '')
    """
    data = _data(language)
    words = plain(text, language).split()
    if words and words[-1].lower() in data["heads"] and not is_given(words[0]):
        return ""
    titled = (
        n for n, w in enumerate(words[:-1]) if w.strip(".").lower() in data["titles"] or w.lower() in data["grades"]
    )
    words = words[max(titled, default=-1) + 1 :]
    while words and words[0].strip(".").lower().removesuffix("'s") in data["no_name"]:
        words = words[1:]
    return " ".join(words)
