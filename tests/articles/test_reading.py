"""Articles from a table: the same as from files, with what the table says of them; what is wrong with a row is told."""

import json
import struct

import pandas as pd
import pyarrow
import pyarrow.parquet
import pytest

from reported_speech.articles.reading import article, read_corpus
from reported_speech.report import tables

SAID = 'Safarov, minister\n"We accept it all," Safarov said.'
ROWS = [
    {
        "body": SAID,
        "url": "https://x.example/1#top",
        "date": "Oct. 5, 2023",
        "outlet": "Trend",
        "title": "Talks",
        "lang": "",
    },
    {"body": "سفیر گفت: مرز باز است.", "url": "2", "date": "1402/07/11", "outlet": "", "title": "", "lang": "fa"},
    {"body": "Ok no", "url": "3", "date": "yesterday", "outlet": "", "title": "", "lang": "EN"},
]
COLUMNS = "text=body, id=url, language = lang"


def write(folder, suffix, rows):
    path = folder / f"articles{suffix}"
    frame = pd.DataFrame(rows)
    if suffix == ".csv":
        frame.to_csv(path, index=False, encoding="utf-8-sig")
    elif suffix == ".jsonl":
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    else:
        frame.to_parquet(path)
    return path


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_each_row_is_a_document_with_what_the_table_says(tmp_path, suffix):
    path = write(tmp_path, suffix, ROWS)
    documents, rejected = read_corpus(path, COLUMNS)
    assert rejected == []
    assert [(d.doc_id, d.text, d.language) for d in documents] == [
        (row["url"], row["body"], language) for row, language in zip(ROWS, ("en", "fa", "en"), strict=True)
    ]
    rows = tables.documents_table(documents)
    assert rows.title.tolist() == ["Talks", "", ""]
    assert rows.outlet.tolist() == ["Trend", "", ""]
    assert rows.published.tolist() == ["2023-10-05", "2023-10-03", ""]
    assert rows.published_evidence.tolist() == ["given by the table", "given by the table", ""]
    assert article(path, "2", COLUMNS) == documents[1]
    assert article(path, "none", COLUMNS) is None


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_a_table_of_texts_alone_is_enough(tmp_path, suffix):
    documents, _ = read_corpus(write(tmp_path, suffix, [{"text": row["body"]} for row in ROWS[:2]]))
    assert len({d.doc_id for d in documents}) == 2
    assert all(d.doc_id.startswith(f"articles{suffix}:") for d in documents)


def test_what_is_wrong_with_a_row_is_told_and_the_rest_goes_on(tmp_path):
    good = {"text": SAID, "id": "good"}
    lines = [json.dumps(good), "{", "7", '"text"', json.dumps(good), json.dumps({"text": "", "id": "empty"}),
             json.dumps({"text": None, "id": "none"}), '{"text": "He said \\ud800 no.", "id": "half"}',
             '{"text": "He said \\u0000 no.", "id": "nul"}', json.dumps({"text": "x" * 4_000_001, "id": "long"}), "",
             json.dumps({"text": "Он сказал.", "id": "russian"})]  # fmt: skip
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    documents, rejected = read_corpus(tmp_path / "a.jsonl")
    assert [d.doc_id for d in documents] == ["good"]
    assert [(r.path, r.reason.split(":")[0]) for r in rejected] == [
        ("a.jsonl:2", "not JSON"), ("a.jsonl:3", "no JSON object"), ("a.jsonl:4", "no JSON object"), ("a.jsonl:5", "the id 'good' stands twice"),
        ("empty", "empty"), ("none", "empty"), ("half", "not UTF-8, or half a character"), ("nul", "binary"),
        ("long", "larger than 4,000,000 bytes"), ("russian", "neither English nor Persian"),
    ]  # fmt: skip
    assert all(r.remedy for r in rejected)


def test_a_csv_in_another_encoding_rejects_its_rows(tmp_path):
    (tmp_path / "a.csv").write_bytes("id,text\n1,He said that all is well.\n2,Il a dit: été\n".encode("latin-1"))
    documents, rejected = read_corpus(tmp_path / "a.csv")
    assert [d.doc_id for d in documents] == ["1"]
    assert [(r.path, r.reason) for r in rejected] == [("2", "not UTF-8, or half a character: 'text'")]


@pytest.mark.parametrize(("name", "data", "columns", "said"), [
    ("a.csv", b"id,body\n1,x\n", "", "no column 'text'; it has id, body"), ("a.csv", b"id,text\n1,x\n", "text", "'text' is not one of"),
    ("a.csv", b"id,text\n1,x\n", "words=text", "'words=text' is not one of"), ("a.csv", b"id,text\n1,x\n", "text=", "'text=' is not one of"),
    ("a.parquet", b"no table", "", "not a Parquet table"), ("a.jsonl", b'{"body": "x"}', "", "no column 'text'; it has body"),
])  # fmt: skip
def test_a_table_that_does_not_fit_is_named(tmp_path, name, data, columns, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ValueError, match=name) as error:
        read_corpus(tmp_path / name, columns)
    assert said in str(error.value)


@pytest.mark.parametrize("name", ["missing.csv", "missing", "a.xlsx"])
def test_no_articles_is_an_error_that_names_the_path(tmp_path, name):
    (tmp_path / "a.doc").write_text("x", encoding="utf-8")
    with pytest.raises(FileNotFoundError, match=name):
        read_corpus(tmp_path / name)


GOOD = "The minister said that relations were good."


@pytest.mark.parametrize(("name", "data", "kept", "said"), [
    ("a.jsonl", b'{"text": "%s"}\n' + b"[" * 200_000 + b"\n", 1, ["nested too deeply"]),
    ("a.jsonl", b'{"text": "%s", "outlet": NaN}\n{"text": "%s"}', 1, ["not JSON: NaN"]),
    ("a.jsonl", b'{"text": "%s", "outlet": "\\ud800"}\n{"text": "%s", "title": "\\udfff"}\n{"text": "%s", "id": "\\udfff"}', 0, ["not UTF-8"] * 3),
    ("a.jsonl", b'{"text": ["%s"]}\n{"text": true}\n{"text": "%s", "outlet": {}}\n{"text": "%s", "id": 5}', 1, ["'text' is no text", "'text' is no text", "'outlet' is no text"]),
    ("a.csv", b'id,text\n1,"%s"\n2,"%s\n3,"%s"\n4,%s\n', 2, ["lines 3 to 4 are not CSV"]),
    ("a.csv", b'id,text\n1,"%s"\n2,"%s\n3,%s\n', 1, ["lines 3 to 4 are not CSV"]),
    ("a.csv", b"id,text\n1,%s,more\n2\n3,%s\n", 1, ["3 cells where the head has 2", "1 cells where the head has 2"]),
    ("a.csv", b'id,text\n1,"' + b"x " * 20_500_000 + b'"\n2,%s\n', 1, ["larger than"]),
])  # fmt: skip
def test_a_row_that_cannot_be_read_is_rejected_and_the_others_are_not(tmp_path, name, data, kept, said):
    (tmp_path / name).write_bytes(data.replace(b"%s", GOOD.encode()))
    documents, rejected = read_corpus(tmp_path / name)
    assert len(documents) == kept
    assert len(rejected) == len(said)
    assert all(words in r.reason and r.remedy for r, words in zip(rejected, said, strict=True))


def test_parquet_cells_are_text_or_rejected(tmp_path):
    latin = pyarrow.py_buffer(f"{GOOD}caf".encode() + b"\xe9")
    places = pyarrow.py_buffer(struct.pack("<iii", 0, len(GOOD), len(GOOD) + 4))
    for name, texts, kept in (
        ("binary", pyarrow.array([GOOD.encode(), b"\xff"], pyarrow.binary()), [GOOD]),
        ("broken", pyarrow.Array.from_buffers(pyarrow.string(), 2, [None, places, latin]), [GOOD]),
        ("large", pyarrow.array([GOOD, "7"], pyarrow.large_string()), [GOOD]),
    ):
        path = tmp_path / f"{name}.parquet"
        pyarrow.parquet.write_table(pyarrow.table({"text": texts, "outlet": [float("nan")] * 2}), path)
        documents, rejected = read_corpus(path)
        assert [d.text for d in documents] == kept
        assert [d.given for d in documents] == [()]
        assert len(rejected) == 1


@pytest.mark.parametrize(
    "text", [pyarrow.array(["x " * 500_000] * 100).dictionary_encode(), pyarrow.array(["x " * 50_000_000])]
)
def test_a_small_file_that_unpacks_to_much_is_refused(tmp_path, text):
    pyarrow.parquet.write_table(pyarrow.table({"text": text}), tmp_path / "a.parquet", compression="zstd")
    with pytest.raises(ValueError, match="unpacks to more than"):
        read_corpus(tmp_path / "a.parquet")


@pytest.mark.parametrize(("name", "data", "said"), [
    ("a.json", "{}", "a .json is no article"), ("a.tsv", "text", "a .tsv is no article"), ("a", GOOD, "without an ending is no article"),
    ("a.csv", "text,text\na,b\n", "'text' stands twice"), ("a.csv", '"text,body"\nx\n', "no column 'text'"),
])  # fmt: skip
def test_what_is_no_corpus_is_told(tmp_path, name, data, said):
    (tmp_path / name).write_text(data, encoding="utf-8")
    with pytest.raises(ValueError, match=name) as error:
        read_corpus(tmp_path / name)
    assert said in str(error.value)


def test_endings_of_tables_may_be_capitals(tmp_path):
    (tmp_path / "A.CSV").write_text(f"text\n{GOOD}\n", encoding="utf-8")
    assert [d.text for d in read_corpus(tmp_path / "A.CSV")[0]] == [GOOD]


def test_every_file_of_a_folder_is_an_article_rejected_or_left_aside(tmp_path):
    names = ["a.txt", "b/c.txt", "empty.txt", "d.html", "E.TXT", "f", ".g/h.pdf", "i.json"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("" if "empty" in name else GOOD, encoding="utf-8")
    (tmp_path / "self.txt").symlink_to("self.txt")
    documents, rejected = read_corpus(tmp_path)
    assert sorted([d.doc_id for d in documents] + [r.path for r in rejected]) == sorted([*names, "self.txt"])
    assert [d.doc_id for d in documents] == ["a.txt", "b/c.txt"]
    assert sum(r.reason.startswith("left aside") for r in rejected) == 5


@pytest.mark.parametrize("date", ["yesterday", "31.12.9999", "9999-12-31", "0001-01-01"])
def test_a_date_of_the_table_that_is_none_is_remarked(tmp_path, date):
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": GOOD, "date": date}), encoding="utf-8")
    row = tables.documents_table(read_corpus(tmp_path / "a.jsonl")[0]).iloc[0]
    assert (row.published, row.remarks) == ("", f"a date that is none: {date}")


@pytest.mark.parametrize(("data", "said"), [
    ('{"id": "1"}\n{"text": "%s"}', "no 'text'"), ('{"text": "a", "text": "b"}\n{"text": "%s"}', "a key stands twice"),
])  # fmt: skip
def test_an_object_that_is_none_stops_no_other(tmp_path, data, said):
    (tmp_path / "a.jsonl").write_text(data.replace("%s", GOOD), encoding="utf-8")
    documents, rejected = read_corpus(tmp_path / "a.jsonl")
    assert [d.text for d in documents] == [GOOD]
    assert said in rejected[0].reason


def test_a_column_that_nobody_asked_for_is_not_read(tmp_path):
    far = pyarrow.array([0, 2**60 // 86_400_000 * 86_400_000]).cast(pyarrow.date64())
    table = {
        "text": [GOOD, GOOD],
        "date": far,
        "other": far,
        "lists": [[0], [1]],
        "zone": pyarrow.array([0, 0], pyarrow.timestamp("us", "Mars/Phobos")),
    }
    pyarrow.parquet.write_table(pyarrow.table(table), tmp_path / "a.parquet")
    documents, rejected = read_corpus(tmp_path / "a.parquet")
    assert len(documents) == 1
    assert [r.reason for r in rejected] == ["cannot be read: 'date'"]
    with pytest.raises(ValueError, match="'lists' holds lists, not text"):
        read_corpus(tmp_path / "a.parquet", "text=lists")


@pytest.mark.parametrize(("columns", "said"), [
    ("text=text, date=typo", "no column 'typo'"), ("id=url", "no column 'url'"), ("text=text, text=id", "text is named twice"),
])  # fmt: skip
def test_a_column_that_is_named_must_be_there(tmp_path, columns, said):
    for name, data in (("a.csv", f"id,text\n1,{GOOD}\n"), ("a.jsonl", json.dumps({"id": "1", "text": GOOD}))):
        (tmp_path / name).write_text(data, encoding="utf-8")
        if "twice" in said and "text=text" in columns:
            columns = "text=id, text=text"
        with pytest.raises(ValueError, match=said):
            read_corpus(tmp_path / name, columns)


def test_blank_lines_before_a_head_are_passed(tmp_path):
    (tmp_path / "a.csv").write_text(f"\n\nid,text\n1,{GOOD}\n", encoding="utf-8")
    assert [d.doc_id for d in read_corpus(tmp_path / "a.csv")[0]] == ["1"]
