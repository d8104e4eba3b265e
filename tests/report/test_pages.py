"""The site: every link and anchor resolves, nothing runs, nothing is fetched; in a real browser where there is one."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from reported_speech.report import pages, tables

from .. import browser

CONTRAST = """(() => {
  const light = c => { const v = c.map(x => (x /= 255) <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
                       return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
  const rgb = s => s.match(/[\\d.]+/g).map(Number);
  const behind = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
                        if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
  const bad = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement, style = getComputedStyle(e);
    if (!walk.currentNode.data.trim() || style.display == 'none') continue;
    const [a, b] = [light(rgb(style.color)), light(behind(e))].sort((x, y) => y - x);
    const large = parseFloat(style.fontSize) >= 24;
    if ((a + .05) / (b + .05) < (large ? 3 : 4.5)) bad.push(walk.currentNode.data.slice(0, 40));
  }
  return bad; })()"""


class Reader(HTMLParser):
    """Collects ids, links and tags of a page."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links, self.tags, self.attributes = [], [], set(), set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src"):
                self.links.append(value)


@pytest.fixture(scope="module")
def site(root):
    return {p: Reader(p.read_text(encoding="utf-8")) for p in sorted((root / "outputs/html").glob("*.html"))}


def test_every_link_and_anchor_resolves(site):
    for page, read in site.items():
        for link in read.links:
            if link.startswith("data:image/png;base64,"):
                continue
            path, _, fragment = link.partition("#")
            target = (page.parent / unquote(path)).resolve() if path else page
            assert target.is_file(), (page.name, link)
            if fragment:
                assert fragment in site[target].ids, (page.name, link)


def test_ids_are_unique_and_nothing_can_run(site):
    for page, read in site.items():
        assert len(read.ids) == len(set(read.ids)), page.name
        assert not read.tags & {"iframe", "object", "embed", "form", "link", "base"}, page.name
        assert ("script" in read.tags) == page.name.startswith("explorer"), page.name
        assert not any(name.startswith("on") for name in read.attributes), page.name


def test_the_one_script_is_allowed_by_its_hash_alone(site):
    for page in (p for p in site if p.name.startswith("explorer")):
        text = page.read_text(encoding="utf-8")
        script = re.findall(r"<script>(.*?)</script>", text, re.S)
        assert len(script) == text.count("<script") == 1
        digest = base64.b64encode(hashlib.sha256(script[0].encode()).digest()).decode()
        assert f"script-src 'sha256-{digest}';" in text


def test_each_page_is_there_in_both_languages(site):
    names = {p.name for p in site}
    for name in (n for n in names if n.startswith(("index", "explorer", "article"))):
        twin = name.replace(".fa.html", ".html") if name.endswith(".fa.html") else name.replace(".html", ".fa.html")
        assert twin in names
        page = next(p for p in site if p.name == name)
        assert twin in site[page].links
        language = "fa" if name.endswith(".fa.html") else "en"
        assert f'<html lang="{language}"' in page.read_text(encoding="utf-8")


def test_no_page_calls_an_article_by_its_file(site):
    for page in (p for p in site if p.name.startswith(("index", "explorer", "article"))):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"<(?:h1|h2|h3|title)[^>]*>[^<]*\.txt", text), page.name


def test_every_article_and_every_quotation_has_its_place(site, root):
    quotations = tables.read("quotations", root / "outputs/tables")
    for row in quotations.itertuples():
        page = root / "outputs/html" / pages.page_of(row.doc_id)
        assert row.quotation_id.split("#")[1] in site[page].ids


def test_the_site_is_small_and_the_font_is_embedded_once_a_page_at_most(site):
    assert sum(p.stat().st_size for p in site) < 2_000_000
    for page in site:
        text = page.read_text(encoding="utf-8")
        assert text.count("@font-face") == bool(pages.PERSIAN.search(text)), page.name
        assert text.count("Content-Security-Policy") == 1


def test_two_articles_never_share_a_page():
    names = ["a b.txt", "a_b.txt", "a/b.txt", "نامه.txt", "خبر.txt", "-x.txt", "x.txt", "y" * 300 + ".txt"]
    made = [pages.page_of(name) for name in names]
    assert len(set(made)) == len(names)
    assert all(re.fullmatch(r"article-[\w-]*\.html", name, re.ASCII) and len(name) < 120 for name in made)


# ------------------------------------------------------------------ in a browser

needs_browser = pytest.mark.skipif(not browser.program(), reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def tab():
    with browser.browser() as page:
        yield page


@needs_browser
@pytest.mark.parametrize("width", [360, 1400])
def test_pages_fit_the_screen_and_fetch_nothing(tab, site, width):
    for page in site:
        tab.requests.clear()
        tab.messages.clear()
        tab.open(page, width=width)
        assert tab.ask("document.documentElement.scrollWidth <= innerWidth + 1"), (page.name, width)
        assert not [r for r in tab.requests if not r.startswith(("file:", "data:"))]
        assert not tab.messages, page.name


@needs_browser
def test_contrast_passes_wcag_aa(tab, site):
    for page in site:
        tab.open(page)
        assert tab.ask(CONTRAST) == [], page.name


@needs_browser
def test_persian_runs_from_right_to_left_in_its_font(tab, site):
    page = next(p for p, read in site.items() if p.name.startswith("article-004"))
    tab.open(page)
    assert tab.ask("getComputedStyle(document.querySelector('.article')).direction") == "rtl"
    assert tab.ask("getComputedStyle(document.querySelector('#q1 .words')).direction") == "rtl"
    assert tab.ask("document.fonts.check('16px Vazirmatn', 'سفیر')")
    assert tab.ask("getComputedStyle(document.querySelector('#q1 .cite')).direction") == (
        "rtl" if page.name.endswith(".fa.html") else "ltr"
    )
    assert tab.ask("getComputedStyle(document.querySelector('#q1 .cite bdi:last-of-type')).direction") == "ltr"


@needs_browser
def test_a_citation_leads_to_the_marked_words(tab, site, root):
    row = tables.read("quotations", root / "outputs/tables").iloc[20]
    tab.open(root / "outputs/html" / pages.page_of(row.doc_id), "#" + row.quotation_id.split("#")[1])
    assert tab.ask("document.querySelector(':target').closest('mark') !== null")
    assert tab.ask(
        "(() => { const y = document.querySelector(':target').getBoundingClientRect().top; return y >= 0 && y < innerHeight; })()"
    )


@needs_browser
def test_all_can_be_reached_by_keyboard(tab, site):
    for page in site:
        tab.open(page)
        assert tab.ask("[...document.querySelectorAll('a[href]')].every(a => a.tabIndex == 0)")
        assert tab.ask("document.querySelectorAll('h1').length") == 1
        assert tab.ask("[...document.querySelectorAll('img')].every(i => i.alt.length > 20)"), page.name


@needs_browser
def test_filters_work_without_a_script(tab, site):
    page = next(p for p in site if p.name.startswith("article-001") and not p.name.endswith(".fa.html"))
    tab.open(page)
    seen = "[...document.querySelectorAll('mark')].filter(m => getComputedStyle(m).backgroundColor != 'rgba(0, 0, 0, 0)').length"
    everything = tab.ask(seen)
    tab.ask("document.querySelector('#f-k-1').click()")
    assert 0 < tab.ask(seen) < everything
    assert tab.ask(seen) == tab.ask("document.querySelectorAll('mark.direct').length")
    tab.ask("document.querySelector('#f-k').click()")
    assert tab.ask(seen) == everything


@needs_browser
def test_a_number_opens_the_card_of_its_quotation(tab, site):
    tab.open(next(p for p in site if p.name.startswith("article-001")))
    assert tab.ask("getComputedStyle(document.querySelector('#q5')).display") == "none"
    tab.ask("document.querySelector('button[popovertarget=q5]').click()")
    assert tab.ask("getComputedStyle(document.querySelector('#q5')).display") == "block"


@needs_browser
@pytest.mark.parametrize(
    ("page", "key", "word"), [("explorer.html", "w", "corridor"), ("explorer.fa.html", "w", "قره باغ")]
)
def test_the_explorer_filters_by_a_word(tab, site, page, key, word):
    tab.open(next(p for p in site if p.name == page))
    rows = "[...document.querySelectorAll('tbody tr')].filter(r => !r.hidden)"
    everything = tab.ask(f"{rows}.length")
    tab.ask(
        f"(() => {{ const f = document.querySelector('[data-f={key}]'); f.value = '{word}'; f.dispatchEvent(new Event('input')); }})()"
    )
    assert 0 < tab.ask(f"{rows}.length") < everything
    assert tab.ask(f"{rows}.every(r => r.textContent.toLowerCase().includes('{word}'))")


@needs_browser
def test_the_first_screen_tells_what_was_found_and_nothing_about_the_program(tab, site):
    tab.open(next(p for p in site if p.name == "index.html"), width=390)
    first = tab.ask(
        "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().top < 800).map(e => e.textContent).join(' ')"
    )
    assert "whose report it is" in first
    assert not re.search(r"notebook|make study|python|CSV|SHA|F1", first)
    assert not tab.ask("document.querySelector('nav').textContent.match(/\\d/)")
