"""What several parts of a file quote, kept once: the texts of sentences and the records of articles."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.json import encode


def shared(parts: Sequence[Mapping[str, Any]]) -> tuple[dict[str, list[Any]], list[dict[str, Any]]]:
    """What is in more than one part, `texts` and `articles`, and the parts with the numbers of these in its place.

    >>> one = {"articles": [{"title": "A"}], "sentences": [[0, 0, 5, "Ships"]]}
    >>> shared([one, one])
    ({'texts': ['Ships'], 'articles': [{'title': 'A'}]}, [{'articles': [0], 'sentences': [[0, 0, 5, 0]]}, \
{'articles': [0], 'sentences': [[0, 0, 5, 0]]}])
    """
    texts = _repeated([{text: text for *_, text in part["sentences"]} for part in parts])
    articles = _repeated([{encode(article): article for article in part["articles"]} for part in parts])
    text_numbers, article_numbers = ({key: n for n, key in enumerate(kept)} for kept in (texts, articles))
    lean = [
        {
            **part,
            "sentences": [[*place, text_numbers.get(text, text)] for *place, text in part["sentences"]],
            "articles": [article_numbers.get(encode(article), article) for article in part["articles"]],
        }
        for part in parts
    ]
    return {"texts": list(texts.values()), "articles": list(articles.values())}, lean


def _repeated(found: Sequence[Mapping[Any, Any]]) -> dict[Any, Any]:
    """What is in more than one of these, in the order in which it is met."""
    counts = Counter(key for own in found for key in own)
    return {key: value for own in found for key, value in own.items() if counts[key] > 1}
