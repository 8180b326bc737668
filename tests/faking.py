"""A desk that reads without a parser: each sentence "A hits B." is an event; "Crash." cannot be read."""

import re
import sys
import time

from newsloom import building
from newsloom.graph.model import Graph
from newsloom.graph.types import Event, EventValue, Mention, Reading, Span


class FastDesk(building.Desk):
    """Reads and weaves by a pattern; `pause` seconds an article."""

    pause = 0.0

    def _readings(self, articles):
        for article in articles:
            time.sleep(self.pause)
            if "Crash." in article.text:
                raise ValueError("no verb")
            yield self._reading(article)

    def _reading(self, article):
        mentions = tuple(
            Mention(
                f"{article.id}:{found.start()}-{found.end()}:event",
                Span(article.id, *found.span()),
                "event",
                "ASSAULT",
                found[0],
                EventValue("hit", found.span()),
                "fake",
            )
            for found in re.finditer(r"\w+ hits \w+", article.text)
        )
        return Reading(article, ((0, len(article.text)),), mentions, ())

    def weave(self, readings, refused, decisions=()):
        readings = tuple(readings)
        said: dict[str, list[str]] = {}
        for mention in (mention for reading in readings for mention in reading.mentions):
            said.setdefault(mention.text, []).append(mention.id)
        nodes = [
            Event(f"event/{text.replace(' ', '-')}", "ASSAULT", text, (), tuple(ids)) for text, ids in said.items()
        ]
        resolution = {id: node.id for node in nodes for id in node.mentions}
        return Graph(self.schema, readings, nodes, (), resolution, refused)


if __name__ == "__main__":  # build slowly, in a process that can be killed: faking.py PAUSE PATH STORE
    building.Desk = FastDesk
    FastDesk.pause = float(sys.argv[1])
    building.BATCH = 4

    def tell(done: int, total: int) -> None:
        print(done, flush=True)

    building.build(building.read_articles(sys.argv[2]), store=sys.argv[3], progress=tell)
