"""Many documents: one flat map over batches of them, in this process, by processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import logging
import signal
import sys
import tempfile
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import batched
from pathlib import Path

import psutil
from tqdm import tqdm

from .analysis import TOGETHER, analyse
from .archive import OTHER, version, written
from .articles.document import Document, Rejected
from .lexicons import own_folder, use
from .quotations.english.cues import OURS

FEW = 128  # documents below which starting workers costs more than it saves
KILLS = "kills the process that analyses it"
WAIT = 60  # seconds for a cluster to have a worker
MEMORY = 1_000_000_000  # bytes that a worker may come to
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
stopped = threading.Event()  # this process is to end: nothing is closed with patience any more
Found = tuple[str | None, str | None]  # an analysis as JSON, or why there is none
Row = tuple[int, str | None, str | None]  # number of the document in its list, and what was found


def analysed(documents: Iterable[Document], convention: str = OURS) -> list[Found]:
    """Analyse some documents (``convention``: see ``quotations.analyse``)."""
    results = analyse(documents, convention)
    return [(None, r.reason) if isinstance(r, Rejected) else (written(r), None) for r in results]


def _elsewhere(task: Callable, documents: list[Document], lexicons: Path | None, versions: dict) -> list[Found]:
    """A task of a worker; raises ValueError if its code, packages or lexicons are not those of who sent it."""
    use(lexicons)
    if any(version(language) != expected for language, expected in versions.items()):
        raise ValueError("a worker has other code, packages or lexicons than this project; give all the same")
    return task(documents)


def spread(
    documents: list[Document], workers: int = 1, scheduler: str = "", task: Callable = analysed
) -> Iterator[list[Row]]:
    """Yield the rows of all documents, batch by batch, in any order; each document has exactly one row.

    ``workers`` is the number of processes: 1 is this one, 0 as many as there are cores if there are many documents. ``scheduler``
    is the address of a Dask cluster whose workers, of one thread each, see the project under the same path. A worker that dies is
    replaced and its batch done again; a document that kills its worker even alone is rejected.

    Raises OSError if there is no such cluster or it has no workers, ValueError if they are not fit for it.
    """
    if not documents:
        return
    batches = deque(batched(enumerate(documents), TOGETHER))
    if not scheduler and (workers == 1 or (workers == 0 and (len(documents) < FEW or _cores() == 1))):
        yield from (_rows(some, task([d for _, d in some])) for some in batches)
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


def _shared_out(client, batches: deque, task: Callable, scheduler: str) -> Iterator[list[Row]]:
    """The rows of the batches by the workers of a cluster."""
    client.wait_for_workers(1, timeout=WAIT)
    if any(threads > 1 for threads in client.nthreads().values()):
        raise ValueError(f"{scheduler}: its workers have several threads; start them with --nthreads 1")
    suspects: list[tuple[int, Document]] = []
    while batches:
        yield from _streamed(client, batches, task, suspects)
        while suspects:
            suspect = suspects.pop()
            yield _rows([suspect], _alone(client, suspect, task))


def _rows(some: Iterable[tuple[int, Document]], found: list[Found]) -> list[Row]:
    return [(number, *each) for (number, _), each in zip(some, found, strict=True)]


def _streamed(client, batches: deque, task: Callable, suspects: list) -> Iterator[list[Row]]:
    """The rows of the batches until one kills its worker: its documents are suspects, and no further batch is sent.

    No more are under way than keep the workers busy.
    """
    from distributed import KilledWorker, as_completed

    under_way, running = {}, as_completed(loop=client.loop)

    def fill() -> None:
        while batches and not suspects and len(under_way) < 2 * max(1, len(client.nthreads())):
            some = batches.popleft()
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


def _alone(client, suspect: tuple[int, Document], task: Callable) -> list[Found]:
    """What is found in a document in whose batch a worker died, with nothing else under way: now it is the document's own doing."""
    from distributed import KilledWorker

    try:
        return _send(client, task, [suspect]).result()
    except KilledWorker:
        return [(None, KILLS)]


def _send(client, task: Callable, some: Iterable[tuple[int, Document]]):
    versions = {language: version(language) for language in OTHER}
    return client.submit(_elsewhere, task, [d for _, d in some], own_folder(), versions, pure=False)


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


def end_children() -> None:
    """Kill every process that this one has started, and theirs."""
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            child.kill()


def in_order(batches: Iterable[list[Row]]) -> Iterator[Row]:
    """Yield the rows one by one in the order of their documents, each as soon as those before it are there.

    >>> list(in_order([[(1, "b", None)], [(0, "a", None)]]))
    [(0, 'a', None), (1, 'b', None)]
    """
    waiting: dict[int, Row] = {}
    due = 0
    for rows in batches:
        waiting |= {row[0]: row for row in rows}
        while due in waiting:
            yield waiting.pop(due)
            due += 1


def told(batches: Iterable[list[Row]], total: int) -> Iterator[list[Row]]:
    """Pass batches of rows on, and draw on standard error how many documents are done, how fast, and how long the rest will take."""
    seldom = 1 if sys.stderr.isatty() else 10
    with tqdm(total=total, unit=" documents", mininterval=seldom, disable=total < 2 * TOGETHER) as bar:
        for rows in batches:
            yield rows
            bar.update(len(rows))
