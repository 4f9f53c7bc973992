"""What day it is, and what to say where the evidence is past its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.pack.pack import Pack


def today() -> date:
    """The day on this computer's clock."""
    return datetime.now().astimezone().date()


def said_when_old(pack: Pack) -> str:
    """A line for whoever reads figures of evidence that is out of date; empty while it is not."""
    day = today().isoformat()
    if day <= pack.expires:
        return ""
    return f"This evidence was to be used until {pack.expires}, and today is {day}. Bring in a newer one.\n"
