"""The types that the trained model gives to words outside the lexicon, against newsloom's own held-out examples.

    python tests/benchmarks/event_types.py [training/examples/types_held_out.yaml]

The 254 sentences were written without the model and are not learnt from; nearly all of their words are no trigger of
their type. Printed are how many words the model takes for events, how many of these it types, and how many types are
right.
"""

import sys
from collections import Counter
from pathlib import Path

from newsloom.graph.reading import unlisted
from newsloom.graph.reading.event_model import event_model
from newsloom.graph.reading.parse import Parser
from newsloom.graph.types import UNTYPED, Article
from newsloom.schemas import load_schema
from newsloom.schemas.loader import load_yaml

EXAMPLES = Path(__file__).parents[2] / "training" / "examples" / "types_held_out.yaml"
NONE = "NONE"


def main(path: Path) -> None:
    """Prints the counts."""
    schema, parser, counts = load_schema(), Parser(event_model()), Counter()
    examples = load_yaml(path.read_text(encoding="utf-8"), path.name)
    rows = [(type, text) for type, texts in examples.items() for text in texts]
    articles = (Article(id=str(n), text=text.replace("**", "")) for n, (_, text) in enumerate(rows))
    for (type, text), parse in zip(rows, parser.parse(articles), strict=True):
        found = next((one for one in unlisted.find(parse, schema) if one.token.idx == text.index("**")), None)
        told = None if found is None or found.type == UNTYPED else found.type
        kind = "of no type" if type == NONE else "of a type"
        counts.update({f"{kind}: all": 1, f"{kind}: events": found is not None, f"{kind}: typed": told is not None})
        counts["right"] += told == type
    for kind in ("of a type", "of no type"):
        of, seen, typed = (counts[f"{kind}: {what}"] for what in ("all", "events", "typed"))
        print(f"{of} words {kind}: {seen} taken for events, {typed} typed")
    typed = counts["of a type: typed"] + counts["of no type: typed"]
    print(f"right: {counts['right']} of {typed} typed = {counts['right'] / max(1, typed):.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EXAMPLES)
