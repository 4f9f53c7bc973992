"""The one place, with `core.pack`, that touches a disk: so that nothing is half done, and all of it can be reviewed."""

from core.files.grow import Growing, append_line, log_handle
from core.files.leftovers import remove_leftovers
from core.files.lock import Held, hold
from core.files.read import files_in, lines_of, read_bytes, read_text
from core.files.save import make_folder, named, remove, save_bytes, save_text, set_aside

__all__ = [
    "Growing",
    "Held",
    "append_line",
    "files_in",
    "hold",
    "lines_of",
    "log_handle",
    "make_folder",
    "named",
    "read_bytes",
    "read_text",
    "remove",
    "remove_leftovers",
    "save_bytes",
    "save_text",
    "set_aside",
]
