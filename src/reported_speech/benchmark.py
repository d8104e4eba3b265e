"""What the extraction costs: beside spaCy's parse alone and textacy on the same documents and model, by size, on one and two
workers; how its time grows with the length of a text; Persian beside hazm's own normalizer.

The documents are made of the study's own sentences, drawn with a stated seed.
"""

from __future__ import annotations

import importlib.util
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from . import work
from .actors import known_names
from .documents import Document, parse
from .quotations import analyse, analysis_of, english, persian
from .sources import read_corpus

WORDS = 120  # of a document
SIZES = (100, 1_000, 10_000)
GROWING = {
    "one line": lambda n: "The minister said that relations are good, and he left. " * n,
    "names": lambda n: "Ali Bagheri and Hossein Ahmadi said that John Smith met Peter Brown. " * n,
    "quotation marks": lambda n: "The minister said " + '"' * (40 * n) + " yes.",
    "quotations": lambda n: '"We accept it all," the minister said. ' * n,
    "Persian line": lambda n: "سفیر گفت که روابط دو کشور خوب است و وی افزود باران آمد. " * n,
    "Persian marks": lambda n: "وزیر گفت: " + "«" * (20 * n) + " بله " + "»" * (20 * n),
}


def resampled(corpus: Path, number: int, seed: int = 0) -> list[Document]:
    """Return English documents of about ``WORDS`` words, made of the corpus's sentences."""
    lines = [s.of(d.text) for d in read_corpus(corpus)[0] if d.language == "en" for s in d.paragraphs()]
    draw, out = random.Random(seed), []
    for n in range(number):
        text: list[str] = []
        while sum(len(line.split()) for line in text) < WORDS:
            text.append(draw.choice(lines))
        out.append(parse("\n".join(text), f"{n:06}.txt", language="en"))
    return out


def _parse_alone(documents: list[Document]) -> None:
    for document in documents:
        list(english.parser().pipe([s.of(document.text) for s in document.paragraphs()], batch_size=english.LINES))


def _textacy(documents: list[Document]) -> None:
    from textacy import extract

    for document in documents:
        lines = [s.of(document.text) for s in document.paragraphs()]
        for parsed in english.parser().pipe(lines, batch_size=english.LINES):
            try:
                list(extract.direct_quotations(parsed))
            except ValueError:  # textacy gives up on a line whose marks do not pair
                continue


WAYS: dict[str, Callable[[list[Document]], object]] = {
    "spaCy's parse alone": _parse_alone,
    "this study": lambda documents: list(analyse(documents)),
    "textacy, with the parse": _textacy,
    "this study, two workers": lambda documents: list(work.spread(documents, workers=2)),
}


def one(way: str, corpus: Path, number: int) -> dict:
    """Measure one way on documents: seconds (the loading of the model left out), words, megabytes at the peak of a process."""
    documents = resampled(corpus, number)
    if "workers" not in way:
        WAYS[way](documents[:3])
    start = time.perf_counter()
    WAYS[way](documents)
    seconds = time.perf_counter() - start
    who = resource.RUSAGE_CHILDREN if "workers" in way else resource.RUSAGE_SELF
    words = sum(len(d.text.split()) for d in documents)
    return {"seconds": seconds, "words": words, "megabytes": resource.getrusage(who).ru_maxrss / 1024}


def _apart(way: str, corpus: Path, number: int) -> dict:
    """Measure in a process of its own, whose memory nothing else has touched."""
    command = [sys.executable, "-m", __name__, way, str(corpus), str(number)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"{way}: {done.stderr.strip().splitlines()[-1]}")
    return json.loads(done.stdout)


def run(corpus: Path, sizes: tuple[int, ...] = SIZES, length: int = 1000) -> Iterator[str]:
    """Yield lines of figures, as they are measured; without textacy where it is not installed."""
    ways = [way for way in WAYS if "textacy" not in way or importlib.util.find_spec("textacy")]
    yield f"documents of about {WORDS} words, resampled from {corpus} (seed 0); each line a process of its own"
    found: dict[tuple[str, int], dict] = {}
    for number in sizes:
        for way in ways:
            got = found[way, number] = _apart(way, corpus, number)
            times = got["seconds"] / found["spaCy's parse alone", number]["seconds"]
            yield (
                f"{number:>7,} documents  {way:<24} {got['seconds']:8.1f} s  {number / got['seconds']:6.1f} documents/s  "
                f"{got['words'] / got['seconds']:7.0f} words/s  {times:.2f} of the parse  {got['megabytes']:5.0f} MB"
            )
    if len(sizes) > 1:
        for way in ways:
            growth = math.log(found[way, sizes[-1]]["seconds"] / found[way, sizes[-2]]["seconds"])
            yield f"{way}: time grows with the number of documents to the power {growth / math.log(sizes[-1] / sizes[-2]):.2f}"
    yield from growing(length)
    yield from beside_hazm(corpus)


def growing(number: int) -> Iterator[str]:
    """Yield how many times longer a text of twice the length takes, by kind of text."""
    for name, text in GROWING.items():
        once, twice = (
            _seconds(lambda n=n, text=text: analysis_of(parse(text(n), "a.txt"))) for n in (number, 2 * number)
        )
        yield f"{name}, {len(text(2 * number)):,} characters: {twice:.1f} s, {twice / once:.2f} times that of half of it"


def beside_hazm(corpus: Path, repeats: int = 20) -> Iterator[str]:
    """Yield the Persian extraction as a multiple of hazm's normalizer."""
    from hazm import Normalizer

    documents = [d for d in read_corpus(corpus)[0] if d.language == "fa"]
    if documents:
        normalizer, names = Normalizer(), known_names("fa")
        theirs = _seconds(lambda: [normalizer.normalize(d.text) for d in documents], repeats)
        ours = _seconds(lambda: [persian.extract(d, names) for d in documents], repeats)
        yield f"Persian extraction: {ours / theirs:.1f} times hazm's normalizer"


def _seconds(work: Callable[[], object], repeats: int = 1) -> float:
    """The time of one repeat; where there are several, one before them is left out."""
    if repeats > 1:
        work()
    start = time.perf_counter()
    for _ in range(repeats):
        work()
    return (time.perf_counter() - start) / repeats


if __name__ == "__main__":
    print(json.dumps(one(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
