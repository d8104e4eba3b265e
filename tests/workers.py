"""Tasks for worker processes: they are imported there, so they stand in a module of their own."""

import os
import signal
import time

from reported_speech import cluster as work


def kill(documents):
    """Analyse, but die of one document."""
    if any("poison" in d.doc_id for d in documents):
        os.kill(os.getpid(), signal.SIGKILL)
    return work.analysed(documents)


def slow(documents):
    """Say which process it is, take a while, then analyse."""
    time.sleep(0.3)
    return [(str(os.getpid()), None) for _ in documents]


def named(documents):
    """Name the documents."""
    return [(d.doc_id, None) for d in documents]


def allocating(documents):
    """Tell what the allocator of this process is told."""
    return [(os.environ.get("MALLOC_TRIM_THRESHOLD_", ""), None) for _ in documents]


def broken(documents):
    """Fail as no document can make it fail."""
    raise AssertionError("a bug")
