"""Who said what in the press of Iranian–Azerbaijani diplomacy: extraction, attribution and display of reported speech."""

__version__ = "0.1.0"
