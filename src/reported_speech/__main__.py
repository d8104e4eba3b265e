"""The command line: run the study, extract quotations from files, cite and check them, look over the lexicons."""

from __future__ import annotations

import os
import sys

if __name__ == "__main__" and sys.path[0] in ("", os.getcwd()):
    del sys.path[0]  # a file of the user's called random.py is no module of ours

import argparse
import errno
import signal
import tempfile
from collections.abc import Callable
from multiprocessing import util
from pathlib import Path

from . import __version__
from .commands import check, cite, export, extract, review, same, study, tell, verify

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


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
    _of_results(command, results, parameters)
    return parser


def _of_results(command: Callable, results: dict, parameters: dict) -> None:
    """The commands that need the results of a study, or its parameters."""
    sub = command(cite, "a quotation and its source line, checked against the article", "'001.txt#char=418,590'")
    sub.add_argument("id", help="quotation_id, such as 001.txt#char=418,590, or a figure's id, such as fig-balance")
    styles = ("bibtex", "ris", "csl-json")
    sub.add_argument("--format", choices=styles, default="", help="the citation alone, for a reference manager")
    sub.add_argument("--outputs", metavar="FOLDER", **results)
    sub = command(export, "articles and quotations for a coder's tool", "--format brat --output to-review")
    sub.add_argument("--format", choices=("brat", "label-studio"), required=True, help="the tool")
    sub.add_argument("--output", type=Path, required=True, metavar="FOLDER", help="a new folder")
    sub.add_argument("--outputs", metavar="FOLDER", **results)
    sub = command(
        review, "what a coder changed, as corrections; of two coders, how they agree", "to-review --who 'N. N.'"
    )
    sub.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a folder of brat's files, or an export of Label Studio"
    )
    sub.add_argument("--who", default="", help="whose review it is; needed to write")
    sub.add_argument("--output", type=Path, metavar="corrections.csv", help="a file that the lines are added to")
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
        tell([f"error: {file}{error.strerror.lower() if number and error.strerror else error}{advice}"])
        return 1
    except (ImportError, KeyboardInterrupt) as error:
        from . import cluster

        if isinstance(error, ImportError) and not cluster.stopped.is_set():  # else a stop in the middle of an import
            raise
        tell(["stopped; former results stand as they were"])
        return 130


def _stoppable() -> int:
    """Run the command so that Ctrl-C and SIGTERM end it at once, and all that it has started."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot write ← shows its code
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, lambda *_: os._exit(130))  # nothing has begun yet
    tempfile.gettempdir()  # tries the folder once, with a file that a stop would leave there
    from . import cluster

    for name in cluster.SIGNALS:
        signal.signal(name, cluster.stop)
    status = main()
    if cluster.stopped.is_set():  # threads that wait for what was killed are not waited for
        from .study.output_folder import remove

        sys.stderr.flush()
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what multiprocessing says of what was killed is nobody's concern
        cluster.end_last()
        remove(Path(util.get_temp_dir()))
        os._exit(status)
    return status


if __name__ == "__main__":
    sys.exit(_stoppable())
