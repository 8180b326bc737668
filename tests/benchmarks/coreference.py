"""Who is who over gold mentions of people and places, in and across articles, against ECB+.

    python tests/benchmarks/coreference.py ../shared/data/ecbplus/train_dev.jsonl [--held-out] [--topic-given]

Gold mentions are those of the kinds human and location in validated sentences. They are resolved topic by topic,
over all articles of the topic, as newsloom resolves what it finds itself; scored are all topics together, with
singletons: MUC, B-cubed, CEAF-e, and their mean (CoNLL F1). Topics 2, 5, 12, 18, 21, 23, 34 and 35 are held out.

Which articles of a topic cover one happening is found by newsloom; with --topic-given all of a topic do, as in "within
topic" figures of others.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from scorch import scores

from newsloom.graph import knowledge as room
from newsloom.graph.knowledge import Knowledge
from newsloom.graph.reading import coreference, names
from newsloom.graph.reading.parse import Parse, Parser, Token
from newsloom.graph.types import ActorValue, Article, Mention, PlaceValue, Reading
from newsloom.graph.weaving import actors, places
from newsloom.graph.weaving.actor_clusters import in_article
from newsloom.graph.weaving.actor_ties import Nouns
from newsloom.graph.weaving.coverage import coverage, vectors_of
from newsloom.graph.weaving.decided import Decided
from newsloom.graph.weaving.rarity import Rarity, stems_of
from newsloom.schemas import load_schema
from newsloom.schemas.types import Schema

KINDS = {"human": "actor", "location": "place"}


def main() -> None:
    """Prints MUC, B-cubed, CEAF-e and CoNLL F1."""
    options = argparse.ArgumentParser()
    options.add_argument("path", type=Path)
    options.add_argument("--held-out", action="store_true")
    options.add_argument("--topic-given", action="store_true")
    given = options.parse_args()
    part = "dev" if given.held_out else "train"
    rows = [json.loads(line) for line in given.path.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["split"] == part]
    schema, knowledge = load_schema(), room.load()
    parses = list(Parser().parse(Article(id=row["id"], text=row["text"]) for row in rows))
    gold, found = gold_clusters(rows), resolve(rows, parses, schema, knowledge, given.topic_given)
    report(gold, found)


def gold_of(row: dict) -> list[dict]:
    """The gold mentions of a document that count."""
    return [m for m in row["mentions"] if m["sentence"] in row["validated_sentences"] and m["kind"] in KINDS]


def gold_clusters(rows: Iterable[dict]) -> list[set[str]]:
    """The gold clusters, with singletons, as sets of ids."""
    clusters: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for mention in gold_of(row):
            id = f"{row['id']}/{mention['id']}"
            clusters[mention["cluster"] or id].add(id)
    return list(clusters.values())


def resolve(
    rows: list[dict], parses: list[Parse], schema: Schema, knowledge: Knowledge, topic_given: bool = False
) -> list[set[str]]:
    """What newsloom makes of the gold mentions."""
    topics: dict[str, list[tuple[dict, Parse]]] = defaultdict(list)
    for row, parse in zip(rows, parses, strict=True):
        topics[row["topic"]].append((row, parse))
    clusters: dict[str, set[str]] = defaultdict(set)
    for topic, documents in topics.items():
        readings, own = [], {}
        for row, parse in documents:
            article = Given(parse, schema, knowledge)
            given = {f"{row['id']}/{m['id']}": article.mention(m) for m in gold_of(row)}
            mentions = list(given.values())
            links = coreference.find(parse, mentions, knowledge)
            sentences = tuple((s.start_char, s.end_char) for s in parse.sentences)
            readings.append(Reading(parse.article, sentences, tuple(mentions), tuple(links)))
            back = {link.source: link.target for link in links}
            own |= {id: _origin(mention.id, back) for id, mention in given.items()}
        articles = [reading.article for reading in readings]
        stems = stems_of(articles, schema)
        groups = coverage(articles, vectors_of(stems, Rarity.among(stems.values())))
        if topic_given:
            groups = dict.fromkeys(groups, 0)
        spots = [spot for reading in readings for spot in places.in_article(reading, Decided())]
        nodes = actors_of(readings, schema, knowledge, groups)
        nodes |= places.resolve(spots, schema, knowledge, Decided(), groups)[1]
        for id, mention in own.items():
            clusters[f"{topic} {nodes.get(mention, mention)}"].add(id)
    return list(clusters.values())


def _origin(mention: str, back: dict[str, str]) -> str:
    """The first mention that a mention goes back to."""
    while mention in back:
        mention = back[mention]
    return mention


def actors_of(
    readings: list[Reading], schema: Schema, knowledge: Knowledge, groups: Mapping[str, int]
) -> dict[str, str]:
    """The actor of each mention, also of those that have no part in anything and so are no node."""
    people = {name for name in schema.actor_types if actors.is_person(name, schema)}
    armies = actors.armies(schema, knowledge)
    clusters = [c for reading in readings for c in in_article(reading, people, armies, Decided())]
    parties = actors.parties_of(clusters, groups, Nouns.from_schema(schema), Decided())
    return {mention.id: f"actor {n}" for n, party in enumerate(parties) for mention in party.mentions}


class Given:
    """Gold mentions of an article as newsloom's: its own where it has one, else what their words say."""

    def __init__(self, parse: Parse, schema: Schema, knowledge: Knowledge):
        self.parse, self.knowledge = parse, knowledge
        self.found = [m for m in names.find(parse, schema, knowledge) if m.kind in KINDS.values()]
        self.used: set[str] = set()

    def mention(self, gold: dict) -> Mention:
        """The mention for a gold one, each once."""
        kind = KINDS[gold["kind"]]
        root = self._head(gold)
        own = [
            m for m in self.found if m.kind == kind and m.id not in self.used and self.parse.span(m).root.i == root.i
        ]
        size = gold["end"] - gold["start"]
        found = min(own, key=lambda m: abs(m.span.end - m.span.start - size), default=None) or self._made(gold, root)
        self.used.add(found.id)
        return found

    def _head(self, gold: dict) -> Token:
        """The head of a gold mention, which may start with a preposition."""
        root = self.parse.tokens(gold["start"], gold["end"]).root
        goals = [child for child in root.children if child.dep_ == "pobj" and child.idx < gold["end"]]
        return goals[0] if root.pos_ == "ADP" and goals else root

    def _made(self, gold: dict, root: Token) -> Mention:
        start, end = gold["start"], gold["end"]
        words = [token for token in self.parse.tokens(start, end) if token.pos_ not in ("ADP", "DET")]
        name = " ".join(token.text for token in words if token.i <= root.i) or gold["text"]
        if KINDS[gold["kind"]] == "place":
            whole = self.parse.article.text[words[0].idx if words else start : end]
            return self.parse.mention(start, end, "place", "Place", PlaceValue(whole), "given", 0.5)
        about = self.knowledge.roles.descriptions.get(root.lemma_.lower())
        plural, gender = root.tag_ in ("NNS", "NNPS"), self.knowledge.roles.genders.get(root.lemma_.lower())
        if root.pos_ == "PRON":
            form, type = "pronoun", "Person"
        elif self._is_name(root, about is not None):
            person = root.ent_type_ == "PERSON" or (not root.ent_type_ and not plural)
            form, type, plural = "name", "Person" if person else "Organisation", False
        else:
            form, type = "description", about.type if about else "Person"
        value = ActorValue(name, form=form, plural=plural, gender=gender)
        return self.parse.mention(start, end, "actor", type, value, "given", 0.5)

    @staticmethod
    def _is_name(root: Token, described: bool) -> bool:
        """Whether a head is a name: by NER, or written with a capital where a noun would not be."""
        if root.ent_type_ in ("ORG", "PERSON", "GPE", "NORP"):
            return root.text[0].isupper()
        capital = root.text[0].isupper() and not root.is_sent_start
        return not described and (root.pos_ == "PROPN" or capital)


def report(gold: list[set[str]], found: list[set[str]]) -> None:
    """Print the scores."""
    f1s = []
    for name in ("muc", "b_cubed", "ceaf_e"):
        recall, precision, f1 = getattr(scores, name)(gold, found)
        f1s.append(f1)
        print(f"{name:8} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    print(f"CoNLL F1 {sum(f1s) / 3:.3f}  ({len(gold)} gold clusters, {len(found)} found)")


if __name__ == "__main__":
    main()
