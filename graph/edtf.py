"""`When` to EDTF (Extended Date/Time Format, ISO 8601-2) and to words a person reads."""

from datetime import timedelta

from .types import When


def to_edtf(when: When | None) -> str | None:
    """The EDTF date or interval of some days, or None when nothing is known.

    A day, month or year stands as itself, other spans as an interval with its last day included,
    an unknown end as `..` (EDTF level 1).

    >>> from datetime import date
    >>> to_edtf(When(date(2024, 4, 13), date(2024, 4, 14), "day"))
    '2024-04-13'
    >>> to_edtf(When(date(2024, 4, 1), date(2024, 5, 1), "month"))
    '2024-04'
    >>> to_edtf(When(None, date(2024, 4, 14), "before"))
    '../2024-04-13'
    >>> to_edtf(When(None, None, "partial", "October 7", partial="XXXX-10-07"))
    'XXXX-10-07'
    """
    if when is None:
        return None
    if when.earliest is None and when.latest is None:
        return when.partial
    if when.earliest is None:
        assert when.latest is not None
        return f"../{when.latest - timedelta(days=1)}"
    if when.latest is None:
        return f"{when.earliest}/.."
    first, last = when.earliest, when.latest - timedelta(days=1)
    if first == last:
        return first.isoformat()
    if when.precision == "month" and first.day == 1:
        return first.isoformat()[:7]
    if when.precision == "year" and (first.month, first.day) == (1, 1):
        return f"{first.year:04d}"
    return f"{first}/{last}"
