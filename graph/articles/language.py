"""Which language a text is in, as far as needed: English or not."""

import re
import unicodedata
from functools import lru_cache
from typing import Any

from .words import words

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000  # characters looked at
_FEW = 6  # words that are too few to tell a language by


def other_language(text: str, declared: str | None = None) -> str | None:
    """The language of a text that is not English, in words for a user; None for English or too few words to tell.

    What the article declares of itself ("en-GB", "German") is believed.
    """
    names = words().language_names
    if declared and declared.strip():
        tag = declared.strip().casefold()
        code = re.split(r"[-_]", tag)[0]
        return None if code in ("en", "eng") or tag == "english" else names.get(code, declared.strip())
    sample = text[:_SAMPLE]
    script = _other_script(sample)
    found = _WORD.findall(sample.casefold())
    if not script and (len(found) < _FEW or _share_of_english(found) >= 0.12):
        return None
    code, probability = _identifier().classify(sample)
    if code == "en" or probability < 0.7:
        return f"a language in {script} script" if script else None
    return names.get(code, code)


def _share_of_english(found: list[str]) -> float:
    return sum(word in words().english for word in found) / len(found)


def _other_script(sample: str) -> str | None:
    """The script of most letters, when it is not the Latin one."""
    counts: dict[str, int] = {}
    for character in sample[:2000]:
        if character.isalpha():
            script = "Latin" if character < "ɐ" else unicodedata.name(character, "UNKNOWN").split()[0].title()
            counts[script] = counts.get(script, 0) + 1
    top = max(counts, key=counts.__getitem__, default="Latin")
    return None if top == "Latin" else top


@lru_cache(maxsize=1)
def _identifier() -> Any:
    """The language model, loaded when the first doubtful text comes."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(words().candidates))
    return identifier
