"""How long a text may be in the page where it names something: articles may say anything, at any length."""

from ..labels import clean

NAME = 300  # letters
LOOKED_AT = 4 * NAME
ADDRESS = 2000


def named(text: str) -> str:
    """A name in one line, cleaned of what is not seen; of a very long one the first letters and an ellipsis.

    >>> named("Storm hits\\n Valencia")
    'Storm hits Valencia'
    >>> len(named("very " * 200_000))
    300
    """
    name = clean(text[:LOOKED_AT])
    if len(name) <= NAME and len(text) <= LOOKED_AT:
        return name
    return f"{name[: NAME - 1].rstrip()}…"


def is_cut(text: str) -> bool:
    """Whether `named` leaves something of a text out."""
    return len(text) > LOOKED_AT or len(text) > NAME < len(clean(text))


def url(address: str | None) -> str | None:
    """An address, or None when it is too long to be one: the start of an address leads nowhere."""
    return address if address and len(address) <= ADDRESS else None
