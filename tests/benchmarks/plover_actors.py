"""Country and sector of who acts and who is acted on, against PLOVER's gold standard records.

    python tests/benchmarks/plover_actors.py ../shared/data/plover/gold.jsonl

For each actor of a record: is there an actor mention that shares words with it, has one of them the country
it should have, and the sector? Records are split by the parity of their place in the file.
"""

import json
import sys
from pathlib import Path

from newsloom.graph import knowledge as room
from newsloom.graph.reading import names
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import ActorValue, Article
from newsloom.schemas import load_schema


def main(path: Path) -> None:
    """Prints the shares of gold actors that were found, had the right country, and had the right sector."""
    parser, schema, knowledge = Parser(), load_schema(), room.load()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for part, name in ((0, "development"), (1, "held out"))[: 1 + ("--held-out" in sys.argv)]:
        chosen = rows[part::2]
        found = country = sector = total = countries = sectors = 0
        parses = parser.parse(Article(id=row["id"], text=row["text"]) for row in chosen)
        for row, parse in zip(chosen, parses, strict=True):
            mentions = names.find(parse, schema, knowledge)
            for gold in [a for side in ("source", "target") for a in row.get(side, ()) if isinstance(a, dict)]:
                words = set(gold["actorText"].lower().replace("'s", "").split())
                values = [m.value for m in mentions if words & set(m.text.lower().replace("'s", "").split())]
                actors = [value for value in values if isinstance(value, ActorValue)]
                total += 1
                found += bool(actors)
                if gold.get("code"):
                    countries += 1
                    country += any(actor.country == gold["code"] for actor in actors)
                if gold.get("sector"):
                    sectors += 1
                    sector += any(set(gold["sector"].split()) & set(actor.sectors) for actor in actors)
        print(f"{name:12} found {found}/{total} country {country}/{countries} sector {sector}/{sectors}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
