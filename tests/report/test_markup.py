import re
from html import unescape

import pandas as pd

from reported_speech.analysis import analyse
from reported_speech.articles.document import parse
from reported_speech.report import markup, tables

HOSTILE = '"<script>alert(1)</script> we accept it all," said <img src=x onerror=alert(1)> Safarov.\nIt rained.'


def words_of(html):
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def test_a_marked_article_has_all_its_words_and_no_others(seeds, analyses):
    quotations = tables.quotations_table(analyses)
    for document in seeds:
        html = str(markup.marked_article(document, markup.by_article(quotations)[document.doc_id], {}))
        assert words_of(re.sub(r"<small.*?</small>", "", html)) == "".join(document.text.split())


def test_persian_runs_from_right_to_left(seeds, analyses):
    quotations = tables.quotations_table(analyses)
    persian = next(d for d in seeds if d.language == "fa")
    assert 'dir="rtl" lang="fa"' in markup.marked_article(persian, markup.by_article(quotations)[persian.doc_id], {})


def test_each_quotation_has_its_anchor_once(seeds, analyses):
    quotations = tables.quotations_table(analyses)
    html = "".join(markup.marked_article(d, markup.by_article(quotations)[d.doc_id], {}) for d in seeds)
    assert html.count(' id="char=') == len(quotations)


def test_hostile_text_is_shown_and_does_nothing():
    document = parse(HOSTILE, "a<b>.txt")
    quotations = tables.quotations_table([next(analyse([document]))])
    for html in (
        markup.articles([document], quotations, tables.actors_table([]), 3),
        markup.show(quotations),
        markup.sentence("{x}", x="<b>"),
    ):
        assert "<script" not in html
        assert "<img" not in html
        assert "<b>.txt" not in html
    assert markup.safe("\u202e\x1b[31m") == "[U+202E][U+001B][31m"


def test_each_quotation_begins_with_its_speaker(seeds, analyses):
    quotations = tables.quotations_table(analyses)
    names = markup.names_in("fa", tables.actors_table(analyses))
    html = markup.marked_article(seeds[-1], markup.by_article(quotations)[seeds[-1].doc_id], names, link=True)
    assert html.count('class="who"') == (quotations.doc_id == seeds[-1].doc_id).sum()
    assert re.search(r'href="#q3" aria-label="3, جیهون بایرام[^"]*: indirect speech">3\u00a0جیهون', html)


def test_a_long_table_says_what_it_leaves_out():
    assert "and 2 more rows" in markup.show(pd.DataFrame({"a": range(5)}), 3)


def test_counts_are_totalled_and_the_total_leads_where_rows_are_left_out():
    frame = pd.DataFrame({"doc": list("aabccc"), "kind": list("xyxxyy")})
    assert words_of(markup.counts(frame, "doc", "kind")) == "docxyalla112b101c123all336"
    assert words_of(markup.counts(frame, "doc", "kind", 2)) == "docxyallall336c123a112…and1morerows"
    assert words_of(markup.counts(frame, "doc", "kind", 3)) == words_of(markup.counts(frame, "doc", "kind"))
    assert words_of(markup.counts(frame[:0], "doc", "kind")) == ""


def test_only_the_first_articles_are_shown_and_fewer_if_they_are_long():
    short = [parse("The minister said that it rained.", f"{n}.txt") for n in range(5)]
    long = [parse("The minister said that it rained. " * 4000, f"long{n}.txt") for n in range(4)]
    none = tables.quotations_table([])
    assert markup.articles(short, none, tables.actors_table([]), 3).endswith("<p>… and 2 more articles</p>")
    assert "more articles" not in markup.articles(short, none, tables.actors_table([]), 5)
    html = markup.articles(long, none, tables.actors_table([]), 4)
    assert html.count("<h3>") == 2
    assert html.endswith("<p>… and 2 more articles</p>")
    assert "more characters" in html


def test_two_versions_of_a_text_show_half_spaces():
    html = markup.both("می <b>رود", "می\u200cرود", "fa")
    assert html.count('dir="rtl"') == 2
    assert "می &lt;b&gt;رود" in html
    assert html.count(">|</span>") == 1


def test_a_share_of_nothing_is_none():
    frame = pd.DataFrame({"kind": list("xxy")})
    assert markup.share(frame, "kind", "x") == 2 / 3
    assert markup.share(frame[:0], "kind", "x") == 0.0


def test_a_figure_is_shown_with_its_anchor_caption_and_citation(monkeypatch):
    from reported_speech.report import diagnostics, polnear

    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    drawing = diagnostics.reliability(polnear.stored())
    caption = markup.figure(drawing)
    assert str(shown[0]) == '<span id="fig-reliability"></span>'
    assert shown[1].data.startswith(b"\x89PNG")
    assert shown[1].alt == drawing.alt
    assert drawing.caption.split(";")[0] in caption
    assert "Cite as: " in caption
