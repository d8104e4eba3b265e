"""Parses kept between runs, for the parse is what an analysis costs; the rules run anew each time.

The file may be deleted at any time; what is missing or damaged is parsed again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from itertools import batched
from pathlib import Path

from .quotations.english.parse import versions


class Archive:
    """One SQLite file of parses, by their key; a damaged one is begun anew."""

    def __init__(self, folder: Path):
        self.path = folder / "parses.sqlite"

    def parses(self, keys: Iterable[str]) -> dict[str, bytes]:
        """Return key -> parse, for those that are kept."""
        out: dict[str, bytes] = {}
        for some in batched(keys, 500):
            question = f"select key, parse from kept where key in ({','.join('?' * len(some))})"
            out |= {key: parse for key, parse in self._do(question, [some]) if isinstance(parse, bytes)}
        return out

    def keep(self, parses: dict[str, bytes]) -> None:
        """Keep parses, all of them or none."""
        rows = [(key, versions(), parse) for key, parse in parses.items()]
        self._do("insert or replace into kept values (?, ?, ?)", rows)

    def tidy(self) -> None:
        """Drop what another model or package has parsed."""
        self._do("delete from kept where made_by != ?", [(versions(),)])

    def _do(self, command: str, values: list[tuple]) -> list[tuple]:
        for last in (False, True):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with closing(sqlite3.connect(self.path, timeout=60)) as base, base:
                    base.execute("create table if not exists kept (key primary key, made_by, parse)")
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
