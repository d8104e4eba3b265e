"""A study of hostile files: nothing is lost, nothing comes alive in a page, a workbook or a terminal."""

import csv
import json
import re
import shutil
import zipfile
from html.parser import HTMLParser

import frictionless
import pytest

from reported_speech.articles.document import printable
from reported_speech.proof.verification import verify
from reported_speech.report import tables
from reported_speech.report.pages import TEMPLATES
from reported_speech.study import parameters
from reported_speech.study.notebooks import run

from .. import browser
from . import hostile

pytestmark = pytest.mark.slow
ACTIVE = {"script", "iframe", "object", "embed", "form", "base", "frame", "applet"}


@pytest.fixture(scope="module")
def made(tmp_path_factory, root):
    """The folder of results of a study over the hostile files, and what it said."""
    project = tmp_path_factory.mktemp("project")
    for name in ("notebooks", "study.yml", "requirements.lock"):
        source = root / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, project / name)
    (project / "articles").mkdir()
    hostile.write(project / "articles")
    (project / "my.yml").write_text('corpus: articles\noutput: mine\ngold: ""\ntop: 60\n', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.delenv(parameters.STAGE, raising=False)
        assert run(project / "my.yml") == 0
        yield project / "mine"


def test_every_file_is_an_article_or_rejected_with_its_reason(made):
    articles = set(tables.read("documents", made / "tables").doc_id)
    rejected = tables.read("rejected", made / "tables").set_index("path").reason
    reasons = {**{name: reason for name, (_, reason) in hostile.FILES.items()}, **hostile.OTHERS}
    assert articles == {name for name, reason in reasons.items() if not reason}
    assert set(rejected.index) == {printable(name) for name, reason in reasons.items() if reason}
    for name, reason in reasons.items():
        assert not reason or reason in rejected[printable(name)]


def test_copies_and_misleading_characters_are_reported(made):
    documents = tables.read("documents", made / "tables").set_index("doc_id")
    assert documents.same_as["copy.txt"] == "copy-again.txt"
    assert documents.same_as["homoglyphs.txt"] == ""
    assert documents.remarks["homoglyphs.txt"] == "words of mixed scripts: 2"
    assert documents.remarks["bidi.txt"].startswith("characters that turn")


def test_every_row_and_file_is_as_recorded(made):
    assert verify(made, made.parent / "articles") == []
    assert not list(made.parent.glob(".mine*"))


def test_the_data_package_is_valid(made):
    report = frictionless.Package(str(made / "tables" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


class Tags(HTMLParser):
    """Every tag of a page with its attributes."""

    def __init__(self, page):
        super().__init__()
        self.tags = []
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


def test_no_page_has_anything_that_runs_or_is_fetched(made):
    pages = sorted((made / "html").glob("*.html"))
    assert len(pages) > len(parameters.NOTEBOOKS)
    ours = (TEMPLATES / "study" / "explorer.js").read_text(encoding="utf-8")
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert re.findall(r"<script>(.*?)</script>", text, re.S) == [ours] * page.name.startswith("explorer"), page.name
        for tag, attributes in Tags(page).tags:
            assert tag not in ACTIVE - {"script"} and not (tag == "script" and attributes), (page.name, tag)
            assert not any(name.startswith("on") for name in attributes), (page.name, attributes)
            for name in ("href", "src"):
                assert not re.match(r"\s*(javascript|https?|file|vbscript|//)", attributes.get(name) or ""), attributes
        assert "Content-Security-Policy" in page.read_text(encoding="utf-8")


def test_no_cell_is_a_formula_or_a_link(made):
    for path in (made / "tables").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = {cell for row in csv.reader(file) for cell in row}
        assert not [c for c in cells if re.match(r"[=+@\t\r]|-(?!1$)", c)], path.name
    with zipfile.ZipFile(made / "tables" / "study.xlsx") as book:
        for name in book.namelist():
            sheet = book.read(name)
            assert b"<f>" not in sheet
            assert b"hyperlink" not in sheet
            assert b"externalLink" not in name.encode()


def test_notebooks_and_index_have_no_markup_of_an_article(made):
    for path in (made / "notebooks").glob("*.ipynb"):
        outputs = [o for c in json.loads(path.read_text(encoding="utf-8"))["cells"] for o in c.get("outputs", [])]
        html = "".join("".join(o.get("data", {}).get("text/html", "")) for o in outputs)
        assert not re.search(r"<(script|iframe|img src=x|svg onload|a href=javascript)", html), path.name
    assert not re.search(r"(?<!\\)<(script|img|svg|iframe)", (made / "README.md").read_text(encoding="utf-8"))


def test_a_terminal_gets_no_control_character(made, monkeypatch, capfd):
    from reported_speech.__main__ import main

    monkeypatch.chdir(made.parent)
    main(["extract", "articles", "--output", "found.jsonl"])
    for quotation in tables.read("quotations", made / "tables").quotation_id:
        main(["cite", "--outputs", "mine", "--", quotation])
    main(["verify", "mine"])
    main(["study", "\x1b[31m.yml"])
    said = re.sub(r"\r *\d+%.*?documents/s\]", "", "".join(capfd.readouterr()))  # but for the progress bar
    assert "rejected" in said
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)


@pytest.mark.skipif(browser.program() is None, reason="no Chromium on this machine")
def test_in_a_real_browser_nothing_runs(made):
    with browser.browser() as tab:
        for page in sorted((made / "html").glob("*.html")):
            tab.open(page)
            assert tab.ask("document.body.innerText.length") > 200, page.name
            assert tab.ask("document.title") != "pwned"
        assert tab.messages == []
        assert [r for r in tab.requests if not r.startswith(("file:", "data:"))] == []
