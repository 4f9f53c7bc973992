"""A clock that is set years back or forward loses nothing, and is told."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest

from core import journal
from core.consult import make_consult
from core.pack.pack import Pack
from ui.app import said_of_days
from ui.settings import SettingsFile

STAMPS = (0, 1, 946_684_800, 4_000_000_000, 2**33)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1970-01-01", "clock says 1 January 1970, and the evidence is of"),
        ("2000-02-29", "Set the clock"),
        ("9999-12-31", "clock says 31 December 9999. Bring in newer evidence before you rely on it, or set the clock"),
    ],
)
def test_a_clock_years_off_is_told_with_its_day(day: str, expected: str, qapp: object, pack: Pack) -> None:
    assert expected in said_of_days(pack, date.fromisoformat(day))


def test_from_two_days_before_the_evidence_to_its_last_day_nothing_is_said(qapp: object, pack: Pack) -> None:
    first, last = date.fromisoformat(pack.date), date.fromisoformat(pack.expires)
    for day in (first - timedelta(days=2), first, last):
        assert said_of_days(pack, day) == ""
    for day in (first - timedelta(days=3), last + timedelta(days=1)):
        assert said_of_days(pack, day) != ""


def test_every_consult_comes_back_whatever_the_dates_of_its_files(tmp_path: Path, pack: Pack) -> None:
    for number, stamp in enumerate(STAMPS):
        one = journal.begin(tmp_path)
        one.keep(msgspec.structs.replace(make_consult(pack, "ards"), dose=1e7 + number))
        os.utime(one.path, (stamp, stamp))
        os.utime(one.path.with_suffix(journal.LOCK), (stamp, stamp))
        one._lock.release()
    back = []
    while left := journal.left_behind(tmp_path, pack)[0]:
        back.append(left[0].consult.dose - 1e7)
        journal.forget(left[0])
    assert sorted(back) == list(range(len(STAMPS)))


@pytest.mark.parametrize("stamp", STAMPS)
def test_settings_are_read_whatever_their_date(stamp: int, tmp_path: Path) -> None:
    SettingsFile(tmp_path).change(theme="dark")
    for path in tmp_path.iterdir():
        os.utime(path, (stamp, stamp))
    again = SettingsFile(tmp_path)
    assert again.now.theme == "dark"
    again.change(text_size=120)
    assert (SettingsFile(tmp_path).now.theme, SettingsFile(tmp_path).now.text_size) == ("dark", 120)
