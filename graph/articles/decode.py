"""Bytes to text."""

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_SPACES = re.compile("[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def decode(data: bytes, markup: bool = False) -> str | None:
    """The text of these bytes, or None when they are no text.

    A byte order mark decides, then UTF-8 if the bytes are valid, then what `markup` declares of
    itself, then the likeliest of the single-byte encodings of western languages.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _as(data[len(mark) :] if encoding == "utf-8" else data, encoding)
    if b"\x00" in data:
        return None
    text = _as(data, "utf-8")
    if text is None and markup and (declared := _DECLARED.search(data[:2048])):
        text = _as(data, declared[1].decode("ascii"))
    return _guess(data) if text is None else text


def clean(text: str) -> str:
    """The text with one kind of newline and of space, and without characters that show nothing."""
    return _DROPPED.sub("", _SPACES.sub(" ", _NEWLINES.sub("\n", text)))


def _as(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None
    return text if isinstance(text, str) and "\x00" not in text else None


def _guess(data: bytes) -> str | None:
    """Text of one of the encodings that English news comes in; None when too much of it is control characters."""
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65536], cp_isolation=["cp1252", "latin_1", "mac_roman", "cp1250"]).best()
    text = _as(data, best.encoding if best else "cp1252") or data.decode("latin-1")
    controls = len(_DROPPED.findall(text))
    return text if controls <= len(text) // 50 else None
