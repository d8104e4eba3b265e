"""How a part of a name sounds, in one script or two, and what it costs to take one for another.

A part becomes a list of sounds. Consonants that transliterations confuse share a sound (ق غ گ g gh q; و v w); short vowels,
which Persian leaves out, cost nothing where one side has none; endings (-ov, -اف, -zadeh, -oğlu) are read as one sign, so that
"Qurbanov", "Ghorbanov" and «قربان‌اف» meet, and a name in -ov and the same in -ova do not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ..articles.normalization import SKELETON
from ..lexicons import derived, load

PERSIAN = re.compile(r"[\u0600-\u06ff]")
JOINT = re.compile(r"(?:سید|محمد)(?=\w{3,}$)(?!زاده|پور|ا?وف|ا?یف|یا)")  # written as one word with the name behind it
LETTERS = str.maketrans(
    {
        "ø": "ö",
        "Ø": "Ö",
        "æ": "ä",
        "Æ": "Ä",
        "œ": "ö",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ß": "ss",
        "þ": "th",
        "Þ": "Th",
    }
)
GLIDES = ("ay", "ey", "yy", "ow")  # diphthongs, unless a vowel follows
LIMIT = 0.45  # what the sounds of one part of a name may cost together


@dataclass(frozen=True)
class Sound:
    """A consonant ("c") or a vowel ("v"): what it may be, and what its absence costs."""

    kind: str
    values: frozenset[str]
    absent: float


@derived
def tables() -> dict:
    raw = load("names")
    near = {frozenset(pair[:2]): float(pair[2]) for pair in raw["near"]}
    multi = sorted(raw["latin"], key=len, reverse=True)
    return {
        "latin": raw["latin"],
        "pattern": re.compile("|".join(re.escape(m) + ("(?![aeiouəäöüı])" if m in GLIDES else "") for m in multi)),
        "persian": raw["persian"],
        "near": near,
        "endings": {
            lang: [(re.compile(p), sign) for p, sign in raw["endings"][lang].items()] for lang in ("latin", "persian")
        },
        "optional": frozenset(raw["optional"]),
        "joined": frozenset(raw["joined"]),
        "variants": {v: group[0] for group in raw["variants"] for v in group},
    }


@lru_cache(maxsize=10_000)
def parts(name: str) -> tuple[str, ...]:
    """Return the parts of a name in lower case without signs, endings joined to what they end.

    >>> parts("Mevlüt Çavuşoğlu"), parts("حکمت حاجی‌ اف")
    (('mevlut', 'çavuşoğlu'), ('حکمت', 'حاجی-اف'))
    """
    name = name.translate(LETTERS)
    folded = (
        "".join(SKELETON.get(c, c) for c in name).replace("İ", "i").replace("I", "ı" if "ı" in name else "i").lower()
    )
    folded = "".join(
        c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c) or c in "\u0327\u0306"
    )
    folded = unicodedata.normalize("NFC", folded)
    words = re.findall(r"[^\W\d_]+(?:['’ʿ`][^\W\d_]+)*\.?", re.sub(r"\u200c\s*", "- ", folded).replace("-", " - "))
    out: list[str] = []
    for word in words:
        word = re.sub(r"['’ʿ`]", "'", word)
        if joint := JOINT.match(word):
            out.append(joint.group())
            word = word[joint.end() :]
        if out and word in tables()["joined"]:
            out[-1] += "-" + word
        else:
            out.append(word)
    return tuple(out)


@lru_cache(maxsize=10_000)
def sounds(part: str) -> tuple[Sound, ...]:
    """Return the sounds of one part of a name.

    >>> "".join(min(s.values) for s in sounds("ghasemi")), "".join(min(s.values) for s in sounds("قاسمی"))
    ('gasemi', 'gasmI')
    """
    return tuple(_persian(part) if PERSIAN.search(part) else _latin(part))


@lru_cache(maxsize=10_000)
def ending(part: str) -> tuple[str, str]:
    """Return the stem of a part and the sign of its ending, or the part itself and "".

    >>> ending("ghasemov"), ending("قاسم-اف"), ending("zarif")
    (('ghasem', 'OV'), ('قاسم', 'OV'), ('zarif', ''))
    """
    for pattern, sign in tables()["endings"]["persian" if PERSIAN.search(part) else "latin"]:
        if (m := pattern.search(part)) and m.start() > 1:
            return part[: m.start()], sign
    return part, ""


def _latin(part: str) -> list[Sound]:
    known, out = tables(), []
    for m in known["pattern"].finditer(part.replace("-", "")):
        for value in known["latin"][m.group()].split("+"):
            values = frozenset(value.split("/"))
            if values <= VOWELS:
                long = value in ("ei", "I", "U")
                out.append(Sound("v", values, 0.5 if long else 0.12 if values & {"i", "u"} else 0.0))
            elif not out or out[-1].values != values:  # a double consonant is one
                out.append(Sound("c", values, 1.0))
    return out


VOWELS = frozenset(["a", "e", "o", "i", "u", "ei", "I", "U"])


def _persian(part: str) -> list[Sound]:
    known, out = tables(), []
    part = re.sub(r"^ا(?=[یو][^ایو])", "", part)  # «ایلهام», «اوکتای»: alef carries the vowel
    part = (
        re.sub(r"-ا(?=[یو])", "-", part)
        .replace("عبدال", "عبدل")
        .replace("ابوال", "ابول")
        .replace("لله", "له")
        .replace("ذوال", "ذل")
    )
    part = re.sub(r"ه-ا?ی$", "ی", part.replace("خوا", "خا"))
    part = re.sub("ی+", "ی", part)
    letters = part.replace("-", "")
    for n, letter in enumerate(letters):
        value = known["persian"].get(letter)
        if value is None:
            continue
        values = frozenset(value.split("/"))
        last = n == len(letters) - 1
        glide = re.match("ع?ی", letters[n + 1 :])
        if letter in "اآ":
            out.append(
                Sound("v", frozenset(["a"]) if n or letter == "آ" else VOWELS, 0.1 if glide else 0.5 if n else 0.2)
            )
        elif letter == "ع":
            out.append(Sound("v", VOWELS, 0.0))
        elif letter == "ی":
            out.append(Sound("v", values | {"a"} if last else values, 0.55))
        elif letter == "و":
            out.append(Sound("v", values, 0.55))
        elif letter == "ه" and last:
            out.append(Sound("v", frozenset(["e", "a", "h"]), 0.1))
        else:
            out.append(Sound("c", values, 1.0))
    return out


def _differ(one: Sound, other: Sound) -> float:
    if one.values & other.values:
        return 0.0
    near = tables()["near"]
    return min((near.get(frozenset((a, b)), 1.2) for a in one.values for b in other.values), default=1.2)


@lru_cache(maxsize=20_000)
def cost(one: str, other: str) -> float:
    """Return what it costs to take one part of a name for another: 0.0 for the same sounds, over LIMIT for other names.

    >>> cost("ghassem", "قاسم") < LIMIT < cost("hassan", "حسین")
    True
    """
    variants = tables()["variants"]
    if variants.get(one, one) == variants.get(other, other):
        return 0.0
    (stem, sign), (stem2, sign2) = ending(one), ending(other)
    if sign and sign2:
        return cost(stem, stem2) if sign == sign2 else 9.0
    left, right = sounds(one), sounds(other)
    mixed = bool(PERSIAN.search(one)) != bool(PERSIAN.search(other))
    row = [0.0]
    for s in right:
        row.append(row[-1] + _absent(s, mixed))
    for s in left:
        line = [row[0] + _absent(s, mixed)]
        for n, t in enumerate(right, 1):
            line.append(min(row[n - 1] + _differ(s, t), row[n] + _absent(s, mixed), line[n - 1] + _absent(t, mixed)))
        row = line
    return row[-1]


def _absent(sound: Sound, mixed: bool) -> float:
    """Within one script a vowel is not left out for nothing."""
    return sound.absent if mixed or sound.kind != "v" else max(sound.absent, 0.25)
