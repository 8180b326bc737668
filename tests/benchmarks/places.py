"""Place names and their coordinates against GeoWebNews, beside the parser's own GPE, LOC and FAC.

    python tests/benchmarks/places.py ../shared/data/geo/geowebnews.jsonl

Documents are split by the parity of their place in the file: even ones are for development, odd ones held
out. Gold is the toponyms in a literal use ("places") and all toponyms with coordinates ("any", where the name of a
state that acts is found too), spans exact.
The "TITLE: ... LINK: ..." line that opens each document is left out.
"""

import json
import sys
from collections import Counter
from pathlib import Path

from newsloom.graph import knowledge as room
from newsloom.graph.articles.dateline import find_dateline
from newsloom.graph.knowledge import Knowledge
from newsloom.graph.reading import names
from newsloom.graph.reading.parse import Parse, Parser
from newsloom.graph.reading.surroundings import great_circle
from newsloom.graph.types import Article, Mention, PlaceValue
from newsloom.schemas import load_schema

LITERAL = {"Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"}
NEAR = 161.0  # kilometres


def main(path: Path) -> None:
    """Prints precision, recall and F1 of both, and the share of shared spans that lie within 161 km."""
    parser, schema, knowledge = Parser(), load_schema(), room.load()
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for part, name in ((0, "development"), (1, "held out"))[: 1 + ("--held-out" in sys.argv)]:
        counts: dict[str, list[int]] = {}
        hits: Counter[str] = Counter()
        chosen = rows[part::2]
        parses = parser.parse(map(_article, chosen))
        for row, parse in zip(chosen, parses, strict=True):
            body = _body(row["text"])
            gold = {
                (t["start"], t["end"]): t for t in row["toponyms"] if t["start"] >= body and t.get("lat") is not None
            }
            literal = {span for span, toponym in gold.items() if toponym["type"] in LITERAL}
            found = names.find(parse, schema, knowledge)
            placed = [m for m in found if m.kind == "place" and m.rule != "names/back" and m.span.start >= body]
            spans = {(m.span.start, m.span.end) for m in placed}
            states = {(m.span.start, m.span.end) for m in found if m.type == "State" and m.span.start >= body}
            _count(counts, "places: newsloom", spans, literal)
            _count(counts, "places: parser", _entities(parse, body), literal)
            _count(counts, "any: newsloom", spans | states, set(gold))
            _count(counts, "any: parser", _entities(parse, body), set(gold))
            acting = [m for m in found if m.type == "State" and (m.span.start, m.span.end) not in spans]
            for mention in (*placed, *acting):
                toponym, point = gold.get((mention.span.start, mention.span.end)), _point(mention, knowledge)
                if toponym and point:
                    near = great_circle(*point, float(toponym["lat"]), float(toponym["lon"])) <= NEAR
                    sets = ("any",) if mention in acting else ("any", "places")
                    hits.update(name for kind in sets for name in (f"all {kind}", kind)[: 1 + near])
        for label, (both, ours, theirs) in counts.items():
            precision, recall = both / ours, both / theirs
            f1 = 2 * precision * recall / (precision + recall)
            print(f"{name:12} {label:18} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
        for kind in ("places", "any"):
            right, of = hits[kind], hits[f"all {kind}"]
            print(f"{name:12} within 161 km, {kind}: {right}/{of} = {right / of:.3f}")


def _point(mention: Mention, knowledge: Knowledge) -> tuple[float, float] | None:
    """Where a place is, or a state that acts: its capital where that or a seat of government stands for it."""
    value = mention.value
    if isinstance(value, PlaceValue) and value.lat is not None and value.lon is not None:
        return value.lat, value.lon
    key = getattr(value, "key", None) or ""
    seat = knowledge.capital(key) if mention.rule in ("names/capital", "names/seat") else None
    place = seat or knowledge.places.get(key)
    return (place.lat, place.lon) if place else None


def _article(row: dict) -> Article:
    """The article of a document, with its address and its dateline; the text is left as it is, so that offsets hold."""
    start = _body(row["text"])
    line = find_dateline(row["text"][start:])
    return Article(
        id=row["id"],
        text=row["text"],
        title=row["title"],
        url=row["url"],
        dateline=line.place if line else None,
        body=start + (line.end if line else 0),
    )


def _body(text: str) -> int:
    return text.index("\n") + 1 if text.startswith("TITLE:") and "\n" in text else 0


def _entities(parse: Parse, body: int) -> set[tuple[int, int]]:
    """The parser's places, without "the" and possessive endings."""
    spans = set()
    for entity in parse.doc.ents:
        if entity.label_ in ("GPE", "LOC", "FAC") and entity.start_char >= body:
            tokens = [t for t in entity if t.lower_ != "the" and t.tag_ != "POS"]
            if tokens:
                spans.add((tokens[0].idx, tokens[-1].idx + len(tokens[-1])))
    return spans


def _count(counts: dict[str, list[int]], label: str, ours: set[tuple[int, int]], gold: set[tuple[int, int]]) -> None:
    total = counts.setdefault(label, [0, 0, 0])
    for i, number in enumerate((len(ours & gold), len(ours), len(gold))):
        total[i] += number


if __name__ == "__main__":
    main(Path(sys.argv[1]))
