"""What is kept between runs: parses, for the parse is what an analysis costs, and analyses, for as long as code and lexicons stay.

The file may be deleted at any time; what is missing or damaged is made again.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing, suppress
from hashlib import blake2b
from itertools import batched
from pathlib import Path

SEAL = 8  # bytes that tell whether a thing is what was kept
Kept = tuple[str, str, bytes]  # key, what made it, the thing itself


class Archive:
    """One SQLite file of things by their keys; a damaged one is begun anew."""

    def __init__(self, folder: Path):
        self.path = folder / "kept.sqlite"

    def get(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return key -> what is kept under it, for those that are there and whole."""
        out: dict[str, bytes] = {}
        for key, packed in self._chosen("key, thing", keys):
            with suppress(zlib.error, TypeError):
                sealed = zlib.decompress(packed)
                if sealed == _sealed(key, thing := sealed[SEAL:]):
                    out[key] = thing
        return out

    def holds(self, keys: Iterable[str]) -> set[str]:
        """Return the keys under which something is kept."""
        return {key for (key,) in self._chosen("key", keys)}

    def keep(self, rows: Iterable[Kept]) -> None:
        """Keep things, all of them or none."""
        self._do(
            "insert or replace into kept values (?, ?, ?)",
            [(key, by, zlib.compress(_sealed(key, thing), 1)) for key, by, thing in rows],
        )

    def tidy(self, *makers: str) -> None:
        """Drop what anything but these has made."""
        self._do(f"delete from kept where made_by not in ({','.join('?' * len(makers))})", [makers])

    def _chosen(self, columns: str, keys: Iterable[str]) -> Iterable[tuple]:
        for some in batched(keys, 500):
            yield from self._do(f"select {columns} from kept where key in ({','.join('?' * len(some))})", [some])

    def _do(self, command: str, values: list[tuple]) -> list[tuple]:
        for last in (False, True):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with closing(sqlite3.connect(self.path, timeout=60)) as base, base:
                    base.execute("create table if not exists kept (key primary key, made_by, thing)")
                    return [row for each in values for row in base.execute(command, each).fetchall()]
            except sqlite3.OperationalError as error:
                busy = getattr(error, "sqlite_errorcode", 0) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                advice = "wait for the other study that writes to it" if busy else "make room"
                raise OSError(f"{self.path}: {error}; {advice}") from error
            except sqlite3.DatabaseError as error:
                if last or getattr(error, "sqlite_errorcode", 0) not in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
                    raise
                self.path.unlink(missing_ok=True)
        return []


def _sealed(key: str, thing: bytes) -> bytes:
    return blake2b(key.encode() + b"\0" + thing, digest_size=SEAL).digest() + thing
