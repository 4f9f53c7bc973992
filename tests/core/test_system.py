"""Started where the window cannot open, the program says so in a sentence, before Qt ends it."""

from collections.abc import Callable

import pytest

import run
from core.system import FOR_QT, FOR_X11, library_loads, obstacle

DESKTOP = {"DISPLAY": ":0"}


def has_all(name: str) -> bool:
    return True


def lacks(*names: str) -> Callable[[str], bool]:
    return lambda name: name not in names


@pytest.mark.parametrize("environment", [DESKTOP, {"WAYLAND_DISPLAY": "wayland-0"}, {"QT_QPA_PLATFORM": "offscreen"}])
def test_where_all_is_there_nothing_is_said(environment: dict[str, str]) -> None:
    assert obstacle("linux", environment, has_all, lambda: True) is None


@pytest.mark.parametrize(("library", "package"), [*FOR_QT.items(), *FOR_X11.items()])
def test_a_missing_library_is_named_with_its_package(library: str, package: str) -> None:
    said = obstacle("linux", DESKTOP, lacks(library), lambda: True)
    assert said is not None
    assert library in said
    assert said.endswith(f"sudo apt-get install {package}")


def test_several_missing_libraries_are_one_command() -> None:
    said = obstacle("linux", DESKTOP, lacks("libEGL.so.1", "libxcb-cursor.so.0"), lambda: True)
    assert said is not None
    assert said.endswith("apt-get install libegl1 libxcb-cursor0")
    assert "\n" not in said


@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ""}, {"QT_QPA_PLATFORM": "xcb"}])
def test_no_display_is_said(environment: dict[str, str]) -> None:
    said = obstacle("linux", environment, has_all, lambda: True)
    assert said is not None
    assert said.startswith("There is no display")


def test_a_display_that_lets_nobody_in_is_none() -> None:
    assert "no display" in (obstacle("linux", DESKTOP, has_all, lambda: False) or "")


@pytest.mark.parametrize("environment", [{"WAYLAND_DISPLAY": "wayland-0"}, {"QT_QPA_PLATFORM": "offscreen"}])
def test_what_only_x11_needs_is_not_asked_of_others(environment: dict[str, str]) -> None:
    assert obstacle("linux", environment, lacks(*FOR_X11), lambda: False) is None
    assert obstacle("linux", environment, lacks("libGL.so.1"), lambda: False) is not None


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_other_systems_bring_everything(system: str) -> None:
    assert obstacle(system, {}, lacks(*FOR_QT), lambda: False) is None


def test_the_packages_are_those_that_installers_ask_for() -> None:
    assert [*FOR_QT.values(), *FOR_X11.values()] == [entry[0] for entry in run.packages_of(["window"])]


def test_a_library_that_nobody_has_does_not_load() -> None:
    assert not library_loads("libnobody-has-this.so.9")
