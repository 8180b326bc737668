"""Numbers in sentences written before the rules: how many are found, and found in full.

    python tests/benchmarks/quantities.py [--held-out] [--errors]

A number is right when its count, what it counts, its bound, its upper end and its unit are; its event when it is the
one whose trigger is told, of those whose trigger the schema knows. `all` counts sentences in which everything is right.
The held-out half (tests/cases/quantities_held_out.yaml) is only counted; --errors shows those of the other half.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.types import Article
from newsloom.schemas import load_schema
from newsloom.schemas.loader import load_yaml

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from telling import expected, told  # noqa: E402


def number(line: list) -> tuple:
    """What is compared of a number: all but its event."""
    return (*line[:3], tuple(sorted(line[4].items())) if len(line) > 4 else ())


def main() -> None:
    """Count one half and print it."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--held-out", action="store_true")
    options.add_argument("--errors", action="store_true", help="show the sentences that are not all right")
    given = options.parse_args()
    if given.held_out and given.errors:
        options.error("the held-out half is only counted")
    path = TESTS / "cases" / ("quantities_held_out.yaml" if given.held_out else "quantities_more.yaml")
    cases = load_yaml(path.read_text(encoding="utf-8"), path.name)
    schema, parser = load_schema(), Parser()
    counts: Counter[str] = Counter()
    for parsed, case in zip(_parses(parser, cases), cases, strict=True):
        found, wanted = told(parsed, schema), expected(case, parsed, schema)
        right = Counter(map(number, found)) & Counter(map(number, wanted))
        with_event = Counter((*number(line), line[3]) for line in found)
        with_event &= Counter((*number(line), line[3]) for line in wanted)
        counts.update(
            found=len(found), wanted=len(wanted), right=right.total(), event=with_event.total(), all=found == wanted
        )
        if given.errors and found != wanted:
            print(f"{case['text']}\n    found  {found}\n    wanted {wanted}")
    precision, recall = counts["right"] / max(counts["found"], 1), counts["right"] / counts["wanted"]
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{path.name}: {len(cases)} sentences, {counts['wanted']} numbers")
    print(f"numbers: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    print(f"event of the numbers that are right: {counts['event'] / max(counts['right'], 1):.3f}")
    print(f"sentences all right: {counts['all']}/{len(cases)}")


def _parses(parser: Parser, cases: list[dict]) -> "list[Parse]":
    return list(parser.parse(Article(id=str(n), text=case["text"]) for n, case in enumerate(cases)))


if __name__ == "__main__":
    main()
