"""The canary for the Qt binding: one that takes references from None ends the program within minutes."""

import sys

import pytest
from pytestqt.qtbot import QtBot

from core.errors import VersionError
from core.versions import check_binding


def test_void_calls_take_nothing_from_none(qtbot: QtBot) -> None:
    from PySide6.QtWidgets import QLabel, QSlider

    label, slider = QLabel(), QSlider()
    qtbot.addWidget(label)
    qtbot.addWidget(slider)
    slider.valueChanged.connect(label.setNum)
    calls = {
        "setText": lambda n: label.setText("x"),
        "setValue": lambda n: slider.setValue(n % 90),
        "setToolTip": lambda n: label.setToolTip("y"),
        "update": lambda n: label.update(),
    }
    for name, call in calls.items():
        for constant in (None, True, False):
            before = sys.getrefcount(constant)
            for step in range(20_000 if name == "setText" else 2_000):
                call(step)
                if step % 500 == 499:  # stop long before they run out, which would end the whole run
                    assert sys.getrefcount(constant) > before - 100, f"{name} takes references from {constant}"


@pytest.mark.parametrize("pyside", ["6.12.0", "6.12", "6.13.1", "7.0.0", "6.12.0rc1"])
@pytest.mark.parametrize("python", [(3, 10, 13), (3, 11, 2), (3, 11, 7)])
def test_a_pair_that_aborts_is_refused(pyside: str, python: tuple[int, ...]) -> None:
    with pytest.raises(VersionError) as raised:
        check_binding(pyside, python)
    assert "run.py" in str(raised.value)
    assert pyside in raised.value.detail


@pytest.mark.parametrize(
    ("pyside", "python"),
    [("6.11.3", (3, 11, 7)), ("6.8.3", (3, 11, 2)), ("6.12.0", (3, 12, 1)), ("6.12.0", (3, 13, 0))],
)
def test_a_pair_that_holds_is_let_through(pyside: str, python: tuple[int, ...]) -> None:
    check_binding(pyside, python)
