"""Where results may go, and how they get there: nothing of the user's is replaced, and whatever stops a study, the former results stand.

A run writes into a folder of its own beside the output folder (``.reported-speech-…``, known by the mark in it, locked while the run
lives). When all is made, the former results move into that folder, the new ones into their place, and the folder goes.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..paths import root
from ..proof.manifest import sha256

PREFIX, MARK, FORMER = ".reported-speech-", "run.json", "former"
PROJECT = ("src", "notebooks", "seeds", "tests", ".git", ".venv", ".uv", ".cache")  # no results in any of these
CLUTTER = {".DS_Store", ".ipynb_checkpoints", "Thumbs.db", "desktop.ini"}  # what file managers and editors leave
ADVICE = "name a folder that is new, empty, or holds results of this study, as in output: my-results"


def check(output: Path, inputs: Iterable[Path]) -> Path:
    """Return the real folder that results may go to; raises ValueError, saying what to write instead, if they must not.

    ``inputs`` are what the study reads: no results in them, over them or around them.
    """
    try:
        target = output.resolve(strict=output.is_symlink())
    except (OSError, RuntimeError) as error:
        raise ValueError(f"output: {output} is a link that leads nowhere; {ADVICE}") from error
    for kept in (root(), *(root() / name for name in PROJECT), *inputs):
        if _within(kept, target):
            raise ValueError(f"output: {output} is, or holds, {kept}, which the results would replace; {ADVICE}")
        if kept != root() and _within(target, kept):
            raise ValueError(f"output: {output} lies in {kept}, which is no place for results; {ADVICE}")
    _in_no_results(output, target)
    if target.exists():
        _replaceable(output, target)
    return target


def _in_no_results(output: Path, target: Path) -> None:
    """Raise ValueError for a folder in the results of a study."""
    around = next((p for p in target.parents if (p / "manifest.json").is_file() and _listed(p) is not None), None)
    if around:
        raise ValueError(f"output: {output} lies in {around}, which holds the results of another study; {ADVICE}")


def elsewhere(output: Path) -> Path:
    """Return a folder for a notebook that runs alone, or an export; raises ValueError for the project itself, for what belongs to it and
    for a folder in results."""
    _in_no_results(output, Path(os.path.realpath(output)))
    for kept in (root(), *(root() / name for name in PROJECT)):
        if _within(kept, output) or (kept != root() and _within(output, kept)):
            raise ValueError(f"output: {output} is no place for results; {ADVICE}")
    return output


def _within(inner: Path, outer: Path) -> bool:
    """Tell whether a path is another or lies below it, however the two are written."""
    inner, outer = Path(os.path.realpath(inner)), Path(os.path.realpath(outer))
    if outer in (inner, *inner.parents):
        return True
    return outer.exists() and any(p.exists() and p.samefile(outer) for p in (inner, *inner.parents))


def _listed(folder: Path) -> dict[str, str] | None:
    """The files that the manifest of a folder of results lists, with their SHA-256; None if there is no such manifest."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return dict(manifest["outputs"]) if {"parameters", "inputs", "lock"} <= manifest.keys() else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _replaceable(output: Path, target: Path) -> None:
    """Raise ValueError if the results would take the place of anything but results."""
    if not target.is_dir():
        raise ValueError(f"output: {output} is a file; {ADVICE}")
    if os.path.ismount(target):
        raise ValueError(
            f"output: {output} is mounted and cannot be replaced; name a folder in it, as in output: {output}/results"
        )
    there = [p.relative_to(target) for p in sorted(target.rglob("*")) if p.is_symlink() or not p.is_dir()]
    there = [p for p in there if not CLUTTER & {*p.parts}]
    if there and (listed := _listed(target)) is None:
        raise ValueError(f"output: {output} holds {there[0]}, which this study did not make; {ADVICE}")
    for path in (p for p in there if p.as_posix() != "manifest.json"):
        if sha256(target / path) != listed.get(path.as_posix()):
            why = "was changed since this study wrote it" if path.as_posix() in listed else "this study did not make"
            raise ValueError(f"output: {output} holds {path}, which {why}; move it away, or {ADVICE}")


@contextmanager
def alone(output: Path) -> Iterator[Path]:
    """Yield a folder beside ``output`` that is this run's own and goes with it.

    Raises BlockingIOError if another study is writing to the same output, OSError if nothing can be written there.
    """
    missing = [p for p in (output.parent, *output.parent.parents) if not p.exists()]
    output.parent.mkdir(parents=True, exist_ok=True)
    work = None
    try:
        with _locked(output.parent):
            for rest in _left(output.parent):
                if _output_of(rest) == output.name and not _tidied(rest):
                    raise BlockingIOError(
                        f"another study is writing to {output}; wait for it, or choose another output"
                    )
            work = Path(tempfile.mkdtemp(prefix=PREFIX, dir=output.parent))
            mark = (work / MARK).open("w", encoding="utf-8")
            json.dump({"program": "reported_speech", "output": output.name}, mark)
            mark.flush()
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with mark:
            _movable(output, work)
            yield work
    finally:
        if work:
            _tidy(work, output)
        for folder in missing:
            with suppress(OSError):  # not empty: it holds the results
                folder.rmdir()


def _movable(output: Path, work: Path) -> None:
    """Raise OSError now if the output folder could not be moved in the end: the trial names a folder that is not empty, so it never succeeds."""
    try:
        if output.exists():
            output.rename(work)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise OSError(f"{output} cannot be replaced ({error.strerror}); name a folder in it as output") from error


def place(stage: Path, output: Path) -> None:
    """Let new results, made in a folder of ``alone``, take the place of the former ones; a stop between the two moves is mended."""
    if output.exists():
        output.rename(stage.parent / FORMER)
    stage.rename(output)


def restore() -> None:
    """Put back what a run that was killed between the two moves took away, beside study.yml, and clear what it left."""
    for rest in _left(root()):
        _tidied(rest)


def _left(folder: Path) -> list[Path]:
    """The folders of runs, alive or dead, in a folder; a folder without the mark is not one."""
    return [p for p in sorted(folder.glob(f"{PREFIX}*")) if p.is_dir() and not p.is_symlink() and _output_of(p)]


def _output_of(work: Path) -> str:
    """The name of the output folder that a run was to make, "" if the folder is none of ours."""
    try:
        mark = json.loads((work / MARK).read_text(encoding="utf-8"))
        name = mark["output"] if mark["program"] == "reported_speech" else ""
        return name if isinstance(name, str) and name == Path(name).name else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _tidied(work: Path) -> bool:
    """Clear what a dead run left; return whether it is dead: the lock goes with the process, however that ends."""
    with (work / MARK).open("a", encoding="utf-8") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        _tidy(work, work.parent / _output_of(work))
        return True


def _tidy(work: Path, output: Path) -> None:
    if (work / FORMER).exists() and not output.exists():
        (work / FORMER).rename(output)
    remove(work)


def remove(folder: Path) -> None:
    """Remove a folder of a run's own; a thread of a run that was stopped may still be writing there."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            break


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
