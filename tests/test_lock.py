"""requirements.lock names all that setup.cfg asks for, each with digests, and nothing about where it was made."""

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_licences import for_users, needed

from newsloom.licences import packages

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
ENTRY = re.compile(r"^(\S+==[^\\\n]*?) \\\n((?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)
PINS = {str(canonicalize_name(pin.name)): pin for pin in (Requirement(text) for text, _ in ENTRY.findall(LOCK))}


@pytest.mark.parametrize("extra", ["", *for_users()])
def test_it_covers_setup_cfg(extra):
    assert needed(extra) <= PINS.keys(), "name the extra at `lock` in the Makefile and run `make lock`"


def test_every_entry_is_one_version_with_digests():
    listed = [line for line in LOCK.splitlines() if line and not line.startswith((" ", "#"))]
    assert len(listed) == len(ENTRY.findall(LOCK))
    for pin in PINS.values():
        (only,) = pin.specifier
        assert only.operator == "=="
        assert pin.url is None


def test_it_satisfies_setup_cfg():
    import configparser

    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    for line in setup["options"]["install_requires"].strip().splitlines():
        wanted = Requirement(line)
        (pinned,) = PINS[str(canonicalize_name(wanted.name))].specifier
        assert wanted.specifier.contains(pinned.version), line


def test_it_covers_what_comes_by_way_of_others():
    ours = {str(canonicalize_name(package.name)) for package in packages()}
    assert ours - {"setuptools"} <= PINS.keys()


def test_it_names_no_index_and_no_path():
    assert not re.search(r"https?:|file:|index-url|find-links|trusted-host|(?<![\w.])/\w+/", LOCK)
