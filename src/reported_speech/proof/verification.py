"""Is a folder of results what its manifest says, word for word what its sources say, and what the code makes?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from ..articles.reading import read_corpus
from ..paths import here
from ..report import tables
from .manifest import made_with, sha256

PLACES = {
    "quotations": (("cue", "cue_start", "cue_end"), ("source", "source_start", "source_end")),
    "mentions": (("text", "start", "end"),),
    "parts": (("text", "start", "end"),),
}


def read_manifest(output: Path) -> dict:
    """Read the manifest of a folder of results; raises ValueError, naming it, if there is none that can be read."""
    path = output / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        manifest["parameters"]["corpus"], manifest["inputs"], manifest["outputs"]
        if not all(isinstance(part, dict) for part in (manifest["inputs"], manifest["outputs"])):
            raise TypeError("a part is no list of files")
        if not isinstance(manifest["parameters"]["corpus"], str):
            raise TypeError("the corpus is no name")
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        why = error.strerror.lower() if isinstance(error, OSError) and error.strerror else error
        raise ValueError(f"{path}: not the manifest of a study ({why}); make study writes one") from error
    return manifest


def verify(output: Path, corpus: Path | None = None) -> list[str]:
    """Return what is wrong with a folder of results, nothing if all is right; neither runs the study nor needs a network.

    Checked are the SHA-256 of every file, what is missing or too many, the SHA-256 of the articles, and every row that has offsets:
    ``source[start:end] == text``. ``corpus`` says where the articles lie if not where the manifest has them.
    """
    manifest = read_manifest(output)
    wrong = list(_files(output, manifest["outputs"]))
    corpus = corpus or here(manifest["parameters"]["corpus"])
    articles = {
        d.doc_id: d for d in read_corpus(corpus, *(manifest["parameters"].get(n, "") for n in ("columns", "period")))[0]
    }
    for name, digest in manifest["inputs"].items():
        if name not in articles:
            wrong.append(f"article {name} is missing in {corpus}, or cannot be read")
        elif articles[name].sha256 != digest:
            wrong.append(f"article {name} is not that of the manifest (its SHA-256 differs)")
    return wrong or list(_rows(output, {name: d.text for name, d in articles.items()}))


def remarks(output: Path) -> list[str]:
    """Return where this checkout differs from what made the results: not wrong, but good to know."""
    made, now = read_manifest(output), made_with()
    return [
        f"{part} {name} is not what made these results"
        for part in now
        for name in _differing(made.get(part), now[part])
    ]


def _differing(made, now) -> list[str]:
    if not isinstance(now, dict) or not isinstance(made, dict):
        return [] if made == now else [""]
    return [name for name in sorted({*made, *now}) if made.get(name) != now.get(name)]


def _files(folder: Path, sums: dict[str, str]) -> Iterator[str]:
    """Files that are missing, changed, or not in a list of sums."""
    for name, digest in sums.items():
        path = folder / name
        if not path.is_file():
            yield f"{name} is missing in {folder}"
        elif sha256(path) != digest:
            yield f"{name} is not the file of the manifest (its SHA-256 differs)"
    present = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    yield from (f"{name} is not in the manifest" for name in sorted(present - sums.keys() - {"manifest.json"}))


def _rows(output: Path, texts: dict[str, str]) -> Iterator[str]:
    """Rows whose characters in the article are not their text."""
    for name, places in PLACES.items():
        for number, row in enumerate(tables.read(name, output / "tables").to_dict("records"), 1):
            text = texts[row["doc_id"]]
            said = [(row[words], [(row[a], row[b])]) for words, a, b in places if row[a] >= 0]
            said += [(row["text"], tables.spans_of(row["spans"]))] if "spans" in row else []
            for words, spans in said:
                if " … ".join(text[a:b] for a, b in spans) != words:
                    yield f"{name}, row {number}: the characters {spans} of {row['doc_id']} are not {words!r}"
