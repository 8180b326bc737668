"""Text that every format can hold (cleaning keeps the length, so that offsets stay true), and text for messages."""

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # how text begins that a spreadsheet would run
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def unicode_text(text: str) -> str:
    """The text with lone surrogates, which no UTF-8 file can hold, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """The text with every character that XML 1.0 forbids as U+FFFD, and a carriage return as a line feed.

    An XML parser turns carriage returns into line feeds; done here, all formats hold the same text.
    """
    return _NOT_XML.sub("\ufffd", text).replace("\r", "\n")


def one_line(text: str, longest: int = 200) -> str:
    """Words for a message: on one line, what cannot be printed as blanks, cut with an ellipsis if they are longer.

    >>> one_line("a\\n b"), one_line("a long text", 6)
    ('a b', 'a lon…')
    """
    line = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
