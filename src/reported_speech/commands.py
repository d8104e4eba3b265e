"""The commands: one function each, of the arguments that the command line has read; it returns the exit status."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from .analysis import Analysis

STREAMS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")


def as_json(analysis: Analysis) -> dict:
    """Return one document's relations in the exchange format of the README."""
    names = ("kind", "content", "cue", "source", "speaker", "addressee", "rule")
    relations = [{name: getattr(q, name) for name in names} for q in analysis.quotations]
    return {"doc": analysis.document.doc_id, "relations": relations}


def tell(lines) -> None:
    from .articles.document import visible

    for line in lines:
        print(visible(line), file=sys.stderr, flush=True)


def extract(args: argparse.Namespace) -> int:
    """Write one JSON object a document; progress and rejections go to standard error."""
    from . import cluster
    from .analysis import REMEDY
    from .articles.document import Rejected
    from .articles.reading import read_corpus
    from .corpus import rejections

    documents, rejected = [], []
    for path in args.paths:
        found, bad = read_corpus(path, args.columns)
        documents += found
        rejected += bad
    tell(rejections(rejected, len(rejected)))
    if not documents:
        raise ValueError(f"{', '.join(map(str, args.paths))}: no article can be read in it")
    with _written(args.output, args.paths) as out:
        batches = cluster.spread(((d, None) for d in documents), len(documents), args.workers)
        for row in cluster.in_order(cluster.shown(batches, len(documents))):
            if row.analysis:
                out.write(json.dumps(as_json(cluster.ANALYSIS.validate_json(row.analysis)), ensure_ascii=False) + "\n")
            else:
                tell(rejections([Rejected(documents[row.number].doc_id, row.reason, REMEDY)]))
    return 0


@contextmanager
def _written(output: Path, inputs: list[Path]) -> Iterator[TextIO]:
    """Open what a command writes: "-" and what is no plain file (a pipe, a device) directly, a file by a part beside it that takes its
    place when all is written. Raises ValueError for an input, or a file in a folder of inputs."""
    if str(output) == "-":
        yield sys.stdout
        return
    target = Path(os.path.realpath(output))
    if target.is_dir():
        raise ValueError(f"--output {output}: a folder; name a file, as in {output}/quotations.jsonl")
    if os.path.normpath(output).startswith(STREAMS) or (target.exists() and not target.is_file()):
        with output.open("w", encoding="utf-8") as out:
            yield out
        return
    ours = _own_file(target)
    for path in inputs:
        own = Path(os.path.realpath(path))
        same = own == target or (target.exists() and own.exists() and own.samefile(target))
        if same or (own in target.parents and (target.suffix != ".jsonl" or not ours)):
            raise ValueError(f"--output {output}: is, or lies in, the input {path}; name a file elsewhere")
    if not ours:
        raise ValueError(f"--output {output}: holds something that extract did not write; name another file")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8") as out:
            yield out
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _own_file(target: Path) -> bool:
    """Tell whether a file may be written: a new one, or one that this command wrote before."""
    if not target.exists():
        return True
    with target.open("rb") as file:
        return file.read(7) in (b'{"doc":', b"")


def study(args: argparse.Namespace) -> int:
    """Run the notebooks."""
    from .study.kernels import ready

    ready()  # first, for what is imported here takes a second or two
    from .study.notebooks import run

    return run(args.params)


def same(args: argparse.Namespace) -> int:
    """Say whether two spellings name one person, and why; 1 if they are not shown to."""
    from .people.names import same_person

    evidence = same_person(args.one, args.other)
    print(f"one person: {evidence}" if evidence else "not shown to be one person")
    return 0 if evidence else 1


@contextmanager
def _damage_told(outputs: Path) -> Iterator[None]:
    """Turn what damaged results lead to into an error that names their folder."""
    from pandera.errors import SchemaError, SchemaErrors

    try:
        yield
    except (LookupError, TypeError, AttributeError, StopIteration, RecursionError, SchemaError, SchemaErrors) as error:
        raise ValueError(
            f"{outputs}: the results are damaged ({type(error).__name__}); move them away, and make study makes them anew"
        ) from error


def cite(args: argparse.Namespace) -> int:
    """Print a quotation, checked against its article, or a figure, and how to cite it."""
    from .articles.document import visible
    from .paths import here
    from .report import citation

    with _damage_told(args.outputs):
        for line in citation.cite(args.id, here(args.outputs), args.format).splitlines():
            print(line if args.format else visible(line))
    return 0


def _results(outputs: Path):
    """The articles of a study, and its table of quotations."""
    from .articles.reading import read_corpus
    from .paths import here
    from .report import tables

    given = json.loads((here(outputs) / "manifest.json").read_text(encoding="utf-8"))["parameters"]
    documents, _ = read_corpus(here(given["corpus"]), given.get("columns", ""), given.get("period", ""))
    return documents, tables.read("quotations", here(outputs) / "tables")


def export(args: argparse.Namespace) -> int:
    """Write the articles of a study with their quotations for a coder's tool."""
    from .paths import here
    from .report import exchange
    from .study.output_folder import elsewhere

    elsewhere(here(args.output))
    with _damage_told(args.outputs):
        number = exchange.export(args.format, *_results(args.outputs), here(args.output))
    tell([f"{number} articles written to {args.output}"])
    return 0


def review(args: argparse.Namespace) -> int:
    """Print, or write, what a coder changed as lines of corrections.csv; of two coders, how they agree."""
    from .proof import review as reviewing

    with _damage_told(args.outputs):
        documents, quotations = _results(args.outputs)
    read = [reviewing.read_review(path, documents) for path in args.paths]
    if len(read) == 2:
        print(reviewing.agreement(*read).round(2).to_string(index=False))
        return 0
    if args.output and not args.who:
        raise ValueError("--who: say whose review it is, as in --who 'N. N.'")
    lines = reviewing.proposals(read[0], quotations, args.who)
    print(reviewing.as_csv(lines), end="")
    if args.output and lines:
        tell([f"{reviewing.add(lines, args.output)} lines written to {args.output}"])
    return 0


def verify(args: argparse.Namespace) -> int:
    """Check a folder of results against its manifest and its articles, or against what the code makes of them now."""
    from .paths import here
    from .proof import verification
    from .study import reproduction

    if args.again:
        wrong, right = reproduction.reproduce(args.again), "every file comes out the same, byte for byte"
    else:
        with _damage_told(args.outputs):
            wrong = verification.verify(here(args.outputs), args.corpus)
            tell(f"note: {remark}" for remark in verification.remarks(here(args.outputs)))
        right = "every file and every row is as recorded"
    tell(f"error: {line}" for line in wrong)
    if not wrong:
        print(right)
    return 1 if wrong else 0


def check(args: argparse.Namespace) -> int:
    """Print what the lexicons have against one another, in one script only, or unused."""
    from .articles.document import visible
    from .lexicons import load_all
    from .proof.lexicon_review import report
    from .study.parameters import read, read_parameters, use

    values = read_parameters(args.params)
    use(values["lexicons"])
    load_all()
    for file, remark, entry in report(list(read(values["corpus"], values["columns"], values["lexicons"]).analyses)):
        print(visible(f"{file}: {entry}: {remark}"))
    return 0
