"""Which tokens report: the cue lexicon, the counts behind it, and what makes a cue report nothing."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from ..lexicon import FOLDER, load
from .english_routes import Line, marked_routes
from .english_sources import SUBJECT

OURS, POLNEAR = "guidelines", "polnear"
SURE = 0.9  # of an entry made by hand


@dataclass(frozen=True)
class Entry:
    """What the lexicon says of a lemma: the frames its content stands in, the act, where an addressee stands."""

    lemma: str
    frames: frozenset[str]
    act: str
    tells: bool = False
    participle: bool = False

    def allows(self, route: str) -> bool:
        """Tell whether a route is one of the frames."""
        if route == "support":
            return self.lemma in load("cues.en")["support"]["verbs"]
        if route == "subject":
            return "object" in self.frames
        return route in self.frames or ("thanks" in self.frames and route in ("for", "on", "over"))


@cache
def entries() -> dict[tuple[str, str], Entry]:
    """Return the hand-made entries by (lemma, VERB or NOUN)."""
    data = load("cues.en")
    return {
        (lemma, pos): Entry(lemma, frozenset(e["frames"]), e["act"], "addressee" in e, e.get("participle", False))
        for pos, group in (("VERB", "verbs"), ("NOUN", "nouns"))
        for lemma, e in data[group].items()
    }


@cache
def counts() -> dict[tuple[str, str, str], tuple[int, int, int]]:
    """Return (lemma, part of speech, route) -> (seen, cue, content), counted on PolNeAR; the route "" is the lemma itself."""
    path = FOLDER / "frames.en.tsv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as rows:
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


def features(token) -> tuple[str, ...]:
    """Return what speaks for or against a cue whatever its lemma: the verb's form, its subject, negation."""
    kids = list(token.children)
    words = {c.lower_ for c in kids if c.dep_ == "aux"}
    tag = token.tag_
    form = (
        "to"
        if "to" in words
        else "ing"
        if tag == "VBG"
        else "en"
        if tag == "VBN" and "have" not in {c.lemma_ for c in kids if c.dep_ == "aux"}
        else "finite"
    )
    subject = next((c for c in kids if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None:
        who = "none"
    elif subject.pos_ == "PRON":
        who = (
            subject.lower_
            if subject.lower_ in ("it", "who", "which", "that", "you", "i", "we", "this", "there", "what")
            else "pronoun"
        )
    else:
        who = (
            subject.ent_type_
            if subject.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
            else "thing"
            if subject.pos_ == "NOUN"
            else "name"
        )
    denied = any(c.dep_ == "neg" for c in kids)
    modal = bool(words & set(load("cues.en")["modal"]))
    pos = position(token)
    return (
        f"{pos}:{form}:{token.dep_}",
        f"{pos}:{who}",
        f"{pos}:denied" if denied else f"{pos}:modal" if modal else f"{pos}:plain",
    )


def likely(token, route: str) -> float:
    """Return share() moved by the token's features: each by how often it holds content over how often the lemma alone says."""
    p = share(token.lemma_.lower(), position(token), route)
    odds = p / (1 - p) if p < 1 else 99.0
    for feature in features(token):
        seen, expected, held = counts().get(("*", "", feature), (0, 0, 0))
        expect, got = (expected + 2) / (seen + 4), (held + 2) / (seen + 4)
        odds *= (got / (1 - got)) / (expect / (1 - expect))
    return odds / (1 + odds)


def position(token) -> str:
    """The part of speech under which a token is looked up."""
    return "VERB" if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB") else token.pos_


def entry_of(line: Line, token) -> Entry | None:
    """Return the entry of a token that can be a cue, or None; beside a mark a misspelt verb is read as the nearest cue."""
    lemma, pos = token.lemma_.lower(), position(token)
    if entry := entries().get((lemma, pos)):
        return entry
    if pos == "VERB" and token.is_oov and marked_routes(line, token):
        near = process.extractOne(token.lower_, list(_forms()), scorer=DamerauLevenshtein.distance, score_cutoff=2)
        return entries()[_forms()[near[0]], "VERB"] if near else None
    return None


@cache
def _forms() -> dict[str, str]:
    """Past and participle forms of the cues that take marks, to recognize a misspelt one."""
    out = {}
    for (lemma, pos), entry in entries().items():
        if pos == "VERB" and "marks" in entry.frames:
            stem = lemma.removesuffix("e")
            out |= {stem + "ed": lemma, stem + "ing": lemma, lemma + "s": lemma}
    return out


def reports(token) -> bool:
    """Tell whether a verb reports at all: not denied, declined, future or hypothetical, no infinitive of purpose."""
    lexicon = load("cues.en")
    kids = {c.lower_: c.dep_ for c in token.children}
    if any(dep == "neg" or (word in lexicon["negated"] and dep == "advmod") for word, dep in kids.items()):
        return False
    if any(dep == "aux" and word in lexicon["modal"] for word, dep in kids.items()):
        return False
    if any(dep == "mark" and word in ("if", "unless", "whether") for word, dep in kids.items()):
        return False
    head = token.head
    if kids.get("to") == "aux":
        return token.dep_ == "xcomp" and head.lemma_ in ("go", "proceed", "continue") and reports(head)
    if token.tag_ == "VB":
        return token.dep_ == "conj" and head.tag_ == "VB" and head.lemma_ in lexicon["verbs"] and reports(head)
    if token.dep_ == "xcomp" and head.lemma_ in lexicon["declining"]:
        return False
    shared = token.dep_ == "conj" and head.tag_ == token.tag_ == "VBN"
    if shared and any(c.lower_ in lexicon["modal"] for c in head.children):
        return False
    return token.dep_ not in ("csubj", "amod", "compound")


def is_participle(token) -> bool:
    """Tell whether a cue is a participle beside another clause ("…, stressing X"; "Referring to X, …")."""
    return token.tag_ == "VBG" and not any(c.dep_ in ("aux", *SUBJECT) for c in token.children)


def is_adverbial(token) -> bool:
    """Tell whether a participle stands beside a clause: adverbial, behind a comma, or in "by stressing"."""
    if token.dep_ == "pcomp":
        return token.head.lower_ in ("by", "as", "while", "when", "in", "with")
    if token.dep_ == "acl":
        return token.i > 0 and token.nbor(-1).text == ","
    if token.dep_ == "xcomp":
        return token.head.lemma_ in ("begin", "start", "conclude", "continue", "go")
    return token.dep_ in ("advcl", "conj", "ROOT", "dep", "parataxis", "ccomp", "prep", "nsubj")
