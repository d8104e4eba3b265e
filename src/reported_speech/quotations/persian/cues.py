"""Finding Persian cues: verb forms from hazm's conjugation, joined with the lexicon's cue nouns on the letter skeleton."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import cache

from ...articles.alignment import Span
from ...articles.normalization import letters
from ...lexicons import derived, load


def lexicon() -> dict:
    """The Persian cue lexicon."""
    return load("cues.fa")


def bare(words: str) -> str:
    """Return the letter skeleton of a few words.

    >>> bare("تأکید می‌کند")
    'تاکید میکند'
    """
    return letters(words)


@cache
def spaced(words: str) -> str:
    """Return a pattern for words whose blanks and half-spaces may be there or not; * stands for any word.

    >>> bool(re.fullmatch(spaced("خاطر نشان"), "خاطرنشان")), bool(re.fullmatch(spaced("ابراز *"), "ابراز شرم"))
    (True, True)
    """
    return r"\s?".join(r"\w+" if w == "*" else re.escape(w) for w in bare(words).split())


@cache
def forms(past: str, present: str) -> tuple[str, ...]:
    """Return the finite forms that report (past, perfect, present; third person), skeletons, longest first.

    >>> forms("گفت", "گو")[-1], "میگوید" in forms("گفت", "گو")
    ('گفت', True)
    """
    from hazm import Conjugation

    conjugate = Conjugation()
    third = [f for tense in (conjugate.perfective_past, conjugate.imperfective_past) for f in tense(past)[2::3]]
    if present:
        third += conjugate.imperfective_present(present)[2::3]
    if past == "داشت":
        third += ["دارد", "دارند"]
    third += [past + "ه‌اند", past + "ه"]
    if present.endswith(("ا", "و")):
        third += [f"می‌{present}ید", f"می‌{present}یند"]
    return tuple(sorted({bare(f) for f in third}, key=lambda f: (-len(f), f)))


@derived
def _finite_forms() -> frozenset[str]:
    from hazm import Lemmatizer

    verbs = Lemmatizer(words_file=os.devnull, joined_verb_parts=False).verbs  # its half million words are not needed
    single = "\n".join(form for form in verbs if " " not in form)
    table = str.maketrans({"\u200c": "", "ئ": "ی", "أ": "ا"})
    spoken = re.sub(r"^([بن])آ", r"\1یا", re.sub(r"^([بن])ا", r"\1ی", single, flags=re.M), flags=re.M)
    single += "\n" + spoken  # «بیندازد», «بیاورد», for which hazm has «باندازد», «بآورد»
    return frozenset(single.translate(table).split("\n")) | frozenset(
        ["است", "نیست", "هستند", "باشد", "باشند", "دارد", "دارند"]
    )


@derived
def any_of(group: str) -> str:
    """Return a pattern that matches any of a group of the lexicon's patterns."""
    return f"(?:{'|'.join(map(bare, lexicon()['patterns'][group]))})"


@derived
def words_of(group: str) -> frozenset[str]:
    """Return a list of the lexicon as skeletons."""
    return frozenset(map(bare, lexicon()[group]))


def finite(word: str) -> bool:
    """Tell whether a word can be a finite verb, by hazm's list of verb forms.

    >>> finite("میکند"), finite("است"), finite("سفیر")
    (True, True, False)
    """
    word = word.strip('»«"”“،.؟!')
    return (len(word) > 2 or word == "شد") and word in _finite_forms() and word not in words_of("not_verbs")


@dataclass(frozen=True)
class Cue:
    """A finite cue on the skeleton: its span, where its verb ends (auxiliary included), and its entry in the lexicon."""

    span: Span
    end: int
    entry: str
    frames: frozenset[str]
    act: str
    passive: bool = False
    shared: bool = False
    split: Span | None = None
    glued: Span | None = None


@dataclass(frozen=True)
class Participle:
    """«با اشاره به» and its like: span, where its content begins, whether that is a clause."""

    span: Span
    end: int
    entry: str
    act: str
    clause: bool
    until: str = ""


@derived
def _patterns():
    data = lexicon()
    light = {
        form: data["same"].get(past, past) for past, present in data["light"].items() for form in forms(past, present)
    }
    light["به عمل آورد"] = "به عمل آورد"
    light["به عمل آوردند"] = "به عمل آورد"
    simple = {form: entry for entry in data["simple"] for form in forms(entry["cue"], entry["present"])}
    nouns = {bare(e["cue"]): e for e in data["compound"]}
    alt = lambda words: "|".join(spaced(w) for w in sorted(words, key=len, reverse=True))  # noqa: E731
    shares = re.compile(
        rf"\s+و\s+(?:(?:بر|از|به|با|نسبت به)\s[^.،:]*?\s|(?P<object>[^.،:]{{2,80}}?\sرا\s))?(?:{alt(nouns)})\s?(?:{alt(light)})(?!\w)"
    )
    aux = r"(?:\s(?:است|اند|بودند|بود)(?!\w))?"
    trap = "|".join(spaced(t) for t in sorted(data["traps"], key=len, reverse=True))
    whole = re.compile(
        rf"(?<!\w)(?P<trap>{trap})(?!\w)"
        rf"|(?<!\w)(?P<glued>وی)?(?:(?P<compound>(?P<noun>{alt(nouns)})\s?(?P<light>{alt(light)})(?!\w))|(?P<simple>{alt(simple)})(?!\w)){aux}"
        rf"|(?<!\w)(?P<shared>{alt(nouns)})(?=\s+و\s)"
    )
    joined = lambda table: {re.sub(r"\s", "", bare(k)): v for k, v in table.items()}  # noqa: E731
    return whole, shares, joined(nouns), joined(light), joined(simple)


def cues_in(text: str, start: int, end: int) -> list[Cue]:
    """Return the finite cues of a line in order, traps consumed, denied and future ones left out."""
    whole, shares, nouns, light, simple = _patterns()
    out: list[Cue] = []
    for m in whole.finditer(text, start, end):
        if m["trap"] or _unreal(text, start, m.start()):
            continue
        if m["simple"]:
            if not (m["simple"].endswith("ه") and _noun_of_speech(text, start, m.start())):
                out.append(_simple(text, m, simple[re.sub(r"\s", "", m["simple"])]))
        elif m["compound"]:
            entry, past = _entry(nouns, m["noun"]), light[re.sub(r"\s", "", m["light"])]
            if past in entry["light"] and not _bound_noun(text, start, m.start()):
                passive = past in lexicon()["passive"] and not entry.get("active")
                if (
                    passive
                    and m["light"].endswith("شده")
                    and re.match(r"\s(?:در|از|توسط|به|طی)\s", text[m.end() : m.end() + 8])
                ):
                    continue  # «ادعاهای مطرح شده در بیانیه»
                out.append(_cue(entry, Span(*m.span("compound")), m.end(), passive=passive, glued=_glued(m)))
            elif past not in entry["light"] and (verb := simple.get(re.sub(r"\s", "", m["light"]))):  # «در ادامه گفت»
                out.append(_cue(verb, Span(*m.span("light")), m.end()))
        elif (joint := shares.match(text, m.end(), min(end, m.end() + 200))) and (
            not joint["object"]
            or " " in m["shared"]  # «ابراز رضایت و … را محکوم کرد», but «حمایت و همبستگی … را اعلام کرد»
        ):
            out.append(_cue(_entry(nouns, m["shared"]), Span(*m.span("shared")), m.end(), shared=True))
    return sorted(out + _split_cues(text, start, end), key=lambda c: c.span)


def _entry(nouns: dict[str, dict], words: str) -> dict:
    """The entry of a cue noun, or the one whose * stands for it."""
    key = re.sub(r"\s", "", words)
    return nouns.get(key) or next(e for k, e in nouns.items() if re.fullmatch(k.replace("*", r"\w+"), key))


def _cue(entry: dict, span: Span, end: int, **more) -> Cue:
    return Cue(span, end, entry["cue"], frozenset(entry["frames"]), entry["act"], **more)


def _glued(m: re.Match) -> Span | None:
    """«ویگفت»: a pronoun written in one word with the verb."""
    return Span(*m.span("glued")) if m["glued"] else None


def _simple(text: str, m: re.Match, entry: dict) -> Cue:
    """A cue of one verb, with the auxiliary of its passive («گفته شد»)."""
    stop = re.match(r"\s(?:شده|شد|میشود)(?!\w)(?: است)?", text[m.end("simple") : m.end("simple") + 20])
    span = Span(m.start("simple"), m.end("simple") + (stop.end() if stop else 0))
    return _cue(entry, span, max(m.end(), span.end), passive=stop is not None, glued=_glued(m))


def _unreal(text: str, start: int, place: int) -> bool:
    words = text[start:place].split()[-1:]
    return bool(words) and words[0] in words_of("future")


def _noun_of_speech(text: str, start: int, place: int) -> bool:
    """«به گفته X»: the participle is part of a phrase that names its source behind it."""
    words = text[start:place].split()[-1:]
    return bool(words) and words[0] in words_of("before_participles")


def _bound_noun(text: str, start: int, place: int) -> bool:
    words = text[start:place].split()[-1:]
    return bool(words) and words[0] in words_of("before_nouns")


def _split_cues(text: str, start: int, end: int) -> list[Cue]:
    """«خواستار X شد», «به تشریح X پرداخت»: the cue is the part that carries the meaning."""
    out = []
    for entry in lexicon()["split"]:
        verbs = entry.get("verbs") or _light_forms(entry["light"])
        lead = entry["before"] + r"\s" if "before" in entry else ""
        pattern = rf"(?<!\w){lead}(?P<cue>{spaced(entry['cue'])})\s(?P<mid>[^.؟!:]{{2,240}}?)\s(?:{'|'.join(map(re.escape, verbs))})(?!\w)"
        for m in re.finditer(pattern, text[start:end]):
            if _unreal(text, start, start + m.start()):
                continue
            mid = Span(start + m.start("mid"), start + m.end("mid"))
            pointing = m["mid"].strip() in ("آن", "این")  # «خواستار آن شد که …»
            out.append(
                Cue(
                    Span(start + m.start("cue"), start + m.end("cue")),
                    start + m.end(),
                    entry["cue"],
                    frozenset(["ke" if pointing else "split"]),
                    entry["act"],
                    split=None if pointing else mid,
                )
            )
    return out


def _light_forms(pasts: list[str]) -> list[str]:
    """The forms of some light verbs and of those that stand for them."""
    data = lexicon()
    pasts = [past for past in data["light"] if data["same"].get(past, past) in pasts]
    return [form for past in pasts for form in forms(past, data["light"][past])]


def _loosely(cue: str) -> str:
    """A pattern for a noun with its preposition, an adjective between them or none («انتقاد شدید از»)."""
    noun, _, preposition = cue.rpartition(" ")
    adjectives = "|".join(spaced(a) for a in lexicon()["headline_adjectives"])
    return rf"{spaced(noun)}(?:\s(?:{adjectives}))?\s{spaced(preposition)}" if noun else spaced(cue)


@derived
def _participle_pattern():
    part = lexicon()["participles"]
    cues = sorted([*part["cues"], *_participles()], key=lambda c: -len(c["cue"]))
    alt = "|".join(_loosely(c["cue"]) for c in cues)
    clause = "|".join(spaced(c) for c in sorted(part["clause"], key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?P<cue>(?:{'|'.join(part['starts'])})\s(?P<noun>{alt}))(?!\w)\s+(?P<clause>(?:{clause})\s+)?"
    ), cues


def _participles() -> list[dict]:
    """The cue nouns as participles: with their preposition («با انتقاد از X»), their object («با تکذیب X»), a clause («با تصریح اینکه»)."""
    out = []
    for entry in lexicon()["compound"]:
        bound = [f"{entry['cue']} {p}" for p in lexicon()["participles"]["bound"] if p in entry["frames"]]
        out += [{"cue": cue, "act": entry["act"]} for cue in bound]
        if "را" in entry["frames"]:
            out.append({"cue": entry["cue"], "act": entry["act"]})
    return out


def participles_in(text: str, start: int, end: int) -> list[Participle]:
    """Return the participial cues of a line in order."""
    pattern, cues = _participle_pattern()
    out = []
    for m in pattern.finditer(text, start, end):
        entry = next(c for c in cues if re.fullmatch(_loosely(c["cue"]), m["noun"]))
        out.append(
            Participle(
                Span(*m.span("cue")),
                m.end(),
                entry["cue"],
                entry["act"],
                bool(m["clause"]) or entry.get("clause", False),
                entry.get("until", ""),
            )
        )
    return out
