"""Runs the notebooks in order through papermill, renders them, and writes the index and the manifest.

Everything is written beside the output folder and moved into place when the whole study has succeeded.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from threading import Event

import papermill
from nbconvert import HTMLExporter
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import papermill_io

from .. import cluster
from ..articles.document import Document, visible
from ..cluster import FEW, end_children, starting
from ..corpus import rejections
from ..lexicons import load_all
from ..paths import here, root
from ..people.registry import registry
from ..proof.corrections import read_corrections
from ..proof.evaluation import read_gold
from ..proof.manifest import given, manifest
from ..report import columns, exchange, pages, site, workbook
from ..report.phrases import say
from ..report.sides import codes
from .kernels import FORKED, Kernels, ready, sockets
from .output_folder import alone, check, place
from .parameters import FOUND, MANNER, NOTEBOOKS, STAGE, declared, inputs, read, read_parameters, unformatted, use

PAGES, EXPLORER, EXCHANGE, WORKBOOK, SITE = "articles' pages", "explorer", "exchange", "workbook", "site"
# The tables that a step reads are written by these; what does not depend on each other runs side by side, longest chain first.
NEEDS = {
    "02_normalization": ("01_ingestion",),
    "04_quotations": ("01_ingestion", "03_actors"),
    "05_figures": ("04_quotations",),
    "06_evaluation": ("04_quotations",),
    PAGES: ("04_quotations",),
    EXPLORER: ("04_quotations",),
    EXCHANGE: ("04_quotations",),
    WORKBOOK: ("02_normalization", "06_evaluation"),
    SITE: ("05_figures", "06_evaluation"),
}
ORDER = (
    *("03_actors", "01_ingestion", "04_quotations", "02_normalization", "05_figures", "06_evaluation"),
    *(WORKBOOK, PAGES, EXPLORER, SITE, EXCHANGE),
)


def run(path: Path) -> int:
    """Run the whole study into its output folder; return 0, or 1 with the notebook, cell and error named on standard error.

    Raises BlockingIOError if another study is writing to the same folder.
    """
    values = read_parameters(path)
    output = check(here(values["output"]), inputs(path, values))
    use(values["lexicons"])
    load_all()
    registry()
    codes(values["sides"])
    with ExitStack() as placed, alone(output) as work:
        stage = work / output.name
        if not make(values, stage):
            return 1
        check(output, inputs(path, values))  # once more: somebody may have put something there meanwhile
        placed.enter_context(cluster.undisturbed())  # until the former results are cleared
        place(stage, output)
    print(visible(f"done: {output}/README.md is the index"), file=sys.stderr)
    return 0


def make(values: dict, stage: Path) -> bool:
    """Make all results of a study in a new folder; return whether every notebook ran."""
    # papermill keeps a working folder of its own, to which two threads leave that of a former study: the process would move there.
    papermill_io.get_handler("local").cwd(None)
    for part in ("notebooks", "html"):
        (stage / part).mkdir(parents=True)
    ready()
    os.environ[STAGE] = str(stage)
    manner = {name: values[name] for name in (*MANNER, "period")}
    print(f"reading the articles of {visible(values['corpus'])}", file=sys.stderr, flush=True)
    read_corrections(here(values["corrections"]))
    if values["gold"]:
        read_gold(here(values["gold"]))
    before = given(values)
    asked = [values[name] for name in ("corpus", "columns", "lexicons", "relations")]
    corpus = read(*asked, into=stage.parent / FOUND, progress=True, **manner)
    for line in rejections(corpus.rejected):
        print(line, file=sys.stderr)
    print(f"articles: {len(corpus.documents)}; running the notebooks", file=sys.stderr, flush=True)
    os.environ["JUPYTER_RUNTIME_DIR"] = str(sockets())
    if not _notebooks(values, stage, corpus.documents):
        return False
    if given(values) != before:
        raise ValueError("corrections, lexicons or relations were changed while the study ran; run it again")
    _finish(stage, values, corpus.documents)
    return True


def _notebooks(values: dict, stage: Path, documents: list[Document]) -> bool:
    """Run and render the notebooks, some at a time, and write what rests on their tables; return whether all ran. An interrupt ends
    those that run, too."""
    futures: dict[str, Future] = {}
    stopped = Event()
    write = _writers(values, stage, documents)
    processes = ProcessPoolExecutor(2, FORKED) if len(documents) >= FEW else None

    def one(name: str) -> bool:
        if not all(futures[needed].result() for needed in NEEDS.get(name, ())) or stopped.is_set():
            return False
        if name in write:
            _by(processes, write[name])
            return True
        source, target = root() / "notebooks" / f"{name}.ipynb", stage / "notebooks" / f"{name}.ipynb"
        done = _execute(source, target, values, stopped)
        if done:
            _render(target, stage / "html" / f"{name}.html")
        if not stopped.is_set():
            print(f"{name}{'' if done else ' failed'}", file=sys.stderr, flush=True)
        return done

    pool = ThreadPoolExecutor(3)
    try:
        for name in ORDER:
            futures[name] = pool.submit(one, name)
        return all([future.result() for future in futures.values()])
    except BaseException:
        stopped.set()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if processes:
            processes.shutdown(wait=False, cancel_futures=True)
        if stopped.is_set():  # threads that wait for what is killed here are not waited for
            end_children()


def _by(processes: ProcessPoolExecutor | None, write: Callable) -> None:
    """Write in a process of its own, or in this one if the study is small."""
    if not processes:
        return write()
    with starting():
        written = processes.submit(write)
    return written.result()


def _writers(values: dict, stage: Path, documents: list[Document]) -> dict[str, Callable]:
    """What writes the pages and files that rest on tables."""
    sides = values["sides"]
    return {
        PAGES: partial(pages.build_articles, stage, documents, NOTEBOOKS, sides),
        EXPLORER: partial(site.build_explorer, stage, documents, NOTEBOOKS, sides),
        EXCHANGE: partial(exchange.write, stage, documents),
        WORKBOOK: partial(workbook.write, stage / "tables"),
        SITE: partial(site.build, stage, documents, NOTEBOOKS, sides, values["title"]),
    }


def _finish(stage: Path, values: dict, documents: list[Document]) -> None:
    """Write what rests on all else: the texts that offsets count in, the dictionary of columns, and the manifest."""
    keep_texts(stage, documents)
    (stage / "tables" / "README.md").write_text(columns.dictionary(), encoding="utf-8")
    (stage / "manifest.json").write_text(
        json.dumps(
            manifest(stage, {n: v for n, v in values.items() if n not in MANNER}, documents),
            indent=1,
            ensure_ascii=False,
        )
        + "\n",
        encoding="utf-8",
    )


def keep_texts(stage: Path, documents: list[Document]) -> None:
    """Write, of an article that is no plain text (a web page, a packed file), the text that its offsets count in."""
    for d in documents:
        if hashlib.sha256(d.text.encode()).hexdigest() != d.sha256:
            kept = stage / "texts" / pages.page_of(d.doc_id).replace(".html", ".txt")
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(d.text, encoding="utf-8", newline="")


def _execute(notebook: Path, target: Path, values: dict, stopped: Event) -> bool:
    """Run one notebook."""
    chosen = {name: values[name] for name in declared(notebook)}
    try:
        papermill.execute_notebook(
            unformatted(notebook),
            unformatted(target),
            chosen,
            progress_bar=False,
            log_output=False,
            record_timing=False,
            coalesce_streams=True,
            kernel_name="python3",
            kernel_manager_class=Kernels,
            shutdown_kernel="immediate",
        )
    except (PapermillExecutionError, RuntimeError) as error:  # a kernel that dies, at its start or later, is one
        if stopped.is_set():
            return False
        said = f", cell {error.cell_index}: {error.ename}: {error.evalue}" if hasattr(error, "ename") else f": {error}"
        print(f"error: {notebook.name}{visible(said)}", file=sys.stderr)
        return False
    settle(target)
    return True


def settle(path: Path) -> None:
    """Take out of an executed notebook what differs from run to run; fail on an output that names an address in memory."""
    book = json.loads(path.read_text(encoding="utf-8"))
    book["metadata"].pop("papermill", None)
    book["metadata"].get("language_info", {}).pop("version", None)
    given = any("injected-parameters" in cell["metadata"].get("tags", []) for cell in book["cells"])
    book["cells"] = [c for c in book["cells"] if not (given and "parameters" in c["metadata"].get("tags", []))]
    for number, cell in enumerate(book["cells"]):
        for key in ("papermill", "execution"):
            cell["metadata"].pop(key, None)
        if "injected-parameters" in cell["metadata"].get("tags", []):
            cell["id"] = "injected-parameters"
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr" or re.search(r"\bat 0x[0-9a-f]{8,}", json.dumps(output)):
                raise ValueError(
                    f"{path.name}, cell {number}: a warning or an address in its output: {json.dumps(output)[:300]}"
                )
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


def _render(notebook: Path, page: Path) -> None:
    exporter = HTMLExporter(
        template_name="study",
        extra_template_basedirs=[str(pages.TEMPLATES)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    body, _ = exporter.from_filename(
        str(notebook),
        resources={"study": {"links": pages.links(NOTEBOOKS, notebook.stem), "t": partial(say, language="en")}},
    )
    page.write_text(body, encoding="utf-8")
