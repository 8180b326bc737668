"""The JavaScript libraries that a page carries, each packed until a view asks for it.

    library(name)   one of them
    LIBRARIES       their names, in the order of the list

Which these are, in which version, from where and under which licence stands in `libraries/libraries.toml`;
`tools/libraries.py` fetches them. In the page a library is text that does not run (gzip, base64). The page's
scripts unpack it and put it in as a script, which the page's policy lets run by the digest of `script`.
"""

import re
import tomllib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from msgspec import Struct

from ..offline import asset
from .chunks import pack

ROOM = "explorer/libraries"
_packed = cache(pack)  # the same few texts for every page
LIBRARIES = ("vis-network", "vis-timeline", "dagre", "svgcanvas")


class Library(Struct, frozen=True):
    """A library as a page carries it: `script` is what runs, `style` its style sheet, `notice` its licence in full."""

    name: str
    version: str
    licence: str
    homepage: str
    notice: str
    script: str
    style: str = ""

    @property
    def packed(self) -> str:
        """The script for `library/NAME` in the page: base64 of its gzip."""
        return _packed(self.script)

    @property
    def packed_style(self) -> str:
        """The style sheet for `library/NAME.css` in the page, empty where there is none."""
        return _packed(self.style) if self.style else ""


@cache
def library(name: str) -> Library:
    """One of the bundled libraries; a KeyError where the list has none of that name.

    >>> library("dagre").licence
    'MIT'
    """
    entry = _listed()[name]
    return Library(
        name=name,
        version=entry["version"],
        licence=entry["licence"],
        homepage=entry["homepage"],
        notice=asset(f"{ROOM}/{name}.txt"),
        script=_shelved(name, _text(name, entry), entry["gives"]),
        style=asset(f"{ROOM}/{name}.css") if "style" in entry else "",
    )


@cache
def _listed() -> dict[str, dict[str, Any]]:
    return tomllib.loads(asset(f"{ROOM}/libraries.toml"))


def _text(name: str, entry: dict[str, Any]) -> str:
    """A library's text as its makers published it."""
    if "from" not in entry:
        return asset(f"{ROOM}/{name}.js")
    home = find_spec(entry["from"]["package"])
    if home is None or home.origin is None:
        raise ModuleNotFoundError(f"{name} comes with {entry['from']['package']}, which is not installed")
    return (Path(home.origin).parent / entry["from"]["file"]).read_text(encoding="utf-8")


def _shelved(name: str, text: str, gives: str) -> str:
    """A library as a script: it finds a module of its own instead of the window, and what it gives is shelved."""
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)  # there is no map to ask for
    return f'newsloom.library.shelf["{name}"] = ((exports, module) => {{\n{text}\nreturn {gives};\n}})({{}}, {{}});\n'
