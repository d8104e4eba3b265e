"""What in an article may mislead the eye: unseen characters, words of mixed scripts, turned writing."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from .alignment import PIECE
from .document import Document

BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
UNSEEN = re.compile("[\u00ad\u200b\u2060\u180e\ufeff]")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "ARABIC")


def remarks(document: Document) -> list[str]:
    """Return what in a document may mislead a reader's eye, each with its number.

    >>> from reported_speech.articles.document import parse
    >>> remarks(parse("The minis\\u200bter met the B\\u0430ku envoy.", "a.txt"))
    ['unseen characters: 1', 'words of mixed scripts: 1']
    """
    words = LETTERS.findall(document.text)
    found = {
        "characters that turn the direction of writing": len(BIDI.findall(document.text)),
        "unseen characters": len(UNSEEN.findall(document.text.removeprefix("\ufeff"))),
        "words of mixed scripts": sum(not w.isascii() and len({_script(c) for c in w} - {""}) > 1 for w in words),
        "lines so long that they are read in pieces": sum(s.end - s.start > PIECE for s in document.paragraphs()),
    }
    unread = dict(document.given).get("unread date", "")
    return [f"{what}: {n}" for what, n in found.items() if n] + ([f"a date that is none: {unread}"] if unread else [])


@cache
def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((s for s in SCRIPTS if name.startswith(s)), "")
