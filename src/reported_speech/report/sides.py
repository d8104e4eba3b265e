"""The two sides of a study, and whose side a quotation's speaker is on."""

from __future__ import annotations

import pandas as pd

from ..articles.document import Document
from ..lexicons import load
from ..people.bodies import body_words
from ..people.offices import country_in, states
from ..people.registry import registry

OTHERS, JOINT = "others", "joint"  # neither side or nobody known; said in a joint meeting, by whom is not told
LANGUAGE = {"en": "English", "fa": "Persian"}


def sides(chosen: str, quotations: pd.DataFrame, actors: pd.DataFrame) -> tuple[str, ...]:
    """Return the alpha-3 codes of the two sides that a study compares: those chosen, else the countries most quoted."""
    words = quotations.words.groupby(_countries(quotations, actors)).sum().drop("", errors="ignore")
    return codes(chosen) or tuple(sorted(words.index, key=lambda code: (-words[code], code))[:2])


def codes(chosen: str) -> tuple[str, ...]:
    """Return the alpha-3 codes of two states that are chosen ("IRN, AZE"), or nothing.

    Raises ValueError for a code that no state has, or for more or fewer than two.
    """
    two = tuple(code.strip() for code in chosen.split(",") if code.strip())
    if two and (len(set(two)) != 2 or not set(two) <= states().keys()):
        raise ValueError(f"sides: two states by their ISO 3166 alpha-3 codes, as in IRN, AZE; not {chosen!r}")
    return two


def name(code: str, language: str = "en") -> str:
    """Return what a side is called.

    >>> name("AZE"), name("IRN", "fa")
    ('Azerbaijan', 'ایران')
    """
    if code in states():
        return states()[code].names[language][0]
    return {
        OTHERS: {"en": "others or not known", "fa": "دیگران یا نامعلوم"},
        JOINT: {"en": "joint, speaker not named", "fa": "بدون گویندهٔ مشخص، در دیدار مشترک"},
    }[code][language]


def side_of(quotations: pd.DataFrame, actors: pd.DataFrame, two: tuple[str, ...]) -> pd.Series:
    """Return the side of each quotation's speaker: the code of one of the two, OTHERS, or JOINT."""
    country = _countries(quotations, actors)
    joint = quotations.speaker_evidence.str.startswith("passive")
    return country.where(country.isin(two), OTHERS).mask(joint, JOINT)


def _countries(quotations: pd.DataFrame, actors: pd.DataFrame) -> pd.Series:
    """The country of each quotation's speaker, "" where it is not known or those who speak together are of several."""
    known = {(a.actor_id, a.only_in): a.country for a in actors.itertuples()}

    def country(speakers: str, doc_id: str) -> str:
        found = {known.get((i, ""), known.get((i, doc_id), "")) for i in speakers.split("+")}
        return found.pop() if len(found) == 1 else ""

    pairs = zip(quotations.speaker, quotations.doc_id, strict=True)
    return pd.Series([country(*pair) for pair in pairs], index=quotations.index, dtype=object)


def origin(document: Document) -> str:
    """Return the country that a report comes from: that of the last one it is relayed from (an outlet, or a body that names its
    state), else its outlet's; "" if none is known."""
    known = {n: a.country for a in registry().values() if a.kind == "institution" for n in a.names_en}
    known |= {o["name"]: o["country"] for o in load("outlets")}
    language = document.language
    for part in reversed([*document.all("outlet"), *document.all("relay")]):
        words = part.span.of(document.text)
        if country := known.get(part.value) or (body_words(words, language) and country_in(words, language)):
            return country
    return known.get(document.value("outlet"), "")
