"""Every trigger of the schema proves itself: its `says` sentences announce the event, its `not` sentences do not."""

import re
from pathlib import Path

import pytest

from newsloom.graph.reading import events
from newsloom.graph.types import Article
from newsloom.schemas import load_schema, schema_from
from newsloom.schemas.loader import load_yaml

CASES = load_yaml((Path(__file__).parent / "cases" / "events.yaml").read_text(encoding="utf-8"), "cases/events.yaml")
MARK = re.compile(r"\*\*(.+?)\*\*")


def marked(sentence: str) -> tuple[str, list[int]]:
    """The plain sentence and where its marked words start."""
    starts, plain, last = [], "", 0
    for match in MARK.finditer(sentence):
        plain += sentence[last : match.start()]
        starts.append(len(plain))
        plain += match.group(1)
        last = match.end()
    return plain + sentence[last:], starts


def proofs():
    for trigger in load_schema().triggers:
        for kind in ("says", "refutes"):
            for sentence in getattr(trigger, kind):
                yield pytest.param(trigger, sentence, kind == "says", id=f"{trigger.id}-{kind}-{sentence[:40]}")


PROOFS = list(proofs())


SENTENCES = [pytest.param(kind, sentence, id=f"{kind}-{sentence[:40]}") for kind in CASES for sentence in CASES[kind]]


@pytest.fixture(scope="module")
def found(parser, schema):
    """Every proving sentence read in one go: sentence -> {offset: (type, mode)}."""
    sentences = sorted({proof.values[1] for proof in [*PROOFS, *SENTENCES]})
    articles = [Article(id=str(i), text=marked(sentence)[0]) for i, sentence in enumerate(sentences)]
    return {
        sentence: {m.span.start: (m.type, m.value.mode) for m in events.find(parse, schema)}
        for sentence, parse in zip(sentences, parser.parse(articles), strict=True)
    }


@pytest.mark.parametrize(("trigger", "sentence", "announces"), PROOFS)
def test_a_trigger_proves_itself(found, trigger, sentence, announces):
    _, starts = marked(sentence)
    assert starts, "mark the trigger word: **word**"
    types = [found[sentence].get(start, (None, None)) for start in starts]
    if announces:
        assert any(type == trigger.type for type, _ in types), found[sentence]
        if trigger.mode:
            assert any(mode == trigger.mode for _, mode in types), found[sentence]
    else:
        assert all(type != trigger.type for type, _ in types), found[sentence]


@pytest.mark.parametrize(("kind", "sentence"), SENTENCES)
def test_a_word_announces_a_type_by_its_company(found, kind, sentence):
    (start,) = marked(sentence)[1]
    type, mode = found[sentence].get(start, (None, None))
    if kind.startswith("not "):
        assert type != kind.removeprefix("not "), found[sentence]
    else:
        assert type == (None if kind == "nothing" else kind.split("/")[0]), found[sentence]
        assert "/" not in kind or mode == kind.split("/")[1], found[sentence]


def test_every_trigger_has_a_proof(schema):
    assert [trigger.id for trigger in schema.triggers if not trigger.says] == []


def test_a_type_of_ones_own_comes_before_what_it_extends(parse, schema):
    heist = {"label": "Heist", "definition": "Somebody robs a bank.", "triggers": [{"verbs": ["rob"]}]}
    own = schema_from({**schema.raw, "name": "own", "events": {**schema.raw["events"], "HEIST": heist}})
    parsed = parse("Two men robbed a bank in Oslo.")
    assert [m.type for m in events.find(parsed, schema)] == ["CRIME"]
    assert [m.type for m in events.find(parsed, own)] == ["HEIST"]
