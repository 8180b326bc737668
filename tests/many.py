"""A graph of as many made-up articles as asked for: harbours that are blocked, and answers to that."""

from datetime import date

from small import small_schema

from newsloom.graph.model import Graph
from newsloom.graph.types import Actor, Article, Event, EventValue, Evidence, Mention, Reading, Relation, Span, When

TEXT = "Fishers blocked harbour {n} on Monday. In response, the <b>council</b> of harbour {n} met them."
MONDAY = When(date(2024, 5, 6), date(2024, 5, 7), "day", "on Monday", "weekday")


def many_articles(numbers, told: str = "") -> Graph:
    """A graph with one article for each number, its two events and the cause between them; `told` ends each text."""
    readings, nodes, relations, resolution = [], [Actor("actor/fishers", "Group", "Fishers")], [], {}
    for n in numbers:
        article = Article(f"harbour {n}", TEXT.format(n=n) + told, title=f"Harbour {n}", published="2024-05-08")
        first = (0, article.text.index(" In response"))
        second = (first[1] + 1, len(article.text))
        events = [(f"event/block-{n}", "PROTEST", "blocked"), (f"event/meet-{n}", "CONSULT", "met")]
        mentions = []
        for id, type, words in events:
            start = article.text.index(words)
            span = Span(article.id, start, start + len(words))
            value = EventValue(words, (span.start, span.end))
            mentions.append(Mention(f"{article.id}:{start}", span, "event", type, words, value, "by-hand", 0.9))
            nodes.append(Event(id, type, f"{words} {n}", (), (mentions[-1].id,), MONDAY, "asserted"))
            resolution[mentions[-1].id] = id
        readings.append(Reading(article, (first, second), tuple(mentions), ()))
        relations += [
            Relation(events[1][0], "responds-to", events[0][0], 0.9, (Evidence(article.id, *second, "cue", 0.9),)),
            Relation(events[0][0], "agent", "actor/fishers", 0.9, (Evidence(article.id, *first, "subject", 0.9),)),
        ]
    return Graph(small_schema(), readings, nodes, relations, resolution)
