"""Roles of one marked event, from cases/roles.yaml (some roles) and cases/roles_constructions.yaml (every role)."""

import json
from pathlib import Path

import pytest
from roles_filled import ROLES, filled

import newsloom
from newsloom.graph.types import Article
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


def test_every_party_becomes_a_relation_of_the_graph_and_of_its_file(tmp_path):
    text = (
        "Brazil, Chile and Peru signed an agreement with Japan in Lima on 3 May 2024. India and Pakistan accused "
        "each other of lying. Iran and Russia condemned Israel and the United States."
    )
    graph = newsloom.build([Article(id="a", text=text, published="2024-05-04")])
    newsloom.export(graph, tmp_path / "graph.json")
    names = {actor.id: actor.name for actor in graph.actors}
    types = {event.id: event.type for event in graph.events}
    told = {
        (types[r.source], r.type, names[r.target]) for r in graph.relations if r.type in ROLES and r.target in names
    }
    wanted = {
        *(("SUPPORT", "participant", name) for name in ("Brazil", "Chile", "Peru", "Japan")),
        *(("ACCUSE", role, name) for role in ("agent", "recipient") for name in ("India", "Pakistan")),
        *(("ACCUSE", "agent", name) for name in ("Iran", "Russia")),
        *(("ACCUSE", "recipient", name) for name in ("Israel", "United States")),
    }
    assert wanted <= told
    written = json.loads((tmp_path / "graph.json").read_text(encoding="utf-8"))
    kept = {(r["source"], r["type"], r["target"]) for r in written["relations"]}
    assert {(r.source, r.type, r.target) for r in graph.relations} <= kept
