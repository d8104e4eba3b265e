"""Puts results in their place whole: whatever stops a study, the former results stand."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .study import root


@contextmanager
def alone(output: Path) -> Iterator[None]:
    """Hold the output folder for one study, by a lock on the folder itself that goes with the process, however it ends."""
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
