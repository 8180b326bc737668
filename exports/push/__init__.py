"""The graph into a triple store over HTTP: only what changed since the last push, safe to cut off and to repeat.

What was pushed is noted in the store itself, in the named graph `<base>graph/pushed` (see `ledger`), so that no
machine can be wrong about it. The order of work: what is to be sent is listed there and loses its digest, then each
named graph is replaced, counted by the store and sealed with its digest, then what is no longer in the export goes.
A push that was cut off anywhere is continued by the next one.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from ..rdf.names import BASE, check_base, vocabulary_of

if TYPE_CHECKING:
    from ...graph.model import Graph

TIMEOUT = 300.0  # seconds to wait for an answer
TRIES = 5  # how often a request is sent again
Progress = Callable[[int, int], None]


class Pushed(Struct, frozen=True):
    """What a push did, or with `dry_run` would do.

    `sent`, `skipped` (unchanged) and `removed` are IRIs of named graphs, `sizes` how many triples each of the sent has,
    `triples` how many triples the store counted at the end in all named graphs of the export.
    """

    sent: tuple[str, ...]
    skipped: tuple[str, ...]
    removed: tuple[str, ...]
    triples: int
    sizes: dict[str, int]
    dry_run: bool = False


def push(
    graph: "Graph",
    url: str,
    *,
    update_url: str | None = None,
    query_url: str | None = None,
    user: str | None = None,
    base: str = BASE,
    dry_run: bool = False,
    clear_text: bool = False,
    timeout: float = TIMEOUT,
    ask: Callable[[str], str] | None = None,
    progress: Progress | None = None,
) -> Pushed:
    """What was sent, skipped and removed, and how many triples the store then counts.

    `url` is the store's Graph Store Protocol, its SPARQL endpoint or its root; with `update_url` all goes by SPARQL
    UPDATE; `query_url` is where it is asked if that cannot be told from the others. `base` is what IRIs
    start with. Secrets come from NEWSLOOM_PUSH_TOKEN (bearer), from NEWSLOOM_PUSH_PASSWORD (for `user`), from a
    netrc, or from `ask`, which is called with a question; they are sent in clear to another machine only with
    `clear_text`. `timeout` is in seconds, for each answer; `progress` is called with the triples sent and all there
    are to send. `dry_run` reads from the store and writes nothing. UsageError: the addresses, the base or the secrets;
    StoreError: the store cannot be reached, refuses, or has not what was sent. Standards: SPARQL 1.1 Graph Store HTTP
    Protocol, SPARQL 1.1 Protocol.
    """
    from . import sending
    from .access import access
    from .client import Client
    from .endpoints import check, find
    from .ledger import Ledger
    from .stores import TripleStore

    check_base(base)
    for address in (url, update_url, query_url):
        if address is not None:
            check(address)
    allowed = access(url, user, clear_text, ask)
    ledger_graph = f"{base}graph/pushed"
    endpoints = find(Client(allowed, timeout, tries=1), url, update_url, query_url, ledger_graph)
    store = TripleStore(Client(allowed, timeout, TRIES), endpoints)
    ledger = Ledger(store, ledger_graph, vocabulary_of(graph.schema))
    plan = sending.plan(graph, base, store, ledger)
    if not dry_run:
        sending.send(graph, base, store, ledger, plan, progress)
        sending.remove(store, ledger, plan)
    triples = sum(plan.there.values()) if dry_run else sending.count(store, ledger, plan)
    return Pushed(tuple(plan.send), plan.skip, plan.remove, triples, plan.send, dry_run)
