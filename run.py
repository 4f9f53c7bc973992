#!/usr/bin/env python3
"""The one command. It needs Python 3.11 or later and nothing else; on Windows write `py` for `python3`.

    python3 run.py                  set up what is missing, then open the window
    python3 run.py ARGUMENTS...     the same, then `main.py ARGUMENTS...` (try `python3 run.py --help`)
    python3 run.py setup [dev]      set up only; `dev` brings the tools for working on CellRoute too
    python3 run.py test [ARGS]      set up, then lint, types, import contracts and tests (ARGS go to pytest);
                                    `test --all` draws each handout in every language, paper and size
    python3 run.py bench [ARGS]     set up, then the benchmarks, as one table
    python3 run.py fuzz [CASES]     set up, then hostile input for everything that reads
    python3 run.py soak [EVENTS]    set up, then a monkey on the window, and a thousand kills while saving
    python3 run.py pdfua [WORD...]  set up, then veraPDF (with Java) on every handout, or on those of conditions
                                    whose ids hold a WORD
    python3 run.py screenshots [FOLDER [WORD...]]   set up, then every picture of the window, or those whose names
                                    hold a WORD, into FOLDER or docs/screenshots/
    python3 run.py package [--release]   the bundle of this system and what is given away, into dist/
    python3 run.py package-test     proof of it in a bare Debian without Python and network (as root)

Setting up makes `.venv` beside this file and installs the libraries whose hashes stand in `requirements.lock`
(`dev.lock` with the tools, `bench.lock` with what we are measured and checked beside too). On Debian, as
root, it installs the system packages that are missing.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {  # each holds all of the one before
    "run": ROOT / "requirements.lock",
    "dev": ROOT / "dev.lock",
    "bench": ROOT / "bench.lock",
}
INSTALLED = VENV / "installed-lock"  # which lock is installed, and its hash; absent while installing
PACKAGE_LIST = ROOT / "packaging" / "debian-packages.txt"


class Stop(Exception):  # noqa: N818 (it is no fault of the program)
    """It cannot go on; the text says why and what to do."""


def main(args):
    """Do what the command line says; give back the exit code."""
    verb = args[0] if args else ""
    try:
        if verb == "setup":
            return set_up_only(args[1:])
        if verb == "test":
            set_up("dev")
            return check(args[1:])
        if verb == "bench":
            set_up("bench")
            return bench(args[1:])
        if verb in ("fuzz", "soak"):
            set_up("dev")
            return long_run(verb, args[1:])
        if verb == "pdfua":
            system_packages(["pdfua"])
            set_up("bench")
            return long_run(verb, args[1:])
        if verb == "screenshots":
            set_up("run")
            folder = os.path.abspath(args[1]) if args[1:] else str(ROOT / "docs" / "screenshots")
            return 0 if run([str(PYTHON), "-m", "ui.screenshots", folder, *args[2:]], cwd=ROOT) else 1
        if verb in ("package", "package-test"):
            system_packages(["package"])
            script = str(ROOT / "packaging" / (verb.replace("-", "_") + ".py"))
            return 0 if run([sys.executable, script, *args[1:]]) else 1
        if verb in ("-h", "--help"):  # first what this file does itself, then what the program does
            print(__doc__, flush=True)
        set_up("run", window=not verb or verb.startswith("-"))
        return start(["main.py", *args])
    except Stop as stop:
        print("CellRoute cannot start: %s" % stop, file=sys.stderr)
    except OSError as error:
        where = " (%s)" % error.filename if error.filename else ""
        print("CellRoute cannot start: %s%s." % (error.strerror or error, where), file=sys.stderr)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    return 1


def set_up_only(words):
    """Set up for the words behind `setup`, start nothing; give back the exit code."""
    if words not in ([], ["dev"]):
        raise Stop("`setup` takes nothing, or the word dev.")
    set_up("dev" if words else "run")
    print("CellRoute is set up. Start it with: %s run.py" % ("py" if os.name == "nt" else "python3"))
    return 0


def set_up(kind, window=True):
    """Bring what `kind` of work, a key of LOCKS, needs and lacks; the window needs system packages too."""
    if sys.version_info < (3, 11):
        raise Stop("it needs Python 3.11 or later, and this is %s." % sys.version.split()[0])
    if window:
        system_packages(["window"] if kind == "run" else ["window", "test"])
    libraries(kind)


def system_packages(parts):
    """Install the missing packages of these parts of the list, or say which they are; Debian only."""
    missing = missing_packages(packages_of(parts)) if shutil.which("dpkg-query") else []
    if not missing:
        return
    names = " ".join(missing)
    if os.geteuid() != 0:
        raise Stop("Debian packages are missing. Install them with: sudo apt-get install %s" % names)
    print("Installing Debian packages: %s" % names, flush=True)
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    quiet = {"env": dict(os.environ, DEBIAN_FRONTEND="noninteractive"), "stdout": subprocess.DEVNULL}
    updated = run([*apt, "update"], **quiet)
    if not run([*apt, "install", "-y", "--no-install-recommends", *missing], **quiet):
        reached = "" if updated else ", and Debian's package servers could not be reached"
        raise Stop("these Debian packages could not be installed%s: %s" % (reached, names))


def packages_of(parts):
    """The entries of these parts of the list, each a list of names of which one will do."""
    entries, part = [], ""
    for line in PACKAGE_LIST.read_text(encoding="utf-8").splitlines():
        text = line.split("#")[0].strip()
        if text.startswith("["):
            part = text.strip("[]")
        elif text and part in parts:
            entries.append([name.strip() for name in text.split("|")])
    return entries


def missing_packages(entries):
    """The first name of each entry of which nothing is installed."""
    names = [name for entry in entries for name in entry]
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names]
    said = subprocess.run(query, capture_output=True, encoding="utf-8", check=False)  # 1 when one is unknown
    installed = {line.split()[0] for line in said.stdout.splitlines() if line.endswith(" installed")}
    return [entry[0] for entry in entries if not installed.intersection(entry)]


def libraries(kind):
    """Make `.venv` hold what the lock of `kind` names, by hash, and nothing else."""
    held = INSTALLED.read_text(encoding="utf-8") if PYTHON.exists() and INSTALLED.exists() else ""
    states = ["%s %s" % (each, fingerprint(lock)) for each, lock in LOCKS.items()]
    wanted = list(LOCKS).index(kind)
    if held in states[wanted:]:
        return
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Stop("this Python makes no environments. On Debian and Ubuntu: apt-get install python3-venv")
    print("Installing libraries into %s (once, about half a minute)" % VENV, flush=True)
    if held in states[:wanted]:  # the rest comes on top
        INSTALLED.unlink()
    elif not run([sys.executable, "-P", "-m", "venv", "--clear", str(VENV)], stdout=subprocess.DEVNULL):
        raise Stop("%s could not be made; the reason stands above." % VENV)
    # -P: nothing is taken from the folder that this was called in, which may be anybody's.
    pip = [str(PYTHON), "-P", "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    if not run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS[kind])]):
        raise Stop(
            "its libraries could not be installed; pip's reason stands above. This step, and only this one,"
            " needs the network or a folder of packages that pip knows. Run the command again to go on."
        )
    INSTALLED.write_text(states[wanted], encoding="utf-8")


def fingerprint(path):
    """The SHA-256 of a file, so that a changed list is noticed."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check(pytest_args):
    """Lint, types, contracts, then the tests, whose summary comes last; give back the exit code."""
    workers = str(min(4, os.cpu_count() or 1))
    if "--all" in pytest_args:
        pytest_args = [arg for arg in pytest_args if arg != "--all"]
        os.environ["CELLROUTE_ALL"] = "1"
    lint_imports = "from importlinter.cli import lint_imports_command as lint; lint()"
    steps = {
        "lint": ["-m", "ruff", "check", "."],
        "format": ["-m", "ruff", "format", "--check", "."],
        "types": ["-m", "mypy", "--strict", "core"],
        "import contracts": ["-c", lint_imports, "--no-logo"],
        "tests": ["-m", "pytest", "-n", workers, *pytest_args],
    }
    failed = []
    for name, command in steps.items():
        print("\n== %s" % name, flush=True)
        if not python(command):
            failed.append(name)
    if failed:
        print("\nFAILED: %s" % ", ".join(failed), flush=True)
    return 1 if failed else 0


def bench(pytest_args):
    """Run the benchmarks one after the other; give back the exit code."""
    files = "python_files=bench_*.py peer_*.py"  # the tests leave out peer_*, whose libraries only bench.lock brings
    options = ["-o", files, "--benchmark-enable", "--benchmark-quiet"]
    return 0 if python(["-m", "pytest", "tests/bench", *options, *pytest_args]) else 1


def long_run(verb, args):
    """Do one of the long runs; give back the exit code."""
    steps = [[verb, *args]] if verb != "soak" else [["soak", *args], ["kill"]]
    return 0 if all(python(["tests/trust/long.py", *step]) for step in steps) else 1


def python(args):
    """Whether the environment's Python, run in the checkout without a screen, ends well."""
    return run([str(PYTHON), *args], cwd=ROOT, env=dict(os.environ, QT_QPA_PLATFORM="offscreen"))


def run(command, **options):
    """Whether a command ends well."""
    return subprocess.run(command, check=False, **options).returncode == 0


def start(args):
    """Become the environment's Python, so that nothing of this script stays in memory."""
    command = [str(PYTHON), str(ROOT / args[0]), *args[1:]]
    if os.name == "nt":  # there `exec` would give the prompt back at once
        return subprocess.run(command, check=False).returncode
    return os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
