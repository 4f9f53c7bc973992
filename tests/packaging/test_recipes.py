"""The recipes for each system say what the program says."""

import argparse
import ast
import configparser
import plistlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

import run
from core.commands.parser import make_parser
from tests import ROOT
from tests.sources import imported

TYPE = "application/x-cellroute-consult"


@pytest.fixture(scope="module")
def recipe() -> ast.Module:
    """packaging/cellroute.spec, parsed."""
    return ast.parse((ROOT / "packaging/cellroute.spec").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def belongs(recipe: ast.Module) -> Callable[[str, str], bool]:
    """The recipe's own rule of what goes into the bundle."""
    names = ("KEPT_PLUGINS", "UNUSED_LIBRARIES", "LANGUAGES")
    kept: list[ast.stmt] = [
        node
        for node in recipe.body
        if (isinstance(node, ast.FunctionDef) and node.name == "wanted")
        or (isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in names)
    ]
    space: dict[str, object] = {"Path": Path, "sys": type("Sys", (), {"platform": "linux"})}
    exec(compile(ast.Module(kept, []), "cellroute.spec", "exec"), space)
    return space["wanted"]  # type: ignore[return-value]


QT = "PySide6/Qt/"


@pytest.mark.parametrize(
    ("name", "source", "goes"),
    [
        (QT + "lib/libQt6Core.so.6", "/venv/libQt6Core.so.6", True),
        (QT + "lib/libicudata.so.73", "/venv/libicudata.so.73", True),
        (QT + "plugins/platforms/libqxcb.so", "/venv/libqxcb.so", True),
        (QT + "plugins/platforms/libqoffscreen.so", "/venv/libqoffscreen.so", True),
        (QT + "plugins/printsupport/libcupsprintersupport.so", "/venv/x.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", "C:\\venv\\qwindows.dll", True),
        (QT + "plugins/tls/libqopensslbackend.so", "/venv/x.so", False),
        (QT + "plugins/platforms/libqeglfs.so", "/venv/x.so", False),
        (QT + "lib/libQt6EglFsKmsSupport.so.6", "/venv/x.so", False),
        (QT + "lib/libQt6Network.so.6", "/venv/x.so", False),
        (QT + "lib/libQt6Qml.so.6", "/venv/x.so", False),
        (QT + "translations/qtbase_es.qm", "/venv/x.qm", True),
        ("pyqtgraph/icons/peegee/peegee_512px.png", "/venv/x.png", False),
        ("pyqtgraph/icons/auto.svg", "/venv/x.svg", True),
        (QT + "translations/qtbase_de.qm", "/venv/x.qm", False),
        ("libxcb-cursor.so.0", "/usr/lib/x86_64-linux-gnu/libxcb-cursor.so.0", False),
        ("libstdc++.so.6", "/lib/x86_64-linux-gnu/libstdc++.so.6", False),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", True),
        ("python3.11/lib-dynload/_decimal.so", "/usr/lib/python3.11/lib-dynload/_decimal.so", True),
        ("resources/pack.json", "/checkout/resources/pack.json", True),
    ],
)
def test_what_goes_into_the_bundle(belongs: Callable[[str, str], bool], name: str, source: str, goes: bool) -> None:
    assert belongs(name, source) is goes


def test_nothing_that_the_program_imports_is_left_out(recipe: ast.Module) -> None:
    lists = {getattr(node.targets[0], "id", ""): node.value for node in recipe.body if isinstance(node, ast.Assign)}
    unused = {one.value for one in ast.walk(lists["UNUSED_MODULES"]) if isinstance(one, ast.Constant)}
    assert "tkinter" in unused
    files = [ROOT / "main.py", *(ROOT / "core").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    wanted = {name for file in files for name in imported(ast.parse(file.read_bytes()))}
    above = {".".join(name.split(".")[:depth]) for name in wanted for depth in range(1, 6)}
    assert not unused & above


def test_charts_draw_with_what_stands_in_for_opengl(tmp_path: Path) -> None:
    draw = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
for name in ("QtOpenGL", "QtOpenGLWidgets"):
    spec = spec_from_file_location(f"PySide6.{name}", f"packaging/stand_ins/{name}.py")
    sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[spec.name])
from PySide6.QtWidgets import QApplication
app = QApplication([])
import numpy
import pyqtgraph
chart = pyqtgraph.PlotWidget()
chart.plot([1, 2, 3], symbol="o")
chart.addItem(pyqtgraph.ErrorBarItem(x=numpy.array([1]), y=numpy.array([2]), height=1))
chart.show()
app.processEvents()
assert chart.grab().save(sys.argv[1])
"""
    picture = tmp_path / "chart.png"
    subprocess.run([sys.executable, "-c", draw, str(picture)], cwd=ROOT, check=True)
    with Image.open(picture) as drawn:
        assert len(drawn.convert("RGB").getcolors(1 << 24)) > 5


def test_nothing_is_stripped_or_packed_together() -> None:
    text = (ROOT / "packaging/cellroute.spec").read_text(encoding="utf-8")
    assert "strip=True" not in text
    assert "upx=True" not in text


def test_the_desktop_entry_belongs_to_the_program() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(ROOT / "packaging/linux/cellroute.desktop", encoding="utf-8")
    desktop = entry["Desktop Entry"]
    assert desktop["Exec"] == "cellroute --consult %f"
    assert desktop["MimeType"] == TYPE + ";"
    assert 'setDesktopFileName("cellroute")' in (ROOT / "ui/app.py").read_text(encoding="utf-8")
    parser = make_parser()
    assert parser.parse_args(["--consult"]).consult is None  # what a desktop gives when no file was chosen
    assert parser.parse_args(["--consult", "a.cellroute"]).consult == Path("a.cellroute")


def test_every_system_knows_the_consult_file() -> None:
    kind = ET.parse(ROOT / "packaging/linux/cellroute.xml").getroot()
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    assert kind[0].get("type") == TYPE
    assert [one.get("pattern") for one in kind.iter(f"{space}glob")] == ["*.cellroute"]
    assert '"Software\\Classes\\.cellroute"' in (ROOT / "packaging/windows/cellroute.iss").read_text(encoding="utf-8")
    assert '"public.filename-extension": ["cellroute"]' in (ROOT / "packaging/cellroute.spec").read_text(
        encoding="utf-8"
    )
    assert "(*.cellroute)" in (ROOT / "ui/deeds.py").read_text(encoding="utf-8")


def test_the_installer_for_windows_asks_for_no_rights_and_cleans_up() -> None:
    text = (ROOT / "packaging/windows/cellroute.iss").read_text(encoding="utf-8")
    assert "PrivilegesRequired=lowest" in text
    assert "HKLM" not in text
    assert re.search(r"^AppId=\{\{[0-9A-F-]{36}\}$", text, re.MULTILINE)  # two braces write one
    keys = re.findall(r'^Root: HKCU; Subkey: "([^"]+)".*$', text, re.MULTILINE)
    cleaned = re.findall(r'^Root: HKCU; Subkey: "([^"]+)".*uninsdeletekey', text, re.MULTILINE)
    assert keys
    assert all(any(key == top or key.startswith(top + "\\") for top in cleaned) for key in keys)


def test_a_signed_program_for_macos_may_do_what_ctypes_does() -> None:
    """The hardened runtime, which a signature for others asks for, forbids it: the program would end at its start."""
    assert "--entitlements packaging/macos/entitlements.plist" in (ROOT / "packaging/macos/make_dmg.sh").read_text()
    rights = plistlib.loads((ROOT / "packaging/macos/entitlements.plist").read_bytes())
    assert rights == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_the_manual_names_every_command() -> None:
    manual = (ROOT / "packaging/linux/cellroute.1").read_text(encoding="utf-8")
    commands = next(one.choices for one in make_parser()._actions if isinstance(one, argparse._SubParsersAction))
    assert {"rank", "selfcheck"} <= set(commands)
    for command in commands:
        assert f"\\fB{command}\\fR" in manual


def test_the_workflow_runs_commands_that_there_are() -> None:
    text = (ROOT / ".github/workflows/build.yml").read_text(encoding="utf-8")
    verbs = set(re.findall(r"run\.py ([a-z-]+)", text))
    assert verbs == {"test", "package", "package-test"}
    assert all(f"run.py {verb}" in (run.__doc__ or "") for verb in verbs)
    for path in re.findall(r"packaging[/\\][\w./\\-]+", text):
        assert (ROOT / path.replace("\\", "/")).exists(), path
    assert "run.py package ${{ startsWith(github.ref, 'refs/tags/v') && '--release' || '' }}" in text
    assert {"ubuntu", "windows", "macos"} <= {one.split("-")[0] for one in re.findall(r"(\w+-[\d.]+)", text)}


def test_the_proof_finds_where_the_system_comes_from(proof: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "mirrors.txt").write_text("http://near.example/ubuntu/ priority:1\nhttps://far.example/ubuntu/\n")
    said = (
        "http://deb.example/other Elsewhere jammy\n"
        "http://deb.example/debian Debian bookworm\n"
        f"mirror+file:{tmp_path}/mirrors.txt Ubuntu jammy\n"
    )
    assert proof.source_of("bookworm", said) == ("http://deb.example/debian", "main")
    assert proof.source_of("jammy", said) == ("http://near.example/ubuntu/", "main,universe")
    with pytest.raises(proof.Failed, match="knows no source of sid"):
        proof.source_of("sid", said)


def test_the_proof_reads_pictures(proof: ModuleType, icons: Path, tmp_path: Path) -> None:
    picture = Image.open(icons / "256.png").convert("RGBA")
    picture.save(tmp_path / "a.png")
    width, height, colours = proof.look((tmp_path / "a.png").read_bytes())
    rows = {picture.getpixel((x, y))[:3] for y in range(0, 256, 4) for x in range(256)}
    assert (width, height, colours) == (256, 256, len(rows))
