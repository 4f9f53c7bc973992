"""What CellRoute knows and concludes: no Qt here, no network, files only in `core.pack` and `core.files`."""
