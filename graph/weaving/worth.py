"""Which cases become nodes."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from ...schemas.types import Schema
from .cases import Case
from .telling import Told

CAUSING = frozenset(("causes", "enables", "prevents"))  # verbs of these relations tell of other events
LITTLE_DOUBT = 0.85  # of such a verb: "trigger", "spark", not "leave" or "help"
ABOUT = ("reporting", "claiming", "thinking", "light", "occurring", "implicative")  # lexicons: verbs about other events


class Worth:
    """Tells which cases are worth a node; `causal` are the mentions that are said to be a cause or an effect."""

    def __init__(self, schema: Schema, told: Mapping[str, Told], causal: Collection[str]):
        self._about = _about_others(schema)
        self._told = told
        self._causal = causal

    def a_node(self, case: Case) -> bool:
        """Whether the case is of a type of the schema, is a cause or an effect, or is told of more than once in words
        that are not only about other events: that somebody says them, holds them, causes them, or that they take place.
        """
        return (
            case.typed
            or any(mention in self._causal for mention in case.mentions)
            or (len(case.mentions) > 1 and any(self._told[m].lemma not in self._about for m in case.mentions))
        )


@lru_cache(maxsize=4)
def _about_others(schema: Schema) -> frozenset[str]:
    """The lemmas of words that are only about other events."""
    verbs = (cue for cue in schema.cues if cue.shape == "verb" and cue.relation in CAUSING)
    causing = frozenset(cue.words for cue in verbs if cue.confidence >= LITTLE_DOUBT)
    return causing.union(*(schema.lexicons.get(name, ()) for name in ABOUT))
