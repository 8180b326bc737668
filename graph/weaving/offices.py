"""Offices of actors: those that articles call them by, with the days of these articles, and those that are known."""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import structs

from ..knowledge import KnownActor, Roles
from ..types import Mention, Tenure
from .clusters import singular

_FORMER = frozenset({"former", "ex", "late", "ousted", "outgoing", "deposed", "then"})
_PAST = frozenset({"former", "ex", "ousted", "deposed"})


def tenures(
    mentions: Iterable[Mention], known: KnownActor | None, days: Mapping[str, date | None], roles: Roles
) -> tuple[Tenure, ...]:
    """What an actor holds or held: the known offices by their years, then what articles say, in the order of time.

    `days` are those of the articles by their ids. An office in an article that its words call former is so then.
    """
    found: dict[tuple[str, bool], list[Mention]] = {}
    for mention in mentions:
        for words in getattr(mention.value, "called", ()):
            title, former = office(words, roles)
            if title:
                found.setdefault((title, former), []).append(mention)
    told = [_told(title, former, said, days) for (title, former), said in found.items()]
    held = [
        Tenure(
            title=office.title,
            of=office.of,
            start=str(office.start),
            end=str(office.end) if office.end else None,
            former=office.end is not None,
        )
        for office in (known.offices if known else ())
        if office.start is not None
    ]
    held.sort(key=lambda tenure: (tenure.start or "", tenure.title))
    return (*held, *sorted(told, key=lambda tenure: (str(tenure.first or ""), tenure.title)))


def together_held(old: Iterable[Tenure], new: Iterable[Tenure]) -> tuple[Tenure, ...]:
    """The offices of one actor that were told, and those that more articles tell."""
    found = {_of(tenure): tenure for tenure in old}
    for tenure in new:
        known = found.get(_of(tenure))
        found[_of(tenure)] = _longer(known, tenure) if known else tenure
    return tuple(found.values())


def _of(tenure: Tenure) -> tuple[str | None, ...]:
    return tenure.title, tenure.of, tenure.start, tenure.end, str(tenure.former)


def _longer(one: Tenure, other: Tenure) -> Tenure:
    """One office as both tell it."""
    days = sorted(filter(None, (one.first, one.last, other.first, other.last)))
    mentions = tuple(dict.fromkeys((*one.mentions, *other.mentions)))
    if not days:
        return structs.replace(one, mentions=mentions)
    return structs.replace(one, first=days[0], last=days[-1], mentions=mentions)


def office(words: str, roles: Roles) -> tuple[str | None, bool]:
    """The office that words beside a name tell, and whether they call it former; None when they are no office's.

    >>> from newsloom.graph.knowledge import roles
    >>> office("former defence minister", roles())
    ('defence minister', True)
    >>> office("footballer", roles())
    (None, False)
    """
    parts = words.replace("ex-", "ex ").replace("then-", "then ").split()
    title = [part for part in parts if part not in _FORMER]
    if not title:
        return None, False
    noun, pair = singular(title[-1]), " ".join(title[-2:])
    known = roles.leads | roles.represents | roles.state_heads
    about = roles.descriptions.get(pair) or roles.descriptions.get(noun)
    serves = about is not None and about.type == "Person" and bool({"GOV", "LEG", "JUD", "MIL"} & set(about.sectors))
    if noun in known or pair in known or serves:
        return " ".join(title), any(part in _PAST for part in parts)
    return None, False


def _told(title: str, former: bool, said: list[Mention], days: Mapping[str, date | None]) -> Tenure:
    seen = sorted(day for mention in said if (day := days.get(mention.span.article)))
    return Tenure(
        title=title,
        former=former,
        first=seen[0] if seen else None,
        last=seen[-1] if seen else None,
        mentions=tuple(mention.id for mention in said),
    )
