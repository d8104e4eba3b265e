import json

from reported_speech.__main__ import main


def test_extract_writes_one_object_a_document(tmp_path, capsys):
    (tmp_path / "good.txt").write_text("Safarov said that the border was open.", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    assert main(["extract", str(tmp_path), "--output", str(tmp_path / "out.jsonl")]) == 0
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [r["doc"] for r in rows] == ["good.txt"]
    assert rows[0]["relations"] == [
        {
            "kind": "indirect",
            "content": [[18, 38 - 1]],
            "cue": [8, 12],
            "source": [0, 7],
            "speaker": "safarov-in-good",
            "addressee": "",
            "rule": "en:clause",
        }
    ]
    assert "rejected empty.txt: empty" in capsys.readouterr().err


def test_a_missing_folder_is_one_line_and_status_one(tmp_path, capsys):
    assert main(["extract", str(tmp_path / "none"), "--output", str(tmp_path / "o.jsonl")]) == 1
    assert capsys.readouterr().err.startswith("error: ")
    assert not (tmp_path / "o.jsonl").exists()
