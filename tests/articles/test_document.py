import itertools
import json
import os

import pytest

from reported_speech.articles.dates import find_date
from reported_speech.articles.document import Rejected, detect_language, parse
from reported_speech.articles.outlets import outlet_named
from reported_speech.articles.reading import read, read_corpus


def test_the_seeds_are_described_as_annotated(root, seeds):
    lines = (root / "tests/gold/seeds-documents.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {row["doc"]: row for row in map(json.loads, lines)}
    assert {d.doc_id for d in seeds} == set(gold)
    for d in seeds:
        found = {
            "lang": d.language,
            "title": d.value("title"),
            "outlet": d.value("outlet"),
            "relays": [p.value for p in d.all("relay")],
            "place": d.value("place"),
            "published": d.value("published"),
            "boilerplate": [list(p.span) for p in d.all("boilerplate")],
            "truncated": bool(d.all("truncation")),
        }
        assert found == {key: gold[d.doc_id][key] for key in found}


def test_paragraphs_hold_no_boilerplate_and_no_text_twice(seeds):
    for d in seeds:
        spans = d.paragraphs()
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        assert not any(s.overlaps(p.span) for s in spans for p in d.all("boilerplate"))
        assert all(s.of(d.text).strip() == s.of(d.text) for s in spans)


@pytest.mark.parametrize(("text", "part", "value"), [
    ("BAKU, Azerbaijan, October 5, 2023. Trend reports that it rained.\nMore.", "published", "2023-10-05"),
    ("Rain in Geneva today\nGENEVA (4 June 2025) – It rained on the lake.", "place", "Geneva"),
    ("Rain in Geneva today\nGENEVA (4 June 2025) – It rained on the lake.", "published", "2025-06-04"),
    ("Rain in the port again\nKARACHI: It rained in the port.", "place", "Karachi"),
    ("Rain in Ankara today\nANKARA\nIt rained in the capital.", "place", "Ankara"),
    ("Rain in Baku today\nIt rained, the ministry told Trend on Monday.", "outlet", "Trend"),
    ("Rain in Baku today\nIt rained in the capital, Caliber.Az reports, citing local media.\nMore rain is expected.", "outlet", "Caliber.Az"),
    ("باران در ایروان بارید\nدیروز باران آمد.\nمنبع: آراکس نیوز", "outlet", "Araks News"),
    ("Tuesday, July 9, 2024\ntype here...\nSearch\nIran: Tehran never asked Yerevan to leave\nIt rained in Tehran.", "title",
     "Iran: Tehran never asked Yerevan to leave"),
    ("Talks end\nTEHRAN, Jan. 09 (MNA) – The minister left the city.", "outlet", "Mehr"),
    ("Talks end\nTEHRAN, Jan. 09 (MNA) – The minister left the city.", "published", ""),
    ("Talks end\nANKARA (Reuters) - The minister left the city.", "place", "Ankara"),
    ("گفتگو پایان یافت\nبه گزارش خبرگزاری مهر به نقل از ایسنا، وزیر رفت.", "relay", "ISNA"),
    ("گفتگو پایان یافت\nتهران - ایرنا - وزیر از شهر رفت.", "outlet", "IRNA"),
    ("گفتگو پایان یافت\nتاریخ انتشار: ۱۱ مهر ۱۴۰۲ - ۰۹:۲۲\nوزیر رفت.", "published", "2023-10-03"),
    ("A long walk\nIt was said on 5 October 2023 that all is well.", "published", ""),
    ("The minister left the city in the morning.\nHe came back.", "title", ""),
    ("Minister leaves city\nHe came back.", "title", "Minister leaves city"),
    ("Home   Politics   Economy   Sports\nWorld News\nMay 19, 2025, 2:32 PM\nMinister leaves the city\nHe came back.", "title", "Minister leaves the city"),
    ("Home   Politics   Economy   Sports\nWorld News\nMay 19, 2025, 2:32 PM\nMinister leaves the city\nHe came back.", "published", "2025-05-19"),
    ("خبرگزاری فارس\nصفحه نخست > سیاست > مجلس\nوزیر در گفتگو با فارس:\nمرز بسته نمی‌شود\nوزیر رفت.", "title", "مرز بسته نمی‌شود"),
    ("Talks end\nMOSCOW, October 14. /TASS/. The minister left the city.", "outlet", "TASS"),
    ("Talks end\nBaku. 3 December. REPORT.AZ/ The minister left the city.", "place", "Baku"),
    ("News\nThe minister left.\nRelated news", "boilerplate", ""),
])  # fmt: skip
def test_parts(text, part, value):
    assert parse(text, "a.txt").value(part) == value


def test_a_tag_at_the_end_is_no_article_that_breaks_off():
    tagged = parse("Rain in Ankara today\nIt rained in the capital of Turkey all day.\nAnkara Rain Weather", "a.txt")
    broken = parse(
        "Rain in Ankara today\nIt rained in the capital of Turkey all day. He also said that the roads were", "a.txt"
    )
    assert (bool(tagged.all("truncation")), bool(broken.all("truncation"))) == (False, True)


def test_links_behind_a_heading_are_boilerplate_up_to_the_next_sentence():
    document = parse(
        "Minister leaves\nHe left.\nRelated news\nBorder opens, says envoy\nRain in Baku\nHe came back.", "a.txt"
    )
    assert [s.of(document.text) for s in document.paragraphs()][-2:] == ["He left.", "He came back."]


@pytest.mark.parametrize(("words", "language"), [
    ("The minister left.", "en"), ("وزیر رفت.", "fa"), ("Министр уехал.", ""), ("123", ""),
    ("Nazir bu gün şəhərdən getdi və qayıtmadı " * 6, ""),
])  # fmt: skip
def test_language(words, language):
    assert detect_language(words) == language


@pytest.mark.parametrize(("text", "iso"), [
    ("۱۴۰۳/۰۲/۰۷", "2024-04-26"), ("22 آبان 1399", "2020-11-12"), ("12 November 2020", "2020-11-12"), ("۲۹ دسامبر ۲۰۲۴", "2024-12-29"), ("31-02-2020", None), ("May 5", None),
    ("10/05/2024", None), ("25/05/2024", "2024-05-25"), ("05/25/2024", "2024-05-25"), ("10-05-2024", None), ("10.05.2024", "2024-05-10"), ("5/5/2024", "2024-05-05"), ("۱۰/۰۵/۱۴۰۲", "2023-08-01"),
])  # fmt: skip
def test_dates(text, iso):
    found = find_date(text)
    assert (found and found.iso) == iso


@pytest.mark.parametrize(("data", "reason"), [
    (b"", "empty"), (b"  \n", "empty"), (b"\x00\x01\x02", "NUL"), ("naïve café".encode("latin-1"), "not UTF-8: byte 2"), ("سلام".encode("cp1256"), "not UTF-8"),
    ("The text".encode("utf-16"), "UTF-16"), ("Это текст".encode(), "neither English nor Persian"),
])  # fmt: skip
def test_what_is_no_article_is_rejected_by_name(tmp_path, data, reason):
    (tmp_path / "bad.txt").write_bytes(data)
    found = read(tmp_path / "bad.txt")
    assert isinstance(found, Rejected)
    assert found.path == "bad.txt"
    assert reason in found.reason
    assert found.remedy


def test_a_bad_file_does_not_stop_the_rest(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "good.txt").write_text("The minister said that it was over.", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    documents, rejected = read_corpus(tmp_path)
    assert [d.doc_id for d in documents] == ["sub/good.txt"]
    assert [r.path for r in rejected] == ["bad.txt"]


def test_an_empty_folder_is_an_error_that_names_it(tmp_path):
    with pytest.raises(FileNotFoundError, match=str(tmp_path)):
        read_corpus(tmp_path)


def test_a_byte_order_mark_is_character_zero():
    document = parse("\ufeffMinister leaves\nHe left the city.", "a.txt")
    assert document.text[0] == "\ufeff"
    assert document.all("title")[0].span.start == 1 or document.value("title") == "\ufeffMinister leaves"


def test_an_unknown_outlet_has_no_name():
    assert outlet_named("The Moon Gazette") == ""


def test_what_is_no_file_of_the_folder_is_rejected_and_nothing_waits(tmp_path):
    folder, outside = tmp_path / "articles", tmp_path / "secret.txt"
    folder.mkdir()
    outside.write_text("The minister said that it is secret.", encoding="utf-8")
    (folder / "a.txt").write_text("The minister said that it rains.", encoding="utf-8")
    (folder / "inside.txt").symlink_to("a.txt")
    (folder / "out.txt").symlink_to(outside)
    (folder / "nowhere.txt").symlink_to("gone")
    (folder / "folder.txt").mkdir()
    os.mkfifo(folder / "pipe.txt")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text("The minister said that it rains.", encoding="utf-8")
    documents, rejected = read_corpus(folder)
    assert [d.doc_id for d in documents] == ["a.txt", "inside.txt"]
    assert {r.path: r.reason.split(":")[0] for r in rejected} == {
        "caf\\xe9.txt": "its name is not UTF-8",
        "folder.txt": "no ordinary file",
        "nowhere.txt": "cannot be read",
        "out.txt": "a link that leads out of the folder",
        "pipe.txt": "no ordinary file",
    }
