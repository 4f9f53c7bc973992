"""What CellRoute knows and concludes: no Qt here, no network, files only in `core.pack` and `core.files`."""

__version__ = "0.1.0"
