"""Who did it to whom: precision, recall and F1 of each role, over sentences with one marked event.

    python tests/benchmarks/roles.py [--held-out] [--errors]

Without `--held-out` the sentences of cases/roles.yaml's companion roles_constructions.yaml, for which rules may be
written; with it those of roles_held_out.yaml, which are only counted. A role that a case does not list is empty there.
`--errors` prints what is missing (-) and too much (+), of the development sentences alone.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from roles_filled import ROLES, filled

from newsloom.graph import knowledge as room
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import Article
from newsloom.schemas import load_schema
from newsloom.schemas.loader import load_yaml

CASES = Path(__file__).parents[1] / "cases"


def main(held_out: bool, errors: bool) -> None:
    """Prints a line of figures for each role and one for all."""
    file = CASES / ("roles_held_out.yaml" if held_out else "roles_constructions.yaml")
    cases = load_yaml(file.read_text(encoding="utf-8"), file.name)
    parser, schema, knowledge = Parser(), load_schema(), room.load()
    right, given, gold = Counter[str](), Counter[str](), Counter[str]()
    for case in cases:
        got = filled(lambda text: next(parser.parse([Article(id="t", text=text)])), case["text"], schema, knowledge)
        want = {role: set(case["roles"].get(role, ())) for role in ROLES}
        got = got or {role: set() for role in ROLES}
        for role in ROLES:
            right[role] += len(want[role] & got[role])
            given[role] += len(got[role])
            gold[role] += len(want[role])
        if errors and not held_out and got != want:
            print(case["text"], *_differences(want, got), sep="\n    ")
    for role in ROLES:
        print(_figures(file.stem, role, right[role], given[role], gold[role]))
    print(_figures(file.stem, "all", right.total(), given.total(), gold.total()))


def _differences(want: Mapping[str, set[str]], got: Mapping[str, set[str]]) -> Iterable[str]:
    for role in ROLES:
        yield from (f"- {role} {name}" for name in sorted(want[role] - got[role]))
        yield from (f"+ {role} {name}" for name in sorted(got[role] - want[role]))


def _figures(file: str, role: str, right: int, given: int, gold: int) -> str:
    precision, recall = right / given if given else 0.0, right / gold if gold else 0.0
    f1 = 2 * right / (given + gold) if given + gold else 0.0
    figures = f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
    return f"{file:20} {role:12} {figures}  ({right} right, {given} given, {gold} gold)"


if __name__ == "__main__":
    main("--held-out" in sys.argv, "--errors" in sys.argv)
