"""Every cue of the schema proves itself: in `says` the __effect__ is tied to the **cause**, in `not` it is not.

Cues that say "in response to" tie the response (the effect) to what it answers (the cause).
"""

import re
import runpy
from pathlib import Path

import pytest

from newsloom.graph import pipeline
from newsloom.graph.reading import causes, events, status
from newsloom.graph.types import UNTYPED, EventValue
from newsloom.schemas import load_schema

BENCHMARK = Path(__file__).with_name("benchmarks") / "causes.py"
CAUSAL = ("causes", "intends-to-cause", "enables", "prevents", "responds-to")
MARK = re.compile(r"(\*\*|__)(.+?)\1")


def ends(sentence: str) -> tuple[str, int, int]:
    """The plain sentence, and where its **cause** and its __effect__ start."""
    plain, last, starts = "", 0, {}
    for match in MARK.finditer(sentence):
        plain += sentence[last : match.start()]
        starts[match.group(1)] = len(plain)
        plain += match.group(2)
        last = match.end()
    return plain + sentence[last:], starts["**"], starts["__"]


PROOFS = [
    pytest.param(cue, sentence, kind == "says", id=f"{cue.id}-{kind}-{sentence[:40]}")
    for cue in load_schema().cues
    for kind in ("says", "refutes")
    for sentence in getattr(cue, kind)
]


@pytest.mark.parametrize(("cue", "sentence", "ties"), PROOFS)
def test_a_cue_proves_itself(parse, schema, cue, sentence, ties):
    text, cause, effect = ends(sentence)
    parsed = parse(text)
    found, _ = status.assess(parsed, events.find(parsed, schema), [], schema)
    starts = {event.id: event.span.start for event in found}
    assert {cause, effect} <= set(starts.values()), [m.text for m in found]
    tied = {
        (starts[link.target], starts[link.source])
        if link.type == "responds-to"
        else (starts[link.source], starts[link.target])
        for link in causes.find(parsed, found, [], [], schema)
        if link.type in CAUSAL
    }
    assert ((cause, effect) in tied) == ties


def test_every_cue_has_a_proof(schema):
    assert [cue.id for cue in schema.cues if not cue.says] == []


@pytest.mark.parametrize(
    ("held_out", "precision", "recall"), [(False, 0.98, 0.85), (True, 0.9, 0.85)], ids=["development", "held-out"]
)
def test_texts_written_blind(parser, schema, knowledge, held_out, precision, recall):
    benchmark = runpy.run_path(str(BENCHMARK))
    judged = benchmark["judge"](parser, benchmark["cases"](held_out), schema, knowledge)
    right = sum(len(one.right()) for one in judged)
    assert right / sum(len(one.given) for one in judged) >= precision
    assert right / sum(len(one.wanted) for one in judged) >= recall
    assert [one.text for one in judged if not one.wanted and one.given] == []


def links(read, text, untyped=()):
    """The causal links of a text in words, with their status; the words of `untyped` are events of no type."""
    parsed, schema, knowledge = read(text)
    found = events.find(parsed, schema)
    for word in untyped:
        start = text.index(word)
        value = EventValue(word, (start, start + len(word)))
        found.append(parsed.mention(start, start + len(word), "event", UNTYPED, value, "given"))
    reading = pipeline.read_parse(parsed, schema, knowledge, events_given=sorted(found, key=lambda m: m.span.start))
    words = {mention.id: mention.text for mention in reading.mentions}
    return {
        (words[link.source], link.type, words[link.target], link.factuality, words.get(link.claimed_by))
        for link in reading.links
        if link.type in CAUSAL
    }


@pytest.fixture
def read(parse, schema, knowledge):
    return lambda text: (parse(text), schema, knowledge)


def test_a_strong_cue_ties_events_of_no_type(read):
    text = "The scandal triggered an uproar in the town."
    assert links(read, text, ["scandal", "uproar"]) == {("scandal", "causes", "uproar", "asserted", None)}


def test_a_weak_cue_does_not(read):
    assert links(read, "Two men were arrested after the uproar.", ["uproar"]) == set()


def test_what_only_tells_of_an_event_is_none(read):
    text = "The mayor said because of the storm that he was late."
    assert links(read, text, ["said"]) == set()


@pytest.mark.parametrize(
    ("text", "answered"),
    [
        ("Iran fired missiles at Israel on Saturday. Talks were held. Israel vowed to respond.", "fired"),
        ("Iran fired missiles at Israel on Saturday. Israel threatened to hit back.", "fired"),
        ("Iran fired missiles at Israel on Saturday. Israel called for revenge.", "fired"),
        ("Israel fired missiles at Iran on Saturday. Israel vowed to respond.", None),
        ("Iran said that it would fire missiles at Israel. Israel vowed to respond.", None),
    ],
)
def test_a_reaction_answers_the_last_act_of_force(read, text, answered):
    reactions = {link[2] for link in links(read, text) if link[1] == "responds-to"}
    assert reactions == ({answered} if answered else set())


def test_who_speaks_at_the_end_of_a_sentence_claims_the_cause(read):
    text = "The strike was an answer to the invasion, Ann Poe, a lecturer at the college, told reporters."
    assert ("strike", "responds-to", "invasion", "asserted", "Ann Poe") in links(read, text)


def test_what_keeps_something_from_happening_prevents_it(read):
    text = "The minister did not resign because of the protests."
    assert links(read, text) == {("protests", "prevents", "resign", "asserted", None)}
