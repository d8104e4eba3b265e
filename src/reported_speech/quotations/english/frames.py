"""What the counts on an annotated corpus say of a token: how often its lemma is a cue, and which route holds the content."""

from __future__ import annotations

import csv
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from ...lexicons import FOLDER, load
from .lines import Line, Route, position
from .routes import complement

PRONOUNS = ("it", "who", "which", "that", "you", "i", "we", "this", "there", "what")


_table = [FOLDER / "frames.en.tsv"]


@contextmanager
def using(path: Path):
    """Read other counts for the time of a block; rows of features that they lack come from the usual table."""
    usual = {key: row for key, row in counts().items() if key[0] == "*"}
    _table.append(path)
    forget_counts()
    counts().update({key: row for key, row in usual.items() if key not in counts()})
    try:
        yield
    finally:
        _table.pop()
        forget_counts()


@cache
def counts() -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """Return (lemma, part of speech, route) -> (seen, cue, content), counted on PolNeAR; the route "" is the lemma itself."""
    if not _table[-1].exists():
        return {}
    with _table[-1].open(encoding="utf-8") as rows:
        return {
            (r["lemma"], r["pos"], r["route"]): (int(r["seen"]), int(r["cue"]), int(r["content"]))
            for r in csv.DictReader(rows, delimiter="\t")
        }


@cache
def _backoff() -> dict[tuple[str, str], float]:
    """(part of speech, route) -> how often the route holds the content of a cue, over all lemmas."""
    total: dict[tuple[str, str], list[int]] = {}
    for (_, pos, route), (_, cue, content) in counts().items():
        row = total.setdefault((pos, route), [0, 0])
        row[0] += cue
        row[1] += content
    return {key: (content + 0.5) / (cue + 1) for key, (cue, content) in total.items()}


def forget_counts() -> None:
    """Read the table anew at the next look-up."""
    counts.cache_clear()
    _backoff.cache_clear()
    _trust.cache_clear()
    trust.cache_clear()


def share(lemma: str, pos: str, route: str, weight: float = 2.0) -> float:
    """Return how often a lemma's route holds the content of a relation, smoothed by the lemma's and the route's own rates.

    0.0 for a lemma that the counts do not know.
    """
    seen, cue, _ = counts().get((lemma, pos, ""), (0, 0, 0))
    if not seen:
        return 0.0
    prior = cue / seen * _backoff().get((pos, route), 0.3)
    with_route, _, content = counts().get((lemma, pos, route), (0, 0, 0))
    return (content + weight * prior) / (with_route + weight)


def keys(token) -> list[tuple[str, str]]:
    """Return what a token is counted under: its lemma, and with the complement that makes one cue with it ("be sure")."""
    lemma, pos = token.lemma_.lower(), position(token)
    noun = complement(token) if pos == "VERB" else None
    return [(lemma, pos)] + ([(f"{lemma} {noun.lemma_.lower()}", pos)] if noun is not None else [])


def expected(token, route: str) -> float:
    """Return share() of the token's lemma, moved by what the counts say of the lemma with its complement."""
    (lemma, pos), *more = keys(token)
    p = share(lemma, pos, route)
    for joint, _ in more:
        with_route, _, content = counts().get((joint, pos, route), (0, 0, 0))
        p = (content + 3 * p) / (with_route + 3)
    return p


@cache
def _trust() -> dict[tuple[str, str], tuple[int, int]]:
    """(rule, entry) -> (found, right) on the annotated corpus; the entry "*" is the sum over a rule."""
    path = FOLDER / "trust.en.tsv"
    out: dict[tuple[str, str], tuple[int, int]] = {}
    if path.exists():
        with path.open(encoding="utf-8") as rows:
            for r in csv.DictReader(rows, delimiter="\t"):
                for key in ((r["rule"], r["entry"]), (r["rule"], "*"), ("*", "*")):
                    found, right = out.get(key, (0, 0))
                    out[key] = (found + int(r["found"]), right + int(r["right"]))
    return out


@cache
def trust(rule: str, entry: str, weight: float = 5.0) -> float:
    """Return how often relations by a rule and entry were right on the annotated corpus, smoothed by the rule's own rate.

    >>> 0.9 < trust("en:marks", "say") < 1
    True
    """
    p = 0.5
    for key in (("*", "*"), (rule, "*"), (rule, entry)):
        found, right = _trust().get(key, (0, 0))
        p = (right + weight * p) / (found + weight)
    return p


def _form(token, auxiliaries: list) -> str:
    """The form of a verb: "to", "ing", "en" (passive or participle) or "finite"."""
    if any(c.lower_ == "to" for c in auxiliaries):
        return "to"
    if token.tag_ == "VBG":
        return "ing"
    return "en" if token.tag_ == "VBN" and all(c.lemma_ != "have" for c in auxiliaries) else "finite"


def _who(subject) -> str:
    """The kind of subject: a pronoun, a type of entity, a thing, a name, none."""
    if subject is None:
        return "none"
    if subject.pos_ == "PRON":
        return subject.lower_ if subject.lower_ in PRONOUNS else "pronoun"
    if subject.ent_type_ in ("PERSON", "ORG", "GPE", "NORP"):
        return subject.ent_type_
    return "thing" if subject.pos_ == "NOUN" else "name"


def features(token, found: list[Route]) -> tuple[str, ...]:
    """Return what speaks for or against a cue whatever its lemma: the verb's form and place, its subject (a noun also by
    its lemma), negation, routes."""
    kids, pos = list(token.children), position(token)
    auxiliaries = [c for c in kids if c.dep_ == "aux"]
    subject = next((c for c in kids if c.dep_ in ("nsubj", "nsubjpass")), None)
    denied = any(c.dep_ == "neg" for c in kids)
    modal = any(c.lower_ in load("cues.en")["modal"] for c in auxiliaries)
    under = any(share(a.lemma_.lower(), position(a), "") > 0.5 for a in token.ancestors)
    by_lemma = (f"subject:{subject.lemma_.lower()}",) if subject is not None and subject.pos_ == "NOUN" else ()
    return (
        f"{pos}:{_form(token, auxiliaries)}:{token.dep_}:{'under a cue' if under else 'free'}",
        f"{pos}:{_who(subject)}",
        f"{pos}:denied" if denied else f"{pos}:modal" if modal else f"{pos}:plain",
        "routes:" + ",".join(sorted({r.name for r in found})),
        *by_lemma,
    )


def length_of(line: Line, route: Route) -> str:
    """Return the feature of a route's length, in powers of two up to 32 words."""
    return f"{route.name}:{min(5, len(route.span.of(line.text).split()).bit_length())} bits of words"


def likely(line: Line, token, found: list[Route]) -> list[float]:
    """Return for each route of a token how likely it holds the content of a relation.

    The counts of lemma and route are moved by the token's features: each by how often routes with it hold content over how
    often their lemmas alone let one expect it.
    """
    common = 1.0
    for feature in features(token, found):
        common *= _ratio(feature)
    out = []
    for route in found:
        p = min(expected(token, route.name), 0.99)
        odds = common * _ratio(length_of(line, route)) * p / (1 - p)
        out.append(odds / (1 + odds))
    return out


def _ratio(feature: str) -> float:
    """The odds of content under a feature over the odds that the lemmas alone give; 1 where it was seldom seen."""
    seen, foreseen, held = counts().get(("*", "", feature), (0, 0, 0))
    expect, got = (foreseen + 2) / (seen + 4), (held + 2) / (seen + 4)
    return (got / (1 - got)) / (expect / (1 - expect))
