"""The bundled libraries: what the list says is what is kept, and each runs in the page when asked for."""

import json
import re
import runpy
import tomllib
from pathlib import Path

import pytest
from small import small_graph

from newsloom.exports import explorer
from newsloom.exports.explorer.libraries import LIBRARIES, library

ROOT = Path(__file__).parents[1]
ROOM = ROOT / "exports/explorer/libraries"
LISTED = tomllib.loads((ROOM / "libraries.toml").read_text(encoding="utf-8"))
TOOL = runpy.run_path(str(ROOT / "tools/libraries.py"))


def test_the_list_and_the_folder_are_the_same():
    kept = {
        f"{name}.{suffix}" for name, entry in LISTED.items() for key, suffix in TOOL["KEPT"].items() if key in entry
    }
    assert tuple(LISTED) == LIBRARIES
    assert {path.name for path in ROOM.iterdir()} == kept | {"libraries.toml"}


@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_has_all_that_a_page_needs(name):
    found = library(name)
    assert re.fullmatch(r"\d+\.\d+\.\d+", found.version)
    assert "MIT" in found.licence
    assert found.homepage.startswith("https://")
    assert "Copyright (c)" in found.notice
    assert "Permission is hereby granted" in found.notice
    assert "sourceMappingURL" not in found.script


@pytest.mark.parametrize("name", ["vis-network", "vis-timeline"])
def test_the_version_is_the_one_of_the_text(name):
    assert f"@version {library(name).version}" in library(name).script


def test_no_style_sheet_asks_for_anything():
    assert not any(re.search(r"url\(|@import", library(name).style) for name in LIBRARIES)


def test_packing_is_repeatable():
    assert len(library("dagre").packed) < len(library("dagre").script) / 2
    assert library("dagre").packed == library.__wrapped__("dagre").packed


def test_an_unknown_library_is_refused():
    with pytest.raises(KeyError, match="jquery"):
        library("jquery")


def test_an_archive_that_is_another_is_refused():
    empty = "sha512-z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg=="
    TOOL["check"](b"", empty)
    with pytest.raises(ValueError, match="the list says"):
        TOOL["check"](b"other", empty)


def test_notice_and_page_name_every_library():
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    page = explorer.page(small_graph())
    for name in LIBRARIES:
        assert re.search(rf"^ +{name} \(", notice, re.MULTILINE)
        assert f"<h3>{name} {library(name).version}</h3>" in page
    assert "Copyright (c) 2021 Zeno Zeng" in page
    assert "Copyright (c) 2012-2014 Chris Pettitt" in page


GIVES = {
    "vis-network": "gift => typeof gift.Network",
    "vis-timeline": "gift => typeof gift.Timeline",
    "dagre": "gift => typeof gift.layout",
    "svgcanvas": "gift => typeof gift",
}


@pytest.mark.browser
@pytest.mark.parametrize("name", LIBRARIES)
def test_a_library_runs_in_the_page_and_takes_no_name_of_the_window(open_page, tmp_path, name):
    path = tmp_path / "graph.html"
    explorer.write(small_graph(), path)
    page = open_page(path)
    before = page.evaluate("Object.keys(window)")
    assert page.evaluate(f"newsloom.library({json.dumps(name)}).then({GIVES[name]})") == "function"
    assert page.evaluate(f"newsloom.library('{name}') === newsloom.library('{name}')")
    left = set(page.evaluate("Object.keys(window)")) - set(before)
    assert left <= {"filterCSS", "filterXSS"}  # of the filter in vis-timeline


@pytest.mark.browser
def test_a_library_at_work(open_page, tmp_path):
    path = tmp_path / "graph.html"
    explorer.write(small_graph(), path)
    page = open_page(path)
    drawn = page.evaluate(
        """newsloom.library("svgcanvas").then((Context) => {
          const context = new Context(20, 10);
          context.fillRect(1, 2, 3, 4);
          return context.getSerializedSvg();
        })"""
    )
    assert re.search(r'<rect[^>]* width="3" height="4"', drawn)
    placed = page.evaluate(
        """newsloom.library("dagre").then((dagre) => {
          const graph = new dagre.graphlib.Graph().setGraph({}).setDefaultEdgeLabel(() => ({}));
          graph.setNode("a", { width: 10, height: 10 }).setNode("b", { width: 10, height: 10 }).setEdge("a", "b");
          dagre.layout(graph);
          return graph.node("a").y < graph.node("b").y;
        })"""
    )
    assert placed


@pytest.mark.browser
def test_what_the_page_does_not_carry_is_said(open_page, tmp_path):
    path = tmp_path / "graph.html"
    explorer.write(small_graph(), path)
    said = open_page(path).evaluate("newsloom.library('jquery').catch((error) => error.message)")
    assert said == "This page does not carry the library jquery."
