import builtins

import PySide6.QtCore  # noqa: F401 (it puts its own import in place of the plain one)

# PySide6 reads the source of each module imported after it, looking for its own `__feature__`; nothing here uses
# that, and numpy alone would be a hundred files to read and to keep.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
