import re
import zipfile

import pandas as pd
import pandera.errors
import pytest

from reported_speech.report import tables, workbook


@pytest.fixture(scope="module")
def everything(seeds, analyses):
    return {
        "documents": tables.documents_table(seeds), "parts": tables.parts_table(seeds), "rejected": tables.rejected_table([]),
        "normalization": tables.normalization_table(seeds), "actors": tables.actors_table(analyses), "mentions": tables.mentions_table(analyses),
        "quotations": tables.quotations_table(analyses),
    }  # fmt: skip


def test_every_span_of_every_table_is_the_source(seeds, everything):
    texts = {d.doc_id: d.text for d in seeds}
    for name in ("parts", "mentions"):
        assert len(everything[name])
        for row in everything[name].itertuples():
            assert texts[row.doc_id][row.start : row.end] == row.text
    for row in everything["quotations"].itertuples():
        text = texts[row.doc_id]
        assert " … ".join(text[a:b] for a, b in tables.spans_of(row.spans)) == row.text
        assert row.cue_start < 0 or text[row.cue_start : row.cue_end] == row.cue
        assert row.source_start < 0 or text[row.source_start : row.source_end] == row.source
        assert row.quotation_id == f"{row.doc_id}#char={row.start},{row.end}"


def test_tables_come_back_as_they_were_written(tmp_path, everything):
    for name, frame in everything.items():
        tables.write(frame, name, tmp_path)
        pd.testing.assert_frame_equal(tables.read(name, tmp_path), frame)
        assert (tmp_path / f"{name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_every_mention_and_speaker_is_an_actor(everything):
    ids = set(everything["actors"].actor_id)
    assert set(everything["mentions"].actor_id) <= ids
    assert set(everything["quotations"].speaker) - {""} <= ids


def test_a_missing_speaker_has_a_reason(everything):
    unresolved = everything["quotations"][everything["quotations"].speaker == ""]
    assert unresolved.speaker_evidence.str.startswith("unresolved").all()


def test_a_table_that_does_not_fit_is_refused():
    with pytest.raises(pandera.errors.SchemaError):
        tables.table(
            "mentions",
            [{"doc_id": "a", "start": 5, "end": 5, "text": "", "form": "name", "actor_id": "x", "evidence": ""}],
        )


def test_a_missing_table_says_what_to_run(tmp_path):
    with pytest.raises(FileNotFoundError, match="make study"):
        tables.read("actors", tmp_path)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(cell, tmp_path):
    frame = tables.table("rejected", [{"path": cell, "reason": "r", "remedy": "m"}])
    tables.write(frame, "rejected", tmp_path)
    assert f"'{cell}" in (tmp_path / "rejected.csv").read_text(encoding="utf-8-sig")
    assert tables.read("rejected", tmp_path).path[0] == cell


def test_the_workbook_has_every_table_as_text_with_filters_and_a_dictionary(analyses, tmp_path):
    quotations = tables.quotations_table(analyses)
    quotations.loc[0, "reviewer"] = "=HYPERLINK(1)"
    for folder in ("a", "b"):
        tables.write(quotations, "quotations", tmp_path / folder)
        tables.write(tables.actors_table(analyses), "actors", tmp_path / folder)
        workbook.write(tmp_path / folder)
    assert (tmp_path / "a/study.xlsx").read_bytes() == (tmp_path / "b/study.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a/study.xlsx") as book:
        sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2, 3)]
        names = re.findall(r'sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
        strings, styles = (book.read(f"xl/{name}.xml").decode() for name in ("sharedStrings", "styles"))
    assert names == ["actors", "quotations", "dictionary"]
    assert all("<autoFilter" in sheet and "<pane" in sheet and "<f>" not in sheet for sheet in sheets)
    assert "=HYPERLINK(1)" in strings
    assert 'readingOrder="2"' in styles


def test_a_sheet_that_is_mostly_persian_runs_from_right_to_left(analyses, tmp_path):
    tables.write(
        tables.quotations_table(analyses[-1:]).assign(doc_id="x", quotation_id="x", speaker_evidence="", cue_entry="")[
            :1
        ],
        "quotations",
        tmp_path,
    )
    workbook.write(tmp_path)
    with zipfile.ZipFile(tmp_path / "study.xlsx") as book:
        assert 'rightToLeft="1"' in book.read("xl/worksheets/sheet1.xml").decode()
