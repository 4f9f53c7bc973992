"""The records of a built pack, each table decoded when it is first asked for: a window opens without most of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from core.errors import PackError
from core.pack import types as t

_TYPES: dict[str, Any] = {
    **{field: tuple[record, ...] for field, record in t.TABLES.values()},  # type: ignore[valid-type]
    "scheme": int, "signoffs": tuple[t.Signoff, ...], "own": t.Own | None,
}  # fmt: skip


class Later:
    """Stands for a `PackFile`: the same fields, each decoded once.

    Only for bytes that were checked when they were built; what is wrong with a record is not said here.
    """

    def __init__(self, data: bytes) -> None:
        """Errors: msgspec.DecodeError where the bytes are no JSON object."""
        self._raw = msgspec.json.decode(data, type=dict[str, msgspec.Raw])

    def __getattr__(self, name: str) -> Any:
        raw = self.__dict__["_raw"].get(name)
        if raw is None:
            raise AttributeError(name)
        try:
            value = _Texts(raw) if name == "texts" else msgspec.json.decode(raw, type=_TYPES.get(name, str))
        except msgspec.ValidationError as error:
            problem = "this table was built for another version of the program"
            raise PackError("pack.json", name, "", problem, "Reinstall the program", str(error)) from error
        self.__dict__[name] = value
        return value

    def whole(self) -> t.PackFile:
        """All of it at once."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in t.PackFile.__struct_fields__}
        return t.PackFile(**fields | {"texts": dict(self.texts)})


class _Texts(Mapping[str, t.Texts]):
    """Language -> its texts; a language that nobody reads is not decoded."""

    def __init__(self, data: msgspec.Raw) -> None:
        self._raw = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        self._read: dict[str, t.Texts] = {}

    def __getitem__(self, language: str) -> t.Texts:
        if language not in self._read:
            self._read[language] = msgspec.json.decode(self._raw[language], type=t.Texts)
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)
