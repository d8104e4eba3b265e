"""Where a cue's content can stand: the routes from a token to a clause, an object, a topic, a marked stretch."""

from __future__ import annotations

import itertools
import re

from ...articles.alignment import Span
from ...lexicons import load
from ..marks import Marked, is_speech
from .extents import through_marks
from .lines import Line, Route, ended
from .objects import behind, marker, objects, telling, topics

TITLED = re.compile(r"\s+that\b")  # "writes in his paper “Bridges” that …": the marks hold a title
FINITE = ("VBD", "VBZ", "VBP")


def routes(line: Line, token) -> list[Route]:
    """Return every route that a token has, the likelier kinds first: marks, clauses, topics next to it, objects, topics."""
    noun_phrases = topics(line, token)
    adjacent = [r for r in noun_phrases if r.words]
    found = [*marked_routes(line, token), *_clauses(line, token), *adjacent, *objects(line, token)]
    found += [r for r in noun_phrases if not r.words]
    return [r if r.from_marks else through_marks(line, r) for r in found] if line.marked else found


# ------------------------------------------------------------------ marks


def marked_routes(line: Line, token) -> list[Route]:
    """The marked stretches that the cue's clause touches: one that ends shortly before, one that begins shortly after."""
    here, out = line.place(token), []
    before = next((m for m in reversed(line.marked) if m.end <= here), None)
    own = before and token.tag_ != "VBG" and not _new_sentence(line, before, token)
    if own and _closes_speech(line, before, line.text[before.end : here]):
        out.append(Route("marks", before.span, before.span, clausal=True))
    after = next((m for m in line.marked if m.start > here), None)
    if after and before and line.text[here + len(token) : after.start].strip() == ":":
        out, before = [], None  # "X said: “A.” Y said: “B.”"
    if after:
        between = line.text[here + len(token) : after.start]
        lead = between.rstrip()[-1:]
        near = len(between.split()) <= (14 if lead in (":", ",") else 4) and not re.search(
            r"[.!?;](?:\s|$)", ended(between)
        )
        speech = lead in (":", ",", "") or is_speech(after.span.of(line.text))
        speech = speech and (lead in (":", ",") or not TITLED.match(line.text, after.end))
        if near and speech and not _other_cue(line, token, after) and not (out and lead not in (":", ",")):
            out.append(Route("marks", after.span, after.span, clausal=True))
    return out


def _other_cue(line: Line, token, mark: Marked) -> bool:
    """Tell whether marks belong to a later cue: "warned of plots, saying, “…”", "asked about plots, he replied: “…”"."""
    verbs = load("cues.en")["verbs"]
    between = itertools.takewhile(lambda t: line.place(t) < mark.start, line.tokens[token.i + 1 :])
    apart = (t for t in between if t.tag_ in FINITE or (t.tag_ == "VBG" and t.nbor(-1).lower_ == ","))
    return any("marks" in verbs.get(t.lemma_, {}).get("frames", ()) for t in apart)


def _new_sentence(line: Line, mark: Marked, token) -> bool:
    """Tell whether a cue's own clause is a sentence of its own behind marks that ended one ("“…” It was closed, she added", "“…” He
    proposed closing it")."""
    if not re.search(r"[.?!]\W?$", mark.span.of(line.text)):
        return False
    clauses = [
        c
        for c in token.children
        if c.dep_ in ("ccomp", "xcomp") or (c.dep_ == "dobj" and token.lemma_ not in telling())
    ]
    opens = re.match(r"\s+[A-Z]", line.text[mark.end : line.place(token)])
    if opens and any(c.left_edge.i > token.i for c in clauses):
        return True
    behind = (c.left_edge for c in clauses if c.dep_ == "ccomp")
    return any(mark.end <= line.place(t) < mark.end + 3 and t.text[:1].isupper() for t in behind)


def _closes_speech(line: Line, mark: Marked, between: str) -> bool:
    final = mark.span.of(line.text).rstrip("\"'’”»")[-1:] + between[:1]
    apart = re.search(r"[.!?;:]\s|[.!?;]$", ended(between)) or len(between.split()) > (30 if "," in final else 12)
    beside = re.match(r"\W*(?:while|but|though|although|whereas)\b", between)
    return not apart and not beside and bool(re.search(r"[,.?!…]", final))


# ------------------------------------------------------------------ clauses


BRANCHES = frozenset(["ccomp", "acl", "relcl", "xcomp", "advcl"])


def _clauses(line: Line, token) -> list[Route]:
    out = []
    relative = any(
        t.dep_ in ("nsubj", "nsubjpass") and t.lower_ in ("who", "which")
        for t in (*token.children, *token.head.children)
    )
    for child in token.children:
        if child.dep_ not in BRANCHES or (relative and child.dep_ == "ccomp" and child.i < token.i):
            continue
        to = marker(child, ("to",))
        that = marker(child, ("that", "whether"))
        whose = marker(child, ("for",))
        if (
            to is not None and whose is not None and whose.i == token.i + 1
        ):  # "called for the removal of obstacles to travel"
            topic = Span(line.place(whose) + 4, line.subtree(child).end)
            out.append(Route("for", topic, topic, (whose,)))
        noun = token.pos_ == "NOUN"
        if child.dep_ == "ccomp" or (noun and child.dep_ in ("acl", "relcl") and (that is not None or to is not None)):
            name = "infinitive" if to is not None else "clause"
            start = line.place(that) if that is not None else line.subtree(child).start
            whole = Span(min(start, line.subtree(child).start), line.subtree(child).end)
            out.append(Route(name, behind(line, child, that if that is not None else to), whole, clausal=True))
        elif child.dep_ in ("xcomp", "advcl") and child.i > token.i and to is not None:
            out.append(Route("infinitive", behind(line, child, to), line.subtree(child), clausal=True))
        elif child.dep_ == "xcomp" and child.tag_ == "VBG":
            out.append(Route("gerund", line.subtree(child), line.subtree(child), clausal=True))
    told = next((c for c in token.children if c.dep_ == "dobj" and c.i > token.i), None)
    if not out and told is not None and token.lemma_ in telling():
        for child in told.children:  # "told reporters he was ready": the parse takes the clause for a relative one
            if child.dep_ == "relcl" and not any(c.tag_ in ("WP", "WDT", "WRB") for c in child.subtree):
                out.append(Route("clause", line.subtree(child), line.subtree(child), clausal=True))
    return out
