"""The page as one file: the template, the scripts, the libraries and the parts, all inline.

pyvis gives the model of options and the vis-network it bundles; the template, the layout and the scripts are
ours. A Content-Security-Policy names every script by its hash, so that nothing an article says can run.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyvis.network
from msgspec import Struct

from ..offline import asset, environment, inline, policy, style
from .chunks import packed
from .libraries import LIBRARIES, library
from .parts import Names
from .sharing import shared

SCRIPTS = tuple(
    f"explorer/scripts/{name}.js"
    for name in (
        *(
            "core/boot",
            "core/words",
            "core/picture",
            "core/room",
            "core/source",
            "core/library",
            "core/data",
            "core/look",
            "core/chosen",
            "core/search",
        ),
        *("core/state", "core/paths", "core/views", "core/sight", "core/lasso"),
        *("panel/evidence", "panel/pieces", "panel/overview", "panel/results", "panel/versions", "panel/event"),
        *("panel/nodes", "panel/lines", "panel/panel", "panel/path", "panel/picked"),
        *("story/background", "story/marks", "story/drawing", "story/cells", "story/canvas"),
        *("actors/deals", "actors/drawing", "actors/legend", "actors/pair", "actors/actors"),
        *(
            "causes/chains",
            "causes/hops",
            "causes/layers",
            "causes/boxes",
            "causes/roots",
            "causes/outline",
            "causes/causes",
        ),
        *("map/world", "map/circles", "map/names", "map/arcs", "map/inset", "map/map"),
        *("timeline/calendar", "timeline/moments", "timeline/packing", "timeline/chart"),
        *("timeline/drawing", "timeline/timeline"),
        *("table/sieve", "table/csv", "table/columns", "table/rows", "table/table"),
        *("tools/saving", "tools/filters", "tools/legend", "tools/menus", "tools/time"),
        *("tools/actions", "tools/ending", "tools/toolbar", "tools/keys"),
        *("tools/server", "page"),
    )
)
STYLES = tuple(
    f"explorer/styles/{name}.css"
    for name in ("page", "panel", "cells", "actors", "causes-view", "map", "timeline", "table", "tools")
)
OPTIONS = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "selectable": False,
        "dragNodes": False,
        "keyboard": False,
        "zoomSpeed": 0.6,
    },
    "nodes": {"chosen": False, "physics": False, "shadow": False},
    "edges": {"chosen": False, "physics": False, "smooth": False, "selectionWidth": 0, "hoverWidth": 0},
}


class Contents(Struct, frozen=True):
    """What a page is about: its parts, the names in them, what they share (all packed), and what the manifest says.
    `served` tells that more parts come from the server which the page came from.
    """

    title: str
    listed: Sequence[Mapping[str, Any]]
    parts: Mapping[str, str] = {}
    names: str = ""
    common: str = ""
    served: bool = False


class Page(pyvis.network.Network):
    """A pyvis network with our own template, escaped throughout, and everything inline."""

    def __init__(self, contents: Contents):
        super().__init__(directed=True, cdn_resources="in_line", heading="newsloom")
        self.path = "explorer/page.html"
        self.templateEnv = environment()
        self.options = OPTIONS
        libraries = [library(name) for name in LIBRARIES]
        scripts = [asset(name) for name in SCRIPTS]
        self.templateEnv.globals.update(
            title=contents.title,
            manifest=_manifest(contents),
            parts=contents.parts,
            names=contents.names,
            common=contents.common,
            style=style(*STYLES),
            scripts=[inline(script) for script in scripts],
            libraries=libraries,
            policy=policy([*scripts, *(one.script for one in libraries)], fetching=contents.served),
        )

    def get_network_data(self) -> tuple[Any, ...]:
        """What the template is given, the options as a mapping rather than as text."""
        return self.nodes, self.edges, self.heading, self.height, self.width, self.options


def _manifest(contents: Contents) -> dict[str, Any]:
    return {
        "title": contents.title,
        "parts": list(contents.listed),
        "first": contents.listed[0]["name"],
        "served": contents.served,
        "options": OPTIONS,
    }


def complete(title: str, parts: Iterable[Mapping[str, Any]]) -> Contents:
    """The contents of a page that holds all of its parts, the first of which opens; what several quote is kept once."""
    made = list(parts)
    listed = [{"name": part["name"], "title": part["title"], "events": part["counts"].get("event", 0)} for part in made]
    if len(made) == 1:
        return Contents(title, listed, {made[0]["name"]: packed(made[0])})
    names = Names()
    for part in made:
        names.add(part)
    common, lean = shared(made)
    return Contents(title, listed, {p["name"]: packed(p) for p in lean}, packed(names.data()), packed(common))
