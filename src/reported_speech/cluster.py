"""Many documents: one flat map over batches of them, in this process, by processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import hashlib
import importlib.metadata
import logging
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import batched
from pathlib import Path
from typing import NamedTuple

import psutil
from pydantic import TypeAdapter
from tqdm import tqdm

from .analysis import TOGETHER, Analysis, analyse
from .articles.document import Document, Rejected
from .lexicons import own_files, own_folder, use
from .quotations.english.parse import parse_key, versions

FEW = 128  # documents below which starting workers costs more than it saves
KILLS = "kills the process that analyses it"
WAIT = 60  # seconds for a cluster to have a worker
MEMORY = 1_000_000_000  # bytes that a worker may come to
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
stopped = threading.Event()  # this process is to end: nothing is closed with patience any more
STARTS = threading.Lock()  # held while a thread starts a process
ANALYSIS = TypeAdapter(Analysis)
Item = tuple[Document, bytes | None]  # a document, and its parse if that is known


class Found(NamedTuple):
    """What is found in a document: its analysis as JSON, or why there is none; the parses that were made for it, by their key."""

    analysis: bytes | None
    reason: str = ""
    parses: dict[str, bytes] = {}  # noqa: RUF012 (never changed)


class Row(NamedTuple):
    """What is found in the document of a number in its list."""

    number: int
    analysis: bytes | None
    reason: str
    parses: dict[str, bytes]


def analysed(items: Iterable[Item]) -> list[Found]:
    """Analyse some documents."""
    items = list(items)
    known = {parse_key(document): parse for document, parse in items if parse}
    parses = dict(known)
    out = []
    for (document, _), result in zip(items, analyse((d for d, _ in items), parses), strict=True):
        key = parse_key(document)
        new = {key: parses[key]} if parses.get(key) is not known.get(key) else {}
        failed = isinstance(result, Rejected)
        out.append(Found(None, result.reason, new) if failed else Found(ANALYSIS.dump_json(result), "", new))
    return out


@cache
def _code() -> str:
    """The SHA-256 of the code and lexicons of this process, with the versions of the packages they rest on."""
    package, digest = Path(__file__).parent, hashlib.sha256()
    for path in sorted(p for p in package.rglob("*") if p.suffix in (".py", ".yml", ".tsv")):
        digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest() + versions() + " ".join(importlib.metadata.version(n) for n in ("hazm", "rapidfuzz"))


def fingerprint() -> str:
    """Return what an analysis rests on: code, packages, lexicons, own lexicons over them."""
    own = hashlib.sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in own_files()))
    return f"{_code()} {own.hexdigest()}"


def _elsewhere(task: Callable, items: list[Item], lexicons: Path | None, expected: str) -> list[Found]:
    """A task of a worker; raises ValueError if its code, packages or lexicons are not those of who sent it."""
    use(lexicons)
    if fingerprint() != expected:
        raise ValueError("a worker has other code, packages or lexicons than this project; give all the same")
    return task(items)


def spread(
    items: Iterable[Item], number: int, workers: int = 1, scheduler: str = "", task: Callable = analysed
) -> Iterator[list[Row]]:
    """Yield the rows of so many documents, batch by batch, in any order; each document has exactly one row.

    ``workers`` is the number of processes: 1 is this one, 0 as many as there are cores if there are many documents. ``scheduler``
    is the address of a Dask cluster whose workers, of one thread each, see the project under the same path. A worker that dies is
    replaced and its batch done again; a document that kills its worker even alone is rejected.

    Raises OSError if there is no such cluster or it has no workers, ValueError if they are not fit for it.
    """
    if not number:
        return
    batches = batched(enumerate(items), TOGETHER)
    if not scheduler and (workers == 1 or (workers == 0 and (number < FEW or _cores() == 1))):
        yield from (_rows(some, task([item for _, item in some])) for some in batches)
        return
    with tempfile.TemporaryDirectory(prefix="study", ignore_cleanup_errors=True) as scratch:
        client = cluster(workers or _cores(), scheduler, scratch)
        try:
            yield from _shared_out(client, batches, task, scheduler)
        finally:
            if stopped.is_set():
                end_children()
            else:
                client.close()


def _shared_out(client, batches: Iterator, task: Callable, scheduler: str) -> Iterator[list[Row]]:
    """The rows of the batches by the workers of a cluster."""
    client.wait_for_workers(1, timeout=WAIT)
    if any(threads > 1 for threads in client.nthreads().values()):
        raise ValueError(f"{scheduler}: its workers have several threads; start them with --nthreads 1")
    suspects: list[tuple[int, Item]] = []
    more = True
    while more:
        more = yield from _streamed(client, batches, task, suspects)
        while suspects:
            suspect = suspects.pop()
            yield _rows([suspect], _alone(client, suspect, task))


def _rows(some: Iterable[tuple[int, Item]], found: list[Found]) -> list[Row]:
    return [Row(number, *each) for (number, _), each in zip(some, found, strict=True)]


def _streamed(client, batches: Iterator, task: Callable, suspects: list) -> Iterator[list[Row]]:
    """The rows of the batches until one kills its worker: its documents are suspects, and no further batch is sent. Returns whether
    there may be more.

    No more are under way than keep the workers busy.
    """
    from distributed import KilledWorker, as_completed

    under_way, running = {}, as_completed(loop=client.loop)

    def fill() -> None:
        while not suspects and len(under_way) < 2 * max(1, len(client.nthreads())):
            if not (some := next(batches, None)):
                return
            future = _send(client, task, some)
            under_way[future.key] = some
            running.add(future)

    fill()
    for future in running:
        some, error = under_way.pop(future.key), future.exception()
        if isinstance(error, KilledWorker):
            suspects.extend(some)
        elif error is not None:
            raise error
        fill()
        if error is None:
            yield _rows(some, future.result())
    return bool(suspects)


def _alone(client, suspect: tuple[int, Item], task: Callable) -> list[Found]:
    """What is found in a document in whose batch a worker died, with nothing else under way: now it is the document's own doing."""
    from distributed import KilledWorker

    try:
        return _send(client, task, [suspect]).result()
    except KilledWorker:
        return [Found(None, KILLS)]


def _send(client, task: Callable, some: Iterable[tuple[int, Item]]):
    return client.submit(_elsewhere, task, [item for _, item in some], own_folder(), fingerprint(), pure=False)


def cluster(workers: int, scheduler: str, scratch: str):
    """Return a client of the cluster at an address, or of worker processes of this machine, which end with it."""
    import dask
    from distributed import Client

    dask.config.set(
        {
            "temporary-directory": scratch,
            "distributed.scheduler.allowed-failures": 1,
            "distributed.worker.daemon": True,
            "distributed.worker.profile.enabled": False,
            "distributed.admin.tick.interval": "1s",  # it looks 50 times a second else, in each process
            # Dask would have the allocator give each big array back at once, which costs the parser half its speed.
            "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
        }
    )
    if scheduler:
        return Client(scheduler, timeout=20, set_as_default=False)
    return Client(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address=None,
        preload=["import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)"],  # Ctrl-C is for this process alone
        memory_limit=0,  # no pause, no killing: of memory only the machine itself decides
        host="127.0.0.1",
        silence_logs="CRITICAL",
        set_as_default=False,
    )


def _cores() -> int:
    """The processes that this machine (or what of it a container may use) has cores and memory for."""
    from dask.system import CPU_COUNT
    from distributed.system import MEMORY_LIMIT

    return max(1, min(CPU_COUNT, MEMORY_LIMIT // MEMORY))


def stop(*_) -> None:
    """Answer a signal: kill what this process has started, then interrupt it. Further signals find that under way."""
    for name in SIGNALS:
        signal.signal(name, signal.SIG_IGN)
    stopped.set()
    logging.disable()
    warnings.simplefilter("ignore")  # of what was killed
    end_children()
    raise KeyboardInterrupt


@contextmanager
def starting() -> Iterator[None]:
    """Start a process in this, where a thread starts it: none is started behind a stop."""
    with STARTS:
        if stopped.is_set():
            raise KeyboardInterrupt
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no signal stop what must not be left half done."""
    before = {name: signal.signal(name, signal.SIG_IGN) for name in SIGNALS}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def end_children() -> None:
    """Kill every process that this one has started, and theirs."""
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            child.kill()


def end_last() -> None:
    """Kill what is left, and let nothing be started any more: this process ends."""
    while not STARTS.acquire(timeout=0.02):  # who holds it may wait for what is killed
        end_children()
    end_children()


def in_order(batches: Iterable[list[Row]]) -> Iterator[Row]:
    """Yield the rows one by one in the order of their documents, each as soon as those before it are there.

    >>> [row.number for row in in_order([[Row(1, b"", "", {})], [Row(0, b"", "", {})]])]
    [0, 1]
    """
    waiting: dict[int, Row] = {}
    due = 0
    for rows in batches:
        waiting |= {row.number: row for row in rows}
        while due in waiting:
            yield waiting.pop(due)
            due += 1


def shown(batches: Iterable[list[Row]], total: int) -> Iterator[list[Row]]:
    """Pass batches of rows on, and draw on standard error how many documents are done, how fast, and how long the rest will take."""
    seldom = 1 if sys.stderr.isatty() else 10
    with tqdm(total=total, unit=" documents", mininterval=seldom, disable=total < 2 * TOGETHER) as bar:
        for rows in batches:
            yield rows
            bar.update(len(rows))
