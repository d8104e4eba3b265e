"""Another extractor's relations in place of ours: taken as they are, checked against the article, their speakers resolved where none is given."""

import json
from dataclasses import replace

import pytest

from reported_speech.analysis import analyse
from reported_speech.articles.document import parse
from reported_speech.commands import as_json
from reported_speech.quotations.external import lay_over

TEXT = "Turkish President Recep Tayyip Erdoğan met reporters in Ankara. It rains, he said. “It pours,” said Leyla Safarova."
SAID = {"kind": "indirect", "content": [[64, 72]], "cue": [77, 81], "source": [74, 76]}


def write(folder, *rows):
    path = folder / "theirs.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def test_ours_come_back_as_they_are(analyses, tmp_path):
    path = write(tmp_path, *map(as_json, analyses))
    documents, rejected = lay_over([a.document for a in analyses], path)
    assert rejected == []
    again = list(analyse(documents))
    assert [as_json(a) for a in again] == [as_json(a) for a in analyses]


def test_a_speaker_is_resolved_where_none_is_given(tmp_path):
    article = parse(TEXT, "a.txt")
    (document,), rejected = lay_over([article], write(tmp_path, {"doc": "a.txt", **SAID, "speaker": "unknown"}))
    (found,) = next(analyse([document])).quotations
    assert (rejected, found.speaker, found.rule) == ([], "recep-tayyip-erdogan", "given")


def test_a_speaker_that_is_given_stays(tmp_path):
    article = parse(TEXT, "a.txt")
    (document,), _ = lay_over([article], write(tmp_path, {"doc": "a.txt", **SAID, "speaker": "Leyla Safarova+X"}))
    analysis = next(analyse([document]))
    assert analysis.quotations[0].speaker == "leyla-safarova+x"
    assert {"leyla-safarova", "x"} <= set(analysis.actors)
    assert analysis.quotations[0].speaker_evidence == "given with the relation"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"content": [[64, 720]]}, "is not in the text"),
        ({"content": [[9, 3]]}, "is not in the text"),
        ({"content": [["1", "3"]]}, "is not in the text"),
        ({"content": []}, "no content"),
        ({"content": 7}, "not iterable"),
        ({"kind": "rumour"}, "is none of direct"),
        ({"cue": [1]}, "not enough values"),
    ],
)
def test_what_the_article_does_not_bear_out_is_rejected_and_the_rest_goes_on(tmp_path, wrong, reason):
    article = parse(TEXT, "a.txt")
    path = write(tmp_path, {"doc": "a.txt", "relations": [SAID | wrong, SAID]}, {"doc": "b.txt", "relations": []})
    (document,), rejected = lay_over([article], path)
    assert [r.path for r in rejected] == ["a.txt, relation 1", "b.txt"]
    assert reason in rejected[0].reason
    assert len(next(analyse([document])).quotations) == 1


def test_an_article_without_a_line_has_no_relations(tmp_path):
    (document,), _ = lay_over([parse(TEXT, "a.txt")], write(tmp_path))
    assert next(analyse([document])).quotations == []
    assert len(next(analyse([replace(document, relations="")])).quotations) == 2


def test_a_file_that_is_none_is_named(tmp_path):
    path = tmp_path / "theirs.jsonl"
    path.write_text('{"doc": "a.txt", "relations": []}\nno\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"theirs\.jsonl, line 2: no relations"):
        lay_over([], path)


def test_web_annotations_are_read_too(root, seeds, tmp_path):
    path = root / "outputs/tables/annotations.jsonld"
    page = json.loads(path.read_text(encoding="utf-8"))
    documents, rejected = lay_over(seeds, path)
    assert rejected == []
    found = [q for a in analyse(documents) for q in a.quotations]
    ours = [q for a in analyse(seeds) for q in a.quotations]
    assert sorted((q.id, q.kind, q.content) for q in found) == sorted((q.id, q.kind, q.content) for q in ours)
    target = page["items"][0]["target"]
    for selector in (target[0] if isinstance(target, list) else target)["selector"]:
        selector["exact"] = "other words"
    changed = tmp_path / "theirs.jsonld"
    changed.write_text(json.dumps(page), encoding="utf-8")
    assert [r.reason.partition(":")[0] for r in lay_over(seeds, changed)[1]] == [
        "its words are not the article's at that place"
    ]
    changed.write_text('{"items": [{"body": [], "target": []}]}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"theirs\.jsonld, annotation 1: no relations"):
        lay_over(seeds, changed)
