"""What README, notebooks and set-up say, held against reality."""

import json
import re
import subprocess

import pytest
import yaml

from reported_speech.proof.manifest import sha256
from reported_speech.report import columns as dictionary
from reported_speech.report.measured import accuracy
from reported_speech.study import parameters

NOTEBOOKS = [f"{n}.ipynb" for n in parameters.NOTEBOOKS]


def read(path):
    return path.read_text(encoding="utf-8")


def test_the_dictionary_has_every_column_of_every_table(root):
    written = read(root / "outputs/tables/README.md")
    assert "outputs/tables/README.md" in read(root / "README.md")
    for name, columns in dictionary.COLUMNS.items():
        section = written.split(f"## {name}\n")[1].split("## ")[0]
        assert re.findall(r"^\| `(\w+)` \| (.*) \|$", section, re.M) == [(c, text) for c, (_, text) in columns.items()]


def test_the_readme_tells_the_findings_and_figures_of_the_results(root):
    readme, results = (re.sub(r"\\(.)", r"\1", read(path)) for path in (root / "README.md", root / "outputs/README.md"))
    found = re.findall(r"^\d\. \*\*(.*?)\*\*", results, re.M)
    assert found == re.findall(r"^\d\. \*\*(.*?)\*\*", readme, re.M)
    low, high = re.search(r"scored (\d+) to (\d+) of 100 \(F1\)", results).groups()
    assert f"{low} to {high} of 100 (F1)" in readme
    assert len(readme.splitlines()) <= 150


def test_the_gold_readme_has_the_stored_first_runs(root):
    table = accuracy()
    for row in table[(table.state == "unseen") & table["set"].str.startswith("own")].itertuples():
        line = re.search(rf"^\| {row.set} \|.*$", read(root / "tests/gold/README.md"), re.M)[0]
        for value in (row.partial, row.strict, row.attributed, row.quotation, row.speaker):
            assert f"{value:.3f}" in line, (row.set, value)


def test_the_readme_tree_is_the_tree(root):
    tree = re.search(r"```text\n(.*?)```", read(root / "README.md"), re.S)[1]
    for line in tree.splitlines():
        name = line.split("<-")[0].strip()
        assert (root / name).exists(), name


def test_the_readme_commands_are_make_targets(root):
    makefile = read(root / "Makefile")
    targets = set(re.findall(r"^([\w-]+):.*## ", makefile, re.M))
    assert set(re.findall(r"`make ([\w-]+)", read(root / "README.md"))) <= targets
    assert {"study", "test", "lab", "help", "clean"} <= targets


def test_make_help_lists_the_targets(root):
    printed = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True).stdout
    assert re.search(r"^study +run the notebooks", printed, re.M)


def test_conda_users_get_the_same_lock(root):
    environment = yaml.safe_load(read(root / "environment.yml"))
    assert environment["dependencies"][0] == "python=3.12"
    assert environment["dependencies"][-1] == {"pip": ["-r requirements.lock"]}
    lock = read(root / "requirements.lock")
    assert "http" not in re.sub(r"^http\w*==.*|^a?io?http\w*==.*", "", lock, flags=re.M).replace("httpx", "").replace(
        "httpcore", ""
    ).replace("aiohttp", "")
    project = read(root / "pyproject.toml")
    for package in re.findall(r'^    "([\w-]+)",', project, re.M):
        assert re.search(rf"^{package}==.*\\\n    --hash=sha256:", lock, re.M), package


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_for_readers(root, name):
    cells = json.loads(read(root / "notebooks" / name))["cells"]
    assert "".join(cells[0]["source"]).startswith("# ")
    assert "?" in "".join(cells[0]["source"]).splitlines()[0]
    assert [c["metadata"].get("tags") for c in cells].count(["parameters"]) == 1
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            assert not cell["outputs"]
            assert cell["execution_count"] is None
            assert source.count("\n") < 8
            assert max(map(len, source.splitlines())) <= 100
            assert not re.search(r"^\s*(?:(?:def|class|for|while|if)\b|[%!])", source, re.M)
    assert "## What we see" in "".join([c for c in cells if c["cell_type"] == "markdown"][-1]["source"])
    assert "markup.limits" in "".join(cells[-1]["source"])


def test_study_yml_has_the_notebooks_defaults(root):
    assert parameters.read_parameters(root / "study.yml") == {
        "corpus": "seeds", "output": "outputs", "gold": "tests/gold/seeds-relations.jsonl", "top": 12,
        "corrections": "corrections.csv", "columns": "", "lexicons": "", "relations": "", "period": "", "workers": 0, "scheduler": "", "sides": "IRN, AZE",
        "title": yaml.safe_load(read(root / "study.yml"))["title"]}  # fmt: skip


def test_the_seeds_are_untouched(root):
    manifest = json.loads(read(root / "outputs/manifest.json"))
    assert {p.name: sha256(p) for p in sorted((root / "seeds").iterdir())} == manifest["inputs"]


def test_committed_outputs_name_no_machine(root):
    for path in (root / "outputs").rglob("*"):
        if path.suffix in (".json", ".html", ".ipynb", ".csv", ".md", ".svg", ".txt"):
            assert str(root.parent) + "/" not in read(path), path
