"""The day on this computer's clock, asked for by commands and the window alone: no answer depends on it."""

from datetime import date, datetime


def today() -> date:
    """The day where this computer is."""
    return datetime.now().astimezone().date()
