"""The words of the command line and what they become."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, NoReturn

from core.commands.lists import KINDS

HANDOUT_SIZES = ("normal", "large")
OF_DATA = "where evidence that was brought in, keys and overlay live"


class _Once(argparse.Action):
    """Stores a value, and refuses a second one: which of two was meant is not for us to guess."""

    _given_to: argparse.Namespace | None = None

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: Any, option: str | None = None
    ) -> None:
        """Stores the value in the namespace."""
        if option is not None and self._given_to is namespace:
            parser.error(f"{option} was given twice; keep one of the two")
        self._given_to = namespace
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """An argument parser that says what is wrong in one sentence and takes each option once."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.register("action", None, _Once)

    def error(self, message: str) -> NoReturn:
        """Writes one sentence to stderr and leaves with exit code 2."""
        sentence = message[:1].upper() + message[1:].rstrip(".")
        sys.stderr.write(f"{sentence}. See `{self.prog} --help`.\n")
        raise SystemExit(2)


def make_parser() -> Parser:
    """The parser of `main.py` with every subcommand."""
    parser = Parser(
        prog="main.py",
        description="CellRoute: how many cells arrive, by which way, and what each way needs. "
        "Without a command it opens the window.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="store_true", help="print the versions of program and evidence, then exit")
    _add_window(parser)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    _add_list(commands)
    _add_rank(commands)
    _add_estimate(commands)
    _add_handout(commands)
    _add_evidence(commands)
    _add_checks(commands)
    _add_selfcheck(commands)
    return parser


def _add_window(parser: Parser) -> None:
    group = parser.add_argument_group("the window")
    # A desktop that starts the program without a file gives the option alone.
    group.add_argument("--consult", nargs="?", type=Path, metavar="FILE", help="open this consult file")
    group.add_argument("--screenshot", type=Path, metavar="FILE.png", help="save a picture of the window, then exit")
    group.add_argument("--size", metavar="WxH", help="size of the window (as it was last, at first 1366x768)")
    group.add_argument("--theme", choices=("light", "dark", "contrast"), help="light, dark or high contrast")
    group.add_argument("--quit-after-paint", action="store_true", help="exit after the first paint")
    said = "exit when all is painted, with the answer to a --consult"
    group.add_argument("--quit-when-complete", action="store_true", help=said)
    folders = parser.add_argument_group("folders, named before a command")
    folders.add_argument("--config", type=Path, metavar="DIR", help="where the settings live")
    folders.add_argument("--data", type=Path, metavar="DIR", help=f"{OF_DATA}, and the journal")


def _add_list(commands: Any) -> None:
    parser = commands.add_parser("list", help="what the evidence pack holds", allow_abbrev=False)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--condition", metavar="ID")
    parser.add_argument("--target", metavar="ID")
    parser.add_argument("--json", action="store_true", help="one array of objects")


def _add_consult(parser: Parser, *, condition: bool = True) -> None:
    parser.add_argument("--condition", metavar="ID", required=condition, help="list conditions names them")
    parser.add_argument("--target", metavar="ID", help="the condition's first target unless given")
    parser.add_argument("--route", metavar="ID", help="the route that was asked about")
    parser.add_argument("--guidance", metavar="ID", help="its guidance")
    parser.add_argument("--cells", metavar="CLASS", help="cell class (bm_msc; list cells)")
    parser.add_argument("--dose", metavar="N", help="cells in all")
    parser.add_argument(
        "--has",
        metavar="ID,ID",
        help="what the clinic has (list capabilities); none is a plain room; without it everything",
    )
    parser.add_argument(
        "--patient", metavar="ID[=yes|no],..", help="what is true of the patient (list factors); others: not asked"
    )
    parser.add_argument("--sites", metavar="N", help="places the dose is split over (1; both knees are 2)")
    parser.add_argument("--preset", metavar="ID", help="delivery_first, balanced or least_burden")
    parser.add_argument("--weights", metavar="ID=W,..", help="own weights of the criteria, e.g. delivered=80,harm=20")
    parser.add_argument("--jurisdiction", metavar="ID", help="whose approvals are looked up (us, eu, uk, jp ...)")
    parser.add_argument("--species", metavar="ID", help="species whose studies count as direct (human)")


def _add_rank(commands: Any) -> None:
    parser = commands.add_parser("rank", help="rank every way of getting cells to a target", allow_abbrev=False)
    # A batch names its conditions in the table; without one `rank` asks for a condition itself.
    _add_consult(parser, condition=False)
    parser.add_argument("--language", default="en", metavar="ID", help="language of the sentences (en)")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    batch = parser.add_argument_group("many consults")
    batch.add_argument(
        "--batch", type=Path, metavar="FILE.csv", help="a table whose columns are named like the options"
    )
    batch.add_argument(
        "--out", type=Path, metavar="FILE", help="where the answers go: .csv or .jsonl; goes on if begun"
    )
    batch.add_argument("--draws", metavar="N", help="samples behind the probabilities of ranks, 100 to 10000 (1000)")
    batch.add_argument("--jobs", metavar="N", help="processes (one for each core)")


def _add_estimate(commands: Any) -> None:
    parser = commands.add_parser("estimate", help="the share of cells that arrives by one way", allow_abbrev=False)
    parser.add_argument("--route", metavar="ID", required=True)
    parser.add_argument("--target", metavar="ID", required=True)
    parser.add_argument("--guidance", metavar="ID", help="the route's usual one unless given")
    parser.add_argument("--condition", metavar="ID", help="the disease, where it changes blood flow or capture")
    parser.add_argument("--cells", metavar="CLASS", help="cell class (bm_msc)")
    parser.add_argument("--dose", metavar="N", help="cells in all")
    parser.add_argument("--hours", metavar="H", help="hours after delivery: to 24 delivered, to 720 retained alive (1)")
    parser.add_argument("--readout", choices=("label", "living"), help="what is counted")
    parser.add_argument("--species", metavar="ID", help="species (human)")
    parser.add_argument("--without", metavar="STUDY,..", help="studies to leave out")
    parser.add_argument("--json", action="store_true", help="one JSON object")


def _add_handout(commands: Any) -> None:
    parser = commands.add_parser("handout", help="the sheet that the patient takes home", allow_abbrev=False)
    _add_consult(parser)
    parser.add_argument("--output", type=Path, metavar="FILE.pdf", required=True, help="a .txt name gives plain text")
    parser.add_argument("--language", default="en", metavar="ID", help="en or es")
    parser.add_argument("--paper", choices=("a4", "letter"), default="a4")
    parser.add_argument("--size", choices=HANDOUT_SIZES, default="normal", help="size of the letters")
    parser.add_argument("--long", action="store_true", help="with full sources, the drawing and pictures of harms")
    parser.add_argument("--letterhead", metavar="TEXT", default="", help="the clinic's name and lines, on side 1")
    parser.add_argument("--logo", type=Path, metavar="FILE", help="a PNG or JPEG of at most 2 MB, on side 1")
    parser.add_argument("--contact", metavar="TEXT", default="", help="whom to call, beside the help lines")
    parser.add_argument("--option", metavar="ID", help="the procedure shown beside no treatment and the asked route")


def _add_evidence(commands: Any) -> None:
    parser = commands.add_parser("evidence", help="check, build and read the evidence", allow_abbrev=False)
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True, parser_class=Parser)
    check = actions.add_parser("check", help="every problem of the sources, or of a built pack", allow_abbrev=False)
    check.add_argument("path", nargs="?", type=Path, metavar="PATH", help="a folder of sources or a pack file")
    build = actions.add_parser("build", help="build the pack from its sources", allow_abbrev=False)
    build.add_argument("--output", type=Path, metavar="FILE.json", help="where to (the program's own pack)")
    show = actions.add_parser("show", help="a record and all that uses it", allow_abbrev=False)
    show.add_argument("id", metavar="ID")
    show.add_argument("--json", action="store_true")
    texts = actions.add_parser("texts", help="who reviewed a language, and the digest to sign off", allow_abbrev=False)
    texts.add_argument("language", metavar="ID")
    report = actions.add_parser(
        "report", help="targets × routes: what is measured, in which species", allow_abbrev=False
    )
    report.add_argument("--output", type=Path, metavar="DIR", help="writes coverage.md and coverage.csv there")
    _add_packs(actions)


def _add_packs(actions: Any) -> None:
    sign = actions.add_parser("sign", help="sign a built pack, so that others can bring it in", allow_abbrev=False)
    sign.add_argument("path", type=Path, metavar="PACK.json")
    sign.add_argument("--key", type=Path, metavar="FILE.pem", required=True, help="the private key")
    sign.add_argument("--output", type=Path, metavar="FILE.pack", help="beside the pack unless given")
    sign.add_argument("--min-program", default="0.1.0", metavar="VERSION", help="the oldest program it is for (0.1.0)")
    verify = actions.add_parser("verify", help="whether a signed pack can be trusted", allow_abbrev=False)
    verify.add_argument("path", type=Path, metavar="FILE.pack")
    verify.add_argument("--trust", type=Path, metavar="KEY.toml", help="trust this key too, this once")
    diff = actions.add_parser("diff", help="figures, texts and ranks that would change", allow_abbrev=False)
    diff.add_argument("old", type=Path, metavar="OLD", help="a pack, signed or not, or the word current")
    diff.add_argument("new", type=Path, metavar="NEW", help="the same")
    install = actions.add_parser("install", help="bring a signed pack in and use it", allow_abbrev=False)
    install.add_argument("path", type=Path, metavar="FILE.pack")
    install.add_argument("--older", action="store_true", help="even when it is older than what is in force")
    actions.add_parser("rollback", help="use the evidence before this one again", allow_abbrev=False)
    keygen = actions.add_parser("keygen", help="make a key pair for signing", allow_abbrev=False)
    keygen.add_argument("--output", type=Path, metavar="NAME", required=True, help="writes NAME.pem and NAME.toml")
    keygen.add_argument("--holder", metavar="WHO", required=True, help="whose key it is, as others will read it")
    for action in (verify, diff, install, actions.choices["rollback"]):
        action.add_argument("--data", type=Path, metavar="DIR", default=argparse.SUPPRESS, help=OF_DATA)


def _add_checks(commands: Any) -> None:
    calibrate = commands.add_parser("calibrate", help="how well left-out studies are foretold", allow_abbrev=False)
    calibrate.add_argument("--json", action="store_true")
    verify = commands.add_parser(
        "verify", help="our mathematics against figures of another program", allow_abbrev=False
    )
    verify.add_argument("file", type=Path, metavar="FILE.json")


def _add_selfcheck(commands: Any) -> None:
    commands.add_parser(
        "selfcheck", help="whether this installation is sound, a line for each part", allow_abbrev=False
    )
