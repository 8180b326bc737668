"""Text that every format can hold. Cleaning keeps the length, so that offsets stay true."""

import re

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def unicode_text(text: str) -> str:
    """The text with lone surrogates, which no UTF-8 file can hold, as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def xml_text(text: str) -> str:
    """The text with every character that XML 1.0 forbids as U+FFFD, and a carriage return as a line feed.

    An XML parser turns carriage returns into line feeds; done here, all formats hold the same text.
    """
    return _NOT_XML.sub("\ufffd", text).replace("\r", "\n")
