"""The command line: extract quotations from files, run the study, cite a quotation, and what keeps the lexicons in order."""

from __future__ import annotations

import argparse
import errno
import json
import signal
import sys
from functools import partial
from pathlib import Path

from . import work
from .documents import Document, Rejected
from .lexicon import FOLDER
from .placing import restore_all
from .quotations import REMEDY, Analysis
from .quotations.english_cues import OURS, POLNEAR
from .sources import read_corpus
from .store import read_back


def as_json(analysis: Analysis) -> dict:
    """Return one document's relations in the exchange format of the README."""
    relations = [
        {
            "kind": q.kind,
            "content": q.content,
            "cue": q.cue,
            "source": q.source,
            "speaker": q.speaker,
            "addressee": q.addressee,
            "rule": q.rule,
        }
        for q in analysis.quotations
    ]
    return {"doc": analysis.document.doc_id, "relations": relations}


def _say(bad: Rejected) -> None:
    from .citing import visible

    print(visible(f"rejected {bad.path}: {bad.reason}; {bad.remedy}"), file=sys.stderr)


def extract(args: argparse.Namespace) -> int:
    """Write one JSON object a document; progress and rejections go to standard error."""
    documents: list[Document] = []
    rejected: list[Rejected] = []
    for path in args.paths:
        found, bad = read_corpus(path)
        documents += found
        rejected += bad
    for bad in rejected:
        _say(bad)
    batches = work.spread(documents, args.workers, task=partial(work.analysed, convention=args.convention))
    part = args.output.with_name(args.output.name + ".part")
    try:
        with part.open("w", encoding="utf-8") as out:
            for number, found, reason in work.in_order(work.told(batches, len(documents))):
                if analysis := read_back(documents[number], found):
                    out.write(json.dumps(as_json(analysis), ensure_ascii=False) + "\n")
                else:
                    _say(Rejected(documents[number].doc_id, reason, REMEDY))
        part.replace(args.output)
    finally:
        part.unlink(missing_ok=True)
    return 0


def study(args: argparse.Namespace) -> int:
    """Run the notebooks."""
    from .running import run

    return run(args.params)


def count(args: argparse.Namespace) -> int:
    """Count the frames anew and write them into the lexicons."""
    from .counting import run

    print(f"{run(args.corpus, FOLDER)} rows", file=sys.stderr)
    return 0


def measure(args: argparse.Namespace) -> int:
    """Measure the English extraction on PolNeAR and store the figures."""
    from .measuring import run

    print(f"{run(args.corpus)} articles", file=sys.stderr)
    return 0


def same(args: argparse.Namespace) -> int:
    """Say whether two spellings name one person, and why."""
    from .names import same_person

    evidence = same_person(args.one, args.other)
    print(f"one person: {evidence}" if evidence else "not shown to be one person")
    return 0


def cite(args: argparse.Namespace) -> int:
    """Print a quotation, checked against its article, and how to cite it."""
    from . import citing
    from .study import here

    print(citing.cite(args.id, here(args.outputs)))
    return 0


def verify(args: argparse.Namespace) -> int:
    """Check a folder of results against its manifest and its articles, or against what the code makes of them now."""
    from . import citing, verification
    from .study import here

    if args.again:
        wrong, said = verification.reproduce(args.again), "every file comes out the same, byte for byte"
    else:
        wrong, said = verification.verify(here(args.outputs), args.corpus), "every file and every row is as recorded"
        for remark in verification.remarks(here(args.outputs)):
            print(f"note: {citing.visible(remark)}", file=sys.stderr)
    for line in wrong:
        print(f"error: {citing.visible(line)}", file=sys.stderr)
    if not wrong:
        print(said)
    return 1 if wrong else 0


def check(args: argparse.Namespace) -> int:
    """Print what the lexicons have twice, against one another, unused or in one script only."""
    from .checking import report
    from .study import read, read_parameters

    values = read_parameters(args.params)
    for file, remark, entry in report(list(read(values["corpus"], values["columns"], values["lexicons"]).analyses)):
        print(f"{file}: {entry}: {remark}")
    return 0


def bench(args: argparse.Namespace) -> int:
    """Print what the extraction costs, line by line."""
    from .benchmark import run

    for line in run(args.corpus, tuple(args.sizes)):
        print(line, flush=True)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m reported_speech", description=__doc__)
    commands = parser.add_subparsers(required=True)

    def command(name: str, run, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text)
        sub.set_defaults(run=run)
        return sub

    of_articles = command("extract", extract, "articles -> one JSON object a document")
    of_articles.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders of .txt files")
    of_articles.add_argument("--output", required=True, type=Path, metavar="FILE.jsonl")
    of_articles.add_argument(
        "--convention", choices=[OURS, POLNEAR], default=OURS, help="polnear: as PolNeAR annotates (English)"
    )
    of_articles.add_argument(
        "--workers",
        type=int,
        default=0,
        help="processes; 0: all cores if there are many articles, 1: none but this one",
    )
    of_notebooks = command("study", study, "run the notebooks with the parameters of a file")
    of_notebooks.add_argument("params", type=Path, nargs="?", default=Path("study.yml"))
    cited = command("cite", cite, "a quotation, its speaker and source line, checked against the article")
    cited.add_argument("id", help="quotation_id, such as 001.txt#char=418,590")
    cited.add_argument("--outputs", type=Path, default=Path("outputs"), help="the results of a study")
    names = command("same", same, "whether two full names, in any script, are one person's")
    names.add_argument("one")
    names.add_argument("other")
    verified = command(
        "verify", verify, "a folder of results against its manifest and articles; --again: against a new run"
    )
    verified.add_argument("outputs", type=Path, nargs="?", default=Path("outputs"))
    verified.add_argument("--corpus", type=Path, help="where the articles lie, if not where the manifest has them")
    verified.add_argument("--again", type=Path, metavar="study.yml", help="run the study anew, in a temporary folder")
    counted = command("count", count, "frames of English cues, counted on an annotated corpus")
    counted.add_argument("corpus", type=Path, help="one JSON object a line: doc, text, relations")
    measured = command("measure", measure, "figures of the English extraction on PolNeAR")
    measured.add_argument("corpus", type=Path, help="folder with dev/text, dev/attributions and train.jsonl")
    checked = command("check", check, "lexicon entries that clash, that the articles never use, that lack a script")
    checked.add_argument("params", type=Path, nargs="?", default=Path("study.yml"))
    costs = command("bench", bench, "what the extraction costs, beside the parse and textacy")
    costs.add_argument("corpus", type=Path, nargs="?", default=Path("seeds"))
    costs.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000], help="numbers of documents")
    return parser


def main(argv: list[str] | None = None) -> int:
    """Parse the command line, run the command, turn an expected error into one line and exit status 1."""
    args = _parser().parse_args(argv)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        restore_all()
        return args.run(args)
    except (OSError, ValueError) as error:
        from .citing import visible

        full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        advice = "; make room and repeat, former results stand as they were" if full else ""
        print(f"error: {visible(str(error))}{advice}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; former results stand as they were", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
