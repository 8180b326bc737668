"""Events whose days nothing tells keep what the text does say: "October 7" of an unknown year, "on Friday"."""

import re
from collections.abc import Iterable, Mapping

from msgspec import structs

from ..types import Event, Mention, Reading, TimeValue, When

DAY = re.compile(r"XXXX-\d\d(?:-\d\d)?")


def with_phrases(events: Iterable[Event], readings: Iterable[Reading]) -> list[Event]:
    """The events, each undated one with the time expression that its mentions are tied to, if there is one."""
    undated: dict[str, list[Mention]] = {}
    for reading in readings:
        times = {m.id: m for m in reading.mentions if isinstance(m.value, TimeValue) and m.type in ("DATE", "TIME")}
        for link in reading.links:
            if link.type == "time" and link.target in times:
                undated.setdefault(link.source, []).append(times[link.target])
    return [event if event.when else structs.replace(event, when=_told(event, undated)) for event in events]


def _told(event: Event, times: Mapping[str, list[Mention]]) -> When | None:
    """What is told of an event's day: a day without its year before a bare phrase."""
    told = [_partial(time) for mention in event.mentions for time in times.get(mention, ())]
    return max(told, key=lambda when: when.partial is not None, default=None)


def _partial(time: Mention) -> When:
    assert isinstance(time.value, TimeValue)
    day = DAY.match(time.value.value)
    return When(None, None, "partial", time.text, time.rule, day.group() if day else None)
