"""Outlets by any of their spellings."""

from __future__ import annotations

import re

from ..lexicons import derived, load
from .normalization import letters

AGENCY = re.compile(r"^(?:خبرگزاری|روزنامه|سایت|پایگاه خبری|وبسایت|شبکه|تلویزیون|the)\s+", re.I)


def outlet_named(words: str, exact: bool = False) -> str:
    """Return the study's name of the outlet that the words name, or "" if the lexicon has none.

    >>> outlet_named("خبرگزاری تسنیم"), outlet_named("the moon")
    ('Tasnim', '')
    """
    words = letters(words).strip()
    if exact:
        return outlet_spellings().get(words, "") or outlet_spellings().get(AGENCY.sub("", words), "")
    found = sorted(spelling().findall(words), key=len)
    return outlet_spellings()[found[-1]] if found else ""


@derived
def outlet_pattern() -> str:
    """Return an expression for any Latin spelling of an outlet, the longest first."""
    latin = sorted((s for s in outlet_spellings() if s.isascii()), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, latin))})\b"


@derived
def outlet_spellings() -> dict[str, str]:
    """Return every spelling of an outlet -> the study's name of it."""
    return {form: o["name"] for o in reversed(load("outlets")) for s in o["spellings"] for form in _forms(s)}


def _forms(spelling: str) -> set[str]:
    """A spelling as it stands, with half-spaces for its blanks, and the skeletons of both."""
    joined = spelling if spelling.isascii() else spelling.replace(" ", "\u200c")
    return {spelling, joined, letters(spelling), letters(joined)}


@derived
def spelling() -> re.Pattern:
    """Return any spelling of an outlet as a whole, the longest first."""
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(s) for s in sorted(outlet_spellings(), key=len, reverse=True))})(?!\w)"
    )
