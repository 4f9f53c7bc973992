"""`calibrate`: how well the estimates foretell studies that were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from core.delivery.calibrate import as_data, as_text, calibrate
from core.pack.read import load_current
from core.report import encode

if TYPE_CHECKING:
    from argparse import Namespace


def run(arguments: Namespace, out: TextIO) -> int:
    """Writes the calibration table as text, or as one JSON object."""
    calibration = calibrate(load_current(arguments.data))
    out.write(encode(as_data(calibration)) if arguments.json else as_text(calibration))
    return 0
