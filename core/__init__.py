"""Everything that CellRoute knows and concludes; no Qt, no network, and no file opened outside `pack` and `files`."""
