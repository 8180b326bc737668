"""Roles of one marked event, from cases/roles.yaml (some roles) and cases/roles_constructions.yaml (every role)."""

from pathlib import Path

import pytest
from roles_filled import ROLES, filled

from newsloom.schemas.loader import load_yaml


def cases(name: str) -> list:
    """The cases of a file; one with `gap` is a known gap, and the gap is its reason."""
    path = Path(__file__).with_name("cases") / name
    return [
        pytest.param(
            case,
            id=case["text"][:60],
            marks=[pytest.mark.xfail(strict=True, reason=case["gap"])] if "gap" in case else [],
        )
        for case in load_yaml(path.read_text(encoding="utf-8"), name)
    ]


@pytest.mark.parametrize("case", cases("roles.yaml"))
def test_roles(parse, schema, knowledge, case):
    got = filled(parse, case["text"], schema, knowledge)
    assert got is not None, "no event there"
    assert {role: got[role] for role in case["roles"]} == {role: set(names) for role, names in case["roles"].items()}


@pytest.mark.parametrize("case", cases("roles_constructions.yaml"))
def test_every_role_of_a_construction(parse, schema, knowledge, case):
    got = filled(parse, case["text"], schema, knowledge)
    assert got == {role: set(case["roles"].get(role, ())) for role in ROLES}
