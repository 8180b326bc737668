"""What ties the actors of one phrase: titles, appositions and "of" say who leads, serves, speaks for or is kin to whom."""

from collections.abc import Iterator, Sequence

from ..knowledge import Knowledge
from ..types import ActorValue, Link, Mention
from .parse import Doc, Parse, Token, offsets

_LEFT = frozenset({"compound", "nmod", "amod", "poss"})
_OF = frozenset({"of", "for", "from", "at", "with", "to"})


def title_of(doc: Doc, start: int, knowledge: Knowledge) -> tuple[tuple[str, ...], str | None]:
    """The sectors and the country that the words before a name give a person: "Peruvian Health Minister"."""
    sectors: list[str] = []
    country = None
    for i in range(start - 1, max(-1, start - 7), -1):
        token = doc[i]
        word = token.lower_.rstrip(".")
        about = knowledge.roles.descriptions.get(token.lemma_.lower())
        if about and about.type == "Person":
            sectors.extend(about.sectors)
        elif word in knowledge.roles.modifiers:
            sectors.append(knowledge.roles.modifiers[word])
        elif senses := [s for s in knowledge.names.get(word, ()) if s.kind == "actor"]:
            country = knowledge.actors[senses[0].key].country
            break
        elif token.pos_ not in ("PROPN", "NOUN", "ADJ", "PART") and token.text not in "’'s-":
            break
    return tuple(dict.fromkeys(sectors)), country


def find(parse: Parse, names: Sequence[Mention]) -> list[Link]:
    """Links between actor mentions, each with the words that say so."""
    return []
