"""The study: its parameters and corpus, as the notebooks read them."""

from ..paths import here
from .parameters import read, results, use

__all__ = ["here", "read", "results", "use"]
