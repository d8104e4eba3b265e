"""Who speaks in an English sentence: the mention that a cue has as its subject, agent or possessor."""

from __future__ import annotations

import re

from ...articles.alignment import Span, trimmed
from ...lexicons import load
from ..marks import is_speech
from .lines import EDGE, STATES, Line, dated

SUBJECT = ("nsubj", "csubj", "nsubjpass")
INHERITS = ("conj", "advcl", "xcomp", "pcomp", "parataxis", "prep", "dep", "ROOT")
RELATIVE = re.compile(r",? (?:who|which)\b")
CIRCUMSTANCE = re.compile(r",? (?:in a|during|on|at|who|which|in an)\b")
APPOSED = re.compile(r", (?:an?|the|his|her|its) \w")
INNER = ("of", "for", "the", "and", "'s", "(", ")", "foreign")


def noun_phrase(line: Line, head) -> Span:
    """The mention: a noun with its titles, "of" phrases and appositions; without relative clauses and circumstances."""
    last, placed = head.i, False
    states = STATES.match(line.text, line.place(head)) if head.text == "They" else None
    if states:  # that were read so
        return Span(*states.span())
    for child in sorted(head.children, key=lambda c: c.i):
        if child.i < head.i or (child.dep_ == "punct" and child.text in (",", "-", "(", ")")):
            continue
        plain = ("conj", "cc", "flat", "nummod", "nmod", "compound", "npadvmod", "case")
        if child.dep_ == "appos":
            last = max(last, child.right_edge.i)
        elif child.dep_ in plain and child.pos_ != "VERB":
            last = max(last, _noun_end(child))
        elif child.dep_ == "prep" and child.i == last + 1 and (child.lower_ in ("of", "for", "to") or _posted(child)):
            last = child.right_edge.i
        elif child.dep_ == "prep" and child.i == last + 1 and _belongs(head, child):
            last, placed = child.right_edge.i, True
        elif head.pos_ == "NOUN" and child.i == last + 1 and (child.tag_ == "VBN" or child.dep_ == "amod"):
            last = child.right_edge.i  # "people briefed on the talks", "a source close to the president"
        else:
            break
    span = line.span(_leftmost(line, head), last)
    cut = (RELATIVE if placed else CIRCUMSTANCE).search(span.of(line.text))
    if (
        cut and cut.start() > 0 and not APPOSED.search(span.of(line.text)[: cut.start()])
    ):  # "X, a fellow at a think tank"
        span = Span(span.start, span.start + cut.start())
    if line.text[span.end : span.end + 1] == ")" and "(" in span.of(line.text):
        span = Span(span.start, span.end + 1)
    return trimmed(line.text, *span, strip=EDGE) or span


def _posted(preposition) -> bool:
    """Tell whether "in X" says where a body or an envoy is posted ("the embassy in Baku"), not where somebody spoke."""
    place = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    posts = load("titles")["en"]["posts"]
    return (
        preposition.lower_ == "in" and preposition.head.lower_ in posts and place is not None and place.pos_ == "PROPN"
    )


def _belongs(noun, preposition) -> bool:
    """Tell whether a place belongs to somebody without a name ("a trader in Tabriz"), and says not where somebody spoke."""
    place = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    spoken = {*load("cues.en")["occasions"], *load("cues.en")["times"]}
    return (
        noun.pos_ == "NOUN"
        and preposition.lower_ in ("in", "at", "from", "with", "inside", "near")
        and place is not None
        and place.lemma_.lower() not in spoken
        and not dated(place)
    )


def _leftmost(line: Line, head) -> int:
    """First token of the mention; capitals, "of" and possessives before it belong to it where the parse parts them."""
    tokens, first = head.doc, head.left_edge.i
    while (
        first < head.i and line.inside[first] >= 0 and line.marked[line.inside[first]].start < line.place(tokens[first])
    ):
        first += 1  # a closing mark that the parse takes for the mention's
    if head.pos_ != "PROPN" or tokens[first].pos_ in ("PRON", "DET"):
        return first
    n = first
    while n > head.sent.start and (
        (tokens[n - 1].text[:1].isupper() and tokens[n - 1].pos_ in ("PROPN", "NOUN", "ADJ"))
        or tokens[n - 1].lower_ in INNER
    ):
        n -= 1
    while n < first and not (tokens[n].text[:1].isupper() or tokens[n].lower_ == "the"):
        n += 1
    opens = n == 0 or tokens[n - 1].text in (",", "-", ":", "\n") or tokens[n].is_sent_start
    return n if opens else first


def _noun_end(token) -> int:
    """Index of the last token of a plain noun phrase."""
    return max(
        [token.i]
        + [c.right_edge.i for c in token.children if c.dep_ in ("compound", "appos", "conj", "prep") and c.i > token.i]
    )


def source_of(line: Line, token) -> Span | None:
    """Return the mention that speaks in a cue's sentence, or None.

    A participle speaks for the subject of the cue that governs it ("He said that A is B, calling for C").
    """
    verb = token
    if token.tag_ == "VBG" and not any(c.dep_ in SUBJECT for c in token.children):
        cues = load("cues.en")["verbs"]
        governing = [
            a for a in token.ancestors if a.lemma_ in cues and a.i < token.i and a.tag_ in ("VBD", "VBZ", "VBP")
        ]
        verb = governing[-1] if governing else token
    for _ in range(4):
        if verb is not token and verb.lemma_ in ("quote", "cite", "report"):  # "X was quoted by Trend as saying …"
            quoted = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
            if quoted is not None:
                return noun_phrase(line, quoted)
        passed_on = token.dep_ == "pcomp" and token.head.lower_ == "as" and token.head.head.i == verb.i
        named = next((c for c in verb.children if c.dep_ == "dobj"), None)
        if passed_on and named is not None:  # "quoted X as saying"
            return noun_phrase(line, named)
        for child in verb.children:
            spoken = line.inside[child.i] >= 0 and is_speech(line.marked[line.inside[child.i]].span.of(line.text))
            if child.dep_ in ("nsubj", "csubj") and not spoken:
                relative = child.lower_ in ("who", "which", "that") and verb.dep_ == "relcl"
                return noun_phrase(line, verb.head if relative else child)
            if child.dep_ == "poss" and verb.pos_ == "NOUN" and verb is token:
                return line.subtree(child)
            if child.dep_ == "agent" or (child.lower_ == "by" and (verb.tag_ == "VBN" or verb.pos_ == "NOUN")):
                agent = next((c for c in child.children if c.dep_ == "pobj"), None)
                if agent is not None:
                    return noun_phrase(line, agent)
        if any(c.dep_ == "nsubjpass" for c in verb.children):
            return None
        if verb.dep_ == "acl":
            verb = verb.head
        if verb.dep_ in INHERITS or verb.pos_ not in ("VERB", "AUX", "NOUN"):
            verb = verb.head if verb.head.pos_ in ("VERB", "AUX") else verb.head.head
        elif verb.dep_ in ("dobj", "pobj", "attr") and verb.pos_ == "NOUN":
            verb = verb.head
        else:
            return None
    return None


NOMINAL = ("PROPN", "NOUN", "ADJ", "DET", "PART", "PRON", "NUM")


def _unheard(token) -> bool:
    """Tell whether a word that the parser has never seen looks like a name."""
    return token.is_oov and token.text[:1].isupper() and token.text[1:].islower()


def beside(line: Line, verb) -> Span | None:
    """The name or noun phrase beside a verb whose subject the parse lost: "X said", "X, a member of Y, said", "said X"."""
    tokens, start = line.tokens, verb.sent.start
    last = verb.i - 1
    while last >= start and tokens[last].pos_ == "ADV":
        last -= 1
    inner = last
    if last > start and tokens[last].text == ",":
        inner = next((n for n in range(last - 1, max(start, last - 20), -1) if tokens[n].text == ","), last) - 1
        last = inner if inner + 2 < last and tokens[inner + 2].pos_ == "ADP" else last - 1  # "X, for his part, said"
    first = inner
    while (
        first >= start
        and (tokens[first].pos_ in NOMINAL or tokens[first].text in ("(", ")", "-", "of") or _unheard(tokens[first]))
        and line.inside[first] < 0
    ):
        first -= 1
    lost = first < start or tokens[first].text in (",", "and", ";", ":") or line.inside[first] >= 0
    if (
        inner > first
        and lost
        and any(t.pos_ in ("PROPN", "PRON", "NOUN") or _unheard(t) for t in tokens[first + 1 : inner + 1])
    ):
        return line.span(first + 1, last)
    behind = verb.i + 1
    while behind < verb.sent.end and (tokens[behind].pos_ in NOMINAL or tokens[behind].text == "of"):
        behind += 1
    named = any(t.pos_ in ("PROPN", "PRON", "NOUN") for t in tokens[verb.i + 1 : behind])
    quoted = any(m.end <= line.place(verb) for m in line.marked)
    return line.span(verb.i + 1, behind - 1) if named and quoted else None
