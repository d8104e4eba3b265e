"""Many documents by worker processes: the same rows, whatever dies."""

import os
import signal
import subprocess
import sys
import time

import pytest

from reported_speech import cluster, lexicons
from reported_speech.articles.document import parse

from . import workers


def some(number: int, *more: str):
    texts = ['"We accept it all," Safarov said.', "سفیر گفت: «مرز باز است.»", "The minister said that he left."]
    names = [f"{n:03}.txt" for n in range(number)]
    names[number // 2 : number // 2] = more
    return [parse(texts[n % 3], name) for n, name in enumerate(names)]


def spread(documents, *how, **more):
    return cluster.spread([(d, None) for d in documents], len(documents), *how, **more)


def rows(batches):
    return sorted(row for batch in batches for row in batch)


def test_worker_processes_give_what_this_process_gives():
    documents = some(40)
    assert rows(spread(documents, workers=2)) == rows(spread(documents))


@pytest.mark.slow
def test_a_document_that_kills_its_worker_is_rejected_by_name_and_nothing_else_is():
    documents = some(40, "poison.txt")
    expected = {documents[n].doc_id: found for n, *found in rows(spread(documents))}
    found = {documents[n].doc_id: found for n, *found in rows(spread(documents, workers=2, task=workers.kill))}
    assert found == expected | {"poison.txt": [None, cluster.KILLS, {}]}


@pytest.mark.slow
def test_a_killer_at_the_start_stays_in_its_place():
    documents = [parse("The minister said that he left.", "poison.txt"), *some(40)]
    found = list(cluster.in_order(spread(documents, workers=2, task=workers.kill)))
    assert [row[0] for row in found] == list(range(41))
    assert found[0] == (0, None, cluster.KILLS, {})


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_nothing():
    documents, killed = some(200), set()
    found = []
    for batch in spread(documents, workers=2, task=workers.slow):
        found += batch
        if len(killed) < 1:
            killed.add(int(batch[0][1]))
            os.kill(int(batch[0][1]), signal.SIGKILL)
    assert sorted(row[0] for row in found) == list(range(len(documents)))
    assert {int(row[1]) for row in found} - killed


@pytest.mark.slow
def test_a_worker_keeps_the_memory_of_big_arrays(monkeypatch):
    monkeypatch.delenv("MALLOC_TRIM_THRESHOLD_", raising=False)
    found = rows(spread(some(4), workers=2, task=workers.allocating))
    assert [row.analysis for row in found] == [b""] * 4


@pytest.mark.slow
def test_a_bug_in_a_worker_is_raised_here():
    with pytest.raises(AssertionError, match="a bug"):
        list(spread(some(20), workers=2, task=workers.broken))


@pytest.mark.slow
def test_workers_use_the_same_own_lexicons(tmp_path):
    (tmp_path / "cues.en.yml").write_text("verbs:\n  croak: {act: asserts, frames: [marks]}\n", encoding="utf-8")
    documents = [parse('"We accept it all, and more," Safarov croaked.', "a.txt")]
    lexicons.use(tmp_path)
    try:
        expected = rows(spread(documents))
        assert b'"croak"' in expected[0].analysis
        assert rows(spread(documents, workers=2)) == expected
    finally:
        lexicons.use(None)


@pytest.mark.slow
def test_a_cluster_can_be_named_and_other_code_there_is_an_error(monkeypatch):
    from distributed import LocalCluster

    documents = some(20)
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as local:
        assert rows(spread(documents, scheduler=local.scheduler_address)) == rows(spread(documents))
        monkeypatch.setattr(cluster, "fingerprint", lambda: "other")
        with pytest.raises(ValueError, match="other code, packages or lexicons"):
            list(spread(documents, scheduler=local.scheduler_address))


@pytest.mark.slow
def test_workers_of_several_threads_are_an_error():
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None, processes=False) as local,
        pytest.raises(ValueError, match="--nthreads 1"),
    ):
        list(spread(some(2), scheduler=local.scheduler_address))


@pytest.mark.slow
def test_a_cluster_without_workers_is_an_error(monkeypatch):
    from distributed import LocalCluster

    monkeypatch.setattr(cluster, "WAIT", 0.2)
    with LocalCluster(n_workers=0, dashboard_address=None, processes=False) as local, pytest.raises(OSError):
        list(spread(some(2), scheduler=local.scheduler_address))


def test_of_no_documents_no_worker_is_asked(monkeypatch):
    monkeypatch.setattr(cluster, "cluster", None)
    assert list(spread([], workers=4, scheduler="tcp://127.0.0.1:9")) == []


@pytest.mark.slow
def test_no_cluster_at_an_address_is_an_error_that_names_it():
    with pytest.raises(OSError, match=r"127\.0\.0\.1:9"):
        list(
            spread(
                some(2),
                scheduler="tcp://127.0.0.1:9",
            )
        )


@pytest.mark.parametrize(
    ("number", "count", "elsewhere"), [(10, 0, False), (150, 0, True), (150, 1, False), (10, 2, True)]
)
def test_few_documents_stay_in_this_process(monkeypatch, number, count, elsewhere):
    monkeypatch.setattr(cluster, "_cores", lambda: 2)
    monkeypatch.setattr(cluster, "cluster", lambda *_: (_ for _ in ()).throw(InterruptedError))
    if elsewhere:
        with pytest.raises(InterruptedError):
            list(spread(some(number), count, task=workers.named))
    else:
        found = rows(spread(some(number), count, task=workers.named))
        assert [(row.number, row.analysis) for row in found] == [
            (n, d.doc_id.encode()) for n, d in enumerate(some(number))
        ]


@pytest.mark.slow
def test_ctrl_c_stops_the_workers_too_in_one_line(tmp_path):
    articles, out = tmp_path / "articles", tmp_path / "out.jsonl"
    articles.mkdir()
    for n in range(200):
        (articles / f"{n}.txt").write_text("The minister said that relations were good.\n" * 100, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "reported_speech",
        "extract",
        str(articles),
        "--workers",
        "2",
        "--output",
        str(out),
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not list(tmp_path.glob("out.jsonl.*.part")) and process.poll() is None:
        time.sleep(0.1)
    time.sleep(5)
    os.killpg(process.pid, signal.SIGINT)
    began = time.monotonic()
    said = process.communicate()[1]
    assert time.monotonic() - began < 2
    assert process.returncode == 130
    assert said.splitlines()[-1] == "stopped; former results stand as they were"
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == [articles]


def test_progress_tells_speed_and_the_time_left(capsys):
    row = cluster.Row(0, b"", "", {})
    batches = [[row] * 30, [row] * 70]
    assert list(cluster.shown(batches, 100)) == batches
    said = capsys.readouterr().err
    assert "100/100" in said
    assert "documents/s" in said
    assert list(cluster.shown(batches[:1], 30)) == batches[:1]
    assert capsys.readouterr().err == ""
