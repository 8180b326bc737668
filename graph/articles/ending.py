"""The lines behind the last words of an article: who worked on it, and for which agency."""

from .words import key, words

_LINES = 6  # at the end of a text in which they stand
_LONGEST = 300  # characters of one of them


def end_of(text: str) -> int:
    """Where the text proper ends: before the lines at its end that only say who wrote it, and for whom.

    >>> text = "The river rose.\\n  Reuter\\n"
    >>> text[: end_of(text)]
    'The river rose.\\n'
    """
    end = len(text)
    for _ in range(_LINES):
        start = text.rfind("\n", 0, max(0, end - 1)) + 1
        line = text[start:end].strip().strip("\x03\x04")
        if start == 0 or len(line) > _LONGEST or (line and key(line) not in words().ending):
            break
        end = start
    return end if text[end:].strip() else len(text)
