"""The figures on an annotated corpus: a tiny one in BRAT's layout, whose scores can be counted by hand."""

import json
from collections import Counter

import pytest

from reported_speech.articles.alignment import Span
from reported_speech.proof.evaluation import Relation
from reported_speech.report.measured import constructions_table, systems_table
from reported_speech.report.measured import stored as stored_figures

from . import frames, polnear, speed

TEXT = 'Safarov said that it rained. "We accept it all," said Quliyev.'


@pytest.fixture
def corpus(tmp_path):
    folder = tmp_path / "dev"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / "a.txt").write_text(TEXT, encoding="utf-8")
    spans = ["Source 0 7", "Cue 8 12", "Content 13 27", "Source 54 61", "Cue 49 53", "Content 29 48"]
    lines = [f"T{n}\t{s}\tx" for n, s in enumerate(spans, 1)]
    lines += ["E1\tSource:T1 Cue:T2 Content:T3", "E2\tSource:T4 Cue:T5 Content:T6"]
    (folder / "attributions" / "a_0001.ann").write_text("\n".join(lines), encoding="utf-8")
    (folder / "attributions" / "a_0002.ann").write_text("T1\tCue 0 1\tx\nE1\tCue:T1", encoding="utf-8")
    return tmp_path


def test_of_two_annotators_the_first_is_read(corpus):
    ((document, relations),) = polnear.read_dev(corpus / "dev")
    assert document.doc_id == "a.txt"
    assert [r["content"] for r in relations] == [[(13, 27)], [(29, 48)]]


def test_the_constructions_are_told_apart(corpus):
    ((_, relations),) = polnear.read_dev(corpus / "dev")
    names = [polnear.construction(r, TEXT) for r in polnear.as_gold(relations)]
    assert names == ["indirect, word before", "direct, word behind"]


def test_a_relation_counts_once_and_a_wrong_source_only_for_the_span():
    gold = [Relation("", "", (Span(13, 27),), Span(8, 12), Span(0, 7), "")]
    other = [Relation("", "", (Span(18, 27),), Span(8, 12), Span(54, 61), "")]
    assert polnear.tally(TEXT, gold, gold)["all"] == Counter(
        gold=1, predicted=1, partial=1, strict=1, source=1, sources=1, both=1
    )
    wrong = polnear.tally(TEXT, gold, other)["all"]
    assert (wrong["partial"], wrong["strict"], wrong["source"], wrong["both"]) == (1, 0, 0, 0)


def test_the_figures_are_stored_with_date_and_command(corpus, monkeypatch):
    monkeypatch.setattr(polnear, "STORED", corpus / "stored.json")
    assert polnear.run(corpus) == 1
    stored = json.loads((corpus / "stored.json").read_text(encoding="utf-8"))
    assert stored["articles"] == 1
    assert stored["date"] and stored["command"].startswith("make measure")
    assert stored["systems"]["this study"]["all"]["both"][0] == 1.0
    assert len(systems_table(stored)) == 3 * len(stored["systems"])
    assert set(constructions_table(stored).construction) == {"indirect, word before", "direct, word behind"}


def test_the_stored_figures_fit_the_notebook():
    stored = stored_figures()
    assert {"this study", "textacy"} == stored["systems"].keys()
    assert all(row["n"] > 0 for row in stored["reliability"])


@pytest.mark.slow
def test_the_benchmark_names_its_figures(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("وزیر گفت: مرز باز است. وی افزود: تجارت رشد می‌کند.", encoding="utf-8")
    lines = list(speed.run(tmp_path, sizes=(2,), length=5))
    assert all(any(c.isdigit() for c in line) for line in lines)
    for way in ("spaCy's parse alone", "this study", "this study, two workers"):
        assert sum(f" {way} " in line and "documents/s" in line for line in lines) == 1
    assert sum("times that of half of it" in line for line in lines) == len(speed.GROWING)
    assert "times hazm's normalizer" in lines[-1]


def test_documents_are_resampled_the_same_way_each_time(root):
    one, two = (speed.resampled(root / "seeds", 3) for _ in range(2))
    assert one == two
    assert len({d.text for d in one}) == 3
    assert speed.resampled(root / "seeds", 3, seed=1) != one


def test_a_way_is_measured_in_seconds_words_and_megabytes(root):
    one, more = (speed.measure("this study", root / "seeds", n, 0) for n in (1, 2))
    assert more.words > one.words >= speed.WORDS
    assert more.seconds > 0
    assert more.megabytes > 50
    assert one + more == speed.Cost(one.seconds + more.seconds, one.words + more.words, more.megabytes)


@pytest.mark.slow
def test_settings_of_the_parse_are_told(root):
    lines = list(speed.settings(root / "seeds", 6))
    assert [line.split(":")[0].removeprefix("the parse ") for line in lines] == list(speed.SETTINGS)
    assert all(float(line.split()[-2]) > 0 for line in lines)


def test_growth_and_the_normalizer_beside_are_told(root):
    lines = list(speed.growing(3))
    assert len(lines) == len(speed.GROWING)
    assert all("times that of half of it" in line for line in lines)
    assert "times hazm's normalizer" in next(speed.beside_hazm(root / "seeds", repeats=1))
    assert list(speed.beside_hazm(root / "seeds" / "001_3ad9b50b81d7675e.txt")) == []


def test_frames_are_counted_from_a_corpus(tmp_path):
    text = "Safarov said that it rained. Safarov said nothing."
    relation = {"content": [[13, 27]], "cue": [[8, 12]], "source": [[0, 7]]}
    article = {"doc": "a", "text": text, "relations": [relation]}
    (tmp_path / "c.jsonl").write_text("\n".join(json.dumps({**article, "doc": n}) for n in "abc"), encoding="utf-8")
    frames.run(tmp_path / "c.jsonl", tmp_path, tmp_path)
    assert "en:clause\tsay\t3\t3" in (tmp_path / "trust.en.tsv").read_text(encoding="utf-8").splitlines()
    rows = (tmp_path / "frames.en.tsv").read_text(encoding="utf-8").splitlines()
    assert "say\tVERB\t\t6\t3\t3" in rows
    assert "say\tVERB\tclause\t3\t3\t3" in rows
