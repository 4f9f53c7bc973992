"""Runs before the program in a bundle: what PyInstaller does for multiprocessing, only where it is needed.

A process of a batch is the bundle started anew with arguments that name multiprocessing. All others are spared the
tenth of a second that importing it costs.
"""

import sys

if any("multiprocessing" in one for one in sys.argv[1:]):
    import pyi_rth_multiprocessing  # noqa: F401 (PyInstaller's own; it works by being imported)
