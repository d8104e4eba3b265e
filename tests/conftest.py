"""What the tests share: the seeds, read and analysed once."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from reported_speech import analysis
from reported_speech.analysis import analyse
from reported_speech.articles.reading import read_corpus

ROOT = Path(__file__).parent.parent

settings.register_profile("test", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("fuzz", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def seeds():
    documents, rejected = read_corpus(ROOT / "seeds")
    assert not rejected
    return documents


@pytest.fixture(scope="session")
def analyses(seeds):
    return list(analyse(seeds))


@pytest.fixture
def a_fails(monkeypatch):
    """Let the analysis of a.txt raise, until the test undoes it."""
    analysed = analysis.analysis_of

    def failing(document, *how):
        if document.doc_id == "a.txt":
            raise TypeError("no such thing")
        return analysed(document, *how)

    monkeypatch.setattr(analysis, "analysis_of", failing)
    return monkeypatch
