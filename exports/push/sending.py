"""What is to be sent and removed, and the sending: in batches, each counted by the store before it is sealed."""

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from ...schemas.errors import StoreError
from .. import rdf
from .ledger import Entry, Ledger, digest
from .stores import TripleStore, batches

if TYPE_CHECKING:
    from ...graph.model import Graph

BATCH_GRAPHS, BATCH_TRIPLES = 20, 20_000
REMOVED = 50  # graphs that are removed before they are struck off the list
NAMED = 3  # graphs that an error names
_NUMBER = re.compile(
    r'"([+-]?\d+(?:\.\d*)?)"\^\^<http://www\.w3\.org/2001/XMLSchema#(?:decimal|integer|nonNegativeInteger)>'
)


class Plan(Struct, frozen=True):
    """The graphs to send with their triples, those that the store has already, those to remove; `there` are the triples
    that the store has now in each.
    """

    send: dict[str, int]
    skip: tuple[str, ...]
    remove: tuple[str, ...]
    there: dict[str, int]


def plan(graph: "Graph", base: str, store: TripleStore, ledger: Ledger) -> Plan:
    """What is to be done: a graph is sent if its digest or the store's count is not what was noted."""
    ours = {named.iri: Entry(digest(named.lines), len(named.lines)) for named in _named(graph, base)}
    listed = [iri for iri in ledger.entries if iri.startswith(f"{base}graph/") and iri != ledger.iri]
    there = store.counts(dict.fromkeys([*ours, *listed]))

    def is_there(iri: str) -> bool:
        noted = ledger.entries.get(iri, Entry())
        return noted.digest == ours[iri].digest and noted.triples == there.get(iri, 0)

    send = {iri: entry.triples or 0 for iri, entry in ours.items() if not is_there(iri)}
    skip = tuple(iri for iri in ours if iri not in send)
    return Plan(send, skip, tuple(iri for iri in listed if iri not in ours), there)


def send(
    graph: "Graph",
    base: str,
    store: TripleStore,
    ledger: Ledger,
    plan: Plan,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Send what the plan says; StoreError if the store then counts other than it was sent."""
    if not plan.send:
        return
    ledger.begin(plan.send)
    sent, total = 0, sum(plan.send.values())
    for batch in _batches(named for named in _named(graph, base) if named.iri in plan.send):
        for named in batch:
            for triples in store.replace(named.iri, named.lines, plan.there.get(named.iri, 0)):
                sent += triples
                if progress:
                    progress(sent, total)
        _seal(store, ledger, batch)


def remove(store: TripleStore, ledger: Ledger, plan: Plan) -> None:
    """Remove the graphs of what is no longer in the export."""
    for some in batches(plan.remove, REMOVED):
        for iri in some:
            store.remove(iri, plan.there.get(iri, 0))
        ledger.strike(some)


def count(store: TripleStore, ledger: Ledger, plan: Plan) -> int:
    """How many triples the store has in all graphs of the export; StoreError if it is not what was noted."""
    iris = (*plan.send, *plan.skip)
    found = store.counts(iris)
    _complain([(iri, ledger.entries[iri].triples or 0, found.get(iri, 0)) for iri in iris])
    return sum(found.values())


def _named(graph: "Graph", base: str) -> Iterator[rdf.NamedGraph]:
    """The named graphs of the export that say anything: stores do not keep empty ones."""
    return (named for named in rdf.graphs(graph, base) if named.lines)


def _batches(graphs: Iterator[rdf.NamedGraph]) -> Iterator[list[rdf.NamedGraph]]:
    """Graphs in batches of not too many graphs and triples."""
    batch: list[rdf.NamedGraph] = []
    triples = 0
    for named in graphs:
        batch.append(named)
        triples += len(named.lines)
        if len(batch) == BATCH_GRAPHS or triples >= BATCH_TRIPLES:
            yield batch
            batch, triples = [], 0
    if batch:
        yield batch


def _seal(store: TripleStore, ledger: Ledger, batch: Sequence[rdf.NamedGraph]) -> None:
    """Note that graphs are complete, if the store counts as many triples as were sent."""
    found = store.counts(named.iri for named in batch)
    wrong, sealed = [], {}
    for named in batch:
        there = found.get(named.iri, 0)
        if there == len(named.lines) or there == _by_value(named.lines):
            sealed[named.iri] = Entry(digest(named.lines), there)
        else:
            wrong.append((named.iri, len(named.lines), there))
    ledger.seal(sealed)
    _complain(wrong)


def _by_value(lines: Sequence[str]) -> int:
    """How many triples there are for a store that keeps numbers by their value, so that 1.0 and 1 are one."""
    return len({_NUMBER.sub(lambda found: str(Decimal(found[1]).normalize()), line) for line in lines})


def _complain(counted: Sequence[tuple[str, int, int]]) -> None:
    """StoreError for graphs whose triples are not as many as they should be."""
    wrong = [f"{iri} should have {wanted} triples and has {found}" for iri, wanted, found in counted if wanted != found]
    if wrong:
        more = f", and {len(wrong) - NAMED} more" if len(wrong) > NAMED else ""
        raise StoreError(
            f"The store has not what was sent: {'; '.join(wrong[:NAMED])}{more}. "
            "Push again; if it stays so, something else changes these graphs, or see the store's log."
        )
