"""Who may import what, and what is loaded when."""

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests import ROOT
from tests.sources import called_name, imported

Sources = dict[str, ast.Module]
RunPython = Callable[..., CompletedProcess[str]]

NETWORK = {
    *("asyncio", "ftplib", "http", "imaplib", "poplib", "requests", "smtplib", "socket", "socketserver"),
    *("ssl", "telnetlib", "urllib", "urllib3", "webbrowser", "xmlrpc"),
    *("PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebEngineCore", "PySide6.QtWebSockets"),
}

OPENERS = {"open", "fdopen", "read_text", "read_bytes", "write_text", "write_bytes", "QFile", "QSaveFile"}
IN_MEMORY = {"BytesIO", "StringIO"}
MAY_OPEN = re.compile(r"core/(pack|files)/.*|run\.py|packaging/.*")

SLOW = {
    *("numpy", "pyqtgraph", "reportlab", "PIL", "pypdfium2", "cryptography", "PySide6.QtNetwork"),
    *("PySide6.QtPrintSupport", "core.delivery", "core.ranking", "core.handout"),
}
QT = {"PySide6", "shiboken6", "pyqtgraph", "ui"}


def test_nothing_reaches_for_the_network(sources: Sources) -> None:
    found = [
        f"{path}: {name}"
        for path, tree in sources.items()
        for name in imported(tree)
        if any(name == banned or name.startswith(banned + ".") for banned in NETWORK)
    ]
    assert not found


def test_only_the_pack_and_files_open_files(sources: Sources) -> None:
    found = [
        f"{path}:{line}: {name}"
        for path, tree in sources.items()
        if not MAY_OPEN.fullmatch(path)
        for name, line in opened(tree, dialogs=path.startswith("ui/"))
    ]
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "open('a')",
        "import io\nio.open('a')",
        "Path('a').open('wb')",
        "Path('a').open()",
        "Path('a').read_text()",
        "folder.joinpath('a').write_bytes(b'')",
        "Image.open('a.png')",
        "QFile('a')",
        "from pathlib import Path\nfrom core.files import read_text\nPath('a').read_bytes()",
    ],
)
def test_the_lint_sees_a_file_being_opened(source: str) -> None:
    assert list(opened(ast.parse(source), dialogs=False))


@pytest.mark.parametrize(
    "source",
    [
        "from core.files import read_bytes\nread_bytes('a')",
        "from core import files\nfiles.read_bytes('a')",
        "Image.open(BytesIO(data), formats=('PNG',))",
    ],
)
def test_the_lint_lets_our_own_reading_pass(source: str) -> None:
    assert not list(opened(ast.parse(source), dialogs=False))


def test_the_lint_lets_a_dialog_be_shown() -> None:
    assert not list(opened(ast.parse("self.dialog.open()"), dialogs=True))
    assert list(opened(ast.parse("path.open('wb')"), dialogs=True))


def test_core_imports_where_there_is_no_qt(run_python: RunPython) -> None:
    modules = [
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for path in sorted((ROOT / "core").rglob("*.py"))
    ]
    blocked = "import sys\nfor name in ('PySide6', 'shiboken6', 'pyqtgraph', 'ui'): sys.modules[name] = None\n"
    done = run_python("-c", blocked + "\n".join(f"import {module}" for module in modules))
    assert done.returncode == 0, done.stderr


def test_errors_and_the_small_types_load_nothing_heavy(run_python: RunPython) -> None:
    loaded = modules_loaded(run_python, "-c", "import core.errors, core.consult, core.results, core.pack.types")
    assert not loaded & (SLOW | QT)


def test_nothing_slow_is_imported_before_the_first_paint(run_python: RunPython) -> None:
    loaded = modules_loaded(run_python, "main.py", "--quit-after-paint")
    assert "PySide6.QtWidgets" in loaded
    assert not loaded & SLOW


@pytest.mark.parametrize("command", ["list conditions --json", "rank --condition copd --json"])
def test_the_command_line_needs_no_qt(command: str, run_python: RunPython) -> None:
    loaded = modules_loaded(run_python, "main.py", *command.split())
    assert "core.pack" in loaded
    assert not loaded & QT


RULES_BROKEN = {
    "core knows neither ui nor Qt": {
        "core/recommend.py": [
            "import ui",
            "from PySide6 import QtCore",
            "import pyqtgraph",
            "import shiboken6",
        ],
    },
    "a panel never imports another panel": {"ui/panels/choose.py": ["from ui.panels import ranking"]},
    "a widget knows no evidence": {"ui/widgets/bar.py": ["from core.pack import types"]},
    "nothing opens a socket": {
        "core/recommend.py": ["import socket"],
        "ui/window.py": ["from urllib.request import urlopen"],
    },
}


@pytest.mark.parametrize(
    ("rule", "path", "line"),
    [(rule, path, line) for rule, files in RULES_BROKEN.items() for path, lines in files.items() for line in lines],
)
def test_each_import_contract_bites(rule: str, path: str, line: str, small_house: Path, run_python: RunPython) -> None:
    (small_house / path).write_text(line + "\n", encoding="utf-8")
    assert contracts(run_python, small_house)[rule] == "BROKEN"


def test_the_small_house_keeps_every_import_contract(small_house: Path, run_python: RunPython) -> None:
    assert contracts(run_python, small_house) == dict.fromkeys(RULES_BROKEN, "KEPT")


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """The rooms of the checkout with nothing in them, under the same contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name in (
        *("core/__init__.py", "core/recommend.py", "core/pack/__init__.py", "core/pack/types.py"),
        *("ui/__init__.py", "ui/window.py", "ui/panels/__init__.py", "ui/panels/choose.py"),
        *("ui/panels/ranking.py", "ui/widgets/__init__.py", "ui/widgets/bar.py"),
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", encoding="utf-8")
    return tmp_path


def contracts(run_python: RunPython, folder: Path) -> dict[str, str]:
    """What import-linter says of each contract."""
    lint = "from importlinter.cli import lint_imports_command as lint; lint()"
    run = f"import os; os.chdir({str(folder)!r}); {lint}"
    done = run_python("-c", run, "--no-logo", "--no-cache", NO_COLOR="1", COLUMNS="200")
    said = re.findall(r"^(.+?) (KEPT|BROKEN)", done.stdout, re.MULTILINE)
    assert said, done.stdout + done.stderr
    return dict(said)


def modules_loaded(run_python: RunPython, *args: str) -> set[str]:
    """The modules that a child Python imported, with the packages above them."""
    done = run_python("-X", "importtime", *args)
    assert done.returncode == 0, done.stderr[-2000:]
    names = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    return names | {name.rpartition(".")[0] for name in names}


def opened(tree: ast.Module, *, dialogs: bool) -> Iterator[tuple[str, int]]:
    """Each place where a source opens a file by itself, not through core.files; `dialogs` have an `open()` too."""
    ours = {"files"} | {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "core.files"
        for alias in node.names
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or called_name(node) not in OPENERS:
            continue
        base = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        in_memory = bool(node.args) and isinstance(node.args[0], ast.Call) and called_name(node.args[0]) in IN_MEMORY
        shown = dialogs and called_name(node) == "open" and not node.args and isinstance(node.func, ast.Attribute)
        if getattr(base, "id", "") not in ours and not in_memory and not shown:
            yield called_name(node), node.lineno
