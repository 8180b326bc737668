"""Opening a page in the user's browser, where there is one to see."""

import os
import sys

from .console import say


def look_at(address: str) -> bool:
    """Open an address in the browser, and tell where the page is if no browser can show it; whether one was asked."""
    import webbrowser

    try:
        if has_display() and webbrowser.open(address):
            return True
    except webbrowser.Error:
        pass
    say(f"no browser can be shown from here: open {address} in one.", err=True)
    return False


def has_display() -> bool:
    """Whether a window can be shown: without one, Linux would start a browser for terminals and take this one over."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))
