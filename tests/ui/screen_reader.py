"""What a screen reader gets of the program, from outside its process: `screen_reader.py CONSULT FOLDER`.

To be run under `dbus-run-session`. Writes `seen.json` into the folder: the tree once a consult is ranked ("ranked"),
the tree after the second row was taken through the accessibility bus ("pressed"), the tree after the clinic's
ultrasound was turned off in the same way ("without ultrasound"), the table that T opens over the first picture
("table"), the tree after each tab was taken ("Over time", ...) and after the joint was asked about ("joint"), and what
was opened by keys ("Handout", "Preferences", "Patient view"). A node is role, name, description, labels (names of what
labels it), children, and its states: checked, focusable, focused, selected, showing, visible (if need be after
scrolling).
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, Properties, new_method_call
from jeepney.io.blocking import open_dbus_connection

Ref = tuple[str, str]
Node = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds
GLANCE = 0.1
SPI = "org.a11y.atspi."
REGISTRY: Ref = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
CHECKED, FOCUSABLE, FOCUSED, SELECTED, SHOWING, VISIBLE = 4, 11, 12, 23, 25, 30  # numbers of states in AT-SPI
TABS = ("Over time", "Evidence", "What decides", "Compare")
LABELLED_BY = 2  # number of a relation
WHOLE = ("dialog", "filler")
#: What is opened by keys, and what shows that it is there.
OPENED = {
    "Handout": ("ctrl+h", "label", "Reading level"),
    "Preferences": ("ctrl+comma", "panel", "Theme"),
    "Patient view": ("F11", "push button", "Back"),
}


class Reader:
    """Asks the accessibility bus."""

    def __init__(self) -> None:
        with open_dbus_connection("SESSION") as session:
            bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            address = session.send_and_get_reply(new_method_call(bus, "GetAddress"), timeout=PATIENCE).body[0]
        self._bus = open_dbus_connection(address)

    def ask(self, ref: Ref, interface: str, method: str, signature: str | None = None, *values: Any) -> Any:
        """What a method of an object gives."""
        call = new_method_call(DBusAddress(ref[1], ref[0], SPI + interface), method, signature, values)
        reply = self._bus.send_and_get_reply(call, timeout=PATIENCE)
        if reply.header.message_type.name == "error":
            raise LookupError(f"{method} of {ref}: {reply.body}")
        return reply.body[0] if reply.body else None

    def text(self, ref: Ref, name: str) -> str:
        """A property of an object, such as its Name."""
        call = Properties(DBusAddress(ref[1], ref[0], SPI + "Accessible")).get(name)
        return str(self._bus.send_and_get_reply(call, timeout=PATIENCE).body[0][1])

    def node(self, ref: Ref) -> Node:
        """An object and all under it."""
        low, high = self.ask(ref, "Accessible", "GetState")
        states = low | high << 32
        relations = dict(self.ask(ref, "Accessible", "GetRelationSet"))
        return {
            "ref": ref,
            "role": self.ask(ref, "Accessible", "GetRoleName"),
            "name": self.text(ref, "Name"),
            "description": self.text(ref, "Description"),
            "labels": [self.text(one, "Name") for one in relations.get(LABELLED_BY, [])],
            "checked": bool(states >> CHECKED & 1),
            "focusable": bool(states >> FOCUSABLE & 1),
            "focused": bool(states >> FOCUSED & 1),
            "selected": bool(states >> SELECTED & 1),
            "visible": bool(states >> VISIBLE & 1),
            "showing": bool(states >> SHOWING & 1),
            "children": [self.node(child) for child in self.ask(ref, "Accessible", "GetChildren")],
        }

    def until(self, role: str, name: str, *, state: str = "showing", exact: bool = False) -> tuple[Node, Node]:
        """The whole tree, and the first that shows itself with a role and a name (that begins so), once it is there."""
        before, trees = [], []  # what is read piece by piece may change meanwhile: two readings must agree
        end, pause = time.monotonic() + PATIENCE, threading.Event()
        while time.monotonic() < end:
            before = trees
            try:
                trees = [self.node(app) for app in self.ask(REGISTRY, "Accessible", "GetChildren")]
            except LookupError:  # it went while it was read
                trees = []
            for tree in trees if trees == before else ():
                for one in flat(tree):
                    found = one["name"] == name if exact else one["name"].startswith(name)
                    if found and one["showing"] and one["role"] == role and one[state]:
                        return tree, one
            pause.wait(GLANCE)
        there = [one["name"] for tree in trees for one in flat(tree) if one["role"] == role and one["showing"]]
        raise TimeoutError(f"no {role} {name!r} among {there}")


def flat(node: Node) -> Iterator[Node]:
    """A node and all under it, in the order in which they are read."""
    yield node
    for child in node["children"]:
        yield from flat(child)


def focus_window() -> None:
    """Give the keys to the window, as nobody manages windows here."""
    subprocess.run(["xdotool", "search", "--onlyvisible", "--name", "^CellRoute$", "windowfocus"], check=True)


def main(consult: Path, folder: Path) -> None:
    """Start the program, read it, end it."""
    reader = Reader()
    program = subprocess.Popen(
        [sys.executable, "main.py", "--consult", str(consult), "--config", str(folder), "--data", str(folder)], cwd=ROOT
    )
    try:
        seen = {}
        seen["ranked"], second = reader.until("radio button", "Rank 2 of")
        reader.ask(second["ref"], "Action", "DoAction", "i", 0)
        title = second["name"].split(": ", 1)[1].split(";")[0]
        seen["pressed"], picture = reader.until("graphic", title)
        _, chip = reader.until("check box", "Ultrasound")
        reader.ask(chip["ref"], "Action", "DoAction", "i", 0)
        seen["without ultrasound"], _ = reader.until("label", "Needs referral")
        focus_window()
        reader.ask(picture["ref"], "Component", "GrabFocus")
        reader.until("graphic", title, state="focused")
        subprocess.run(["xdotool", "key", "t"], check=True)
        _, seen["table"] = reader.until("table", "")
        subprocess.run(["xdotool", "key", "Escape"], check=True)
        for name in TABS:
            _, tab = reader.until("page tab", name)
            reader.ask(tab["ref"], "Action", "DoAction", "i", 0)
            seen[name], _ = reader.until("page tab", name, state="selected")
        _, part = reader.until("radio button", "Into the joint", exact=True)
        reader.ask(part["ref"], "Action", "DoAction", "i", 0)
        seen["joint"], _ = reader.until("radio button", "Into the joint", state="checked", exact=True)
        for title, (keys, role, name) in OPENED.items():
            focus_window()
            subprocess.run(["xdotool", "key", keys], check=True)
            tree, _ = reader.until(role, name)
            seen[title] = next(one for one in flat(tree) if one["name"].startswith(title) and one["role"] in WHOLE)
            subprocess.run(["xdotool", "key", "F11" if keys == "F11" else "Escape"], check=True)
            reader.until("radio button", "Rank 1 of")
        (folder / "seen.json").write_text(json.dumps(seen))
    finally:
        program.terminate()
        program.wait()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
