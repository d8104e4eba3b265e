"""Tasks for worker processes: they are imported there, so they stand in a module of their own."""

import os
import signal
import time

from reported_speech import cluster
from reported_speech.cluster import Found


def kill(items):
    """Analyse, but die of one document."""
    if any("poison" in document.doc_id for document, _ in items):
        os.kill(os.getpid(), signal.SIGKILL)
    return cluster.analysed(items)


def slow(items):
    """Say which process it is, take a while."""
    time.sleep(0.3)
    return [Found(str(os.getpid()).encode()) for _ in items]


def named(items):
    """Name the documents."""
    return [Found(document.doc_id.encode()) for document, _ in items]


def allocating(items):
    """Tell what the allocator of this process is told."""
    return [Found(os.environ.get("MALLOC_TRIM_THRESHOLD_", "").encode()) for _ in items]


def broken(items):
    """Fail as no document can make it fail."""
    raise AssertionError("a bug")
