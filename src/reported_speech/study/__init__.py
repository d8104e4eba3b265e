"""The study: its parameters and corpus, as the notebooks read them."""

import sys

from ..paths import here
from .parameters import read, results, use

__all__ = ["here", "read", "results", "use"]
# Papermill's jsonschema would build two parsers of IRIs on import, for a second or two; no notebook has an IRI to check.
sys.modules.setdefault("rfc3987_syntax", None)
