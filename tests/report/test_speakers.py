"""The table of actors, and the draft of a registry for whom none knows."""

from reported_speech.analysis import analyse
from reported_speech.articles.document import parse
from reported_speech.lexicons import checked
from reported_speech.report import speakers, tables

ARTICLES = {
    "a.txt": "Reza Karimi, governor of Gilan, said that it rained. Karimi and Nadia Holm added that it snowed.",
    "b.txt": "Safarov said that it rained.",
    "c.txt": "Safarov said that it snowed.",
}


def actors():
    return tables.actors_table(list(analyse([parse(text, name) for name, text in ARTICLES.items()])))


def test_who_speaks_together_counts_each():
    rows = actors().set_index("actor_id")
    assert rows.loc["reza-karimi", "quotations"] == 2
    assert rows.loc["nadia-holm", "quotations"] == 1


def test_what_the_text_says_stands_with_its_place():
    row = actors().set_index("actor_id").loc["reza-karimi"]
    assert (row.role, row.role_source, row.sector, row.gender) == (
        "governor of Gilan",
        "a.txt#char=13,30",
        "government",
        "m",
    )


def test_a_family_name_alone_is_somebody_of_its_document():
    rows = actors()
    assert list(rows[rows.actor_id == "safarov"].only_in) == ["b.txt", "c.txt"]


def test_the_draft_of_a_registry_is_one(tmp_path):
    speakers.write_unregistered(actors(), tmp_path)
    entries = checked(tmp_path / "unregistered.yml", "actors", [{"kind": "state", "country": "IRN"}])
    assert entries[0]["id"] == "reza-karimi"
    assert entries[0]["roles"][0]["source"] == "a.txt#char=13,30"


def test_nobody_unregistered_is_an_empty_registry(tmp_path):
    speakers.write_unregistered(tables.actors_table([]), tmp_path)
    assert checked(tmp_path / "unregistered.yml", "actors") == []
