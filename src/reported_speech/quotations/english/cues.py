"""Which tokens report: the cue lexicon, and what makes a cue report nothing."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from ...lexicons import derived, load
from .lines import Line, position
from .objects import telling
from .routes import marked_routes
from .sources import SUBJECT

THANKED = ("for", "on", "over")  # what stands behind it is the content of thanks and wishes
SURE = 0.9  # of an entry made by hand


@dataclass(frozen=True)
class Entry:
    """What the lexicon says of a lemma: the frames its content stands in, the act, where an addressee stands."""

    lemma: str
    frames: frozenset[str]
    act: str
    tells: bool = False
    relays: bool = False
    particle: str = ""

    def allows(self, route: str) -> bool:
        """Tell whether a route is one of the frames."""
        if route == "support":
            return self.lemma in load("cues.en")["support"]["verbs"]
        if route == "subject":
            return "object" in self.frames
        return route in self.frames or ("thanks" in self.frames and route in THANKED)


@derived
def entries() -> dict[tuple[str, str], Entry]:
    """Return the hand-made entries by (lemma, VERB or NOUN)."""
    data = load("cues.en")
    return {
        (lemma, pos): Entry(
            lemma,
            frozenset(e["frames"]),
            tells="addressee" in e,
            **{key: e[key] for key in ("act", "relays", "particle") if key in e},
        )
        for pos, group in (("VERB", "verbs"), ("NOUN", "nouns"))
        for lemma, e in data[group].items()
    }


@derived
def _known_lemmas(strings) -> frozenset[int]:
    """The keys that a parser's string store has for the lemmas of the lexicon."""
    return frozenset(strings[form] for lemma, _ in entries() for form in (lemma, lemma.capitalize(), lemma.upper()))


def candidates(line: Line) -> list:
    """Return the tokens outside marks that can be cues: by part of speech and by a lemma of the lexicon (or by none, for a misspelt
    one)."""
    from spacy.symbols import ADJ, AUX, NOUN, PROPN, VERB  # late: the import is slow, and Persian needs none

    out, known = [], _known_lemmas(line.tokens.vocab.strings)
    rows = zip(line.tokens.to_array(["POS", "LEMMA"]).tolist(), line.inside, strict=True)
    for n, ((pos, lemma), inside) in enumerate(rows):
        if inside >= 0 or pos not in (VERB, AUX, NOUN, ADJ, PROPN):
            continue
        if lemma in known or (pos in (VERB, AUX, ADJ) and line.tokens[n].is_oov):
            out.append(line.tokens[n])
    return out


def entry_of(line: Line, token) -> Entry | None:
    """Return the entry of a token that can be a cue, or None; beside a mark a misspelt verb is read as the nearest cue."""
    lemma, pos = token.lemma_.lower(), position(token)
    if entry := entries().get((lemma, pos)):
        with_particle = not entry.particle or any(c.lower_ == entry.particle and c.i > token.i for c in token.children)
        return entry if with_particle else None
    if pos == "VERB" and token.is_oov and marked_routes(line, token):
        near = process.extractOne(token.lower_, list(_forms()), scorer=DamerauLevenshtein.distance, score_cutoff=2)
        return entries()[_forms()[near[0]], "VERB"] if near else None
    return None


@derived
def _forms() -> dict[str, str]:
    """Past and participle forms of the cues that take marks, to recognize a misspelt one."""
    out = {}
    for (lemma, pos), entry in entries().items():
        if pos == "VERB" and "marks" in entry.frames:
            stem = lemma.removesuffix("e")
            out |= {stem + "ed": lemma, stem + "ing": lemma, lemma + "s": lemma}
    return out


def reports(token) -> bool:
    """Tell whether a verb reports at all: not denied, declined, future or hypothetical, no infinitive of purpose, no "asked not to be named"."""
    lexicon = load("cues.en")
    kids = {c.lower_: c.dep_ for c in token.children}
    negated = any(dep == "neg" or (word in lexicon["negated"] and dep == "advmod") for word, dep in kids.items())
    if negated and token.lemma_ not in lexicon["litotes"]:
        return False
    if any(dep == "aux" and word in lexicon["modal"] for word, dep in kids.items()):
        return False
    if any(dep == "mark" and word in ("if", "unless", "whether") for word, dep in kids.items()):
        return False
    head = token.head
    if kids.get("to") == "aux":
        return (
            token.dep_ in ("xcomp", "advcl") and head.lemma_ in ("go", "proceed", "continue", "use") and reports(head)
        )
    if token.lemma_ == "ask" and (token.i == token.sent.start or "nsubjpass" in kids.values()):
        return False  # "Asked whether …, he said"; "was asked about"
    named = "predicate" in lexicon["verbs"].get(token.lemma_, {}).get("frames", ())
    told = token.tag_ == "VBN" and token.dep_ in ("advcl", "acl") and (named or token.lemma_ in telling())
    if told and not {"aux", "auxpass", "agent"} & set(kids.values()):
        return False  # "asked about X, he said …": somebody else asked; "a hall called “Unity”"
    present = token.dep_ == "ROOT" and "nsubj" in kids.values() and "aux" not in kids.values()  # "They condemn"
    if token.tag_ == "VB" and not negated and not present:
        return token.dep_ == "conj" and head.tag_ == "VB" and head.lemma_ in lexicon["verbs"] and reports(head)
    if any(c.dep_ in ("xcomp", "dobj") and c.lemma_ in lexicon["anonymous"] for c in token.children):
        return False
    return token.dep_ not in ("csubj", "amod", "compound")


def is_participle(token) -> bool:
    """Tell whether a cue is a participle beside another clause ("…, stressing X"; "Referring to X, …")."""
    return token.tag_ == "VBG" and not any(c.dep_ in ("aux", *SUBJECT) for c in token.children)


def is_adverbial(token) -> bool:
    """Tell whether a participle stands beside a clause: adverbial, behind a comma, in "by stressing", "issued a statement stressing"."""
    if token.dep_ == "pcomp":
        return token.head.lower_ in ("by", "as", "while", "when", "in", "with", "after", "before", "despite", "besides")
    if token.dep_ == "acl":
        return (token.i > 0 and token.nbor(-1).text == ",") or _issued(token.head)
    return token.dep_ in ("advcl", "conj", "ROOT", "dep", "parataxis", "ccomp", "prep", "nsubj")


def _issued(noun) -> bool:
    """Tell whether a noun is what the clause's subject gives out: "issued a statement", "in a letter"."""
    issued, verb = load("cues.en")["issued"], noun.head
    given = noun.dep_ == "dobj" and verb.lemma_ in issued["verbs"]
    return noun.lemma_ in issued["nouns"] and (given or (noun.dep_ == "pobj" and verb.lower_ == "in"))


def main_verb(token):
    """The reporting verb with which a cue is coordinated over its content ("X said that A is B and called for C"), or None."""
    if token.dep_ != "conj" or any(c.dep_ in SUBJECT for c in token.children):
        return None
    first = token.head
    while first.dep_ == "conj" and not any(c.dep_ in SUBJECT for c in first.children):
        first = first.head
    says = entries().get((first.head.lemma_.lower(), "VERB"))
    reported = (
        first.dep_ in ("ccomp", "xcomp")
        and first.head.i < first.i
        and says is not None
        and {"clause", "infinitive"} & says.frames
    )
    return first.head if reported and first.head.tag_ == token.tag_ and token.tag_ in ("VBD", "VBZ") else None


def governed(line: Line, token):
    """The reporting verb that a participle at the start of its sentence leads to ("Referring to X, he said …")."""
    later = line.tokens[token.i + 1 : token.sent.end]
    return next(
        (t for t in later if t.tag_ in ("VBD", "VBZ", "VBP") and line.inside[t.i] < 0 and entry_of(line, t)), None
    )
