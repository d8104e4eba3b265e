"""An article as a Document: its language, its parts, its lines; or why it is none.

Nothing is cut out of the source: whatever is found is a span of the decoded file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property

from .alignment import Span, trimmed
from .lines import LINE, flowing
from .parts import Part, find_parts

CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
INVISIBLE = re.compile("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000e-\u001f\u007f-\u009f]")
STOP_WORDS = {
    "en": {"the", "of", "and", "to", "in", "a", "that", "is", "was", "for", "on", "with", "as", "by", "he", "it", "at"}
    | {"from", "said", "be", "are", "has"},
    "fa": {"و", "در", "به", "از", "که", "را", "این", "با", "است", "برای", "آن", "خود", "شد", "کرد", "تا", "بر"},
}
LINES = 20_000  # lines of a file that has one article
PASSED = ("boilerplate", "dateline", "sign-off", "relay clause")  # parts in which no quotation is looked for


@dataclass(frozen=True)
class Document:
    """An article: its decoded text, byte for byte; what a table says of it (``given``: title, outlet, published) as pairs; another
    extractor's ``relations`` in place of ours, as JSON; its parts, where they were ``found`` before."""

    doc_id: str
    sha256: str
    text: str
    language: str
    given: tuple[tuple[str, str], ...] = ()
    relations: str = ""
    found: tuple[Part, ...] | None = field(default=None, compare=False)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What is found in the text: title, outlet, relay, place, published, …, each with its span."""
        return self.found if self.found is not None else tuple(find_parts(self.flow, self.language))

    @cached_property
    def flow(self) -> str:
        """The text, as long as it is, with blanks for the line ends inside a sentence or paragraph: what the rules read."""
        return flowing(self.text)

    @cached_property
    def read(self) -> Document:
        """The document as the rules read it: its text as it flows."""
        return self if self.flow == self.text else replace(self, text=self.flow, found=self.parts)

    def all(self, part: str) -> list[Part]:
        """Return the parts of one sort, in the order of the text."""
        return [p for p in self.parts if p.part == part]

    def value(self, part: str) -> str:
        """Return what is given of one sort, else the value of the first part found, or ""."""
        return dict(self.given).get(part) or next((p.value for p in self.parts if p.part == part), "")

    def paragraphs(self) -> list[Span]:
        """Return the paragraphs of the article: boilerplate, sign-offs and datelines left out, the title a line of its own."""
        skipped = [p.span for p in self.parts if p.part in PASSED]
        cuts = sorted(skipped + [p.span for p in self.all("title")])
        out = []
        for line in LINE.finditer(self.flow):
            at = line.start()
            for cut in (c for c in cuts if c.overlaps(Span(*line.span()))):
                out += [trimmed(self.text, at, max(at, cut.start)), None if cut in skipped else cut]
                at = min(cut.end, line.end())
            out.append(trimmed(self.text, at, line.end()))
        return [span for span in out if span]


@dataclass(frozen=True)
class Rejected:
    """A file that is no article: which, why, and what to do."""

    path: str
    reason: str
    remedy: str


def parse(text: str, doc_id: str, sha256: str = "", language: str = "", given=()) -> Document | Rejected:
    """Return a decoded article as a document, or why it is none; its language is told by the text, and in a short one by what is given."""
    if len(CONTROL.findall(text)) > len(text) / 100:
        return Rejected(doc_id, "binary: it has many control characters", "save the article as plain text in UTF-8")
    if sum(1 for _ in LINE.finditer(text)) > LINES:
        return Rejected(doc_id, f"more than {LINES:,} lines", "split it: one article at a time")
    language = detect_language(text, language)
    if not language:
        return Rejected(doc_id, "neither English nor Persian", "remove it; the study reads these two languages")
    return Document(doc_id, sha256, text, language, given)


def detect_language(text: str, given: str = "") -> str:
    """Return "en" or "fa" by script and, in longer texts of which no language is ``given``, function words; "" for anything else.

    >>> detect_language("The minister left."), detect_language("وزیر رفت."), detect_language("Министр уехал.")
    ('en', 'fa', '')
    """
    words = re.findall(r"[^\W\d_]+", text)
    persian = sum("\u0600" <= w[0] <= "\u06ff" or w[0] >= "\ufb50" for w in words)
    latin = sum(w[0].isascii() for w in words)
    if max(persian, latin) * 2 <= len(words):
        return ""
    language = "fa" if persian > latin else "en"
    if (
        len(words) >= 40
        and language != given
        and sum(w.lower() in STOP_WORDS[language] for w in words) < 0.08 * len(words)
    ):
        return ""
    return language


@contextmanager
def naming(doc_id: str) -> Iterator[None]:
    """Let an error in a block name the document that it is about."""
    try:
        yield
    except Exception as error:
        raise ValueError(f"document {printable(doc_id)}: {type(error).__name__}: {error}") from error


def shown(text: str) -> str:
    """Return a text whose controls, which could reorder or hide something, are shown by their code."""
    return INVISIBLE.sub(lambda m: f"[U+{ord(m.group()):04X}]", text)


def visible(text: str) -> str:
    """Return a text as one line without controls.

    >>> visible("a\\u202e b\\n c\\x1b[31m")
    'a[U+202E] b c[U+001B][31m'
    """
    return shown(" ".join(text.split()))


def printable(name: str) -> str:
    """Return a name with what UTF-8 cannot write (bytes of a file name, half a character) shown by its code."""
    try:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:
        return name.encode("utf-8", "backslashreplace").decode("utf-8")
