"""What comes before what, and what goes on during what, within a sentence and from one to the next.

    links = find(parse, events, schema)

Of each pair of events the first rule that tells decides:
- `signal:after`, ...: words of time between them (order_signals.py);
- `past-perfect`, `reporting`, `reporting:future`, `reporting:next`, `aim`: their tenses (order_tense.py);
- `dates`: their days, where these do not overlap;
- `model:order`: a judge that is asked for what no rule decides.
Only events that happened take part, and as the later end of a `before` those that are planned: whatever
becomes of a plan, it lies ahead of what has happened when it is made.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from ...schemas.types import Schema
from ..types import HAPPENED, EventValue, Link, Mention, When
from .order_ends import SURE, Ends, linked, status
from .order_signals import Signals
from .order_tense import TenseRules, Words
from .parse import Parse, Token
from .tense import VERBS
from .timewords import time_words

# From an article and pairs of event tokens to the probability of before, after, equal and vague for each, or None.
Judge = Callable[[Parse, Sequence[tuple[Token, Token]]], Sequence[Mapping[str, float] | None]]

JUDGED = 0.85  # the least probability for a link by a judge
_GIVEN = ("clause", "modifier", "anchor", "narrative")
_PRECISE = ("day", "week", "month", "year")
_TYPES = {"before": "before", "after": "before", "equal": "simultaneous"}


def find(parse: Parse, events: Iterable[Mention], schema: Schema, judge: Judge | None = None) -> list[Link]:
    """Links `before`, `simultaneous` and `includes` between events, with the words that say so.

    One link a pair: that of the first rule that tells. A `judge` is asked for pairs of verbs whose events
    happened, in one sentence or in two that follow one another, of which no rule tells anything.
    """
    events = list(events)
    if len(events) < 2:
        return []
    links: dict[frozenset[str], Link] = {}
    for link in _by_rules(parse, events, schema):
        if link is not None:
            links.setdefault(frozenset((link.source, link.target)), link)
    if judge is not None:
        links |= _judged(parse, events, links, judge)
    return list(links.values())


def _by_rules(parse: Parse, events: list[Mention], schema: Schema) -> Iterator[Link | None]:
    ends = Ends(parse, events)
    signals, tenses = _rules(schema)
    around = [(sentence, previous) for previous, sentence in pairwise([None, *parse.sentences]) if sentence is not None]
    for sentence, previous in around:
        if ends.count(previous.start if previous is not None else sentence.start, sentence.end) < 2:
            continue
        yield from signals.links(sentence, previous, ends)
        yield from tenses.links(sentence, previous, ends)
    for one, other in _neighbours(parse, events):
        yield _by_days(one, other)


@lru_cache(maxsize=8)
def _rules(schema: Schema) -> tuple[Signals, TenseRules]:
    """The rules with the words of a schema."""
    table = time_words(schema)

    def listed(*names: str) -> frozenset[str]:
        return frozenset().union(*(schema.lexicons.get(name, ()) for name in names))

    words = Words(
        reporting=listed("reporting") | frozenset(table["says"]),
        speaking=listed("claiming", "desiring", "negating"),
        verbal={name for name, kind in schema.event_types.items() if kind.is_verbal},
        motions=frozenset(table["motions"]),
    )
    return Signals(table), TenseRules(words)


def _neighbours(parse: Parse, events: list[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Pairs of events in one sentence or in two that follow one another."""
    starts = [sentence.start_char for sentence in parse.sentences]
    numbered = sorted(
        ((bisect_right(starts, event.span.start), event) for event in events), key=lambda pair: pair[1].span.start
    )
    for n, (number, event) in enumerate(numbered):
        for other_number, other in numbered[n + 1 :]:
            if other_number > number + 1:
                break
            yield event, other


def _by_days(one: Mention, other: Mention) -> Link | None:
    """The link between two events that happened on days that do not overlap."""
    days, others = _given(one), _given(other)
    if days is None or others is None:
        return None
    if _ends_by(days, others):
        return linked(one, "before", other, "dates", SURE["dates"])
    return linked(other, "before", one, "dates", SURE["dates"]) if _ends_by(others, days) else None


def _given(event: Mention) -> When | None:
    """The days that the text gives an event that happened, unless they are those of a business quarter or a range."""
    assert isinstance(event.value, EventValue)
    when = event.value.when
    given = when is not None and when.rule in _GIVEN and when.precision in _PRECISE and status(event) in HAPPENED
    return when if given else None


def _ends_by(days: When, others: When) -> bool:
    """Whether days are over when others begin."""
    return days.latest is not None and others.earliest is not None and days.latest <= others.earliest


def _judged(
    parse: Parse, events: list[Mention], known: Mapping[frozenset[str], Link], judge: Judge
) -> dict[frozenset[str], Link]:
    """The links of a judge between events that happened and that no rule ties."""
    asked = [
        (one, other)
        for one, other in _neighbours(parse, events)
        if frozenset((one.id, other.id)) not in known and _is_deed(parse, one) and _is_deed(parse, other)
    ]
    found: dict[frozenset[str], Link] = {}
    answers = judge(parse, [(parse.head(one), parse.head(other)) for one, other in asked]) if asked else ()
    for (one, other), answer in zip(asked, answers, strict=True):
        if answer is None:
            continue
        relation = max(answer, key=lambda name: answer[name])
        if relation in _TYPES and answer[relation] >= JUDGED:
            first, second = (other, one) if relation == "after" else (one, other)
            found[frozenset((one.id, other.id))] = Link(
                first.id, _TYPES[relation], second.id, "model:order", round(answer[relation], 2)
            )
    return found


def _is_deed(parse: Parse, event: Mention) -> bool:
    """Whether an event happened and is told by a verb: judges have learnt from verbs."""
    return status(event) in HAPPENED and parse.head(event).pos_ in VERBS
