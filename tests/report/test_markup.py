import re
from html import unescape

import pandas as pd

from reported_speech.analysis import analyse
from reported_speech.articles.document import parse
from reported_speech.report import findings, markup, tables

HOSTILE = '"<script>alert(1)</script> we accept it all," said <img src=x onerror=alert(1)> Safarov.\nIt rained.'


TWO = ("IRN", "AZE")


def told(analyses):
    """What findings are drawn from, of some analyses."""
    quotations, actors = tables.quotations_table(analyses), tables.actors_table(analyses)
    documents = tables.documents_table([a.document for a in analyses])
    return findings.study_of(quotations, documents, actors, tables.table("meetings", []), "IRN, AZE")


def marked(analyses, document, names=None, cards=""):
    rows = markup.by_article(told(analyses).quotations)[document.doc_id]
    return str(markup.marked_article(document, rows, names or {}, TWO, cards))


def words_of(html):
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def test_a_marked_article_has_all_its_words_and_no_others(seeds, analyses):
    for document in seeds:
        for cards in ("", "en", "fa"):
            html = marked(analyses, document, cards=cards)
            plain = re.sub(r"<(small|button).*?</\1>", "", html)
            assert words_of(plain) == "".join(document.text.split())


def test_persian_runs_from_right_to_left(seeds, analyses):
    persian = next(d for d in seeds if d.language == "fa")
    assert 'dir="rtl" lang="fa"' in marked(analyses, persian)


def test_each_quotation_has_its_anchor_and_its_card_once(seeds, analyses):
    html = "".join(marked(analyses, d, cards="en") for d in seeds)
    number = sum(len(a.quotations) for a in analyses)
    assert html.count(' id="char=') == html.count("popovertarget=") == number


def test_marks_survive_where_styles_are_stripped(seeds, analyses):
    html = "".join(marked(analyses, d) for d in seeds)
    number = sum(len(a.quotations) for a in analyses)
    assert len(re.findall(r"<small>\[[DMIS]</small>", html)) == html.count("<small>]</small>") == number
    assert "style=" not in html.replace(f'style="color:{markup.FAINT}"', "")


def test_hostile_text_is_shown_and_does_nothing():
    document = parse(HOSTILE, "a<b>.txt")
    analyses = [next(analyse([document]))]
    study = told(analyses)
    for html in (
        markup.articles([document], study, tables.actors_table(analyses), 3),
        marked(analyses, document, cards="en"),
        markup.worked(study, [document]),
        markup.show(study.quotations),
        markup.sentence("{x}", x="<b>"),
    ):
        assert "<script" not in html
        assert "<img" not in html
        assert "<b>.txt" not in html
    assert markup.safe("\u202e\x1b[31m") == "[U+202E][U+001B][31m"


def test_the_speaker_is_named_where_he_changes(seeds, analyses):
    names = markup.names_in("fa", tables.actors_table(analyses))
    html = marked(analyses, seeds[-1], names, "en")
    spoken = [q.speaker for q in analyses[-1].quotations]
    assert html.count('class="who"') == sum(a != b for a, b in zip(["", *spoken], spoken, strict=False))
    assert re.search(r'popovertarget="q3" aria-label="3, جیهون بایرام[^"]*: indirect speech">3<', html)


def test_an_article_without_a_headline_is_called_by_its_first_words(seeds):
    untitled = next(d for d in seeds if not d.value("title"))
    assert markup.headline(untitled).startswith("[no headline] The Foreign Minister of Iran")
    assert markup.headline(untitled, "fa").startswith("The Foreign Minister")
    assert markup.headline(untitled, "fa").endswith("(بی‌عنوان)")


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
    none = findings.Study(tables.quotations_table([]).assign(side=""), None, None, TWO)
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


def test_a_figure_is_shown_with_its_anchor_caption_and_citation(monkeypatch):
    from reported_speech.report import diagnostics, measured

    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    drawing = diagnostics.reliability(measured.stored())
    caption = markup.figure(drawing)
    assert str(shown[0]) == '<span id="fig-reliability"></span>'
    assert shown[1].data.startswith(b"\x89PNG")
    assert shown[1].alt == drawing.alt
    assert drawing.caption.split(";")[0] in caption
    assert "Cite as: " in caption
