"""What is remembered between starts: how the program looks and what the clinic has, never anything about a patient."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from core import files
from core.errors import FileError, ReadError

FILE = "settings.json"
LOGO = "logo.png"
MOST_RECENT = 8


class Settings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every setting with its default; a file may name any of them and nothing else counts.

    `clinic_has`: capability ids, null until somebody touched them. `window`: width and height in logical pixels;
    the place on the screen is left to the system.
    """

    theme: Literal["system", "light", "dark", "contrast"] = "system"
    text_size: Annotated[int, Meta(ge=80, le=200)] = 100
    language: Annotated[str, Meta(max_length=8)] = ""
    unit: Literal["cells", "percent"] = "cells"
    jurisdiction: Annotated[str, Meta(max_length=40)] | None = None
    clinic_has: tuple[Annotated[str, Meta(max_length=80)], ...] | None = None
    letterhead: Annotated[str, Meta(max_length=400)] = ""
    contact: Annotated[str, Meta(max_length=120)] = ""
    paper: Literal["a4", "letter"] = "a4"
    reduced_motion: bool = False
    window: tuple[int, int] | None = None
    maximised: bool = False
    columns: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()
    started: bool = False


class SettingsFile:
    """The settings on the disk. A file that cannot be read is set aside, said once, and never stops the start."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self.problem = ""
        self._unsaved: dict[str, object] = {}
        self.recent: tuple[str, ...] = ()
        self.now = self._read()

    def _read(self) -> Settings:
        try:
            data = files.read_bytes(self.path, limit=1024 * 1024)
        except ReadError:
            return Settings()
        try:
            return msgspec.json.decode(data, type=Settings)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return self._salvaged(data)

    def _salvaged(self, data: bytes) -> Settings:
        """Whatever of a damaged file still makes sense; the file itself is kept beside."""
        kept: dict[str, object] = {}
        try:
            raw = msgspec.json.decode(data)
            for key, value in raw.items() if isinstance(raw, dict) else ():
                try:
                    msgspec.convert({key: value}, type=Settings)
                except msgspec.ValidationError:
                    continue
                kept[key] = value
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            kept = self._last()
        self.problem = "The settings could not be read in full, so some are back to how they were at first."
        try:
            self.problem += f" The old file is kept as {files.set_aside(self.path).name}."
        except FileError:
            return msgspec.convert(kept, type=Settings)
        return msgspec.convert(kept, type=Settings)

    def _last(self) -> dict[str, object]:
        """The settings before the last change, for a file that is no longer readable at all."""
        try:
            data = files.read_bytes(self.path.with_name(FILE + ".last"), limit=1024 * 1024)
            return msgspec.to_builtins(msgspec.json.decode(data, type=Settings))
        except (ReadError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return {}

    def change(self, **fields: object) -> Settings:
        """Set fields and save; a disk that cannot be written is said in `problem`, the settings hold until the end."""
        changed = msgspec.structs.replace(self.now, **fields)
        if changed == self.now:
            return self.now
        self.now = changed
        self._unsaved |= fields
        try:
            files.make_folder(self.path.parent)
            data = msgspec.json.format(msgspec.json.encode(self._joined()))
            files.save_bytes(self.path, data, private=True, keep_last=True)
        except FileError as error:
            self.problem = str(error)
        else:
            self._unsaved = {}
        return self.now

    def _joined(self) -> Settings:
        """What is on the disk with what was changed here: what another window changed meanwhile stays."""
        try:
            data = files.read_bytes(self.path, limit=1024 * 1024)
            return msgspec.structs.replace(msgspec.json.decode(data, type=Settings), **self._unsaved)
        except (ReadError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return self.now

    def logo(self) -> bytes | None:
        """The clinic's logo as it was kept, null where there is none or it can no longer be read."""
        try:
            return files.read_bytes(self.path.with_name(LOGO), limit=4 * 1024 * 1024)
        except ReadError:
            return None

    def keep_logo(self, logo: bytes | None) -> None:
        """Keep a copy of the logo beside the settings, never the path that it came from; null takes it away.

        Raises SaveError.
        """
        path = self.path.with_name(LOGO)
        if logo is not None:
            files.make_folder(path.parent)
            files.save_bytes(path, logo, private=True)
        else:
            files.remove(path)

    def remember(self, path: Path) -> None:
        """Put a consult file at the top of the recent ones, until the program ends: its name may be a patient's."""
        text = str(path)
        self.recent = (text, *(one for one in self.recent if one != text))[:MOST_RECENT]


class Unkept(SettingsFile):
    """The settings of a window that is only pictured: as they are at first, read and written nowhere."""

    def __init__(self) -> None:
        super().__init__(Path(os.devnull))

    def change(self, **fields: object) -> Settings:
        """Set fields until the end."""
        self.now = msgspec.structs.replace(self.now, **fields)
        return self.now
