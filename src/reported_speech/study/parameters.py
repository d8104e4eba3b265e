"""The study: its parameters, the folders that they name, and its corpus, as the notebooks read it."""

from __future__ import annotations

import os
import re
import reprlib
from functools import cache
from pathlib import Path

from .. import corpus as corpora
from ..corpus import Corpus
from ..lexicons import parsed
from ..lexicons import use as use_lexicons
from ..paths import here, root

NOTEBOOKS = ("01_ingestion", "02_normalization", "03_actors", "04_quotations", "05_figures", "06_evaluation")
TYPES = {"str": str, "int": int, "float": float, "bool": bool}
WHOLE = {"title": str, "period": str}  # what the study as a whole has, and no notebook needs
MANNER = {"workers": int, "scheduler": str}  # how a study is run, which changes no byte of it
PERIOD = re.compile(r"(\d{4}(-\d\d){0,2})?/(\d{4}(-\d\d){0,2})?")
SCHEDULER = re.compile(r"(?:tcp|tls|ws|wss|ucx)://[^\s/:]+:\d{1,5}")
STAGE = "REPORTED_SPEECH_STAGE"
KEPT = "REPORTED_SPEECH_CACHE"
FOUND = "found"  # the folder beside a stage that has what the study found


def results(output: str) -> Path:
    """Return the folder that a notebook writes to: the output folder, or its stage while the whole study runs.

    Raises ValueError for a folder of the project that holds no results.
    """
    from .output_folder import elsewhere

    return Path(os.environ[STAGE]) if STAGE in os.environ else elsewhere(here(output))


def kept() -> Path:
    """Return the folder of analyses that are kept between runs; it may be deleted at any time."""
    return here(os.environ.get(KEPT, ".cache"))


def use(lexicons: str) -> None:
    """Lay the lexicons of the folder that a parameter names over the study's own; "" is none."""
    use_lexicons(here(lexicons) if lexicons else None)


def read(corpus: str, columns: str = "", lexicons: str = "", relations: str = "", **how) -> Corpus:
    """Return the corpus that a parameter names, analysed: a folder, or a table with its ``columns``; own ``lexicons`` over ours,
    another extractor's ``relations`` in place of ours.

    While the whole study runs, its notebooks get what it has found.
    """
    use(lexicons)
    found = Path(os.environ[STAGE]).parent / FOUND if STAGE in os.environ else None
    if found and (found / "rejected.jsonl").exists():
        return Corpus(found)
    return corpora.read(here(corpus), kept(), columns, here(relations) if relations else None, **how)


@cache
def declared(notebook: Path) -> dict[str, type]:
    """Return the parameters that a notebook declares, with their types."""
    import papermill

    found = papermill.inspect_notebook(unformatted(notebook))
    return {name: TYPES[p["inferred_type_name"]] for name, p in found.items()}


def unformatted(path: Path) -> str:
    """Return a path as papermill takes it: it would fill in what stands in braces."""
    return str(path).replace("{", "{{").replace("}", "}}")


def read_parameters(path: Path) -> dict:
    """Read and check the parameters of a study.

    Raises ValueError, naming the file and the parameter, for one that no notebook has, that is missing, or of a wrong type, and
    for an own study that would overwrite the committed outputs; FileNotFoundError if there is no such file.
    """
    if not path.is_file():
        raise FileNotFoundError(f"{path}: there is no such file; copy study.yml and change what differs")
    values, notebooks = parsed(path) or {}, root() / "notebooks"
    known = (
        {name: kind for n in NOTEBOOKS for name, kind in declared(notebooks / f"{n}.ipynb").items()} | WHOLE | MANNER
    )
    if not isinstance(values, dict):
        raise ValueError(f"{path}: name the parameters, one a line: {', '.join(known)}")
    if unknown := sorted(set(values) - set(known), key=str):
        raise ValueError(f"{path}: unknown parameter {reprlib.repr(unknown[0])}; the parameters are {', '.join(known)}")
    named = values.get("corrections", "")
    for name in ("columns", "lexicons", "period", "relations", "scheduler", "sides", "title"):
        values.setdefault(name, "")
    values.setdefault("workers", 0)
    values.setdefault("corrections", os.path.relpath(path.resolve().with_name("corrections.csv"), root()))
    if missing := sorted(set(known) - set(values)):
        raise ValueError(f"{path}: parameter {missing[0]!r} is missing")
    for name, value in values.items():
        if type(value) is not known[name]:
            raise ValueError(f"{path}: {name} must be {known[name].__name__}, not {reprlib.repr(value)}")
    _sensible(path, values, named)
    if (
        path.resolve() != (root() / "study.yml").resolve()
        and here(values["output"]).resolve() == (root() / "outputs").resolve()
    ):
        raise ValueError(
            f"{path}: output must not be outputs, which holds the committed results; choose another folder"
        )
    return values


def _sensible(path: Path, values: dict, corrections: str) -> None:
    """Raise ValueError, naming the file and the parameter, for a value that nothing can be done with."""
    if values["workers"] < 0:
        raise ValueError(
            f"{path}: workers must be 0 (all cores), 1 (this process alone) or more, not {values['workers']}"
        )
    if values["top"] < 1:
        raise ValueError(f"{path}: top must be 1 or more, not {values['top']}")
    if values["scheduler"] and not SCHEDULER.fullmatch(values["scheduler"]):
        raise ValueError(
            f"{path}: scheduler must be an address as in tcp://127.0.0.1:8786, not {values['scheduler']!r}"
        )
    if values["period"] and not PERIOD.fullmatch(values["period"]):
        raise ValueError(f"{path}: period must be two dates as in 2023-09/2023-12, not {values['period']!r}")
    for name, value in values.items():
        if isinstance(value, str) and "\0" in value:
            raise ValueError(f"{path}: {name} has a NUL character")
    for name in ("corpus", "output"):
        if not values[name].strip():
            raise ValueError(f"{path}: {name} is empty; name a folder")
    for name, file in (("corrections", corrections), ("gold", values["gold"]), ("relations", values["relations"])):
        if file and not here(file).is_file():
            raise ValueError(f"{path}: {name}: there is no file {file}; correct the name, or leave the line out")


def inputs(path: Path, values: dict) -> list[Path]:
    """Return the files and folders that a study reads: its parameters and what they name."""
    names = ("corpus", "lexicons", "corrections", "gold", "relations")
    return [path, *(here(values[name]) for name in names if values[name])]
