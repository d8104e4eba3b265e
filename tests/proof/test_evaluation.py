import json
import re

import numpy as np
import pandas as pd
import pytest

from reported_speech.articles.alignment import Span
from reported_speech.proof import evaluation
from reported_speech.proof.evaluation import Relation

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
    from reported_speech.report import tables

    gold = evaluation.read_gold(root / "tests/gold/seeds-relations.jsonl")
    predicted = evaluation.from_table(tables.quotations_table(analyses))
    scores, _ = evaluation.scores(
        gold, predicted, {d.doc_id: d.text for d in seeds}, {d.doc_id: d.language for d in seeds}, samples=20
    )
    reached = {(s.language, s.metric): s.f1 for s in scores[scores.kind == "all"].itertuples()}
    assert reached["en", "quotation"] >= 0.93
    assert reached["fa", "quotation"] >= 0.90
    assert reached["all", "speaker right"] >= 0.98


WORDS = [m.span() for m in re.finditer(r"\w+", TEXT)]


def test_tokens_are_the_words_that_a_span_touches():
    words = [(0, 2), (3, 5), (6, 9)]
    assert evaluation.tokens_of([Span(2, 3)], words) == frozenset()
    assert evaluation.tokens_of([Span(1, 4), Span(8, 20)], words) == {0, 1, 2}
    assert evaluation.tokens_of([], words) == frozenset()


def test_the_overlap_of_two_sets():
    assert evaluation.jaccard(frozenset(), frozenset()) == 1.0
    assert evaluation.jaccard(frozenset({1, 2, 3}), frozenset({2, 3, 4})) == 0.5
    assert evaluation.jaccard(frozenset({1}), frozenset()) == 0.0


def test_the_best_pairs_are_taken_first_and_half_is_enough():
    one, two = relation(13, 35), relation(17, 52)  # one..five, two..eight
    assert evaluation.match([one, two], [relation(13, 52)], WORDS) == [(1, 0, 7 / 8)]
    assert evaluation.match([relation(13, 52)], [relation(13, 30)], WORDS) == [(0, 0, 0.5)]
    assert evaluation.match([relation(13, 52)], [relation(13, 26)], WORDS) == []
    both = evaluation.match([one, two], [relation(13, 52), relation(13, 30)], WORDS)
    assert both == [(1, 0, 7 / 8), (0, 1, 4 / 5)]


@pytest.mark.parametrize(
    ("cue", "right"), [(SAID, True), (None, False), (Span(3, 12), True), (Span(0, 12), False), (HE, False)]
)
def test_half_of_a_cue_is_enough(cue, right):
    same = evaluation.right(relation(13, 52), relation(13, 52, cue=cue), WORDS)
    assert same == {"kind": True, "speaker": True, "cue": right, "source": True}


def test_what_is_counted_and_what_is_listed():
    gold = [relation(13, 52), relation(54, 71, kind="direct", speaker="b")]
    predicted = [relation(13, 47, kind="mixed", cue=None, source=HE, speaker=""), relation(0, 2)]
    units, errors = evaluation.compare(gold, predicted, {"d": TEXT})
    assert units == [
        {"unit": ("d", 0), "kind": "indirect", "predicted_kind": "mixed", "gold": 1, "predicted": 1, "partial": 1,
         "strict": False, "attributed": False, "quotation": False, "kind right": False, "speaker right": False,
         "cue right": False, "source right": True},
        {"unit": ("d", 0), "kind": "direct", "predicted_kind": "", "gold": 1, "predicted": 0},
        {"unit": ("d", 0), "kind": "", "predicted_kind": "indirect", "gold": 0, "predicted": 1},
    ]  # fmt: skip
    rows = [(e["error"], e["gold"], e["predicted"]) for e in errors]
    assert rows == [
        ("span", "one two three four five six seven eight", "one two three four five six seven "),
        ("kind", "indirect", "mixed"),
        ("cue", "said", ""),
        ("speaker", "a", ""),
        ("missed", "Then more came by", ""),
        ("made up", "", "He"),
    ]
    assert all(e["doc_id"] == "d" for e in errors)


def test_units_are_paragraphs_and_only_the_named_texts_are_scored():
    text = "He said one.\nShe said two."
    gold = [
        Relation("d", "direct", (Span(8, 11), Span(22, 25)), None, None, "", "r"),
        relation(22, 25),
        Relation("x", "direct", (Span(0, 2),), None, None, ""),
    ]
    units, errors = evaluation.compare(gold, gold[:1], {"d": text})
    assert [(u["unit"], u["gold"], u["predicted"]) for u in units] == [(("d", 0), 1, 1), (("d", 1), 1, 0)]
    assert [(e["error"], e["gold"], e["rule"]) for e in errors] == [("missed", "two", "")]
    _, wrong = evaluation.compare(
        [relation(8, 11)], [Relation("d", "indirect", (Span(8, 11),), SAID, HE, "z", "r")], {"d": text}
    )
    assert wrong == [
        {"doc_id": "d", "quotation_id": "d#char=8,11", "error": "speaker", "gold": "a", "predicted": "z", "rule": "r"}
    ]
    _, made = evaluation.compare([], gold[:1], {"d": text})
    assert made == [
        {
            "doc_id": "d",
            "quotation_id": "d#char=8,11",
            "error": "made up",
            "gold": "",
            "predicted": "one … two",
            "rule": "r",
        }
    ]


def test_rates_come_from_counts():
    counts = dict.fromkeys(evaluation.COUNTS, 0) | {
        "gold": 10,
        "predicted": 8,
        "partial": 6,
        "strict": 4,
        "kind right": 3,
    }
    found = {m: tuple(float(x[0]) for x in row) for m, row in evaluation.rates(np.array(list(counts.values()))).items()}
    assert found["partial"] == (10, 8, 0.75, 0.6, pytest.approx(12 / 18))
    assert found["strict"] == (10, 8, 0.5, 0.4, pytest.approx(8 / 18))
    assert found["kind right"] == (6, 6, 0.5, 0.5, 0.5)
    assert found["cue right"] == (6, 6, 0, 0, 0)
    empty = evaluation.rates(np.zeros((2, len(evaluation.COUNTS))))
    assert all(value.tolist() == [0, 0] for row in empty.values() for value in row)


def test_intervals_are_drawn_over_paragraphs_and_repeat():
    units = [{"unit": ("d", n), "gold": 1, "predicted": 1, "partial": int(n < 15)} for n in range(20)]
    first, again = (evaluation.measure(units, 400) for _ in range(2))
    assert first == again
    *_, f1, low, high = first["partial"]
    assert f1 == 0.75
    assert 0.5 <= low < 0.65 < 0.85 < high <= 0.95
    assert evaluation.measure(units, 400, seed=1)["partial"][-2:] != (low, high)
    whole = evaluation.measure([u | {"unit": ("d", 0)} for u in units], 400)["partial"]
    assert whole == (20, 20, 0.75, 0.75, 0.75, 0.75, 0.75)


def test_scores_stand_by_language_and_kind():
    gold = [relation(13, 52), Relation("e", "direct", (Span(13, 52),), SAID, HE, "a")]
    predicted = [relation(13, 52), Relation("e", "mixed", (Span(13, 52),), SAID, HE, "a")]
    scores, _ = evaluation.scores(gold, predicted, {"d": TEXT, "e": TEXT}, {"d": "en", "e": "fa"}, samples=20)
    found = {(s.language, s.kind, s.metric): (s.gold, s.predicted, round(s.f1, 2)) for s in scores.itertuples()}
    assert found["all", "all", "partial"] == (2, 2, 1.0)
    assert found["all", "all", "quotation"] == (2, 2, 0.5)
    assert found["en", "all", "quotation"] == (1, 1, 1.0)
    assert found["fa", "direct", "partial"] == (1, 0, 0.0)  # extracted as another kind: missed here,
    assert found["fa", "mixed", "partial"] == (0, 1, 0.0)  # and made up there
    assert found["fa", "direct", "kind right"] == (1, 1, 0.0)
    assert {key[:2] for key in found} == {("all", k) for k in ("all", "indirect", "direct", "mixed")} | {
        ("en", "all"), ("en", "indirect"), ("fa", "all"), ("fa", "direct"), ("fa", "mixed")
    }  # fmt: skip


def test_the_table_of_quotations_gives_relations():
    row = {
        "doc_id": "d",
        "kind": "direct",
        "spans": "3-9;12-20",
        "cue_start": 0,
        "cue_end": 2,
        "source_start": -1,
        "source_end": -1,
        "speaker": "a",
        "rule": "r",
    }
    other = row | {"cue_start": -1, "cue_end": -1, "source_start": 0, "source_end": 5}
    assert evaluation.from_table(pd.DataFrame([row, other])) == [
        Relation("d", "direct", (Span(3, 9), Span(12, 20)), Span(0, 2), None, "a", "r"),
        Relation("d", "direct", (Span(3, 9), Span(12, 20)), None, Span(0, 5), "a", "r"),
    ]


def test_wide_scores_have_a_column_a_metric():
    scores, _ = evaluation.scores([relation(13, 52)], [relation(13, 47)], {"d": TEXT}, {"d": "en"}, samples=20)
    wide = evaluation.wide(scores, ("partial", "strict"))
    assert list(wide.columns) == ["language", "kind", "gold", "predicted", "partial", "strict"]
    assert wide.iloc[0].tolist() == ["all", "all", 1, 1, "1.00 [1.00–1.00]", "0.00 [0.00–0.00]"]
    assert len(wide) == 4


def test_gold_is_read_with_cue_source_and_rule_empty(tmp_path):
    rows = [
        {
            "doc": "é",
            "kind": "mixed",
            "content": [[0, 2], [4, 5]],
            "cue": [6, 7],
            "source": [8, 9],
            "speaker": "x",
            "addressee": "",
        }
    ]
    (tmp_path / "g.jsonl").write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), encoding="utf-8")
    expected = Relation("é", "mixed", (Span(0, 2), Span(4, 5)), Span(6, 7), Span(8, 9), "x", "")
    assert evaluation.read_gold(tmp_path / "g.jsonl") == [expected]
