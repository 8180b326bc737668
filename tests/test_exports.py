"""The suffix decides, nothing is lost, and importing is cheap."""

import gzip
import os
import subprocess
import sys

import pytest
from small import small_graph

from newsloom import exports
from newsloom.exports import interchange
from newsloom.schemas.errors import NewsloomError, UsageError

FORMATS = [suffix for suffix in exports.suffixes() if suffix != ".html"]


@pytest.fixture(scope="module")
def graph():
    return small_graph()


@pytest.mark.parametrize("suffix", FORMATS)
def test_writes_the_format_of_the_suffix(graph, tmp_path, suffix):
    written = exports.write(graph, tmp_path / f"graph{suffix}")
    assert sorted(tmp_path.iterdir()) == sorted(written)
    assert all(path.stat().st_size for path in written)


@pytest.mark.parametrize("suffix", FORMATS)
def test_compressed_is_the_same_content_and_the_same_bytes_again(graph, tmp_path, suffix):
    plain = exports.write(graph, tmp_path / f"graph{suffix}")
    packed = exports.write(graph, tmp_path / f"graph{suffix}.gz")
    once = [path.read_bytes() for path in packed]
    assert [gzip.decompress(content) for content in once] == [path.read_bytes() for path in plain]
    assert [path.read_bytes() for path in exports.write(graph, tmp_path / f"graph{suffix}.gz")] == once


def test_suffix_in_capitals(graph, tmp_path):
    assert exports.write(graph, tmp_path / "GRAPH.JSON") == (tmp_path / "GRAPH.JSON",)
    assert exports.write(graph, tmp_path / "GRAPH.TTL") == (tmp_path / "GRAPH.TTL",)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("graph.xlsx", "unknown suffix '.xlsx'"),
        ("graph", "no suffix"),
        ("graph.gz", "no suffix"),
        ("graph.tar.gz", "unknown suffix '.tar'"),
    ],
)
def test_unknown_suffix_lists_the_known_ones(graph, tmp_path, name, says):
    with pytest.raises(UsageError, match=says) as caught:
        exports.write(graph, tmp_path / name)
    assert all(suffix in str(caught.value) for suffix in exports.suffixes())
    assert not list(tmp_path.iterdir())


def test_missing_folder_and_folder_as_file(graph, tmp_path):
    with pytest.raises(UsageError, match="no folder"):
        exports.check(tmp_path / "missing" / "graph.json")
    (tmp_path / "graph.json").mkdir()
    with pytest.raises(UsageError, match="is a folder"):
        exports.check(tmp_path / "graph.json")


def test_failure_leaves_the_old_file(graph, tmp_path, monkeypatch):
    target = tmp_path / "graph.json"
    target.write_text("old")

    def full(graph, path):
        path.write_text("half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(interchange, "write", full)
    with pytest.raises(NewsloomError, match="No space left on device"):
        exports.write(graph, target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_stays_a_link(graph, tmp_path):
    folder = tmp_path / "real"
    folder.mkdir()
    (tmp_path / "graph.json").symlink_to(folder / "graph.json")
    exports.write(graph, tmp_path / "graph.json")
    assert os.path.islink(tmp_path / "graph.json")
    assert (folder / "graph.json").is_file()


def test_import_brings_no_library():
    heavy = ("pyoxigraph", "rdflib", "networkx", "pyvis")
    code = f"import sys, newsloom.exports; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
