"""What is said of a corpus holds without any one article, meeting or outlet; what does not is not said."""

import pandas as pd
import pytest

from reported_speech.report import findings, phrases, sides, tables
from reported_speech.report.findings import Study


def made(rows, origins, repeats=()):
    """A study of articles: (article, side, words, themes) a quotation; article -> the country that its report comes from."""
    quotations = pd.DataFrame(rows, columns=["doc_id", "side", "words", "themes"])
    quotations = quotations.assign(
        quotation_id=[f"{d}#{n}" for n, d in enumerate(quotations.doc_id)],
        kind="indirect",
        repeats="",
        speaker=quotations.side.str.lower(),
    )
    quotations.loc[list(repeats), "repeats"] = "x"
    documents = pd.DataFrame(
        {
            "doc_id": list(origins),
            "origin": list(origins.values()),
            "outlet": "",
            "relays": "",
            "same_as": "",
            "truncated": False,
        }
    )
    return Study(quotations, documents, tables.table("meetings", []), ("IRN", "AZE"))


HOME = {"a": "IRN", "b": "IRN", "c": "AZE", "d": "AZE"}
OWN_SIDE_FIRST = [("a", "IRN", 70, ""), ("a", "AZE", 30, ""), ("b", "IRN", 80, ""), ("b", "AZE", 20, "")]
OWN_SIDE_FIRST += [("c", "IRN", 30, ""), ("c", "AZE", 70, ""), ("d", "IRN", 40, ""), ("d", "AZE", 60, "")]


def keys(study):
    return [f.key for f in findings.findings(study)]


def test_a_finding_tells_its_smallest_margin_and_its_checks():
    found = findings.findings(made(OWN_SIDE_FIRST, HOME))
    assert [f.key for f in found] == ["origin"]
    assert (found[0].checks, found[0].margin) == (4, 10)  # four articles; nothing is repeated or cut off
    assert "70% and 80% in reports from Iran and 30% and 40% in reports from Azerbaijan" in found[0].sentence()
    assert "۷۰٪ و ۸۰٪" in found[0].sentence("fa")
    assert found[0].test().startswith("Holds in 4 of 4 checks")


def test_one_report_from_the_other_side_is_an_exception_and_no_pattern():
    study = made(OWN_SIDE_FIRST[:6], {"a": "IRN", "b": "IRN", "c": "AZE"})
    assert keys(study) == []  # nothing says from whom it is relayed
    relayed = study._replace(documents=study.documents.assign(relays=["", "", "Trend"]))
    found = findings.findings(relayed)
    assert [f.key for f in found] == ["exception"]
    assert (
        "2 of 3 reports quote Iran at greater length: 80% and 70% of the words. The exception, with 30%"
        in found[0].sentence()
    )
    assert "shows no pattern" in found[0].test()


def test_what_one_article_breaks_is_not_said():
    assert keys(made([*OWN_SIDE_FIRST[:-1], ("d", "AZE", 42, "")], HOME)) == []


def test_what_one_article_carries_is_not_said():
    rows = [
        ("a", "IRN", 300, ""),
        ("b", "IRN", 49, ""),
        ("b", "AZE", 51, ""),
        ("c", "IRN", 49, ""),
        ("c", "AZE", 51, ""),
    ]
    study = made(rows, dict.fromkeys("abc", ""))
    assert (
        study.quotations.words[study.quotations.side == "IRN"].sum()
        > 3 * study.quotations.words[study.quotations.side == "AZE"].sum()
    )
    assert keys(study) == []


def test_repetitions_carry_nothing():
    rows = [
        ("a", "IRN", 50, ""),
        ("a", "AZE", 50, ""),
        ("a", "IRN", 50, ""),
        ("b", "IRN", 50, ""),
        ("b", "AZE", 50, ""),
        ("b", "IRN", 40, ""),
    ]
    rows += [("c", "IRN", 50, ""), ("c", "AZE", 50, ""), ("c", "IRN", 40, "")]
    assert keys(made(rows, dict.fromkeys("abc", ""))) == ["majority"]
    assert keys(made(rows, dict.fromkeys("abc", ""), repeats=(2, 5, 8))) == []


def test_few_articles_or_one_side_find_nothing():
    assert keys(made(OWN_SIDE_FIRST[:4], {"a": "IRN", "b": "IRN"})) == []
    assert keys(made(OWN_SIDE_FIRST, HOME)._replace(two=("IRN",))) == []


def test_the_seeds(seeds, analyses):
    quotations, actors = tables.quotations_table(analyses), tables.actors_table(analyses)
    meetings = tables.meetings_table(analyses, quotations, actors, ("IRN", "AZE"))
    study = findings.study_of(quotations, tables.documents_table(seeds), actors, meetings)
    assert list(findings.shares(study).round()) == [57, 61, 69, 56, 19]
    found = findings.findings(study)
    assert [f.key for f in found] == ["exception", "theme-gap"]
    assert all(f.margin >= findings.MARGIN for f in found)
    assert "4 of 5 reports quote Iran at greater length: 69%, 61%, 57% and 56%" in found[0].sentence()
    assert "is the one relayed from the press unit of the Ministry of Foreign Affairs" in found[0].sentence()
    assert {f.example for f in found} <= set(quotations.quotation_id)
    joint = study.quotations.side == sides.JOINT
    assert set(study.quotations.speaker[joint]) == {"both-sides"}


@pytest.mark.parametrize("key", phrases.book())
def test_a_phrase_is_there_in_both_languages_with_the_same_values(key):
    words = phrases.book()[key]
    assert words.keys() == {"en", "fa"}
    assert sorted(set(_values(words["en"]))) == sorted(set(_values(words["fa"]))) or key in ("majority",)


def _values(words):
    import string

    return [name for _, name, _, _ in string.Formatter().parse(words) if name]
