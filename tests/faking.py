"""A desk that reads without a parser: each sentence "A hits B." is an event; "Crash." cannot be read."""

import os
import re
import signal
import sys
import time

from newsloom import building
from newsloom.graph.types import Event, EventValue, Mention, Reading, Span, Woven
from newsloom.schemas.errors import UsageError


class FastDesk(building.Desk):
    """Reads and weaves by a pattern; `pause` seconds an article, in every process"""

    pause = float(os.environ.get("FAKING_PAUSE", "0"))

    def ready(self):
        pass

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

    def _woven(self, corpus, decisions):
        said: dict[str, list[str]] = {}
        for mention in (mention for reading in corpus.readings() for mention in reading.mentions):
            said.setdefault(mention.text, []).append(mention.id)
        nodes = [
            Event(f"event/{text.replace(' ', '-')}", "ASSAULT", text, (), tuple(ids)) for text, ids in said.items()
        ]
        resolution = {id: node.id for node in nodes for id in node.mentions}
        return Woven({node.id: node for node in nodes}, (), resolution)


class DeadlyDesk(FastDesk):
    """Articles kill what reads them ("Kill."), only once if a file `once` is not there yet ("Kill once."), hang, print.

    "Ready or not." in the schema's name has it die before it is ready.
    """

    def ready(self):
        if self.schema.name == "deadly":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.schema.name == "lacking":
            raise UsageError("The trained models need onnxruntime, which is not installed.")

    def _reading(self, article):
        if "Print." in article.text:
            print("printed", flush=True)
        if "Hang." in article.text:
            time.sleep(60)
        if "Kill." in article.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "Kill once." in article.text and not os.path.exists(article.url):
            open(article.url, "w").close()
            os.kill(os.getpid(), signal.SIGKILL)
        if "Swallow." in article.text:
            bytearray(64 << 30)
        return super()._reading(article)


if __name__ == "__main__":  # build slowly, in a process that can be killed: faking.py PAUSE PATH STORE [JOBS]
    import faking  # so that other processes find the desk

    building.Desk = faking.FastDesk
    os.environ["FAKING_PAUSE"] = sys.argv[1]
    faking.FastDesk.pause = float(sys.argv[1])
    building.BATCH = 4
    jobs = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    building.SMALL = 4 if jobs > 1 else building.SMALL

    def tell(done: int, total: int) -> None:
        print(done, flush=True)

    building.build(building.read_articles(sys.argv[2]), store=sys.argv[3], progress=tell, jobs=jobs)
