"""Many documents: one flat map over batches of them, in this process, by processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from functools import cache
from itertools import batched
from pathlib import Path

from .actors import Actor, Mention, Role, registry
from .alignment import Span
from .documents import Document, Rejected
from .lexicon import own_files, own_folder, use
from .quotations import Analysis, analyse
from .quotations.relation import Quotation

# What an analysis rests on, besides ``quotations/``: a change of anything else keeps the analyses that are there.
MODULES = ("actors", "alignment", "dates", "documents", "lexicon", "names", "normalization", "titles")
LEXICONS = ("actors", "acts", "boilerplate", "cues", "frames", "names", "outlets", "titles", "trust")
OTHER = {
    "en": ("persian", ".fa."),
    "fa": ("english", ".en."),
}  # in names of files that the other language alone rests on
BATCH = 16  # documents a task
FEW = 64  # documents below which starting workers costs more than it saves
KILLS = "kills the process that analyses it, twice"
Row = tuple[str, str | None, str | None]  # id of the document, its analysis as JSON, or why there is none


@cache
def version(language: str) -> str:
    """Return the SHA-256 of the code and lexicons that the analysis of a language rests on."""
    package, digest = Path(__file__).parent, hashlib.sha256()
    files = [package / f"{m}.py" for m in MODULES] + sorted((package / "quotations").glob("*.py"))
    files += [p for p in [*sorted((package / "lexicons").iterdir()), *own_files()] if p.name.split(".")[0] in LEXICONS]
    for path in files:
        if not any(part in path.name for part in OTHER[language]):
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def rows_of(documents: Iterable[Document]) -> list[Row]:
    """Analyse some documents."""
    return [(_id(found), *_written(found)) for found in analyse(documents)]


def _elsewhere(task: Callable, documents: list[Document], lexicons: Path | None, versions: dict[str, str]) -> list[Row]:
    """A task of a worker; raises RuntimeError if its code or lexicons are not those of who sent it."""
    use(lexicons)
    if any(version(language) != expected for language, expected in versions.items()):
        raise RuntimeError("a worker has other code or lexicons than this project; give all the same")
    return task(documents)


def spread(
    documents: list[Document], workers: int = 1, scheduler: str = "", task: Callable = rows_of
) -> Iterator[list[Row]]:
    """Yield the rows of all documents, batch by batch, in any order; each document has exactly one row.

    ``workers`` is the number of processes: 1 is this one, 0 as many as there are cores if there are many documents. ``scheduler``
    is the address of a Dask cluster whose workers see the project under the same path. A worker that dies is replaced and its batch
    done again; a document that kills its worker twice, alone, is rejected.
    """
    if not scheduler and (workers == 1 or (workers == 0 and (len(documents) < FEW or _cores() == 1))):
        yield from (task(some) for some in batched(documents, BATCH))
        return
    with _cluster(workers or _cores(), scheduler) as client:
        suspects: list[Document] = []
        yield from _streamed(client, documents, task, suspects)
        for document in suspects:
            yield _alone(client, document, task)


def _streamed(client, documents: list[Document], task: Callable, suspects: list[Document]) -> Iterator[list[Row]]:
    """The rows of the batches that no worker died of; no more are under way than keep the workers busy."""
    from distributed import KilledWorker, as_completed

    batches, running = iter(batched(documents, BATCH)), as_completed(loop=client.loop)
    under_way = {}

    def send() -> None:
        if (some := next(batches, None)) is not None:
            future = _send(client, task, some)
            under_way[future.key] = some
            running.add(future)

    for _ in range(2 * max(1, sum(client.nthreads().values()))):
        send()
    for future in running:
        some = under_way.pop(future.key)
        send()
        error = future.exception()
        if error is None:
            yield future.result()
        elif isinstance(error, KilledWorker):
            suspects.extend(some)
        else:
            raise error


def _alone(client, document: Document, task: Callable) -> list[Row]:
    """The row of a document in whose batch a worker died, with nothing else under way: now it is the document's own doing."""
    from distributed import KilledWorker

    try:
        return _send(client, task, [document]).result()
    except KilledWorker:
        return [(document.doc_id, None, KILLS)]


def _send(client, task: Callable, documents):
    versions = {language: version(language) for language in OTHER}
    return client.submit(_elsewhere, task, list(documents), own_folder(), versions, pure=False)


def _cluster(workers: int, scheduler: str):
    """A client of the cluster at an address, or of worker processes of this machine, which end with it."""
    import dask
    from distributed import Client

    dask.config.set(
        {
            "distributed.scheduler.allowed-failures": 1,
            "distributed.worker.daemon": True,
            "distributed.worker.profile.enabled": False,
        }
    )
    if scheduler:
        return Client(scheduler, timeout=20, set_as_default=False)
    return Client(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        worker_dashboard_address=None,
        host="127.0.0.1",
        silence_logs="CRITICAL",
        set_as_default=False,
    )


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def told(batches: Iterable[list[Row]], total: int, every: float = 5.0, say=None) -> Iterator[list[Row]]:
    """Pass batches of rows on and say, every few seconds, how many documents are done, how fast, and how long the rest will take."""
    say = say or (lambda line: print(line, file=sys.stderr, flush=True))
    start = last = time.monotonic()
    done = 0
    for rows in batches:
        yield rows
        done += len(rows)
        if (now := time.monotonic()) - last >= every:
            speed, last = done / (now - start), now
            left = (total - done) / speed
            say(f"{done:,} of {total:,} documents, {speed:.1f} a second, {left // 60:.0f} min {left % 60:.0f} s left")


# ------------------------------------------------------------------ as JSON


def _id(result: Analysis | Rejected) -> str:
    return result.path if isinstance(result, Rejected) else result.document.doc_id


def _written(result: Analysis | Rejected) -> tuple[str | None, str | None]:
    if isinstance(result, Rejected):
        return None, result.reason
    plain = {
        "actors": [asdict(a) for a in result.actors.values() if a != registry().get(a.actor_id)],
        "seen": list(result.actors),
        "mentions": [asdict(m) for m in result.mentions],
        "quotations": [asdict(q) for q in result.quotations],
    }
    return json.dumps(plain, ensure_ascii=False), None


def read_back(document: Document, written: str | None) -> Analysis | None:
    """Read an analysis back; None if it is missing or damaged."""
    try:
        data = json.loads(written or "")
        own = {a["actor_id"]: _actor(a) for a in data["actors"]}
        actors = {i: own.get(i) or registry()[i] for i in data["seen"]}
        mentions = [Mention(**{**m, "span": Span(*m["span"])}) for m in data["mentions"]]
        return Analysis(document, actors, mentions, [_quotation(q) for q in data["quotations"]])
    except (ValueError, KeyError, TypeError):
        return None


def _actor(a: dict) -> Actor:
    roles = tuple(Role(**{**r, "attested": tuple(r["attested"])}) for r in a["roles"])
    return Actor(**{**a, "names_en": tuple(a["names_en"]), "names_fa": tuple(a["names_fa"]), "roles": roles})


def _quotation(q: dict) -> Quotation:
    spans = {k: Span(*q[k]) if q[k] else None for k in ("cue", "source")}
    return Quotation(**{**q, **spans, "content": tuple(Span(*s) for s in q["content"])})
