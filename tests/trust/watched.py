"""A run of the program, seen by strace: every byte that it writes and every socket it opens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zlib
from base64 import a85decode, b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests import ROOT

WRITING = ("write", "writev", "pwrite64", "pwritev", "pwritev2", "sendto", "sendmsg", "sendmmsg")
ALSO = ("socket", "linkat", "link", "rename", "renameat", "renameat2", "symlink", "symlinkat", "setxattr", "mmap")

_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)")
_HEX = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_FD = re.compile(r"^(\d+)<([^>]*)>")


@dataclass
class Run:
    """What a run did. `written`: bytes by where they went (a path, `pipe:[..]`, `UNIX..`), in order."""

    code: int
    out: str
    err: str
    written: dict[str, bytearray] = field(default_factory=dict)
    sockets: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)


def watch(command: Sequence[str], trace: Path, *, timeout: float = 300, **environment: str) -> Run:
    """Run a command under strace."""
    strace = shutil.which("strace")
    assert strace, "strace is missing; `python3 run.py test` brings it or says how"
    calls = ",".join((*WRITING, *ALSO))
    # Strings are printed whole and as hexadecimal digits, handles with what they stand for.
    tracing = [
        strace,
        *["-f", "--seccomp-bpf", "-y", "-xx", "-s", "1000000000", "-qq"],
        "-o",
        str(trace),
        "-e",
        f"trace={calls}",
    ]
    done = subprocess.run(
        [*tracing, *command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=timeout,
        check=False,
    )
    run = Run(done.returncode, done.stdout, done.stderr)
    with trace.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            _take(run, line)
    return run


def python(*args: str) -> list[str]:
    """A command of this Python."""
    return [sys.executable, *args]


def _take(run: Run, line: str) -> None:
    found = _CALL.match(line)
    if found is None:
        return
    call, rest = found.groups()
    if call == "socket":
        run.sockets.append(rest)
    elif call == "mmap":
        if "MAP_SHARED" in rest and "PROT_WRITE" in rest and (file := re.search(r"\d+<([^>]*)>", rest)):
            run.shared.append(_plain(file[1]))
    elif call in WRITING:
        where = _FD.match(rest)
        sink = run.written.setdefault(_plain(where[2]) if where else "?", bytearray())
        for data, cut in _HEX.findall(rest):
            assert not cut, "strace cut a string"
            sink += bytes.fromhex(data.replace("\\x", ""))
    elif call in ("linkat", "link", "rename", "renameat", "renameat2"):
        names = [bytes.fromhex(data.replace("\\x", "")).decode("utf-8", "replace") for data, _ in _HEX.findall(rest)]
        _follow(run, rest, names)


def _follow(run: Run, rest: str, names: list[str]) -> None:
    """What was written into a file without a name, or under another one, goes by the name that it has in the end."""
    if len(names) < 2:
        return
    folders = [_plain(one) for one in re.findall(r"<([^>]*)>", rest)]
    new = names[1] if names[1].startswith("/") else f"{folders[-1] if folders else ''}/{names[1]}"
    old = names[0]
    if old.startswith("/proc/self/fd/"):
        nameless = [name for name in run.written if "#" in name and name.startswith(new.rpartition("/")[0])]
        old = nameless[-1] if nameless else old
    elif not old.startswith("/"):
        old = f"{folders[0] if folders else ''}/{old}"
    if old in run.written:
        run.written[new] = run.written.pop(old)


def _plain(name: str) -> str:
    """A path as strace prints it with -xx: as hexadecimal digits."""
    if name.startswith("\\x"):
        digits, _, rest = name.partition("(")
        return bytes.fromhex(digits.replace("\\x", "").strip()).decode("utf-8", "replace") + (
            "(" + rest if rest else ""
        )
    return name


# -- looking for what must not be there


def forms(word: str) -> list[bytes]:
    """A word as it may stand in a file."""
    found = []
    for text in (word, word.lower(), word.upper()):
        found += [text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")]
        found += ["".join(f"%{byte:02X}" for byte in text.encode()).encode(), text.encode().hex().encode()]
        found += [repr(text).encode()[1:-1], b64encode(text.encode()).rstrip(b"=")[:-1]]
        found.append("".join(f"\\u{ord(letter):04x}" for letter in text).encode())
    return [one for one in dict.fromkeys(found) if len(one) >= 4]


def hits(data: bytes, words: Sequence[str]) -> list[str]:
    """The words that stand in the data, in a compressed stream of it, or in the text of a PDF that it holds."""
    layers = [bytes(data), *unpacked(bytes(data))]
    return [word for word in words if any(form in layer for layer in layers for form in forms(word))]


def unpacked(data: bytes) -> Iterator[bytes]:
    """What is compressed in the data: streams of a PDF, zlib and gzip wherever they begin, and the text of a PDF."""
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\n?endstream", data, re.DOTALL):
        body = found[1].strip()
        if body.endswith(b"~>"):
            try:
                body = a85decode(body[:-2] if not body.startswith(b"<~") else body[2:-2])
            except ValueError:
                continue
        yield body
        yield from _inflated(body, 15)
    for start, width in [(m.start(), 15) for m in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", data)] + [
        (m.start(), 31) for m in re.finditer(rb"\x1f\x8b\x08", data)
    ]:
        yield from _inflated(data[start:], width)
    for found in re.finditer(rb"%PDF-.*?%%EOF", data, re.DOTALL):
        yield pdf_text(found[0]).encode()


def _inflated(data: bytes, width: int) -> Iterator[bytes]:
    try:
        yield zlib.decompressobj(width).decompress(data, 50_000_000)
    except zlib.error:
        return


def pdf_text(pdf: bytes) -> str:
    """What a reader of a PDF sees, and its particulars."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return ""
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
        return "\n".join([*pages, *map(str, document.get_metadata_dict().values())])
    finally:
        document.close()


def tree(*folders: Path) -> dict[Path, bytes]:
    """Every file below folders."""
    return {
        path: path.read_bytes()
        for folder in folders
        if folder.exists()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
