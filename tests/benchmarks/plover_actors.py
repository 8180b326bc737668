"""Country and sector of who acts and who is acted on, against PLOVER's gold standard records.

    python tests/benchmarks/plover_actors.py ../shared/data/plover/gold.jsonl [--held-out]

For each actor of a record: has a mention that shares words with it the country it should have, and one the sector?
A source or target can be a place ("rockets at Jericho"): its country counts. Records are split by the parity of their
place in the file, even ones are for development.

The gold codes are compared as PLOVER defines them: of a sector its first three letters ("CVLkur" is CVL), no sector
where it is "***"; the gold has IGO for the United Nations and the European Community too, for which PLOVER has UNO and
EUR; three countries have codes that are none (JAP, ITL, VTN). The figure as the gold has it letter by letter is printed
beside it.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from newsloom.graph import knowledge as room
from newsloom.graph.reading import names
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import ActorValue, Article, Mention, PlaceValue
from newsloom.schemas import load_schema

CODES = {"JAP": {"JPN"}, "ITL": {"ITA"}, "VTN": {"VNM"}, "IGO": {"IGO", "UNO", "EUR"}}


def main(path: Path, held_out: bool) -> None:
    """Prints the shares of gold actors that were found, had the right country, and had the right sector."""
    parser, schema, knowledge = Parser(), load_schema(), room.load()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    chosen = rows[1::2] if held_out else rows[0::2]
    counts: Counter[str] = Counter()
    for row, parse in zip(chosen, parser.parse(Article(id=r["id"], text=r["text"]) for r in chosen), strict=True):
        mentions = names.find(parse, schema, knowledge)
        for gold in (actor for side in ("source", "target") for actor in row.get(side, ()) if isinstance(actor, dict)):
            counts.update(score(gold, mentions))
    for name in ("found", "country", "country to the letter", "sector", "sector to the letter"):
        right, of = counts[name], counts[f"all {name}"]
        print(f"{'held out' if held_out else 'development':12} {name:22} {right}/{of} = {right / of:.3f}")


def score(gold: dict, mentions: Iterable[Mention]) -> Iterable[str]:
    """The names of the counts that one gold actor adds to."""
    words = _words(gold["actorText"])
    near = [mention.value for mention in mentions if words & _words(mention.text)]
    actors = [value for value in near if isinstance(value, ActorValue)]
    yield "all found"
    if near:
        yield "found"
    code, sectors = gold.get("code"), (gold.get("sector") or "").split()
    if code:
        countries = {value.country for value in near if isinstance(value, ActorValue | PlaceValue)}
        yield from ("all country", "all country to the letter")
        yield from _if("country", countries & CODES.get(code, {code}))
        yield from _if("country to the letter", code in {value.country for value in actors})
    if sectors:
        own = {sector for value in actors for sector in value.sectors}
        yield "all sector to the letter"
        yield from _if("sector to the letter", own & set(sectors))
        if sectors != ["***"]:
            yield "all sector"
            yield from _if("sector", own & {sector[:3] for sector in sectors})


def _if(name: str, holds: object) -> Iterable[str]:
    return (name,) if holds else ()


def _words(text: str) -> set[str]:
    return set(text.lower().replace("'s", "").split())


if __name__ == "__main__":
    main(Path(sys.argv[1]), "--held-out" in sys.argv)
