import json

import pytest

from reported_speech import evaluation
from reported_speech.alignment import Span
from reported_speech.evaluation import Relation

TEXT = "He said that one two three four five six seven eight. Then more came by."


SAID, HE = Span(3, 7), Span(0, 2)


def relation(start, end, kind="indirect", speaker="a", cue=SAID, source=HE):
    return Relation("d", kind, (Span(start, end),), cue, source, speaker)


def score(gold, predicted):
    scores, errors = evaluation.scores(gold, predicted, {"d": TEXT}, {"d": "en"}, samples=50)
    chosen = scores[(scores.language == "all") & (scores.kind == "all")]
    return dict(zip(chosen.metric, chosen.f1, strict=True)), errors


def test_gold_against_itself_is_right():
    values, errors = score([relation(13, 52)], [relation(13, 52)])
    assert set(values.values()) == {1.0}
    assert errors.empty


@pytest.mark.parametrize(("predicted", "wrong", "error"), [
    ([], {"partial", "strict"}, "missed"),
    ([relation(13, 52), relation(59, 71)], {"partial"}, "made up"),
    ([relation(13, 45)], {"strict", "quotation"}, "span"),
    ([relation(13, 52, speaker="b")], {"attributed", "quotation", "speaker right"}, "speaker"),
    ([relation(13, 52, kind="direct")], {"quotation", "kind right"}, "kind"),
    ([relation(13, 52, cue=None)], {"cue right"}, "cue"),
    ([relation(13, 52, source=None)], {"source right"}, "source"),
    ([relation(13, 25)], {"partial"}, "missed"),
])  # fmt: skip
def test_each_error_lowers_its_metric_and_is_listed(predicted, wrong, error):
    values, errors = score([relation(13, 52)], predicted)
    assert all(values[w] < 1 for w in wrong)
    assert error in set(errors.error)


def test_relations_match_one_to_one():
    values, _ = score([relation(13, 52)], [relation(13, 52), relation(13, 50)])
    assert values["partial"] == pytest.approx(2 / 3)


def test_intervals_hold_the_value():
    gold = [relation(13, 52), relation(54, 71)]
    scores, _ = evaluation.scores(gold, gold[:1], {"d": TEXT}, {"d": "en"}, samples=200)
    assert ((scores.low <= scores.f1 + 1e-9) & (scores.f1 <= scores.high + 1e-9)).all()


def test_nothing_to_score_is_an_empty_table():
    scores, errors = evaluation.scores([], [], {}, {})
    assert scores.empty
    assert errors.empty


def test_gold_is_read_with_unknown_as_empty(tmp_path):
    row = {
        "doc": "d",
        "kind": "direct",
        "content": [[0, 2]],
        "cue": None,
        "source": None,
        "speaker": "unknown",
        "addressee": "",
    }
    (tmp_path / "g.jsonl").write_text(json.dumps(row), encoding="utf-8")
    assert evaluation.read_gold(tmp_path / "g.jsonl") == [Relation("d", "direct", (Span(0, 2),), None, None, "")]


def test_the_seeds_reach_what_the_study_reports(root, seeds, analyses):
    from reported_speech import tables

    gold = evaluation.read_gold(root / "tests/gold/seeds-relations.jsonl")
    predicted = evaluation.from_table(tables.quotations_table(analyses))
    scores, _ = evaluation.scores(
        gold, predicted, {d.doc_id: d.text for d in seeds}, {d.doc_id: d.language for d in seeds}, samples=20
    )
    reached = {(s.language, s.metric): s.f1 for s in scores[scores.kind == "all"].itertuples()}
    assert reached["en", "quotation"] >= 0.93
    assert reached["fa", "quotation"] >= 0.90
    assert reached["all", "speaker right"] >= 0.98
