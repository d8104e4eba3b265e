"""Whether two spellings, in one script or two, name one person, part by part; and by what a shorter form can stand for a full name."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from .sounds import LIMIT, cost, ending, parts, sounds, tables


def spelled_close(one: str, other: str) -> bool:
    """Tell whether two family names of one script are spellings of one: nearly the same sounds, the first one the same.

    >>> spelled_close("Pashinian", "Pashinyan"), spelled_close("Karimi", "Karami")
    (True, False)
    """
    left, right = parts(one), parts(other)
    if len(left) != 1 or len(right) != 1:
        return False
    first, second = sounds(left[0])[:1], sounds(right[0])[:1]
    alike = first and second and first[0].kind == second[0].kind and first[0].values & second[0].values
    one_letter = min(map(len, (one, other))) > 8 and Levenshtein.distance(left[0], right[0]) == 1
    return bool(alike) and (
        cost(left[0], right[0]) <= 0.25 or (one_letter and ending(left[0])[1] == ending(right[0])[1])
    )


def same_person(one: str, other: str) -> str:
    """Return the evidence that two full names are one person's, or "".

    Both must have two parts or more; the last parts must agree, and each further part of the shorter name one of the longer.
    Parts that may be left out (Seyed, Mohammad before another given name) stand in the lexicon.

    >>> same_person("Elmar Məmmədyarov", "المار محمدیاروف")
    'elmar = المار, məmmədyarov = محمدیاروف'
    >>> same_person("Hassan Rouhani", "حسین روحانی"), same_person("Aliyev", "علی‌اف")
    ('', '')
    """
    best = ""
    for left in _readings(one):
        for right in _readings(other):
            if min(len(left), len(right)) > 1 and (pairs := _aligned(left, right)):
                best = best or ", ".join(f"{a} = {b}" for a, b in pairs)
    return best


def stands_for(short: str, full: str) -> str:
    """Return by what a shorter form can stand for a full name ("full name", "family name", "sound of the family name", "first
    name", "inner name"), or "".

    >>> [stands_for(form, "Nadia Ter-Holm") for form in ("N. Ter-Holm", "Holm", "Ter-Holm", "Nadia", "Karim")]
    ['full name', 'family name', 'family name', 'first name', '']
    >>> stands_for("حق شناس", "علی حقشناس"), stands_for("Qolizadeh", "Morteza Gholizadeh"), stands_for("Lu", "Lu Weimin")
    ('family name', 'sound of the family name', 'first name')
    """
    if len(parts(full)) < 2:
        return ""
    if same_person(short, full):
        return "full name"
    left, right = parts(short), parts(full)
    if not left or len(left) > len(right) or left[-1].endswith("."):
        return ""
    if (
        left == right[-len(left) :]
        or "".join(left) == right[-1].replace("-", "")
        or "".join(left).replace("-", "") == right[-1]
    ):
        return "family name"
    if left == right[: len(left)]:
        return "first name"
    if len(left) == 1 and left[0] in right[1:-1]:
        return "inner name"
    return "sound of the family name" if len(left) == 1 and spelled_close(left[0], right[-1]) else ""


# Consonants that no spelling confuses with those of another group; h, kh, f, v, w come and go, or stand for vowels.
GROUPS = {sound: group for group in ("gk", "szščjž", "bp", "dt", "l", "m", "n", "r") for sound in group}


def family_keys(name: str) -> frozenset[str]:
    """Return keys of a name, of which two names that ``same_person`` holds for one share at least one: the groups of the
    consonants of what can be its last part (initials aside).

    >>> sorted(family_keys("Elmar Məmmədyarov") & family_keys("المار محمدیاروف"))
    ['lmr', 'mmdr']
    """
    variants = tables()["variants"]
    out: set[str] = set()
    for reading in _readings(name):
        keys = {""}
        for sound in sounds(variants.get(reading[-1], reading[-1])) if reading else ():
            if sound.kind == "c":
                keys = {key + group for key in keys for group in {GROUPS.get(v, " ")[0].strip() for v in sound.values}}
        out |= keys
    return frozenset(out)


@lru_cache(maxsize=20_000)
def _readings(name: str) -> tuple[list[str], ...]:
    """The name as written, with two neighbouring parts as one, and with the family name first."""
    words = [w for w in parts(name) if w not in ("-",)]
    plain = [w for w in words if w not in tables()["optional"]] if len(words) > 2 else words
    out = [words] if words == plain else [words, plain]
    if len(words) == 2 and not any(w.endswith(".") for w in words):
        out.append(words[::-1])  # family name first
    for whole in out[:]:
        out += [
            [*whole[:n], f"{whole[n]}'{whole[n + 1]}", *whole[n + 2 :]] for n in range(len(whole) - 1) if len(whole) > 2
        ]
        if len(whole) > 3:
            out.append([f"{whole[0]}'{whole[1]}", f"{whole[2]}'{whole[3]}", *whole[4:]])
    return tuple(out)


def _aligned(left: list[str], right: list[str]) -> list[tuple[str, str]]:
    if len(left) != len(right) or left[-1].endswith(".") or right[-1].endswith("."):
        return []  # an initial stands for no family name
    pairs, total = list(zip(left, right, strict=True)), 0.0
    for a, b in reversed(pairs):
        total += (price := _part_cost(a, b))
        if price > LIMIT or total > 1.4 * LIMIT:
            return []
    return pairs


def _part_cost(one: str, other: str) -> float:
    """Of two parts of names; an initial stands for a part that begins with its sound."""
    for short, long in ((one, other), (other, one)):
        if short.endswith("."):
            first, second = sounds(short[0]), sounds(long)
            return 0.2 if first and second and first[0].values & second[0].values else 1.0
    return cost(one, other)
