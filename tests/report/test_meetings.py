"""Who met whom, where and when, as the text tells; what it does not tell is empty."""

import pytest

from reported_speech.analysis import analyse
from reported_speech.articles.document import parse
from reported_speech.report import meetings, tables


def told(*articles):
    """The rows of the table of some articles."""
    documents = [parse(text, f"{n}.txt") for n, text in enumerate(articles)]
    analyses = list(analyse(documents))
    quotations, actors = tables.quotations_table(analyses), tables.actors_table(analyses)
    return tables.meetings_table(analyses, quotations, actors, ("IRN", "AZE"))


@pytest.mark.parametrize(("article", "expected"), [
    ("Qalibaf met Sahiba Gafarova in Baku on Monday.", [("mohammad-bagher-ghalibaf+sahiba-gafarova", "Baku", "Monday")]),
    ("Qalibaf and Sahiba Gafarova met.", [("mohammad-bagher-ghalibaf+sahiba-gafarova", "", "")]),
    ("It rained, Qalibaf said in a meeting with visiting speaker Sahiba Gafarova in Tehran.",
     [("mohammad-bagher-ghalibaf+sahiba-gafarova", "Tehran", "")]),
    ("Qalibaf held a meeting with Sahiba Gafarova. During the meeting, Qalibaf said that it rained.",
     [("mohammad-bagher-ghalibaf+sahiba-gafarova", "", "")]),
    ("Shamkhani praised the meeting between Qalibaf and Sahiba Gafarova.", [("mohammad-bagher-ghalibaf+sahiba-gafarova", "", "")]),
    ("قالیباف در دیدار با صاحبه غفاراوا در باکو گفت: باران آمد.", [("mohammad-bagher-ghalibaf+sahiba-gafarova", "باکو", "")]),
    ("قالیباف با صاحبه غفاراوا دیدار کرد.", [("mohammad-bagher-ghalibaf+sahiba-gafarova", "", "")]),
    ("Qalibaf said that it rained.", []),
    ("The meeting went well, Qalibaf said.", []),
])  # fmt: skip
def test_who_met_whom_where_and_when(article, expected):
    rows = told(article)
    assert list(zip(rows.participants, rows.place, rows.date_words, strict=True)) == expected


def test_the_words_that_tell_are_the_sources_own(seeds, analyses):
    quotations, actors = tables.quotations_table(analyses), tables.actors_table(analyses)
    rows, texts = tables.meetings_table(analyses, quotations, actors, ("IRN", "AZE")), {d.doc_id: d.text for d in seeds}
    for m in rows.itertuples():
        assert texts[m.doc_id][m.start : m.end] == m.text
        for words, at in ((m.place, m.place_at), (m.date_words, m.date_at)):
            assert words == (texts[m.doc_id][slice(*map(int, at.split("-")))] if at else "")
    assert list(rows.words_1 + rows.words_2 > 0) == [True] * 5 + [False, True]  # one is only spoken of
    assert rows.date[0] == "2023-01-09"


def test_reports_of_one_meeting_share_its_id_within_three_days():
    text = "date {} Rain\nQalibaf met Sahiba Gafarova. It rained, Qalibaf said."
    rows = told(text.format("2023-01-09"), text.format("2023-01-11"), text.format("2023-01-20"))
    assert rows.meeting_id.nunique() == 2
    assert rows.meeting_id[0] == rows.meeting_id[1] != rows.meeting_id[2]


def test_a_quotation_counts_for_the_meeting_its_speaker_took_part_in():
    rows = told(
        "Qalibaf met Jeyhun Bayramov. It rained, Qalibaf said. Shamkhani met Bayramov. It snowed, Bayramov said. It is late, Gafarova said."
    )
    assert list(zip(rows.words_1, rows.words_2, strict=True)) == [(2, 0), (0, 2)]


def test_whom_the_text_does_not_name_stands_in_its_words():
    rows = told("Qalibaf said in a meeting with the farmers of the north, that it rained.")
    assert list(zip(rows.participants, rows.unnamed, strict=True)) == [
        ("mohammad-bagher-ghalibaf", "the farmers of the north")
    ]


def test_a_day_of_the_week_is_dated_by_the_report():
    assert meetings.iso_day("سه‌شنبه", "2023-01-06") == "2023-01-03"
