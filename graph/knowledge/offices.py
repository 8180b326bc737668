"""Who held which office when: the rows of offices.yaml."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ...schemas.errors import InputError
from .entries import Office

_SPELL = re.compile(r"(\d{4})-(\d{4})?")


class Holder(Struct, frozen=True):
    """One person in one office of a state: an `Office` for each spell in it."""

    name: str
    aliases: tuple[str, ...]
    gender: str
    offices: tuple[Office, ...]


def holders(state: str, title: str, rows: str) -> Iterator[Holder]:
    """The people in an office of a state; each row is `Name; other spelling | 1996-1999 2009- | f`.

    >>> next(holders("ISR", "prime minister", "Golda Meir | 1969-1974 | f")).offices[0].end
    1974

    InputError: a row that is not so.
    """
    for row in filter(str.strip, rows.splitlines()):
        fields = [field.strip() for field in row.split("|")]
        names, spells = fields[0].split(";"), fields[1].split() if len(fields) > 1 else []
        found = [_SPELL.fullmatch(spell) for spell in spells]
        if not names[0] or not found or None in found or fields[2:] not in ([], ["f"]):
            raise InputError(f"{state}, {title}: {row.strip()!r} is not like `Name; other spelling | 1996-1999 | f`")
        yield Holder(
            name=names[0].strip(),
            aliases=tuple(name.strip() for name in names[1:]),
            gender="f" if fields[2:] else "m",
            offices=tuple(_offices(state, title, filter(None, found))),
        )


def _offices(state: str, title: str, spells: Iterable[re.Match[str]]) -> Iterator[Office]:
    for spell in spells:
        yield Office(title, state, int(spell[1]), int(spell[2]) if spell[2] else None)
