"""Where the system keeps a program's settings and data; the same folders that Qt names, without Qt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "cellroute"


def config_folder() -> Path:
    """The folder of the settings."""
    return _folder("XDG_CONFIG_HOME", ".config", "Library/Preferences", "LOCALAPPDATA", "AppData/Local")


def data_folder() -> Path:
    """The folder of overlays, evidence that was brought in, keys, the journal and the log."""
    return _folder("XDG_DATA_HOME", ".local/share", "Library/Application Support", "LOCALAPPDATA", "AppData/Local")


def _folder(variable: str, unix: str, mac: str, windows_variable: str, windows: str) -> Path:
    if sys.platform == "darwin":
        return _home() / mac / NAME
    name, below = (windows_variable, windows) if os.name == "nt" else (variable, unix)
    given = os.environ.get(name, "")
    if given and Path(given).is_absolute():
        return Path(given) / NAME
    return _home() / below / NAME


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # an account without a home
        return Path(os.sep)
