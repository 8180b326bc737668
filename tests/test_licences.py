"""Licences: every dependency tells one, none leaves no choice but the GPL; models, scripts and data are all listed."""

import configparser
import json
import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from newsloom import licences
from newsloom.licences import data, is_copyleft, models, packages, scripts

ROOT = Path(__file__).parents[1]


def for_users() -> list[str]:
    """The extras in setup.cfg by which a user may have more of newsloom."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    return sorted({*setup["options.extras_require"]} - {*licences.MAKING})


def needed(extra: str = "") -> set[str]:
    """The names in setup.cfg: of what newsloom always needs, or of an extra."""
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg")
    text = setup["options.extras_require"][extra] if extra else setup["options"]["install_requires"]
    return {str(canonicalize_name(Requirement(line).name)) for line in text.strip().splitlines()}


@pytest.fixture(scope="module")
def found():
    return {str(canonicalize_name(package.name)): package for package in packages()}


def test_every_dependency_is_listed(found):
    assert needed() <= {name for name, package in found.items() if not package.extra}
    assert {"serve", "validate"} <= {*licences.extras()}
    assert needed("serve") | needed("validate") <= found.keys()
    assert {"certifi", "thinc", "blis"} <= found.keys()  # by way of others
    assert not {"pytest", "ruff", "newsloom"} & found.keys()


def test_every_one_tells_its_licence_and_none_is_the_gpl_alone(found):
    for package in found.values():
        assert package.licence != "unknown", package.name
        assert len(package.licence) < 80, package.name
        assert not is_copyleft(package.licence), package


@pytest.mark.parametrize(
    ("licence", "is_one"),
    [
        ("GPL-3.0-or-later", True),
        ("LGPL-2.1-only", True),
        ("GNU General Public License v2 or later (GPLv2+)", True),
        ("AGPL-3.0-only OR GPL-2.0-only", True),
        ("MIT AND GPL-3.0-only", True),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", False),
        ("Apache-2.0", False),
    ],
)
def test_what_counts_as_the_gpl(licence, is_one):
    assert is_copyleft(licence) == is_one


@pytest.mark.parametrize(
    ("told", "licence"),
    [
        ({"license_expression": "MIT", "license": "other"}, "MIT"),
        ({"license": "BSD 3-Clause"}, "BSD-3-Clause"),
        ({"license": "UNKNOWN", "classifier": ["License :: OSI Approved :: MIT License"]}, "MIT"),
        ({"license": "A long text\nof a licence", "classifier": ["License :: OSI Approved"]}, "unknown"),
        ({"license": "Apache License\nVersion 2.0"}, "Apache-2.0"),
        ({}, "unknown"),
    ],
)
def test_what_a_package_says_of_itself(told, licence):
    assert licences._licence(told) == licence


def test_every_model_is_listed():
    assert {model.name for model in models()} == {path.name for path in (ROOT / "graph/models").iterdir()}
    for model in models():
        assert (ROOT / model.where / "MODEL_CARD.md").is_file()
        card = (ROOT / model.where / "MODEL_CARD.md").read_text("utf-8")
        assert ("all-MiniLM-L6-v2" in model.by) == ("all-MiniLM-L6-v2" in card)
        if "MiniLM" in model.by:
            assert model.where in (ROOT / "NOTICE").read_text("utf-8")


def test_every_script_is_listed():
    assert {work.name for work in scripts()} == {"vis-network", "vis-timeline", "dagre", "svgcanvas"}
    assert all("Copyright (c)" in work.by for work in scripts())


def test_data_and_notice_name_the_same():
    notice = (ROOT / "NOTICE").read_text("utf-8")
    for work in (*data(), *scripts()):
        for name in re.split(r" and ", work.name):
            assert name in notice, name
    geonames = next(work for work in data() if work.name == "GeoNames")
    assert (geonames.licence, "changed" in geonames.use) == ("CC-BY-4.0", True)
    for work in data():
        for place in re.findall(r"\b(?:schemas|exports|graph)/[\w/.]*", work.where):
            assert (ROOT / place).exists(), place


def test_the_verb(call):
    code, out, err = call("licenses")
    text = "\n".join(out)
    assert (code, err) == (0, "")
    for part in ("spacy", "GeoNames  CC-BY-4.0", "dagre 3.", "cause_pairs  Apache-2.0", "pyshacl"):
        assert part in text
    told = json.loads("\n".join(call("licenses", "--json")[1]))
    assert {"name", "version", "licence", "homepage", "extra"} == set(told["packages"][0])
