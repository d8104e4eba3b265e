"""Exports of news databases, in the layouts that they have: split into articles, each with what its head says; or rejected by name."""

import html
import zipfile

import docx
import openpyxl
import pytest

from reported_speech.articles.reading import article, read, read_corpus

FIRST = "The minister said that the corridor would open in spring.\n“We accept it all,” he said in Baku."
SECOND = "The ambassador said that the border is calm.\nShe added that trade grows."
HEADS = [
    ("Corridor to open", "Trend", "October 7, 2023 Saturday", FIRST),
    ("Border calm", "Tehran Times", "9 October 2023", SECOND),
]
EXPECTED = [("Corridor to open", "Trend", "2023-10-07", FIRST), ("Border calm", "Tehran Times", "2023-10-09", SECOND)]


def nexis(title, outlet, date, text):
    text = text.replace("\n", "\n\n")
    return f"""{title}

{outlet}

{date}

Copyright 2023 {outlet} All Rights Reserved

Section: POLITICS

Length: 20 words

Byline: A. Reporter

Body


{text}

Load-Date: October 10, 2023


End of Document


"""


COVER = """User Name: A. Reader
Date and Time: Friday, December 1, 2023 10:11:00 AM
Job Number: 1
Documents (2)
1. Corridor to open
Client/Matter: -None-
2. Border calm
Search Terms: corridor


"""


def lexis(number, title, outlet, date, text):
    return f"""


                               {number} of 2 DOCUMENTS


                                 {outlet}

                             {date}

{title}

BYLINE: A. Reporter

LENGTH: 20 words

{text}

LOAD-DATE: October 10, 2023

LANGUAGE: ENGLISH

                       Copyright 2023 {outlet}
                              All Rights Reserved
"""


def factiva(title, outlet, date, text):
    return f"""{title}

By A. Reporter
1,020 words
{date}
03:14
{outlet}
TRENDZ
English
(c) 2023 {outlet}

{text}

Document TRENDZ0020231007eja700001

"""


def factiva_page(title, outlet, date, text):
    lines = "".join(f'<p class="articleParagraph enarticleParagraph">{html.escape(p)}</p>' for p in text.split("\n"))
    return (
        f'<div class="article enArticle"><div id="hd"><span class="enHeadline">{title}</span></div><div>1,020 words</div>'
        f"<div>{date}</div><div>03:14</div><div>{outlet}</div><div>TRENDZ</div><div>English</div>{lines}</div>"
    )


def factiva_rows(title, outlet, date, text):
    lines = "".join(f'<p class="articleParagraph enarticleParagraph">{html.escape(p)}</p>' for p in text.split("\n"))
    rows = {"HD": title, "WC": "20 words", "PD": date, "SN": outlet, "LP": lines}
    table = "".join(f"<tr><td class='index'><b>{name}</b></td><td>{cell}</td></tr>" for name, cell in rows.items())
    return f'<div class="article enArticle"><table>{table}</table></div>'


def europresse(title, outlet, date, text):
    lines = "".join(f"<p>{html.escape(p)}</p>" for p in text.split("\n"))
    date = date.replace("October 7, 2023 Saturday", "samedi 7 octobre 2023 - 20 mots, p. 3")
    return (
        f'<article><header><div class="rdp__DocPublicationName"><span class="DocPublicationName">{outlet}</span></div>'
        f'<span class="DocHeader">{date}</span><div class="titreArticle"><p class="titreArticleVisu rdp__articletitle">{title}</p></div>'
        f'</header><section><div class="DocText clearfix"><div class="docOcurrContainer">{lines}</div></div></section></article>'
    )


def page(one):
    return "<!DOCTYPE html><html><body>" + "".join(one(*head) for head in HEADS) + "</body></html>"


EXPORTS = {
    "nexis.txt": COVER + "".join(nexis(*head) for head in HEADS),
    "NEXIS.TXT": ("".join(nexis(*head) for head in HEADS)).replace("\n", "\r\n"),
    "lexis.txt": "".join(lexis(n, *head) for n, head in enumerate(HEADS, 1)),
    "factiva.txt": "".join(factiva(*head) for head in HEADS),
    "factiva.html": page(factiva_page),
    "factiva-rows.htm": page(factiva_rows),
    "europresse.HTML": page(europresse),
}


def said(document):
    given = dict(document.given)
    lines = [line.strip() for line in document.text.splitlines() if line.strip()]
    return given["title"], given["outlet"], given["published"], "\n".join(lines)


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_its_articles(tmp_path, name):
    (tmp_path / name).write_text(EXPORTS[name], encoding="utf-8", newline="")
    documents, rejected = read_corpus(tmp_path)
    assert rejected == []
    assert [said(d) for d in documents] == EXPECTED
    assert [d.doc_id for d in documents] == [f"{name}#1", f"{name}#2"]
    assert {dict(d.given)["published_evidence"] for d in documents} == {"the export's head"}
    assert article(tmp_path, f"{name}#2") == documents[1]
    assert "2 articles in one file" in read(tmp_path / name).reason


def test_an_export_as_a_word_document(tmp_path):
    word = docx.Document()
    for line in EXPORTS["nexis.txt"].split("\n"):
        word.add_paragraph(line)
    word.save(tmp_path / "nexis.DOCX")
    assert [said(d) for d in read_corpus(tmp_path)[0]] == EXPECTED


def test_what_is_not_understood_is_rejected_by_name(tmp_path):
    word = docx.Document()
    word.add_paragraph(FIRST)
    word.save(tmp_path / "letter.docx")
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no")
    (tmp_path / "nexis.txt").write_text(nexis(*HEADS[0]) + nexis(*HEADS[1]).replace("Body\n", "\n"), encoding="utf-8")
    documents, rejected = read_corpus(tmp_path)
    assert [d.doc_id for d in documents] == ["nexis.txt#1"]
    assert [(r.path, r.reason) for r in rejected] == [
        ("broken.docx", "no Word document: not a .zip file inside"),
        ("letter.docx", "a Word document that is no export known here"),
        ("nexis.txt#2", "an article of an export whose text is not found"),
    ]


def test_an_export_that_is_cut_or_unknown_is_no_article(tmp_path):
    one, other = nexis(*HEADS[0]), nexis(*HEADS[1])
    (tmp_path / "cut.txt").write_text(one.replace("End of Document", "") + other + one, encoding="utf-8")
    (tmp_path / "german.txt").write_text(
        (one + other).replace("End of Document", "Ende des Dokuments"), encoding="utf-8"
    )
    (tmp_path / "single.txt").write_text(one.replace("End of Document", ""), encoding="utf-8")
    lines = one.replace("Body\n", "Body\n\nSubject: talks go on.\n\n" + "The talks in Baku went on for days. " * 3)
    (tmp_path / "subject.txt").write_text(lines, encoding="utf-8")
    documents, rejected = read_corpus(tmp_path)
    assert [d.doc_id for d in documents] == ["cut.txt#2", "single.txt#1", "subject.txt#1"]
    assert FIRST.split("\n")[1] in documents[2].text
    assert [r.path for r in rejected] == ["cut.txt#1", "german.txt#1"]


@pytest.mark.parametrize(
    "text",
    [
        "He said: “This is the end.”\nEnd of Document\n",  # the words alone are no export
        "3 of 5\nThe minister said that three of five agreed.",
        "The minister signed Document AB12.\nHe said that he was glad.",
    ],
)
def test_an_article_that_looks_a_little_like_one_is_an_article(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    assert [d.doc_id for d in read_corpus(tmp_path)[0]] == ["a.txt"]


def test_a_workbook_is_a_table(tmp_path):
    book = openpyxl.Workbook()
    for row in [("Title", "text", "date"), ("Talks", FIRST, "2023-10-07"), (None, None, None), ("Border", SECOND, "")]:
        book.active.append([str(cell).lower() if row[0] == "Title" else cell for cell in row])
    book.save(tmp_path / "a.xlsx")
    documents, rejected = read_corpus(tmp_path / "a.xlsx")
    assert [(d.doc_id, d.value("title"), d.value("published")) for d in documents] == [
        ("a.xlsx:2", "Talks", "2023-10-07"),
        ("a.xlsx:4", "Border", ""),
    ]
    assert rejected == []
    book.create_sheet("more").append(["text"])
    book.active["B2"] = "Talks_x000D_\nin Baku."
    book.save(tmp_path / "a.xlsx")
    documents, rejected = read_corpus(tmp_path / "a.xlsx")
    assert documents[0].text == "Talks\r\nin Baku."
    assert [r.reason for r in rejected] == ["a further sheet; only the first is read"]
    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed, zipfile.ZipFile(tmp_path / "c.xlsx", "w") as broken:
        for entry in packed.infolist():
            broken.writestr(entry, packed.read(entry).replace(b"</row>", b"</wor>"))
    with pytest.raises(ValueError, match=r"c\.xlsx: not an Excel workbook that can be read"):
        read_corpus(tmp_path / "c.xlsx")
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"<w:p/>" * 1_000_000)
    assert "unpacks to more than" in read(tmp_path / "bomb.docx").reason
    (tmp_path / "b.xlsx").write_text("no workbook")
    with pytest.raises(ValueError, match=r"b\.xlsx: not an Excel workbook"):
        read_corpus(tmp_path / "b.xlsx")
