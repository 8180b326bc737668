"""What a relation says of its two ends, as triples: the relation itself, what led to what, what is denied."""

from collections.abc import Iterator

from ...graph.asking.causal import backwards, cause_and_effect, supports
from ...graph.model import Graph
from ...graph.types import AIM, HAPPENED, Event, Evidence, Relation
from .names import Names, Path
from .vocabulary import Predicates

DENIALS = {"causes": "faro:does_not_cause", "prevents": "faro:does_not_prevent"}
Tie = tuple[Path, str, Path]
"""A node, a property, a node."""


class Ties:
    """The ties of one graph's relations."""

    def __init__(self, graph: Graph, names: Names, predicates: Predicates):
        self.predicates = predicates
        self._graph = graph
        self._names = names
        self._doubtful = backwards(graph)

    def direct(self, relation: Relation) -> Iterator[Tie]:
        """The relation under each of its predicates."""
        source, target = self._names.node(relation.source), self._names.node(relation.target)
        for predicate in self.predicates.of(relation.type):
            yield source, predicate, target

    def said(self, relation: Relation, several: list[Evidence]) -> Iterator[Tie]:
        """What evidence says: the relation if it holds, what leads to what, and what does not."""
        if any(evidence.factuality in HAPPENED for evidence in several):
            yield from self.direct(relation)
        yield from self._leads(relation, several)
        denial = DENIALS.get(relation.type)
        if denial and any(evidence.factuality == "negated" for evidence in several):
            yield self._names.node(relation.source), denial, self._names.node(relation.target)

    def _leads(self, relation: Relation, several: list[Evidence]) -> Iterator[Tie]:
        """`newsloom:leadsTo` from a cause to its effect, `newsloom:mayLeadTo` if it is only possible, planned or meant.

        Together they are the hops of `newsloom why`: none where the evidence denies it, or the cause is dated behind
        its effect.
        """
        ends = cause_and_effect(self._graph.schema, relation)
        if ends is None or ends in self._doubtful or ends[0] == ends[1]:
            return
        if not all(isinstance(self._graph.nodes[end], Event) for end in ends):
            return
        cause, effect = (self._names.node(end) for end in ends)
        for evidence in several:
            if evidence.factuality != "negated" and supports(relation, evidence) > 0:
                holds = evidence.factuality in HAPPENED and relation.type != AIM
                yield cause, "newsloom:leadsTo" if holds else "newsloom:mayLeadTo", effect
