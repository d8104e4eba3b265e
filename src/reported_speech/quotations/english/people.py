"""The people whom an English article names: runs of capitalized words that a title, a given name, an apposition or a cue tells as a person's."""

from __future__ import annotations

import re

from ...articles.alignment import Span
from ...articles.document import Document
from ...lexicons import derived, load
from ...people.offices import country_in, is_country, is_title, read_office, states, without_title
from ...people.spelling import is_given
from .cues import entry_of
from .lines import Line
from .sources import SUBJECT

PART = r"(?:[dDO]['’][A-Z]\w+|[^\W\d_a-z]\w+(?:-\w+)*(?:['’][^\W\d_a-z]\w+)?|[^\W\d_a-z]\.?)"
LINKS = r"(?:al|el|bin|ibn|bint|van|von|der|den|de|da|del|dos|di|la|le|oglu|oghlu)"
RUN = re.compile(
    rf"(?<![\w@/.'’-])(?:(?:al|el)-)?{PART}(?:[ \u00a0-](?:(?:{LINKS}[ \u00a0-]){{1,2}})?{PART}|(?<=\b[A-Z]\.){PART})*(?![\w@/-])"
)
OFFICE = re.compile(
    r"\b((?:[A-Z][\w’'-]*[ ,]+)+(?:of|to|for) (?:(?:[A-Z][\w’'-]*|of|the|and|for) )*?([A-Z]\w+)(?: region| province| district)?) $"
)
TITLE_CASE = 0.75  # of the words of a headline in capitals


@derived
def _no_names() -> frozenset[str]:
    """Words that stand in no personal name, in lower case: bodies, days, months, and what else the lexicon lists."""
    titles, times = load("titles")["en"], load("cues.en")["days"]
    return frozenset(w.lower() for w in (*titles["not_people"], *times, *(b for b in titles["bodies"] if b.isalpha())))


@derived
def _adjectives() -> frozenset[str]:
    return frozenset(word for state in states().values() for word in state.adjectives["en"])


def people(document: Document, lines: list[Line]) -> list[Span]:
    """Return the spans that name persons."""
    out: list[Span] = []
    for line in lines:
        words = line.words.split()
        headline = len(words) > 3 and sum(w[0].isupper() for w in words) > TITLE_CASE * len(words)
        speaking = _speaking(line)
        for m in RUN.finditer(line.words):
            out += [
                line_span for start, end in _names(m) if (line_span := _named(line, start, end, headline, speaking))
            ]
    return sorted(out)


def _speaking(line: Line) -> set[int]:
    """Where the subjects and agents of cues end, in the line's characters."""
    out = set()
    for token in (t for t in line.tokens if t.text[:1].isupper()):
        agent = token.dep_ == "pobj" and token.head.dep_ == "agent"
        head, subject = token.head.head if agent else token.head, token.dep_ in SUBJECT
        if (subject or agent) and entry_of(line, head):
            out.add(token.idx + len(token))
            out |= {c.idx + len(c) for c in token.children if c.dep_ in ("conj", "appos")}
        elif subject and token.pos_ == "PROPN" and head.pos_ == "VERB" and head.tag_ in ("VBD", "VBZ"):
            out.add(token.idx + len(token))
    return out


def _names(run: re.Match) -> list[tuple[int, int]]:
    """The stretches of a run of capitals between words that stand in no name."""
    out, at, words = [], run.start(), [*re.finditer(r"[^\s\u00a0]+", run.group())]
    for n, m in enumerate(words):
        word, before = m.group(), words[n - 1].group() if n else ""
        last = (
            word in load("cues.en")["days"] and n == len(words) - 1 and (is_title(before, "en") or is_given(before))
        )  # "Minister May"
        country = is_country(word, "en") or (n + 1 < len(words) and is_country(f"{word} {words[n + 1].group()}", "en"))
        named = n and (is_given(word) or (n == len(words) - 1 and is_given(before)))  # "Chuck Jordan"
        if last or not (word.strip(".").lower() in _no_names() or (country and not named)):
            continue
        out += [(at, run.start() + m.start() - 1)] if run.start() + m.start() - 1 > at else []
        at = run.start() + m.end() + 1
    return [*out, (at, run.end())] if at < run.end() else out


def _named(line: Line, start: int, end: int, headline: bool, speaking: set[int]) -> Span | None:
    """The person's name in a stretch of capitals, None if nothing tells that it is one."""
    words = line.words[start:end]
    name = re.sub(r"['’]s?$", "", without_title(words, "en"))
    parts = re.findall(r"[^\s\u00a0]+", name)
    first = next((n for n, p in enumerate(parts) if is_given(p.split("-")[0])), None)
    initial = next((n for n, p in enumerate(parts) if re.fullmatch(r"[^\W\d_]\.", p)), None)
    unheard = _unheard_from(line, start, end, parts) if first is initial is None else None
    if first is None and initial != 1:  # "Domestic Taxes [J. M. Kariuki]", but "Loretta E. Lynch"
        first = unheard if initial is None else initial
    behind_title = first == 1 and not words.startswith(name)  # "Additional Secretary Rukhsana Tariq Abbasi"
    if (
        first
        and not behind_title
        and first < len(parts) - 1
        and len(parts) > 2
        and not all(len(p) < 3 for p in parts[:first])
    ):
        name, parts = " ".join(parts[first:]), parts[first:]  # "South Caucasus Konstantin Belyavin"
    at = words.rfind(name) if parts else -1
    if at < 0 or re.match("[A-Z]-[A-Z]", name) or len(parts) > 5 or read_office(parts[-1], "en"):
        return None
    start, end = start + at, start + at + len(name)
    known = len(parts) > 1 and (is_given(parts[0].split("-")[0]) or re.fullmatch(r"[^\W\d_]\.", parts[0]) is not None)
    titled = not headline and (bool(unheard) or _titled(line.words, start))
    shouted = name.isupper() and not known
    if len(parts) == 1 and not titled and {*line.words[:start].split()[-1:]} & _adjectives():
        return None  # "Russian Railways"
    opens = line.tokens.char_span(start, start + len(parts[0]), alignment_mode="expand")
    proper = len(parts) > 1 or any(t.pos_ == "PROPN" or (titled and t.pos_ != "VERB") for t in opens or ())
    beside = _apposed(line.words[end : end + 90])
    told = len(parts) > 1 and not headline and beside
    speaks = proper and not headline and (end in speaking or end - 1 in speaking)
    if shouted or not proper or not (known or titled or told or speaks):
        return None
    return Span(line.start + start, line.start + end)


def _unheard_from(line: Line, start: int, end: int, parts: list[str]) -> int | None:
    """Where two or more words begin that the parser has never seen, behind words of an office ("Minister of Energy and Transport
    Elshan Rahmanli"); None if that is not so."""
    tokens = [t for t in line.tokens.char_span(start, end, alignment_mode="expand") or () if t.text in parts]
    first = next((n for n in range(len(parts)) if all(t.is_oov for t in tokens[n:])), None)
    if not first or len(tokens) != len(parts) or len(parts) - first < 2:
        return None
    before = re.split(r"[,;:.]", line.words[max(0, start - 80) : line.words.find(parts[first], start)])[-1]
    return first if read_office(before, "en") else None


def _apposed(after: str) -> bool:
    """Tell whether an office, or a country in brackets, follows a name."""
    bracket = re.match(r" \(([A-Z][\w .]+)\)", after)
    m = re.match(r",? (?:the|an?|who (?:is|was)|[a-z]+|[A-Z][\w’']+) ", after) if after.startswith(",") else None
    office = m and re.split(r"[.;:]|, | (?:said|who|that|with|told) ", after[2:])[0]
    return bool((bracket and country_in(bracket[1], "en")) or (office and read_office(office, "en")))


def _titled(words: str, start: int) -> bool:
    """Tell whether a title or an honorific stands before a name."""
    before = words[max(0, start - 40) : start].replace(",", " ").split()[-1:]
    office = OFFICE.search(words[max(0, start - 120) : start])
    return bool(before) and (is_title(before[0], "en") or bool(office and _placed(office)))


def _placed(office: re.Match) -> bool:
    """Tell whether an office ends in a place: "Minister of Industry of Tajikistan", "Chairman of the Sughd region"."""
    ends = is_country(office[2], "en") or not office[1].endswith(office[2])
    return ends and read_office(office[1], "en") is not None
