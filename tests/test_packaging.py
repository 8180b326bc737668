"""What a regular install brings: every package folder is listed, every data file matches a pattern."""

import configparser
from pathlib import Path

ROOT = Path(__file__).parents[1]


def _setup() -> configparser.ConfigParser:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    return setup


def test_every_package_folder_is_listed():
    listed = set(_setup()["options"]["packages"].split())
    folders = {
        ".".join(("newsloom", *room.parts[room.parts[0] == "newsloom" :]))
        for top in ("newsloom", "schemas", "graph", "exports")
        for path in (ROOT / top).rglob("__init__.py")
        for room in [path.parent.relative_to(ROOT)]
    }
    assert listed == folders


def test_every_data_file_is_packaged():
    patterns = {
        package.split(".")[-1]: [pattern.strip() for pattern in value.replace("\n", ",").split(",") if pattern.strip()]
        for package, value in _setup()["options.package_data"].items()
    }
    for room in ("newsloom", "schemas", "graph", "exports"):
        for path in (ROOT / room).rglob("*"):
            inner = path.relative_to(ROOT / room)
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                assert any(inner.match(pattern) for pattern in patterns[room]), f"{room}/{inner} is not packaged"
