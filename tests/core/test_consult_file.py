"""Consult files: there and back, and refused in one sentence when they are not ours."""

from pathlib import Path

import msgspec
import pytest

from core import consult_file
from core.consult import Consult, make_consult
from core.errors import CellRouteError


def consult(pack) -> Consult:
    return make_consult(
        pack, "knee_osteoarthritis", asked="iv", dose=5e6, sites=2, has=["ultrasound"],
        patient={"anticoagulated_warfarin": "yes"}, weights={"delivered": 70, "harm": 30},
    )  # fmt: skip


def test_there_and_back(pack, tmp_path: Path) -> None:
    path = tmp_path / "a.cellroute"
    consult_file.save(path, consult(pack))
    assert consult_file.load(path, pack) == consult(pack)
    consult_file.save(path, make_consult(pack, "copd"))
    assert consult_file.load(path, pack) == make_consult(pack, "copd")


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"null", b"\0\0", b"[" * 9000, b"\xff", b'{"kind": "cellroute consult", "scheme": 2, "consult": {}}'],
)
def test_what_is_no_consult_is_refused_with_a_sentence(pack, data: bytes) -> None:
    with pytest.raises(CellRouteError) as caught:
        consult_file.decode(data, "x.cellroute", pack)
    assert "x.cellroute" in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("condition", "no_such"), ("target", "brain"), ("asked", "no_route"), ("cells", "other"),
        ("species", "unicorn"),
        ("dose", 5.0), ("has", ("laser",)), ("patient", {"no_factor": "yes"}), ("jurisdiction", "moon"),
        ("weights", None), ("guidance", "stars"), ("language", "xx"), ("weights", {"delivered": 1.0}),
    ],
)  # fmt: skip
def test_what_the_pack_does_not_hold_is_refused(pack, field: str, value: object) -> None:
    changed = msgspec.structs.replace(consult(pack), **{field: value})
    with pytest.raises(CellRouteError):
        consult_file.decode(consult_file.encode(changed), "x.cellroute", pack)


def test_an_unknown_field_is_refused(pack) -> None:
    text = consult_file.encode(consult(pack)).replace(b'"dose"', b'"name": "Jane", "dose"')
    with pytest.raises(CellRouteError):
        consult_file.decode(text, "x.cellroute", pack)
