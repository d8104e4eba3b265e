"""What a coder changes in brat or Label Studio comes back as corrections, and what nobody changed as none."""

import json
import re

import pytest

from reported_speech.analysis import analyse
from reported_speech.articles.document import parse
from reported_speech.proof import review
from reported_speech.proof.corrections import corrected, read_corrections
from reported_speech.report import exchange, tables

TEXTS = {
    "a.txt": '🔹 "We accept\nit all 😀," Safarov said. Petrosyan added that the border was open.',
    "b.txt": "سفیر گفت: «مرز باز است.»\nوی افزود که باران آمد.",
}


@pytest.fixture
def exported(tmp_path):
    analyses = list(analyse([parse(text, name) for name, text in TEXTS.items()]))
    documents, quotations = [a.document for a in analyses], tables.quotations_table(analyses)
    exchange.export("brat", documents, quotations, tmp_path / "brat")
    exchange.export("label-studio", documents, quotations, tmp_path / "studio")
    return analyses, documents, quotations, tmp_path


@pytest.mark.parametrize("where", ["brat", "studio/tasks.json"])
def test_what_nobody_changed_comes_back_without_a_change(exported, where):
    _, documents, quotations, folder = exported
    read = review.read_review(folder / where, documents)
    assert len(read) == len(quotations) == 4
    assert review.proposals(read, quotations, "N. N.") == []


def test_changes_in_brat_become_corrections_that_the_study_takes(exported):
    analyses, documents, quotations, folder = exported
    path = next(
        p for p in (folder / "brat").glob("*.ann") if "Petrosyan" in p.with_suffix(".txt").read_text(encoding="utf-8")
    )
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [re.sub(r"^A1\tKind (T\d+) direct$", r"A1\tKind \1 mixed", line) for line in lines]  # another kind
    second = next(line.split()[2] for line in lines if line.startswith("A2"))
    lines = [
        line
        for line in lines
        if second not in line.split("\t")[0] and f" {second}" not in line and f":{second}" not in line
    ]  # dropped
    at = TEXTS["a.txt"].index("Petrosyan")
    lines += [f"T90\tContent {at} {at + 9}\tPetrosyan", "A90\tKind T90 speech_act"]  # new
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    proposed = review.proposals(review.read_review(folder / "brat", documents), quotations, "N. N.")
    assert sorted(line["field"] for line in proposed) == ["add", "drop", "kind"]
    (folder / "corrections.csv").write_text(review.as_csv(proposed), encoding="utf-8")
    after, changes = corrected(analyses, folder / "corrections.csv")
    rows = tables.quotations_table(after)
    own = rows[rows.doc_id == "a.txt"]
    assert list(own.kind) == ["mixed", "speech_act"]
    assert list(own.text)[1] == "Petrosyan"
    assert set(own.review) == {"corrected"}
    assert len(changes) == 3


def test_a_speaker_changed_in_label_studio(exported):
    _, documents, quotations, folder = exported
    path = folder / "studio/tasks.json"
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task in tasks:
        task["annotations"] = task.pop("predictions")
    area = next(r for r in tasks[0]["annotations"][0]["result"] if r["type"] == "textarea")
    area["value"]["text"] = ["iran"]
    path.write_text(json.dumps(tasks), encoding="utf-8")
    proposed = review.proposals(review.read_review(path, documents), quotations, "N. N.")
    assert [(line["field"], line["value"]) for line in proposed] == [("speaker", "iran")]


def test_two_coders_are_compared(exported):
    _, documents, _, folder = exported
    one = review.read_review(folder / "brat", documents)
    table = review.agreement(one, one[:-1])
    assert table.F1[0] == pytest.approx(2 * 3 / 7)
    assert table["alpha: kind"][0] == 1.0


@pytest.mark.parametrize(("name", "text", "said"), [
    ("article-a.ann", "T1\tContent x y\tz\n", "line 1: not brat"), ("article-a.ann", "T1\tContent 0 3\tz\n", "has no kind"), ("other.ann", "", "no article of this study"),
])  # fmt: skip
def test_what_is_no_review_is_told(exported, name, text, said):
    _, documents, _, folder = exported
    (folder / "mine").mkdir()
    (folder / "mine" / name).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        review.read_review(folder / "mine", documents)
    with pytest.raises(ValueError, match=r"no \.ann file"):
        review.read_review(folder, documents)
    (folder / "x.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="not an export of Label Studio"):
        review.read_review(folder / "x.json", documents)


def test_lines_are_added_once_to_a_file_of_corrections_and_to_no_other(tmp_path):
    line = dict(zip(review.COLUMNS, ("a.txt#char=1,2", "kind", "mixed", "N. N.", "reviewed"), strict=True))
    path = tmp_path / "corrections.csv"
    path.write_text('quotation_id,field,value,who,why\n"b.txt#char=1,2",reviewed,yes,N. N.,', encoding="utf-8")
    assert [review.add([line], path), review.add([line], path)] == [1, 0]
    assert [c.field for c in read_corrections(path)] == ["reviewed", "kind"]
    with pytest.raises(ValueError, match="'mixed', this review 'direct'"):
        review.add([line | {"value": "direct"}], path)
    (tmp_path / "empty.csv").touch()
    assert review.add([line], tmp_path / "empty.csv") == 1
    assert [c.value for c in read_corrections(tmp_path / "empty.csv")] == ["mixed"]
    (tmp_path / "diary.txt").write_text("dear diary", encoding="utf-8")
    with pytest.raises(ValueError, match="name a file of corrections"):
        review.add([line], tmp_path / "diary.txt")
    assert (tmp_path / "diary.txt").read_text(encoding="utf-8") == "dear diary"
