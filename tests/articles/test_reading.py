"""Articles from a table: the same as from files, with what the table says of them; what is wrong with a row is told."""

import gzip
import hashlib
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
    ("a.csv", b"id,words\n1,x\n", "", "no column 'text'; it has id, words"), ("a.csv", b"id,text\n1,x\n", "text", "'text' is not one of"),
    ("a.csv", b"id,text\n1,x\n", "words=text", "'words=text' is not one of"), ("a.csv", b"id,text\n1,x\n", "text=", "'text=' is not one of"),
    ("a.parquet", b"no table", "", "not a Parquet table"), ("a.jsonl", b'{"words": "x"}', "", "no column 'text'; it has words"),
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
    ("a.pdf", "{}", "a .pdf is no article"), ("a.xls", "text", "a .xls is no article"), ("a", GOOD, "without an ending is no article"),
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
    names = ["a.txt", "b/c.txt", "empty.txt", "d.pdf", "E.TXT", "f", ".g/h.pdf", "i.json"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("" if "empty" in name else GOOD, encoding="utf-8")
    (tmp_path / "self.txt").symlink_to("self.txt")
    documents, rejected = read_corpus(tmp_path)
    assert sorted([d.doc_id for d in documents] + [r.path for r in rejected]) == sorted([*names, "self.txt"])
    assert [d.doc_id for d in documents] == ["E.TXT", "a.txt", "b/c.txt"]
    assert sum(r.reason.startswith("left aside") for r in rejected) == 3


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


# ------------------------------------------------------------------ what crawlers and archives leave

PAGE = """<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta property="og:site_name" content="{outlet}"><meta property="og:title" content="{title}">{date}</head><body>
<nav><a href="/">Home</a><a href="/world">World</a><a href="/sports">Sports</a></nav>
<article><h1>{title}</h1>{paragraphs}</article><footer>All rights reserved. Contact us.</footer></body></html>"""
DATE = '<meta property="article:published_time" content="2024-05-14T08:30:00+04:00">'
ENGLISH = [
    "The minister said that the border was open, and that the road had been repaired.",
    '"We will come again," the envoy said in Baku.',
] * 3
FARSI = [
    "وزیر امور خارجه گفت که مرز باز است و راه ساخته شده است.",
    "سفیر افزود: دوباره می‌آییم و این گفت‌وگو را ادامه می‌دهیم.",
] * 3


def page(paragraphs, **more):
    known = {"lang": "en", "title": "Border is open", "outlet": "Trend News Agency", "date": DATE}
    return PAGE.format(**known | more, paragraphs="".join(f"<p>{p}</p>" for p in paragraphs))


def test_a_web_page_is_its_articles_text_with_what_its_metadata_say(tmp_path):
    data = page(ENGLISH).encode()
    (tmp_path / "a.html").write_bytes(data)
    (tmp_path / "b.HTM").write_text(
        page(FARSI, lang="fa", title="مرز باز است", outlet="خبرگزاری تسنیم", date=""), encoding="utf-8"
    )
    (tmp_path / "c.html").write_text("<html><body><nav>Home</nav></body></html>", encoding="utf-8")
    documents, rejected = read_corpus(tmp_path)
    english, persian = documents
    assert (english.language, english.sha256) == ("en", hashlib.sha256(data).hexdigest())
    assert english.value("title") == "Border is open"
    assert (english.value("outlet"), english.value("published")) == ("Trend", "2024-05-14")
    assert ENGLISH[0] in english.text
    assert "Home" not in english.text
    assert (persian.language, persian.value("outlet"), persian.value("published")) == ("fa", "Tasnim", "")
    assert [(r.path, r.reason) for r in rejected] == [("c.html", "a web page in which no article is found")]
    assert read_corpus(tmp_path)[0] == documents


@pytest.mark.parametrize(("head", "body", "published", "evidence"), [
    ('<meta property="article:modified_time" content="2024-05-14T10:00:00Z">', "", "", ""),
    ('<meta property="article:published_time" content="2024-05-14T10:00:00Z">', "", "2024-05-14", "the page's article:published_time"),
    ("", "<p class=\"date\">Published 14 May 2024</p>", "2024-05-14", "14 May 2024"),
    ("", "<p class=\"date\">Updated 14 May 2024</p>", "", ""),
    ("", "<p class=\"date\">10/05/2024</p>", "", ""),
])  # fmt: skip
def test_a_date_of_a_page_has_what_says_it(tmp_path, head, body, published, evidence):
    plain = page(ENGLISH, date="").replace("</head>", f"{head}</head>").replace("<article>", f"{body}<article>")
    (tmp_path / "a.html").write_text(plain, encoding="utf-8")
    one = read_corpus(tmp_path)[0][0]
    assert (one.value("published"), dict(one.given).get("published_evidence", "")) == (published, evidence)


def test_a_page_of_very_many_elements_is_none_that_could_be_read_in_time(tmp_path):
    (tmp_path / "a.html").write_text(
        "<html><body><article>" + "<p>The minister <b>left</b>.<br>" * 60_000, encoding="utf-8"
    )
    (tmp_path / "b.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "c.jsonl").write_text(
        json.dumps({"id": "row", "text": "<p>The minister <b>left</b>.</p>" * 15_000})
        + "\n"
        + json.dumps({"text": GOOD}),
        encoding="utf-8",
    )
    reason = "a web page of more than 20,000 elements"
    assert [(r.path, r.reason) for r in read_corpus(tmp_path)[1]][:1] == [("a.html", reason)]
    documents, rejected = read_corpus(tmp_path / "c.jsonl")
    assert ([d.text for d in documents], [(r.path, r.reason) for r in rejected]) == ([GOOD], [("row", reason)])


def test_a_further_article_of_a_page_is_told(tmp_path):
    long = f"<p>{' '.join(ENGLISH * 3)}</p>"
    parts = ("One", long), ("A teaser", f"<p>{ENGLISH[0]}</p>"), ("<i>Two</i>", long)
    more = "".join(f"<article><h2>{heading}</h2>{text}</article>" for heading, text in parts)
    (tmp_path / "a.html").write_text(page(ENGLISH).replace("</article>", f"</article>{more}"), encoding="utf-8")
    documents, rejected = read_corpus(tmp_path)
    assert [d.doc_id for d in documents] == ["a.html"]
    assert [(r.path, r.reason) for r in rejected] == [
        ("a.html#2", "a further article on the page: One"),
        ("a.html#3", "a further article on the page: Two"),
    ]


def test_quotation_marks_of_a_table_with_tabs_may_be_but_letters(tmp_path):
    (tmp_path / "a.tsv").write_text(f'text\toutlet\n"We come," he said. {GOOD}\ts\n{GOOD}\ts\n', encoding="utf-8")
    (tmp_path / "b.tsv").write_text(f'text\toutlet\n"He said ""We\tcome."" {GOOD}"\ts\n', encoding="utf-8")
    (tmp_path / "c.tsv").write_text(f"text\n{GOOD}, it said, and left\n", encoding="utf-8")
    first, second = (read_corpus(tmp_path / name)[0] for name in ("a.tsv", "b.tsv"))
    assert [d.text for d in read_corpus(tmp_path / "c.tsv")[0]] == [f"{GOOD}, it said, and left"]
    assert [d.text[:10] for d in first] == ['"We come,"', GOOD[:10]]
    assert [d.text[:18] for d in second] == ['He said "We\tcome."']


def test_packed_texts_are_read_and_damaged_ones_named(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(GOOD.encode()))
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(page(ENGLISH).encode()))
    (tmp_path / "c.txt.gz").write_bytes(b"no gzip")
    (tmp_path / "d.txt.gz").write_bytes(gzip.compress(b"x " * 40_000_000))
    (tmp_path / "e.txt.gz").write_bytes(gzip.compress(GOOD.encode(), 0)[:-12])
    (tmp_path / "f.txt.gz").write_bytes(gzip.compress(GOOD.encode()) + gzip.compress(b" It is."))
    (tmp_path / "g.json.gz").write_bytes(gzip.compress(json.dumps({"text": GOOD}).encode()))
    documents, rejected = read_corpus(tmp_path)
    assert [d.doc_id for d in documents] == ["a.txt.gz", "b.html.gz", "f.txt.gz", "g.json.gz"]
    assert documents[2].text == GOOD + " It is."
    assert {r.path: r.reason.split(":")[0] for r in rejected} == {
        "c.txt.gz": "not gzip",
        "e.txt.gz": "not gzip",
        "d.txt.gz": "larger than 4,000,000 bytes",
    }


@pytest.mark.parametrize(("name", "data"), [
    ("news-please.json", json.dumps({"maintext": GOOD, "url": "u", "date_publish": "2024-05-14 08:30:00", "source_domain": "s", "title": "t"})),
    ("trafilatura.jsonl", json.dumps({"text": GOOD, "url": "u", "date": "2024-05-14", "sitename": "s", "title": "t"})),
    ("fundus.json", json.dumps([{"plain_text": GOOD, "link": "u", "publishing_date": "2024-05-14", "publisher": "s", "title": "t"}])),
    ("under-a-key.json", json.dumps({"status": "ok", "articles": [{"body": GOOD, "url": "u", "published_at": "2024-05-14", "source": "s", "headline": "t"}]})),
    ("news-please-whole.json", json.dumps({"text": None, "maintext": GOOD, "url": "u", "date_publish": "2024-05-14", "source_domain": "s", "title": "t"})),
    ("fundus-body.json", json.dumps({"body": {"summary": [], "sections": [{"headline": [], "paragraphs": [GOOD]}]}, "url": "u", "date": "2024-05-14", "publisher": "s", "title": "t"})),
    ("with-comments.json", json.dumps({"text": GOOD, "id": "u", "date": "2024-05-14", "source": {"id": None, "name": "s"}, "title": "t", "comments": [{"id": 1, "text": "No."}]})),
    ("capitals.csv", f"ID,Title,Date,Outlet,Text\nu,t,2024-05-14,s,{GOOD}\n"),
    ("media-cloud.csv", f"stories_id,title,publish_date,media_name,url,text\nu,t,2024-05-14,s,x,{GOOD}\n"),
    ("semicolons.csv", f"id;title;date;outlet;text\nu;t;2024-05-14;s;{GOOD}\n"),
    ("tabs.tsv", f"id\ttitle\tdate\toutlet\tcontent\nu\tt\t2024-05-14\ts\t{GOOD}\n"),
    ("tabs.csv", f"id\ttitle\tdate\toutlet\tcontent\nu\tt\t2024-05-14\ts\t\"{GOOD}\"\n"),
    ("bars.csv", f"id|title|date|outlet|text\nu|t|2024-05-14|s|{GOOD}\n"),
])  # fmt: skip
def test_columns_of_crawlers_are_known_by_their_names(tmp_path, name, data):
    (tmp_path / name).write_text(data, encoding="utf-8")
    documents, rejected = read_corpus(tmp_path / name)
    assert not rejected
    one = documents[0]
    assert (one.text, one.value("title"), one.value("outlet"), one.value("published")) == (GOOD, "t", "s", "2024-05-14")
    assert one.doc_id in ("u", "x")


def test_one_article_a_json_file_in_a_folder(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"maintext": GOOD, "url": "https://x.example/1"}), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps([{"text": GOOD}, {"text": GOOD}]), encoding="utf-8")
    (tmp_path / "c.json").write_text("{", encoding="utf-8")
    documents, rejected = read_corpus(tmp_path)
    assert [d.doc_id for d in documents] == ["a.json"]
    assert [r.reason.split(":")[0] for r in rejected] == ["2 articles in one JSON file", "not JSON"]


def test_the_text_decides_its_language_and_what_is_given_only_a_short_ones(tmp_path):
    (tmp_path / "a.csv").write_text(
        "language,text\nen,سفیر گفت: مرز باز است.\nen,Министр сказал\nen,Border open\n", encoding="utf-8"
    )
    documents, rejected = read_corpus(tmp_path / "a.csv")
    assert [d.language for d in documents] == ["fa", "en"]
    assert [r.reason for r in rejected] == ["neither English nor Persian"]


def test_html_is_read_as_html_wherever_it_stands_and_rtf_is_named(tmp_path):
    cell = "<!-- wp:paragraph --><p>&#8220;It is open,&#8221; he said.</p>" + "".join(f"<p>{p}</p>" for p in ENGLISH)
    pd.DataFrame([{"text": cell}]).to_csv(tmp_path / "a.csv", index=False)
    (document,), _ = read_corpus(tmp_path / "a.csv")
    assert document.text.startswith("“It is open,” he said.")
    assert document.sha256 == hashlib.sha256(cell.encode()).hexdigest()
    (tmp_path / "a.csv").unlink()
    (tmp_path / "a.txt").write_text(page(ENGLISH), encoding="utf-8")
    (tmp_path / "b.txt").write_text("{\\rtf1 The border is open.}", encoding="utf-8")
    documents, rejected = read_corpus(tmp_path)
    assert ENGLISH[0] in documents[0].text
    assert [r.reason for r in rejected] == ["RTF, not plain text"]


def test_a_page_keeps_its_half_spaces_and_the_marks_of_windows(tmp_path):
    (tmp_path / "a.html").write_text(page(["علی‌اف می‌گوید مرز باز است. " * 8], lang="fa"), encoding="utf-8")
    old = page([f"“The owner’s border is open,” he said. {p}" for p in ENGLISH]).replace(
        "<head>", '<head><meta charset="ISO-8859-1">'
    )
    (tmp_path / "b.html").write_bytes(old.encode("cp1252"))
    persian, english = read_corpus(tmp_path)[0]
    assert "علی‌اف می‌گوید" in persian.text
    assert "“The owner’s border is open,”" in english.text


@pytest.mark.parametrize(
    ("name", "data"), [("a.csv", "url,title\nhttps://x.example,t\n"), ("a.jsonl", '{"link": "https://x.example"}')]
)
def test_addresses_without_texts_must_be_fetched_first(tmp_path, name, data):
    (tmp_path / name).write_text(data, encoding="utf-8")
    with pytest.raises(ValueError, match="fetch them first"):
        read_corpus(tmp_path / name)


@pytest.mark.parametrize(
    ("period", "kept"),
    [
        ("", ["1", "2", "3", "4"]),
        ("2023/2023", ["2", "3"]),
        ("2023-10-05/", ["2", "3", "4"]),
        ("2023-10-06/2023-12", ["3"]),
        ("/2022-12-31", ["1"]),
    ],
)
def test_a_period_takes_the_articles_published_in_it(tmp_path, period, kept):
    days = ["2022-12-31", "2023-10-05", "2023-12-31", "2024-01-01"] + [""] * bool(period)
    write(tmp_path, ".jsonl", [{"text": SAID, "id": str(n), "date": day} for n, day in enumerate(days, 1)])
    documents, rejected = read_corpus(tmp_path / "articles.jsonl", period=period)
    assert [d.doc_id for d in documents] == kept
    assert len(rejected) == len(days) - len(kept)
    assert not period or rejected[-1].reason == "left aside: no date is told, and the study has a period"
