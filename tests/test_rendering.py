import re
from html import unescape

import pandas as pd

from reported_speech import rendering, tables
from reported_speech.documents import parse
from reported_speech.quotations import analyse

HOSTILE = '"<script>alert(1)</script> we accept it all," said <img src=x onerror=alert(1)> Safarov.\nIt rained.'


def words_of(html):
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def test_a_marked_article_has_all_its_words_and_no_others(seeds, analyses):
    quotations = tables.quotations_table(analyses)
    for document in seeds:
        html = str(rendering.marked_article(document, quotations, {}))
        assert words_of(re.sub(r"<small.*?</small>", "", html)) == "".join(document.text.split())


def test_persian_runs_from_right_to_left(seeds, analyses):
    quotations = tables.quotations_table(analyses)
    persian = next(d for d in seeds if d.language == "fa")
    assert 'dir="rtl" lang="fa"' in rendering.marked_article(persian, quotations, {})


def test_each_quotation_has_its_anchor_once(seeds, analyses):
    quotations = tables.quotations_table(analyses)
    html = "".join(rendering.marked_article(d, quotations[quotations.doc_id == d.doc_id], {}) for d in seeds)
    assert html.count(' id="char=') == len(quotations)


def test_hostile_text_is_shown_and_does_nothing():
    document = parse(HOSTILE, "a<b>.txt")
    quotations = tables.quotations_table([next(analyse([document]))])
    for html in (
        rendering.articles([document], quotations, tables.actors_table([]), 3),
        rendering.show(quotations),
        rendering.sentence("{x}", x="<b>"),
    ):
        assert "<script" not in html
        assert "<img" not in html
        assert "<b>.txt" not in html
    assert rendering.safe("\u202e\x1b[31m") == "[U+202E][U+001B][31m"


def test_each_quotation_begins_with_its_speaker(seeds, analyses):
    quotations = tables.quotations_table(analyses)
    names = rendering.names_in("fa", tables.actors_table(analyses))
    html = rendering.marked_article(seeds[-1], quotations, names, link=True)
    assert html.count('class="who"') == (quotations.doc_id == seeds[-1].doc_id).sum()
    assert re.search(r'href="#q3" aria-label="3, جیهون بایرام[^"]*: indirect speech">3\u00a0جیهون', html)


def test_a_long_table_says_what_it_leaves_out():
    assert "and 2 more rows" in rendering.show(pd.DataFrame({"a": range(5)}), 3)
