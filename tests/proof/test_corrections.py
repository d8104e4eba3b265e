"""What people corrected: lines of corrections.csv -> changed rows, or an error that names the line."""

import pytest

from reported_speech.proof.corrections import corrected, read_corrections
from reported_speech.report import tables

HEAD = "quotation_id,field,value,who,why\n"
ID = '"000_83718a4dd1d31196.txt#char=298,519"'
FIRST = ID.strip('"')


def apply(analyses, folder, lines):
    path = folder / "corrections.csv"
    path.write_text(HEAD + lines, encoding="utf-8-sig")
    return corrected(analyses, path)


def row_of(analyses, quotation_id):
    quotations = tables.quotations_table(analyses)
    return quotations[quotations.quotation_id == quotation_id].iloc[0]


@pytest.mark.parametrize(("field", "value", "column", "expected"), [
    ("speaker", "ilham-aliyev", "speaker", "ilham-aliyev"),
    ("speaker", "", "speaker", ""),
    ("addressee", "sahiba-gafarova", "addressee", "sahiba-gafarova"),
    ("kind", "mixed", "kind", "mixed"),
])  # fmt: skip
def test_a_field_is_changed_and_the_row_says_so(analyses, tmp_path, field, value, column, expected):
    after, changes = apply(analyses, tmp_path, f"{ID},{field},{value},N. N.,read again\n")
    row = row_of(after, FIRST)
    assert row[column] == expected
    assert (row.review, row.reviewer) == ("corrected", "N. N.")
    assert (changes[0]["before"], changes[0]["value"]) == (row_of(analyses, FIRST)[column], value)
    untouched = tables.quotations_table(after)
    assert (untouched.review == "corrected").sum() == 1


def test_a_span_moves_the_id_and_the_words(analyses, tmp_path):
    after, _ = apply(analyses, tmp_path, f"{ID},span,299-320;330-340,N. N.,shorter\n")
    text = analyses[0].document.text
    row = row_of(after, "000_83718a4dd1d31196.txt#char=299,320")
    assert row.text == text[299:320] + " … " + text[330:340]


def test_a_row_is_dropped_and_the_table_of_corrections_keeps_it(analyses, tmp_path):
    after, changes = apply(analyses, tmp_path, f"{ID},drop,,N. N.,no quotation\n")
    assert len(after[0].quotations) == len(analyses[0].quotations) - 1
    assert tables.corrections_table(changes).quotation_id.tolist() == [FIRST]


def test_a_row_can_be_confirmed(analyses, tmp_path):
    after, _ = apply(analyses, tmp_path, f"{ID},reviewed,yes,N. N.,\n")
    assert row_of(after, FIRST).review == "reviewed"


def test_a_speaker_of_another_article_is_counted(analyses, tmp_path):
    after, _ = apply(analyses, tmp_path, f"{ID},speaker,ali-shamkhani,N. N.,\n")
    counts = tables.actors_table(after).set_index("actor_id").quotations
    assert (
        counts["ali-shamkhani"] == tables.actors_table(analyses).set_index("actor_id").quotations["ali-shamkhani"] + 1
    )


@pytest.mark.parametrize(("line", "message"), [
    ('"000_x.txt#char=1,2",drop,,N. N.,', "line 2: there is no quotation '000_x.txt#char=1,2'"),
    (f"{ID},colour,red,N. N.,", "line 2: no field 'colour'"),
    (f"{ID},kind,shouted,N. N.,", "line 2: no kind 'shouted'"),
    (f"{ID},speaker,nobody-at-all,N. N.,", "line 2: nobody knows the speaker 'nobody-at-all'"),
    (f"{ID},span,5-3,N. N.,", "not in order"),
    (f"{ID},span,5-99999999,N. N.,", "outside the article"),
    (f"{ID},span,here,N. N.,", "start-end"),
    (f"{ID},drop,,,", "say under who"),
    (f"{ID},speaker,,N. N.,because, he,", "line 2: more cells than columns"),
    (f"{ID},drop,no,N. N.,", "drop takes yes, not 'no'"),
    (f"{ID},reviewed,no,N. N.,", "reviewed takes yes, not 'no'"),
    (f"{ID},kind,mixed,N. N.,\n{ID},kind,direct,M. M.,", "line 3.*two corrections of kind"),
])  # fmt: skip
def test_what_does_not_fit_is_an_error_that_names_it(analyses, tmp_path, line, message):
    with pytest.raises(ValueError, match=message):
        apply(analyses, tmp_path, line + "\n")


def test_a_missing_column_is_named_and_a_missing_file_is_none(analyses, tmp_path):
    (tmp_path / "corrections.csv").write_text("quotation_id,field,value\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'who' is missing"):
        corrected(analyses, tmp_path / "corrections.csv")
    assert corrected(analyses, tmp_path / "none.csv") == (analyses, [])


def test_a_span_of_another_quotation_is_refused(analyses, tmp_path):
    other = analyses[0].quotations[1]
    spans = tables.written(other.content)
    with pytest.raises(ValueError, match="line 2: the span is that of another quotation"):
        list(apply(analyses, tmp_path, f"{ID},span,{spans},N. N.,\n")[0])


@pytest.mark.parametrize(
    "data",
    [
        HEAD.encode() + b'"a",speaker,,caf\xe9,\n',
        HEAD.encode("utf-16"),
        HEAD.replace("why", "value").encode(),
        HEAD.encode() + b'"a',
    ],
)
def test_a_file_that_is_no_table_of_corrections_is_named(tmp_path, data):
    (tmp_path / "c.csv").write_bytes(data)
    with pytest.raises(ValueError, match=r"c\.csv"):
        read_corrections(tmp_path / "c.csv")
