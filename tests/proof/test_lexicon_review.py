"""The look over the lexicons."""

from reported_speech.lexicons import FOLDER
from reported_speech.proof import lexicon_review


def test_our_lexicons_have_no_clash():
    assert list(lexicon_review.clashes()) == []


def test_an_attitude_with_a_clause_and_a_name_of_two_people_clash(monkeypatch):
    from reported_speech.lexicons import load

    verbs = {"hope": {"frames": ["marks", "clause"], "reports": "attitude"}}
    monkeypatch.setattr(lexicon_review, "load", lambda name: {"verbs": verbs} if name == "cues.en" else load(name))
    assert ("cues.en.yml", "reports an attitude, but not by marks alone", "hope") in set(lexicon_review.clashes())


def test_what_no_article_uses_is_listed():
    unused = {(file, entry) for file, remark, entry in lexicon_review.report([]) if remark.startswith("is not")}
    assert ("actors.yml", "ilham-aliyev") in unused
    assert ("cues.en.yml", "say") in unused
    assert any(file == "cues.fa.yml" for file, _ in unused)
    assert (FOLDER / "actors.yml").exists()
