"""The tests; a package by name, because textstat brings one of the same name, which a child process would take."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""
