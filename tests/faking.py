"""A desk that reads without a parser: each sentence "A hits B." is an event; "Crash." cannot be read."""

import os
import re
import signal
import sys
import time

from newsloom import building
from newsloom.graph.types import Event, EventValue, Mention, Reading, Span, Woven
from newsloom.graph.weaving.happenings import Gatherer
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
        if "Kill once." in article.text and _is_new(article.url):
            os.kill(os.getpid(), signal.SIGKILL)
        if "Swallow." in article.text:
            bytearray(64 << 30)
        return super()._reading(article)


class DeadlyGatherer(Gatherer, frozen=True):
    """An article whose text ends in a word for it kills what gathers, hangs or fails, but never in the first process.

    "Kill once." names a file by its address (url), which stands for that it was killed.
    """

    def gather(self, happening):
        if sys.argv[0].endswith("worker.py"):
            for article in (reading.article for reading in happening.readings):
                if article.text.endswith("Kill.") or (article.text.endswith("Kill once.") and _is_new(article.url)):
                    os.kill(os.getpid(), signal.SIGKILL)
                if article.text.endswith("Hang."):
                    time.sleep(60)
                if article.text.endswith("Crash."):
                    raise ValueError("no verb")
        return super().gather(happening)


class SlowGatherer(Gatherer, frozen=True):
    """Takes a while over each happening"""

    def gather(self, happening):
        time.sleep(10 * FastDesk.pause)
        return super().gather(happening)


def _is_new(path):
    is_new = not os.path.exists(path)
    open(path, "w").close()
    return is_new


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
