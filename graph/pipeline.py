"""The order of work, and nothing else.

articles -> parse -> times, names, coreference, events, roles, status, quantities, attribution, dates, causes, order
         -> Reading
readings -> places, actors, events, relations -> Graph
"""

from collections.abc import Iterable, Iterator, Sequence

from ..schemas.types import Schema
from .corpus import Corpus, Held
from .knowledge import Knowledge
from .model import Graph
from .reading import attribution, causes, coreference, dates, events, names, order, quantities, roles, status, times
from .reading.parse import Parse, Parser
from .types import UNTYPED, Article, Decision, Graft, Mention, Reading, Refusal, Woven
from .weaving import assemble, grafting
from .weaving.grafting import Stock
from .weaving.happenings import Gathering, here


def read(
    articles: Iterable[Article],
    parser: Parser,
    schema: Schema,
    knowledge: Knowledge,
    judge: order.Judge | None = None,
) -> Iterator[Reading]:
    """A reading of each article, in order; a `judge` of order is asked where words and tenses do not tell."""
    for parse in parser.parse(articles):
        yield read_parse(parse, schema, knowledge, judge)


def read_parse(
    parse: Parse,
    schema: Schema,
    knowledge: Knowledge,
    judge: order.Judge | None = None,
    events_given: Sequence[Mention] | None = None,
) -> Reading:
    """What one parsed article says; of the `events_given`, where somebody else has found its events."""
    time_mentions = times.find(parse, schema)
    name_mentions = names.find(parse, schema, knowledge)
    same = coreference.find(parse, name_mentions, knowledge)
    ties = names.ties(parse, name_mentions, schema)
    event_mentions = events.find(parse, schema) if events_given is None else list(events_given)
    role_links = roles.find(parse, event_mentions, name_mentions, schema)
    event_mentions, says = status.assess(parse, event_mentions, name_mentions, schema)
    quantity_mentions, counts = quantities.find(parse, event_mentions, schema)
    event_mentions, told = attribution.find(
        parse, event_mentions, quantity_mentions, name_mentions, time_mentions, schema
    )
    event_mentions, dated = dates.assign(parse, event_mentions, time_mentions, schema)
    typed = [mention for mention in event_mentions if mention.type != UNTYPED]
    caused = causes.find(parse, event_mentions, name_mentions, role_links, schema)
    ordered = order.find(parse, typed, schema, judge)
    mentions = [*time_mentions, *name_mentions, *event_mentions, *quantity_mentions]
    return Reading(
        article=parse.article,
        sentences=tuple((s.start_char, s.end_char) for s in parse.sentences),
        mentions=tuple(sorted(mentions, key=lambda m: (m.span.start, m.span.end, m.kind))),
        links=(*same, *ties, *role_links, *says, *counts, *told, *dated, *caused, *ordered),
    )


def weave(
    readings: Iterable[Reading],
    schema: Schema,
    knowledge: Knowledge,
    refused: Iterable[Refusal] = (),
    decisions: Iterable[Decision] = (),
) -> Graph:
    """The graph of all readings, with what a user decided of its actors and places."""
    given = tuple(readings)
    return Graph.of(weave_corpus(Held(given), schema, knowledge, decisions), schema, given, refused)


def graft(
    reading: Reading, stock: Stock, schema: Schema, knowledge: Knowledge, decisions: Iterable[Decision] = ()
) -> Graft:
    """What becomes of a graph by one article, of which only what the article touches is looked at."""
    return grafting.graft(reading, stock, schema, knowledge, tuple(decisions))


def weave_corpus(
    corpus: Corpus,
    schema: Schema,
    knowledge: Knowledge,
    decisions: Iterable[Decision] = (),
    gathering: Gathering = here,
) -> Woven:
    """What is woven of a corpus, of which few readings are in memory at a time.

    `gathering` decides which processes gather what the articles on each happening tell of events.
    """
    return assemble.weave(corpus, schema, knowledge, tuple(decisions), gathering=gathering)
