"""What to say where the evidence is past its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.clock import today

if TYPE_CHECKING:
    from core.pack.pack import Pack


def said_when_old(pack: Pack) -> str:
    """A line for whoever reads figures of evidence that is out of date; empty while it is not."""
    day = today().isoformat()
    if day <= pack.expires:
        return ""
    return f"This evidence was to be used until {pack.expires}, and today is {day}. Bring in a newer one.\n"
