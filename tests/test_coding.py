"""CAMEO's codes and GDELT's columns: what is written is read as the same again, and the table is whole."""

import pytest

from newsloom.schemas.coding import ancestry, cameo, gdelt
from newsloom.schemas.types import Schema

OTHERS = {("RETREAT", None), ("RETREAT", "resign")}  # CAMEO has no code of their own for them; 080 is read as CONCEDE


def coded(schema: Schema):
    """Each type and mode with its code, if it has one."""
    for name, type in schema.event_types.items():
        for mode in (None, *type.modes):
            if code := cameo().code(schema, name, mode):
                yield name, mode, code


def test_columns():
    columns = gdelt().columns
    assert len(columns) == len(set(columns)) == 61
    assert (columns[0], columns[26], columns[59], columns[60]) == (
        "GLOBALEVENTID",
        "EventCode",
        "DATEADDED",
        "SOURCEURL",
    )
    assert set(gdelt().told) <= set(columns)


def test_each_type_of_plover_has_a_code(schema):
    missing = [n for n, t in schema.event_types.items() if t.plover and cameo().code(schema, n) is None]
    assert missing == []


def test_a_code_is_read_as_the_type_it_was_written_for(schema):
    for name, mode, code in coded(schema):
        read = cameo().type(schema, code)
        assert read in ancestry(schema, name) or (name, mode) in OTHERS, (name, mode, code, read)
        assert cameo().mode(schema, read, code) in (mode, None) or "+" in code or _shares(name, mode, code)
        assert cameo().scale(code) is not None
        assert gdelt().quad(code) in (1, 2, 3, 4)


def _shares(name: str, mode: str | None, code: str) -> bool:
    """Whether a code is listed for several modes of the type, or is the plain one that means a mode."""
    own = cameo().modes.get(name) or cameo().modes["ASSAULT"]
    return sum(code in codes for codes in own.values()) > 1 or mode not in own


def test_the_longest_code_that_fits_decides(schema):
    assert [cameo().type(schema, code) for code in ("17", "175", "1723")] == ["COERCE", "ASSAULT", "COERCE"]
    assert cameo().type(schema, "080") == "CONCEDE"
    assert cameo().type(schema, "020") is None
    assert cameo().mode(schema, "ASSAULT", "1952") == "drone"


def test_modes_and_types_are_those_of_the_schema(schema):
    for name, modes in cameo().modes.items():
        assert set(modes) <= set(schema.event_types[name].modes)
    assert {role.type for role in cameo().roles.values()} <= set(schema.actor_types)
    assert {role.sector for role in cameo().roles.values() if role.sector} <= set(schema.sectors)
    assert set(gdelt().places) <= set(schema.place_types)


@pytest.mark.parametrize(
    ("code", "scale"), [("010", 0.0), ("057", 8.0), ("1823", -10.0), ("0334", 6.0), ("1951", None)]
)
def test_goldstein(code, scale):
    assert cameo().scale(code) == scale


def test_countries():
    assert cameo().country_code("ROU") == "ROM"
    assert cameo().country("ROM") == "ROU"
    assert cameo().country("GZS") == "PSE"
    assert cameo().country("FRA") == cameo().country_code("FRA") == "FRA"
