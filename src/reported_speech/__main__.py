"""The command line: extract quotations from files, run the study, count the lexicon's frames."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .documents import Document, Rejected, read_folder
from .lexicon import FOLDER
from .quotations import Analysis, analyse
from .quotations.english_cues import OURS, POLNEAR


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


def extract(args: argparse.Namespace) -> int:
    """Write one JSON object a document; progress and rejections go to standard error."""
    documents: list[Document] = []
    rejected: list[Rejected] = []
    for path in args.paths:
        found, bad = read_folder(path)
        documents += found
        rejected += bad
    for bad in rejected:
        print(f"rejected {bad.path}: {bad.reason}; {bad.remedy}", file=sys.stderr)
    partial = args.output.with_name(args.output.name + ".part")
    with partial.open("w", encoding="utf-8") as out:
        for number, analysis in enumerate(analyse(documents, convention=args.convention), 1):
            out.write(json.dumps(as_json(analysis), ensure_ascii=False) + "\n")
            if number % 10 == 0 or number == len(documents):
                print(f"{number} of {len(documents)} documents", file=sys.stderr)
    partial.replace(args.output)
    return 0


def study(args: argparse.Namespace) -> int:
    """Run the notebooks."""
    from .study import run

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


def check(args: argparse.Namespace) -> int:
    """Print what the lexicons have twice, against one another, unused or in one script only."""
    from .checking import report

    documents, _ = read_folder(args.corpus)
    for file, remark, entry in report(list(analyse(documents))):
        print(f"{file}: {entry}: {remark}")
    return 0


def bench(args: argparse.Namespace) -> int:
    """Print how fast the extraction is."""
    from .benchmark import run

    print("\n".join(run(args.corpus)))
    return 0


def main(argv: list[str] | None = None) -> int:
    """Parse the command line, run the command, turn an expected error into one line and exit status 1."""
    parser = argparse.ArgumentParser(prog="python -m reported_speech", description=__doc__)
    commands = parser.add_subparsers(required=True)
    one = commands.add_parser("extract", help="articles -> one JSON object a document")
    one.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files or folders of .txt files")
    one.add_argument("--output", required=True, type=Path, metavar="FILE.jsonl")
    one.add_argument(
        "--convention", choices=[OURS, POLNEAR], default=OURS, help="polnear: as PolNeAR annotates (English)"
    )
    one.set_defaults(run=extract)
    two = commands.add_parser("study", help="run the notebooks with the parameters of a file")
    two.add_argument("params", type=Path, nargs="?", default=Path("study.yml"))
    two.set_defaults(run=study)
    three = commands.add_parser("count", help="frames of English cues, counted on an annotated corpus")
    three.add_argument("corpus", type=Path, help="one JSON object a line: doc, text, relations")
    three.set_defaults(run=count)
    four = commands.add_parser("measure", help="figures of the English extraction on PolNeAR")
    four.add_argument("corpus", type=Path, help="folder with dev/text, dev/attributions and train.jsonl")
    four.set_defaults(run=measure)
    five = commands.add_parser("same", help="whether two full names, in any script, are one person's")
    five.add_argument("one")
    five.add_argument("other")
    five.set_defaults(run=same)
    six = commands.add_parser(
        "check", help="lexicon entries that clash, that the articles never use, that lack a script"
    )
    six.add_argument("corpus", type=Path, nargs="?", default=Path("seeds"))
    six.set_defaults(run=check)
    seven = commands.add_parser("bench", help="how fast the extraction is")
    seven.add_argument("corpus", type=Path, nargs="?", default=Path("seeds"))
    seven.set_defaults(run=bench)
    args = parser.parse_args(argv)
    try:
        return args.run(args)
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
