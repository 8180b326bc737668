"""Parquet: an article a row, with the columns text and, where there are, id, title, published, source, url, ...

`date` is another name for `published`; both may be days, times or text. Texts are taken as they are. Of a file only
some rows are held at a time.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from ..parquet import arrow
from .dates import iso
from .draft import MAX_FILE, Draft, Problem
from .jsonl import _draft as described

COLUMNS = ("id", "text", "title", "published", "source", "url", "author", "language")
ROWS = 64  # that are unpacked at once
MAX_GROUP = 32 * MAX_FILE  # bytes of a row group, unpacked
DAY = "date"


def read_tables(file: BinaryIO) -> Iterator[Draft | Problem]:
    """An article a row. UsageError: pyarrow is not installed."""
    pa, parquet = arrow()
    try:
        table = parquet.ParquetFile(file)
        names = [name for name in (*COLUMNS, DAY) if name in table.schema_arrow.names]
        if "text" not in names:
            have = ", ".join(table.schema_arrow.names[:20])
            yield Problem(f"a table without a column `text`; its columns: {have}")
            return
        number = 0
        for group in range(table.metadata.num_row_groups):
            if table.metadata.row_group(group).total_byte_size > MAX_GROUP:
                yield Problem(f"larger than {MAX_GROUP // 2**20} MB", f"row group {group + 1}")
                continue
            for batch in table.iter_batches(ROWS, row_groups=[group], columns=names):
                for row in batch.to_pylist():
                    number += 1
                    yield _draft(row, f"row {number}")
    except (pa.ArrowException, OSError) as error:
        yield Problem(f"no Parquet file that can be read ({str(error)[:200]})")


def _draft(row: dict[str, Any], place: str) -> Draft | Problem:
    """The article in a row."""
    for column in ("published", DAY):
        if isinstance(row.get(column), date):  # a time is one too
            row[column] = row[column].isoformat()
    if row.get("published") is None and isinstance(row.get(DAY), str) and iso(row[DAY]):
        row["published"] = row[DAY]
    return described(row, place)


def rows(file: BinaryIO) -> int:
    """How many articles a file holds."""
    _, parquet = arrow()
    return int(parquet.ParquetFile(file).metadata.num_rows)
