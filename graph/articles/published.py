"""The day of publication, from what the page gives: publication before update, the plainer clue first."""

from datetime import date

from .dateline import Dateline
from .dates import make_day, nearest_day, url_day, url_month
from .draft import Draft


def publication(draft: Draft, line: Dateline, given: str | None = None) -> tuple[str | None, str | None]:
    """An article's date (ISO 8601) and what it was read from (see `Article`), or None twice: it is never invented.

    What the page says of the article comes first, then its address, then its dateline, then the day that was
    `given` for articles without one. On a page that tells of an update alone, an address or a dateline gives the
    day of publication where that is not after the update.

    >>> publication(Draft("Rain fell."), Dateline(end=0, year=2024, month=4, day=14))
    ('2024-04-14', 'dateline')
    >>> publication(Draft("Rain fell."), Dateline(end=0, month=4, day=14))
    (None, None)
    >>> publication(Draft("Rain fell.", url="https://example.org/2024/04/rain"), Dateline(end=0, month=4, day=14))
    ('2024-04-14', 'dateline')
    """
    updated = draft.published if draft.published_from == "updated" else None
    if draft.published and not updated:
        return draft.published, draft.published_from
    address = url_day(draft.url) if draft.url else None
    for day, rule in ((address, "url"), (_dateline_day(line, draft, updated or given), "dateline")):
        if day and (updated is None or day <= updated):
            return day, rule
    if updated:
        return updated, "updated"
    return (given, "given") if given else (None, None)


def _dateline_day(line: Dateline, draft: Draft, near: str | None) -> str | None:
    """The day that a dateline names; without its year, the one in the month of the address or closest to `near`."""
    if not line.month or not line.day:
        return None
    month = url_month(draft.url) if draft.url else None
    if line.year:
        day = make_day(line.year, line.month, line.day)
    elif month:
        day = make_day(month[0], line.month, line.day) if abs(month[1] - line.month) <= 1 else None
    else:
        day = nearest_day(line.month, line.day, date.fromisoformat(near[:10])) if near else None
    return day.isoformat() if day else None
