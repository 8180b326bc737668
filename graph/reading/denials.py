"""Who denies: the actor in front of "denied that it bombed", "rejected the claim that ..."."""

from collections.abc import Iterator, Mapping

from ..types import Mention
from .parse import Token
from .syntax import agents_by, subjects

_DENYING = frozenset({"deny", "reject", "dispute", "refute", "rebut", "dismiss"})
_DENIED = frozenset({"ccomp", "xcomp", "pcomp", "dobj", "acl", "prep", "pobj"})


def denier(token: Token, actors: Mapping[int, Mention]) -> Mention | None:
    """Whoever denies what a word tells: "Russia denied that it bombed", "denied reports of a strike"."""
    for child, head in upwards(token):
        if head.i == child.i or child.dep_ not in _DENIED:
            return None
        if head.lemma_.lower() in _DENYING:
            return doer(head, actors)
    return None


def doer(verb: Token, actors: Mapping[int, Mention]) -> Mention | None:
    """The actor that does what a verb says."""
    return next((actors[one.i] for one in [*subjects(verb), *agents_by(verb)] if one.i in actors), None)


def upwards(token: Token) -> Iterator[tuple[Token, Token]]:
    """A token and its head, that and its head, up to the root with itself."""
    while True:
        yield token, token.head
        if token.head.i == token.i:
            return
        token = token.head
