"""How names are usually written in English letters: the ids that they make, and what a given name tells."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ..articles.normalization import letters
from ..lexicons import FOLDER, derived, load

PERSIAN = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآءئ"
LATIN = "a b p t s j ch h kh d z r z zh s sh s z t z a gh f gh k g l m n v h i a - i".replace("-", "").split(" ")
ROMAN = dict(zip(PERSIAN, LATIN, strict=True))
VOWELS = set("اآویع")


@derived
def _given() -> dict[str, tuple[str, str]]:
    """Given name (in lower case, or in Persian letters without blanks) -> its usual spelling, and f, m or "" for both."""
    out: dict[str, tuple[str, str]] = {}
    for gender in ("m", "f"):
        for english, persian in load("given")[gender].items():
            for key in (english.lower(), squeezed(persian)):
                known = out.get(key, (english, gender))
                out[key] = (known[0], gender if known[1] == gender else "")
    for row in (FOLDER / "given.en.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        name, _, gender = row.partition("\t")
        out.setdefault(name, (name.title(), gender))
    return out


@derived
def _parts() -> tuple[re.Pattern, dict[str, str]]:
    parts = {squeezed(k): v for k, v in load("given")["parts"].items()}
    parts |= {k: v[0].lower() for k, v in _given().items() if not k.isascii() and len(k) > 3 and k not in parts}
    return re.compile("|".join(sorted(map(re.escape, parts), key=len, reverse=True))), parts


def squeezed(name: str) -> str:
    """Return a name without blanks, half-spaces and hyphens: family names of two parts are written with one or without."""
    return re.sub(r"[\s\u200c-]+", "", letters(name))


def gender_of(name: str) -> str:
    """Return f or m where the first part of a name is known to be a woman's or a man's, or a Slavic ending tells, else "".

    >>> gender_of("Simin Azarmehr"), gender_of("سیمین آذرمهر"), gender_of("X. Petrova"), gender_of("Karimi")
    ('f', 'f', 'f', '')
    """
    words = letters(name).split() if not name.isascii() else name.split()
    if len(words) < 2:
        return ""
    first = words[1] if len(words) > 2 and squeezed(words[0]) in ("سید", "سیده") else words[0]
    known = _given().get(first.lower()) or _given().get(squeezed(first))
    if known and known[1]:
        return known[1]
    return "f" if re.search(r"(?:[eo]va|skaya)$|(?:[یو]وا|سکایا)$", words[-1]) else ""


def is_given(word: str) -> bool:
    """Tell whether a word is a known given name."""
    return word.lower() in _given() or squeezed(word) in _given()


@derived
def family_endings() -> str:
    """Return a pattern of what Persian family names end with, joined to the part before or not («آمانف», «قربان اف»)."""
    return "|".join(e for e in load("names")["joined"] if not e.isascii() and e != "ای")


def romanize(name: str) -> str:
    """Return a Persian name in Latin letters, its known parts as they are usually spelled, vowels put in where none is written.

    >>> romanize("سیمین آذرمهر"), romanize("رامین قربان‌اف"), romanize("نینو گبری")
    ('simin azarmehr', 'ramin ghorbanov', 'nino gabri')
    """
    pattern, parts = _parts()
    out = []
    whole = re.sub(rf"\s+(?=(?:{family_endings()})(?:\s|$))", "", letters(name).replace("\u200c", ""))
    for word in whole.split():
        if word.isascii():
            out.append(word)
            continue
        if known := _given().get(squeezed(word)):
            out.append(known[0].lower())
            continue
        made, at = "", 0
        for m in pattern.finditer(word):
            if m.end() < len(word) and m.group() in ("اف", "وف", "یف", "یان", "پور", "فر", "راد"):
                continue  # endings
            made, at = made + _sounded(word[at : m.start()], not at) + parts[m.group()], m.end()
        out.append(made + _sounded(word[at:], not at))
    return " ".join(out)


def _sounded(part: str, opens: bool) -> str:
    """Persian letters in Latin ones, an "a" put in where three consonants, or the first two, would meet."""
    out, run = "", 0  # consonants before this letter
    for n, letter in enumerate(part):
        last = n == len(part) - 1
        if letter in VOWELS or (letter == "ه" and last):
            glides = (opens and not n) or part[n + 1 : n + 2] in ("ا", "آ")
            signs = {"و": "v", "ی": "y"} if glides else {"و": "o", "ی": "i", "ه": "eh"}
            out, run = out + signs.get(letter, "a"), 1 if opens and not n and letter in "وی" else 0
        else:
            run += 1
            out += ("a" if run > 2 or (run == 2 and n == 1) else "") + ROMAN.get(letter, letter)
            run = 1 if out[-2:-1] == "a" and run > 1 else run
    return out


@lru_cache(maxsize=10_000)
def slug(name: str) -> str:
    """Return an actor id made of a name.

    >>> slug("Recep Tayyip Erdoğan"), slug("آیخان حاجی‌زاده")
    ('recep-tayyip-erdogan', 'ayhan-hajizadeh')
    """
    words = name if name.isascii() else romanize(name) if re.search("[\u0600-\u06ff]", name) else name
    plain = unicodedata.normalize("NFKD", words.replace("ə", "a").replace("ı", "i")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
