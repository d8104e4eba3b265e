"""What the tests share: the seeds, read and analysed once."""

from pathlib import Path

import pytest

from reported_speech.documents import read_folder
from reported_speech.quotations import analyse

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def seeds():
    documents, rejected = read_folder(ROOT / "seeds")
    assert not rejected
    return documents


@pytest.fixture(scope="session")
def analyses(seeds):
    return list(analyse(seeds))
