"""Data as it lies in the page: JSON, compressed, in letters that no HTML reads anything into."""

import base64
import gzip
import json
from typing import Any


def packed(data: Any) -> str:
    """Data as JSON, gzip and base64: the same data always gives the same letters.

    >>> packed([1])[:8], unpacked(packed({"a": [1, None]}))
    ('H4sIAAAA', {'a': [1, None]})
    """
    return pack(json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":")))


def pack(text: str) -> str:
    """Text as gzip and base64, the same for the same text; what cannot be written in UTF-8 becomes a question mark."""
    return base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), 9, mtime=0)).decode("ascii")


def unpacked(letters: str) -> Any:
    """The data that `packed` made these letters of."""
    return json.loads(gzip.decompress(base64.b64decode(letters)))
