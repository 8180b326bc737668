"""Where readings and their graph are kept: one SQLite file that survives being killed at any moment.

    with Store.open("newsloom.db") as store:
        store.add_readings(batch, reader)                   # one transaction
        store.replace_graph(graph, store.revision, reader)  # one transaction
        graph = store.load()

`revision` counts the additions of readings and the changes of decisions; the graph remembers the one it was
woven at, so that a build that was cut off in between is noticed (`is_stale`).

`tables` is the format of the file and how an earlier one becomes it, `records` what stands in its columns, `opening`
how it is opened, `locking` whose turn it is to write, `telling` what SQLite's errors come to in words; `checking`
says what is wrong in a store, `repairing` rescues (`rescuing`) what can be read, `compacting` makes it small.
"""

from ...schemas.errors import StoreError
from .checking import Fault, Health, check
from .compacting import Compaction, compact
from .records import digest
from .repairing import Repair, repair
from .store import IMPORTED, Store
from .tables import APPLICATION, VERSION

__all__ = [
    "APPLICATION",
    "IMPORTED",
    "VERSION",
    "Compaction",
    "Fault",
    "Health",
    "Repair",
    "Store",
    "StoreError",
    "check",
    "compact",
    "digest",
    "repair",
]
