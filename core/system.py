"""What the system gives: how many cores, and what the window needs of Linux, looked at before Qt is.

Qt ends the program where something is missing.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Library -> the Debian package that brings it; `packaging/debian-packages.txt` is the same list for installers.
FOR_QT = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
FOR_X11 = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FOLDERS = ("/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib")
"""Where a look is quicker than the loader's; what is not found there is asked of the loader."""


def cores() -> int:
    """How many processes the system lets run at once; fewer than there are cores where it was told so."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def library_loads(name: str) -> bool:
    """Whether the system has a library."""
    if any(os.path.exists(f"{folder}/{name}") for folder in FOLDERS):
        return True
    import ctypes

    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def display_opens() -> bool:
    """Whether there is an X server that lets this user in; yes where that cannot be found out."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    wrong = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not wrong


def obstacle(
    system: str,
    environment: Mapping[str, str],
    loads: Callable[[str], bool] = library_loads,
    opens: Callable[[], bool] = display_opens,
) -> str | None:
    """Why no window can open, in one sentence with what to do; None when one can.

    `system` is `sys.platform`; `loads` and `opens` say what is there.
    """
    if system != "linux":
        return None
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    on_x11 = platform in ("", "xcb") and not (platform == "" and environment.get("WAYLAND_DISPLAY"))
    wanted = {**FOR_QT, **FOR_X11} if on_x11 else FOR_QT
    missing = [name for name in wanted if not loads(name)]
    if missing:
        packages = " ".join(wanted[name] for name in missing)
        return (
            f"The window needs what this system lacks: {', '.join(missing)}. "
            f"On Debian and Ubuntu, install it with: sudo apt-get install {packages}"
        )
    if on_x11 and (not environment.get("DISPLAY") or not opens()):
        return (
            "There is no display that the window could open on. Start CellRoute in a desktop session; "
            "its commands, such as rank and handout, need none."
        )
    return None
