"""Status: did it happen, according to the text, and who says so.

Five statuses after FactBank and PLOVER's auxiliary modes: asserted, negated, planned, hypothetical, alleged
(factuality.py). Reporting verbs do not change the status but name the source (speakers.py); claiming verbs make
it alleged.
"""

from collections.abc import Sequence

from msgspec import structs

from ...schemas.types import Schema
from ..types import EventValue, Link, Mention
from .factuality import Statuses
from .governors import governors_of
from .parse import Parse
from .speakers import Speakers


def assess(
    parse: Parse, events: Sequence[Mention], names: Sequence[Mention], schema: Schema
) -> tuple[list[Mention], list[Link]]:
    """The events with their status and source, and a `says` link to each source."""
    words = governors_of(schema)
    statuses = Statuses(words, {parse.head(event).i: event.type for event in events})
    speakers = Speakers(parse, parse.by_token(name for name in names if name.kind == "actor"), words)
    assessed, links = [], []
    for event in events:
        assert isinstance(event.value, EventValue)
        token = parse.head(event)
        factuality = statuses.of(token)
        source = speakers.of(token, factuality)
        value = structs.replace(event.value, factuality=factuality, source=source.id if source else None)
        assessed.append(structs.replace(event, value=value))
        if source is not None:
            links.append(Link(event.id, "says", source.id, "status:reporting", 0.85))
    return assessed, links
