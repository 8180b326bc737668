"""Which mentions of one article are the same: names, descriptions and pronouns to what they stand for.

Sieves, the surest first, over entities that grow; each keeps what the ones before it found (Lee et al. 2013,
Deterministic coreference resolution). Precision goes before recall: what could be two stays unresolved.
"""

from collections.abc import Sequence

from ..knowledge import Knowledge
from ..types import Link, Mention
from . import coref_descriptions, coref_names, coref_pronouns
from .coref_entities import Entities
from .parse import Parse

SIEVES = (
    coref_names.same,
    coref_names.parts,
    coref_names.acronyms,
    coref_pronouns.relative,
    coref_descriptions.beside,
    coref_descriptions.same_words,
    coref_descriptions.called,
    coref_descriptions.only_body,
    coref_pronouns.personal,
)


def find(parse: Parse, names: Sequence[Mention], knowledge: Knowledge) -> list[Link]:
    """`same-as` links from a later mention to an earlier one, each mention linked at most once."""
    entities = Entities(parse, names, knowledge)
    for sieve in SIEVES:
        sieve(entities)
    return sorted(entities.links, key=lambda link: _start(link))


def _start(link: Link) -> tuple[int, str]:
    return int(link.source.rsplit(":", 2)[1].split("-")[0]), link.source
