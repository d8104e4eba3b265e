"""Persian through hazm, English one character for one; both as an AlignedText over the source.

Only runs of Persian words are handed to hazm: it re-pairs quotation marks, folds line breaks and breaks Latin words, numbers
and addresses, so these never reach it and stand in the normalized text as they stand in the source.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator

from ..lexicons import derived
from .alignment import AlignedText

LETTERS = "\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdfb\ufe70-\ufefc"
SIGNS = "\u064b-\u065f\u0670\u0640\u200c\u200d\u06d6-\u06ed\u0610-\u061a"
RUN = re.compile(f"[{LETTERS}](?:[{LETTERS}{SIGNS}]| (?=[{LETTERS}]))*")
LONGEST = 2000  # characters of a run
ENGLISH = {
    "“": '"',
    "”": '"',
    "„": '"',
    "‟": '"',
    "‘": "'",
    "’": "'",
    "‚": "'",
    "\u00a0": " ",
    "\u202f": " ",
    "–": "-",
    "—": "-",
}
_ENGLISH = re.compile(f"[{''.join(ENGLISH)}]")
# Doublets that Persian newswire writes either way; the skeleton writes them one way. Used for matching only.
SKELETON = {"أ": "ا", "إ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ی", "ة": "ه", "ۀ": "ه", "ي": "ی", "ى": "ی", "ك": "ک"}
_SKELETON = re.compile(f"[{''.join(SKELETON)}]")
DASH = re.compile(r"(?<=\s)\u0640(?=\u0640*\s)")  # a tatweel that stands alone
DROPPED = re.compile(f"[{SIGNS}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@derived
def _rules() -> dict:
    """hazm's own rules by name, in its order; imported here because hazm takes seconds to load."""
    from hazm import Normalizer
    from hazm.constants import TRANSLATION_DST, TRANSLATION_SRC

    letters = str.maketrans(dict(zip(TRANSLATION_SRC, TRANSLATION_DST, strict=True)))
    hazm = Normalizer()
    return {
        "letters": lambda run: run.translate(letters),
        "vowel signs": hazm.remove_diacritics,
        "ligatures": hazm.unicodes_replacement,
        "special signs": hazm.remove_specials_chars,
        "affix spacing": hazm.correct_spacing,
        "repeated letters": hazm.decrease_repeated_chars,
        "mi- prefix": hazm.seperate_mi,
    }


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of Persian words; one that no mark ends is cut at a blank, for the time of alignment grows with the square of a run."""
    for m in RUN.finditer(text):
        start, end = m.span()
        while end - start > LONGEST and (cut := text.find(" ", start + LONGEST, end)) > 0:
            yield start, cut
            start = cut
        yield start, end


def _step(aligned: AlignedText, rule) -> AlignedText:
    text = aligned.text
    pieces = [(a, b, new) for a, b in _runs(text) if (new := rule(text[a:b])) != text[a:b]]
    return aligned.replace_words(pieces) if pieces else aligned


def straight(text: str) -> str:
    """Return English text with straight marks, dashes and blanks, character for character.

    >>> straight("“It’s done”")
    '"It\\'s done"'
    """
    return text if text.isascii() else _ENGLISH.sub(lambda m: ENGLISH[m.group()], text)


def normalize(text: str, language: str) -> AlignedText:
    """Return the normalized text, aligned with its source.

    Persian ("fa") goes rule by rule through hazm until nothing changes; any other language changes character for character.

    >>> normalize("همكاري هاي دو کشور", "fa").text
    'همکاری\u200cهای دو کشور'
    >>> normalize("“It’s done”", "en").text
    '"It\\'s done"'
    """
    aligned = AlignedText.of(text)
    if language != "fa":
        return AlignedText(straight(text), aligned.starts, aligned.ends)
    for _ in range(5):
        before = aligned
        for rule in _rules().values():
            aligned = _step(aligned, rule)
        if aligned is before or aligned.text == before.text:
            break
    return aligned


def changes(text: str, language: str) -> list[tuple[str, str, str, int]]:
    """Return what normalization changed as (rule, before, after, count), in the order of the rules.

    >>> changes("كتاب ها كتاب ها", "fa")
    [('letters', 'كتاب', 'کتاب', 2), ('affix spacing', 'کتاب ها', 'کتاب\u200cها', 2)]
    """
    if language != "fa":
        pairs = Counter((c, ENGLISH[c]) for c in text if c in ENGLISH)
        return [("typography", before, after, n) for (before, after), n in sorted(pairs.items())]
    counts: Counter = Counter()
    for name, rule in _rules().items():
        runs = [(text[a:b], rule(text[a:b]), a, b) for a, b in _runs(text)]
        for before, after, _, _ in runs:
            counts.update((name, *pair) for pair in _differences(before, after))
        ends = [0, *(b for _, _, _, b in runs)]
        text = "".join(text[at:a] + after for at, (_, after, a, _) in zip(ends, runs, strict=False)) + text[ends[-1] :]
    return [(*key, n) for key, n in counts.items()]


def _differences(before: str, after: str) -> list[tuple[str, str]]:
    """The words that differ, each with the words that stand for them: cut wherever both texts have a blank."""
    if before == after:
        return []
    out, aligned = [], AlignedText.of(before).apply(lambda _: after)
    cuts = [
        -1,
        *(i for i, c in enumerate(after) if c == " " and before[aligned.starts[i] : aligned.ends[i]] == " "),
        len(after),
    ]
    for a, b in itertools.pairwise(cuts):
        if b > a + 1:
            span = aligned.source_span(a + 1, b)
            if span.of(before) != after[a + 1 : b]:
                out.append((span.of(before), after[a + 1 : b]))
    return out


def skeleton(aligned: AlignedText) -> AlignedText:
    """Return the text as Persian cues and names are matched: no half-spaces, tatweel or signs; one letter for doublets.

    >>> skeleton(AlignedText.of("تأکید می‌کند")).text
    'تاکید میکند'
    """
    text = DASH.sub("-", aligned.text)
    dropped = {m.start() for m in DROPPED.finditer(text)}
    kept = [i for i in range(len(text)) if i not in dropped] if dropped else range(len(text))
    return AlignedText(letters(text), tuple(aligned.starts[i] for i in kept), tuple(aligned.ends[i] for i in kept))


def letters(text: str) -> str:
    """Return the skeleton of a text that needs no alignment."""
    return _SKELETON.sub(lambda m: SKELETON[m.group()], DROPPED.sub("", DASH.sub("-", text)))


SURVIVORS = {
    "quotation marks": r"[«»“”„‟\"‘’']",
    "line breaks": r"[\r\n]+",
    "numbers": r"[\d۰-۹]+(?:[.,:/٫٬][\d۰-۹]+)*",
    "Latin words": r"[A-Za-z]+",
}


def survivors(documents):
    """Return, for each document, how many marks, line breaks, numbers and Latin words stand before and after."""
    import pandas as pd  # late: no worker needs it

    rows = []
    for document in documents:
        after = normalize(document.text, document.language).text
        for name, pattern in SURVIVORS.items():
            counts = len(re.findall(pattern, document.text)), len(re.findall(pattern, after))
            rows.append({"doc_id": document.doc_id, "what": name, "before": counts[0], "after": counts[1]})
    return pd.DataFrame(rows)
