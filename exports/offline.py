"""What every page of ours shares: its look, its template, and a policy that lets nothing else run and nothing out."""

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

ROOM = files(__package__)
LOOK = "assets/look.css"


@cache
def asset(name: str) -> str:
    """The text of a file of this room, such as `assets/look.css`."""
    return (ROOM / name).read_text(encoding="utf-8")


def environment() -> Environment:
    """Where the templates are, with everything that is put into them escaped."""
    return Environment(loader=FileSystemLoader(str(ROOM)), autoescape=True)


def style(*names: str) -> Markup:
    """The look that the pages share, and more style sheets."""
    return Markup("".join(asset(name) for name in (LOOK, *names)))


def inline(script: str) -> Markup:
    """A script of our own or of vis-network, as it stands in a page."""
    if "</script" in script.lower() or "<!--" in script:
        raise ValueError("a script that ends its own element cannot stand in a page")
    return Markup(script)


def policy(scripts: Iterable[str], fetching: bool = False) -> str:
    """The Content-Security-Policy: these scripts, inline styles, pictures made in the page, and nothing else.

    With `fetching` the page may ask the server it came from.
    """
    digests = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    connect = "; connect-src 'self'" if fetching else ""
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
        f"base-uri 'none'; form-action 'none'{connect}"
    )
