"""Texts with labels as the event model learns from them.

Which words are events: TimeBank and AQUAINT (`event`) and ECB+ (`told`: its events are those of the story). Which are
one: ECB+ (`same`). Of which type: the lexicon's own words in news (masked half the time, so that the context tells),
the sentences of the schema, newsloom's own examples, half of PLOVER's records; of none: TimeBank's words that are no
trigger.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from timebank import split
from tokenizers import Tokenizer

from newsloom.graph.reading import events
from newsloom.graph.reading.event_model import SIZE, is_word, windows
from newsloom.graph.reading.network import Pieces, pieces
from newsloom.graph.reading.parse import Parse, Parser, Token
from newsloom.graph.types import UNTYPED, Article
from newsloom.schemas.loader import load_yaml
from newsloom.schemas.types import Schema

EXAMPLES = Path(__file__).parent / "examples"
OF_NONE = 900  # words of TimeBank and AQUAINT that are events and no trigger: most are of no type
A_TYPE = 60  # words of a type, at most, that the lexicon labels in news
ARTICLES = 4000  # of Reuters and of the BBC, in which it looks for them
OF_PLOVER = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}  # its old names


class Text(NamedTuple):
    """A text's pieces, the labels of its words by task and piece, and what it is a part of.

    `type` labels are numbers of types, `same` labels numbers of ECB+ clusters, the others 1 or 0.
    """

    pieces: Pieces
    labels: dict[str, dict[int, int]]
    topic: str = ""
    masked: float = 0.0  # how often the words whose type is learnt are hidden
    id: str = ""
    names: dict[int, str] = {}  # noqa: RUF012  what ECB+ calls the mention at a piece


class Part(NamedTuple):
    """A stretch of a text's pieces."""

    text: Text
    start: int
    end: int

    def labels(self, task: str) -> Iterator[tuple[int, int]]:
        """The labels in it, with the number of their piece in the window."""
        for piece, label in self.text.labels.get(task, {}).items():
            if self.start <= piece < self.end:
                yield piece - self.start + 1, label


class Reader:
    """Reads all data with one parser and tokenizer."""

    def __init__(self, data: Path, tokenizer: Tokenizer, schema: Schema):
        self.data, self.tokenizer, self.schema = data, tokenizer, schema
        self.parser = Parser()
        self.triggers = events.triggers_of(schema)
        self.types = list(dict.fromkeys((UNTYPED, *schema.event_types)))

    def times(self) -> list[Text]:
        """The development documents of TimeBank and AQUAINT; the held-out ones are not looked at."""
        development, _ = split(self.data / "tempeval3")
        found = []
        for source, parse in zip(development, self._parsed(development), strict=True):
            heads = {parse.tokens(one["start"], one["end"]).root.i for one in source["events"]}
            text = pieces(parse, self.tokenizer)
            found.append(Text(text, {"event": {text.at(t): int(t.i in heads) for t in parse.doc if is_word(t)}}))
        return found

    def others(self, chance: Random) -> list[Text]:
        """Sentences with an event of TimeBank or AQUAINT in a word that is no trigger: taken to be of no type."""
        development, _ = split(self.data / "tempeval3")
        found = []
        for source, parse in zip(development, self._parsed(development), strict=True):
            heads = [parse.tokens(one["start"], one["end"]).root for one in source["events"]]
            found += [(parse, token) for token in heads if not self.triggers.lists(token)]
        return [self._sentence(*one, UNTYPED, 0.1) for one in chance.sample(found, OF_NONE)]

    def stories(self, part: str = "train") -> list[Text]:
        """The documents of ECB+'s development topics, labelled in their validated sentences."""
        lines = (self.data / "ecbplus" / "train_dev.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [row for row in map(json.loads, lines) if row["split"] == part]
        clusters: dict[str, int] = {}
        return [self._story(row, parse, clusters) for row, parse in zip(rows, self._parsed(rows), strict=True)]

    def _story(self, row: dict, parse: Parse, clusters: dict[str, int]) -> Text:
        text = pieces(parse, self.tokenizer)
        spans = [(row["sentences"][i]["start"], row["sentences"][i]["end"]) for i in row["validated_sentences"]]
        told, same, names = {}, {}, {}
        for token in parse.doc:
            if is_word(token) and any(start <= token.idx < end for start, end in spans):
                told[text.at(token)] = 0
        for one in row["mentions"]:
            if one["kind"] == "event" and one["sentence"] in row["validated_sentences"]:
                piece = text.at(parse.tokens(one["start"], one["end"]).root)
                name = f"{row['id']}/{one['id']}"
                told[piece] = 1
                same[piece] = clusters.setdefault(one["cluster"] or name, len(clusters))
                names[piece] = name
        return Text(text, {"told": told, "same": same}, row["topic"], id=row["id"], names=names)

    def news(self, chance: Random) -> list[Text]:
        """Sentences from Reuters and the BBC in which the lexicon tells the type of words, as many of each type."""
        bbc = (self.data / "bbc" / "docs.jsonl").read_text(encoding="utf-8").splitlines()
        with gzip.open(self.data / "reuters" / "docs.jsonl.gz", "rt", encoding="utf-8") as file:
            reuters = file.read().splitlines()
        chosen = [*chance.sample(bbc, ARTICLES // 8), *chance.sample(reuters, ARTICLES * 3 // 8)]
        by_type: dict[str, list[tuple[Parse, Token]]] = defaultdict(list)
        for parse in self._parsed({"text": json.loads(line)["text"][:3000]} for line in chosen):
            for mention in events.find(parse, self.schema):
                by_type[mention.type].append((parse, parse.head(mention)))
        picked = [
            (type, *one)
            for type, found in sorted(by_type.items())
            for one in chance.sample(found, min(A_TYPE, len(found)))
        ]
        return [self._sentence(parse, token, type, 0.5) for type, parse, token in picked]

    def _sentence(self, parse: Parse, token: Token, type: str, masked: float) -> Text:
        """The sentence of a word, with the word's type."""
        text = pieces(parse, self.tokenizer)
        first, last = text.at(token.sent[0]), text.at(token.sent[-1]) + 1
        place = text.at(token)
        start = max(first, place - SIZE // 2)
        cut = Pieces(text.ids[start : min(last, start + SIZE)], [], [0])
        return Text(cut, {"type": {place - start: self.types.index(type)}}, masked=masked)

    def examples(self, name: str) -> list[Text]:
        """newsloom's own example sentences in a file of training/examples."""
        rows = load_yaml((EXAMPLES / name).read_text(encoding="utf-8"), name)
        return self._marked(((UNTYPED if type == "NONE" else type, text) for type in rows for text in rows[type]), 0.1)

    def proofs(self) -> list[Text]:
        """The sentences of the schema that prove its triggers."""
        return self._marked(((one.type, text) for one in self.schema.triggers for text in one.says), 0.4)

    def _marked(self, pairs: Iterable[tuple[str, str]], masked: float) -> list[Text]:
        """Sentences with a word between `**`, and its type."""
        rows = [(type, text) for type, text in pairs if text.count("**") == 2]
        plain = [{"text": text.replace("**", "")} for _, text in rows]
        found = []
        for (type, text), parse in zip(rows, self._parsed(plain), strict=True):
            start, end = text.index("**"), text.rindex("**") - 2
            found.append(self._sentence(parse, parse.tokens(start, end).root, type, masked))
        return found

    def plover(self, part: int = 0) -> list[Text]:
        """Half of PLOVER's records (0: those for development), the type at the uppermost of the event's words."""
        rows = list(map(json.loads, (self.data / "plover" / "gold.jsonl").read_text(encoding="utf-8").splitlines()))[
            part::2
        ]
        found = []
        for row, parse in zip(rows, self._parsed(rows), strict=True):
            words = set(row["eventText"].lower().split())
            tokens = [t for t in parse.doc if t.lower_ in words and t.pos_ in ("VERB", "NOUN", "ADJ")]
            if tokens:
                head = min(tokens, key=lambda t: (len(list(t.ancestors)), t.i))
                found.append(self._sentence(parse, head, OF_PLOVER.get(row["event"], row["event"]), 0.1))
        return found

    def _parsed(self, rows: Iterable[dict]) -> Iterator[Parse]:
        return self.parser.parse(Article(id=str(n), text=row["text"]) for n, row in enumerate(rows))


def cut(texts: Iterable[Text], chance: Random | None = None) -> list[Part]:
    """The windows of texts that have labels, those the model sees; with `chance` they start at any of the sentences."""
    found = []
    for text in texts:
        first = chance.randrange(min(3, len(text.pieces.sentences))) if chance and text.pieces.sentences else 0
        parts = (Part(text, start, end) for start, end in windows(text.pieces, first=first))
        found += [part for part in parts if any(True for task in text.labels for _ in part.labels(task))]
    return found
