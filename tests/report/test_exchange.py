"""What other tools read: every span is the article's own words, whatever counts the characters."""

import json
import re

import frictionless
import pytest

from reported_speech.analysis import analyse
from reported_speech.articles.document import parse
from reported_speech.report import columns, exchange, markup, tables

EMOJI = '🔹 "We accept\nit all 😀," Safarov said. 😀 He added that the border was open.'
PERSIAN = "🔹 سفیر گفت: «مرز باز است.»\nوی افزود که باران آمد."


def found(text):
    document = parse(text, "a.txt")
    quotations = tables.quotations_table([next(analyse([document]))])
    return document, markup.by_article(quotations)["a.txt"]


@pytest.mark.parametrize("text", [EMOJI, PERSIAN])
def test_brat_gets_the_articles_own_words_and_no_line_end_in_a_span(text):
    document, rows = found(text)
    assert rows
    source, standoff = exchange.brat(document, rows)
    assert source == text
    ids = set()
    for line in standoff.splitlines():
        mark, what, *words = line.split("\t")
        assert re.fullmatch(r"[TRA#]\d+", mark)
        assert mark not in ids
        ids.add(mark)
        if mark.startswith("T"):
            pieces = [tuple(map(int, piece.split())) for piece in what.partition(" ")[2].split(";")]
            assert " ".join(text[a:b] for a, b in pieces) == words[0]
            assert not any("\n" in text[a:b] for a, b in pieces)
        for used in re.findall(r"\bT\d+", what):
            assert used in ids


@pytest.mark.parametrize("text", [EMOJI, PERSIAN])
def test_label_studio_counts_utf16_units(text):
    document, rows = found(text)
    task = exchange.label_studio(document, rows)
    units = text.encode("utf-16-le")
    regions = [r for r in task["predictions"][0]["result"] if r["type"] == "labels"]
    assert len({r["id"] for r in regions}) == len(regions)
    for r in regions:
        value = r["value"]
        assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]


def test_the_data_package_has_every_column_with_its_type(root):
    package = json.loads((root / "outputs/tables/datapackage.json").read_text(encoding="utf-8"))
    assert {r["name"] for r in package["resources"]} == {p.stem for p in (root / "outputs/tables").glob("*.csv")}
    for resource in package["resources"]:
        head = (root / "outputs/tables" / resource["path"]).read_text(encoding="utf-8-sig").splitlines()[0]
        assert (
            [f["name"] for f in resource["schema"]["fields"]]
            == head.split(",")
            == list(columns.COLUMNS[resource["name"]])
        )


def test_the_data_package_is_valid(root):
    report = frictionless.Package(str(root / "outputs/tables/datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


def test_web_annotations_point_at_the_words(root, seeds):
    page = json.loads((root / "outputs/tables/annotations.jsonld").read_text(encoding="utf-8"))
    texts = {d.doc_id: d.text for d in seeds}
    assert len(page["items"]) == len(tables.read("quotations", root / "outputs/tables"))
    for item in page["items"]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            position, quote = target["selector"]
            text = texts[target["source"]]
            assert text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text.startswith(around, position["start"] - len(quote["prefix"]))


def test_a_folder_that_holds_something_is_not_written_to(tmp_path, seeds, analyses):
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(FileExistsError, match="name a new folder"):
        exchange.export("brat", seeds, tables.quotations_table(analyses), tmp_path)
    assert exchange.export("brat", seeds, tables.quotations_table(analyses), tmp_path / "new") == 5
    assert len(list((tmp_path / "new").glob("*.ann"))) == 5
