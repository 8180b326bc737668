"""Events whose days nothing tells keep what the text does say: "October 7" of an unknown year, "on Friday"."""

import re
from collections.abc import Mapping

from msgspec import structs

from ..types import Event, Mention, Reading, TimeValue, When

DAY = re.compile(r"XXXX-\d\d(?:-\d\d)?")


def phrases_of(reading: Reading) -> dict[str, list[When]]:
    """What an article's time expressions tell of each event mention that they are tied to."""
    times = {m.id: m for m in reading.mentions if isinstance(m.value, TimeValue) and m.type in ("DATE", "TIME")}
    found: dict[str, list[When]] = {}
    for link in reading.links:
        if link.type == "time" and link.target in times:
            found.setdefault(link.source, []).append(_partial(times[link.target]))
    return found


def with_phrase(event: Event, phrases: Mapping[str, list[When]]) -> Event:
    """The event, if undated with the time expression that its mentions are tied to: a day without its year before a
    bare phrase."""
    if event.when:
        return event
    told = [when for mention in event.mentions for when in phrases.get(mention, ())]
    return structs.replace(event, when=max(told, key=lambda when: when.partial is not None, default=None))


def _partial(time: Mention) -> When:
    assert isinstance(time.value, TimeValue)
    day = DAY.match(time.value.value)
    return When(None, None, "partial", time.text, time.rule, day.group() if day else None)
