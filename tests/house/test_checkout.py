"""What every file of the checkout owes the others."""

import re

import pytest

from tests import ROOT

LEFT_OUT = {
    *(".git", ".venv", "build", "dist", "__pycache__", ".benchmarks", ".hypothesis", ".import_linter_cache"),
    *(".mypy_cache", ".pytest_cache", ".ruff_cache"),
}
TEXT = {".py", ".toml", ".md", ".txt", ".in", ".lock", ".json", ".svg", ".yml", ".yaml", ".cff", ".desktop", ""}

HOSTS = re.compile(r"pypi\.(org|python\.org)|files\.pythonhosted\.org|registry\.(npmjs|yarnpkg)\.|crates\.io")
MACHINE = re.compile(r"(?<![\w.])/(work|root|opt/pypi|tmp/team|home/\w+)/")
#: They make a source read other than it runs.
HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

LOCKS = ("requirements.lock", "dev.lock", "bench.lock")  # each with more than the one before
ALL_LOCKS = (*LOCKS, "packaging/build.lock")
LONGEST_MODULE = 400
LONGER = {
    "core/pack/types.py": "every type of the pack, to be read as one list",
    "packaging/package_test.py": "one proof, told from the bare machine to the empty one",
    "tests/ui/test_window.py": "what the whole window does, choice by choice",
}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every text file of the checkout by its path."""
    found = {}
    for path in sorted(ROOT.rglob("*")):
        inside = path.relative_to(ROOT)
        if path.suffix in TEXT and path.is_file() and not LEFT_OUT & set(inside.parts):
            found[inside.as_posix()] = path.read_text(encoding="utf-8")
    return found


def test_no_file_names_a_registry_or_a_machine(texts: dict[str, str]) -> None:
    found = [path for path, text in texts.items() if HOSTS.search(text) or MACHINE.search(text)]
    assert not [path for path in found if path != "tests/house/test_checkout.py"]


def test_no_file_hides_a_character(texts: dict[str, str]) -> None:
    assert not [path for path, text in texts.items() if HIDDEN.search(text)]


def test_no_module_is_longer_than_a_reader(texts: dict[str, str]) -> None:
    long = {path for path, text in texts.items() if path.endswith(".py") and text.count("\n") > LONGEST_MODULE}
    assert long == set(LONGER)


def test_every_drawn_sign_is_used(texts: dict[str, str]) -> None:
    code = "".join(text for path, text in texts.items() if path.startswith("ui/"))
    assert not [one.stem for one in (ROOT / "resources" / "icons").glob("*.svg") if f'"{one.stem}"' not in code]


def test_packaging_shadows_no_library() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_each_lock_holds_the_one_before(texts: dict[str, str]) -> None:
    run, dev, bench = (locked(texts[lock]).items() for lock in LOCKS)
    assert run <= dev <= bench


@pytest.mark.parametrize("lock", ALL_LOCKS)
def test_every_locked_library_has_its_hashes(lock: str, texts: dict[str, str]) -> None:
    held = locked(texts[lock])
    assert held
    assert all("--hash=sha256:" in rest for rest in held.values())
    assert set(re.findall(r"^([\w.-]+)", texts[lock], re.MULTILINE)) == {name for name, _ in held}


@pytest.mark.parametrize("lock", ALL_LOCKS)
def test_every_wanted_library_is_locked(lock: str, texts: dict[str, str]) -> None:
    held = {(name.lower(), version) for name, version in locked(texts[lock])}
    wanted = texts[lock.replace(".lock", ".in")]
    for name, version in re.findall(r"^([\w-]+)(?:==([\w.]+))?$", wanted, re.MULTILINE):
        assert any(name.lower() == held_name and version in ("", held_version) for held_name, held_version in held)


def locked(text: str) -> dict[tuple[str, str], str]:
    """What a lock holds: (name, version) -> its marker and hashes."""
    entries = re.findall(r"^([\w.-]+)==([\w.]+)((?:.*\\\n)*.*)", text, re.MULTILINE)
    return {(name, version): rest for name, version, rest in entries}
