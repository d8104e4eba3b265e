"""The command line: run the study, extract quotations from files, cite and check them, look over the lexicons."""

from __future__ import annotations

import argparse
import errno
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from . import __version__

if TYPE_CHECKING:
    from .analysis import Analysis

STREAMS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def as_json(analysis: Analysis) -> dict:
    """Return one document's relations in the exchange format of the README."""
    names = ("kind", "content", "cue", "source", "speaker", "addressee", "rule")
    relations = [{name: getattr(q, name) for name in names} for q in analysis.quotations]
    return {"doc": analysis.document.doc_id, "relations": relations}


def _tell(lines) -> None:
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
    _tell(rejections(rejected))
    if not documents:
        raise ValueError(f"{', '.join(map(str, args.paths))}: no article can be read in it")
    with _written(args.output, args.paths) as out:
        batches = cluster.spread(((d, None) for d in documents), len(documents), args.workers)
        for row in cluster.in_order(cluster.shown(batches, len(documents))):
            if row.analysis:
                out.write(json.dumps(as_json(cluster.ANALYSIS.validate_json(row.analysis)), ensure_ascii=False) + "\n")
            else:
                _tell(rejections([Rejected(documents[row.number].doc_id, row.reason, REMEDY)]))
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
    for path in inputs:
        own = Path(os.path.realpath(path))
        same = own == target or (target.exists() and own.exists() and own.samefile(target))
        if same or (own in target.parents and not _own_file(target)):
            raise ValueError(f"--output {output}: is, or lies in, the input {path}; name a file elsewhere")
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8") as out:
            yield out
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _own_file(target: Path) -> bool:
    """Tell whether a file among the articles may be written: a new .jsonl, or one that this command wrote before."""
    if target.suffix != ".jsonl" or not target.exists():
        return target.suffix == ".jsonl"
    with target.open("rb") as file:
        return file.read(7) in (b'{"doc":', b"")


def study(args: argparse.Namespace) -> int:
    """Run the notebooks."""
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
            f"{outputs}: the results are damaged ({type(error).__name__}); make study makes them anew"
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


def export(args: argparse.Namespace) -> int:
    """Write the articles of a study with their quotations for a coder's tool."""
    from .articles.reading import read_corpus
    from .paths import here
    from .report import exchange, tables

    with _damage_told(args.outputs):
        given = json.loads((here(args.outputs) / "manifest.json").read_text(encoding="utf-8"))["parameters"]
        documents, _ = read_corpus(here(given["corpus"]), given.get("columns", ""))
        quotations = tables.read("quotations", here(args.outputs) / "tables")
        number = exchange.export(args.format, documents, quotations, here(args.output))
    _tell([f"{number} articles written to {args.output}"])
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
            _tell(f"note: {remark}" for remark in verification.remarks(here(args.outputs)))
        right = "every file and every row is as recorded"
    _tell(f"error: {line}" for line in wrong)
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


def _processes(word: str) -> int:
    if not word.isdecimal():
        raise argparse.ArgumentTypeError(f"{word!r} is no number of processes; 0: all cores, 1: none but this one")
    return int(word)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reported_speech", description=__doc__)
    parser.add_argument("--version", action="version", version=f"reported_speech {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(run: Callable, text: str, example: str) -> argparse.ArgumentParser:
        usage = f"example: python -m reported_speech {run.__name__} {example}"
        sub = commands.add_parser(run.__name__, help=text, description=text, epilog=usage)
        sub.set_defaults(run=run)
        return sub

    parameters = {"type": Path, "nargs": "?", "default": Path("study.yml"), "help": "parameters (study.yml)"}
    results = {"type": Path, "default": Path("outputs"), "help": "results of a study (outputs)"}
    command(study, "run the notebooks with the parameters of a file", "my.yml").add_argument("params", **parameters)
    sub = command(extract, "articles -> one JSON object a document", "my-articles --output quotations.jsonl")
    sub.add_argument(
        "paths",
        nargs="+",
        type=Path,
        metavar="PATH",
        help="a folder of articles (.txt, .html, .json), such a file, or a table",
    )
    sub.add_argument("--output", required=True, type=Path, metavar="FILE.jsonl", help="-: standard output")
    sub.add_argument("--columns", default="", help="what a table calls its columns, as in text=body,id=url")
    processes = "processes; 0: all cores if there are many articles, 1: this one"
    sub.add_argument("--workers", type=_processes, default=0, metavar="N", help=processes)
    sub = command(cite, "a quotation and its source line, checked against the article", "'001.txt#char=418,590'")
    sub.add_argument("id", help="quotation_id, such as 001.txt#char=418,590, or a figure's id, such as fig-balance")
    styles = ("bibtex", "ris", "csl-json")
    sub.add_argument("--format", choices=styles, default="", help="the citation alone, for a reference manager")
    sub.add_argument("--outputs", metavar="FOLDER", **results)
    sub = command(export, "articles and quotations for a coder's tool", "--format brat --output to-review")
    sub.add_argument("--format", choices=("brat", "label-studio"), required=True, help="the tool")
    sub.add_argument("--output", type=Path, required=True, metavar="FOLDER", help="a new folder")
    sub.add_argument("--outputs", metavar="FOLDER", **results)
    sub = command(verify, "hold a folder of results against its manifest and articles, or a new run", "outputs")
    sub.add_argument("outputs", nargs="?", **results)
    sub.add_argument("--corpus", type=Path, help="where the articles lie, if not where the manifest has them")
    sub.add_argument(
        "--again", type=Path, metavar="study.yml", help="run the study anew in a temporary folder, and compare"
    )
    names = '"Elmar Mammadyarov" "المار محمدیاروف"'
    sub = command(same, "whether two full names, in any script, are one person's; exit status 1 if not", names)
    sub.add_argument("one", help="a full name")
    sub.add_argument("other", help="another")
    sub = command(check, "lexicon entries that clash, lack a script, or are never used", "study.yml")
    sub.add_argument("params", **parameters)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Parse the command line, run the command, turn an expected error into one line and exit status 1."""
    args = _parser().parse_args(argv)
    try:
        from .study.output_folder import restore

        restore()
        return args.run(args)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read has read enough
        return 0
    except (OSError, ValueError) as error:
        number = getattr(error, "errno", None)
        file = f"{error.filename}: " if number and error.filename else ""
        advice = "; make room and repeat, former results stand as they were" if number in FULL else ""
        _tell([f"error: {file}{error.strerror.lower() if number and error.strerror else error}{advice}"])
        return 1
    except KeyboardInterrupt:
        _tell(["stopped; former results stand as they were"])
        return 130


def _stoppable() -> int:
    """Run the command so that Ctrl-C and SIGTERM end it at once, and all that it has started."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot write ← shows its code
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: os._exit(130))  # nothing has begun yet
    from . import cluster

    for name in cluster.SIGNALS:
        signal.signal(name, cluster.stop)
    status = main()
    if cluster.stopped.is_set():  # threads that wait for what was killed are not waited for
        cluster.end_children()
        sys.stderr.flush()
        os._exit(status)
    return status


if __name__ == "__main__":
    sys.exit(_stoppable())
