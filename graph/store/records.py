"""What stands in the columns: the types of the house as JSON."""

from hashlib import sha256

import msgspec
from msgspec import Struct

from ..types import Article, Decision, Dropped, Link, Mention, Merge, Node, Offsets, Relation


class Said(Struct, frozen=True):
    """A reading without its article, as it is stored."""

    sentences: tuple[Offsets, ...]
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]


encode = msgspec.json.Encoder().encode
to_article = msgspec.json.Decoder(Article).decode
to_said = msgspec.json.Decoder(Said).decode
to_node = msgspec.json.Decoder(Node).decode
to_relation = msgspec.json.Decoder(Relation).decode
to_dropped = msgspec.json.Decoder(tuple[Dropped, ...]).decode
to_merges = msgspec.json.Decoder(tuple[Merge, ...]).decode
to_decision = msgspec.json.Decoder(Decision).decode
to_any = msgspec.json.decode


def digest(article: Article) -> str:
    """What an article's content comes to: another text, title or date is another digest, another origin is not."""
    a = article
    return sha256(encode((a.text, a.title, a.published, a.source, a.url, a.dateline, a.body))).hexdigest()
