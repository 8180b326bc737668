"""The only place that imports pyarrow: for articles that come in tables, and for graphs that leave as such."""

from typing import Any

from ..schemas.errors import UsageError


def arrow() -> tuple[Any, Any]:
    """pyarrow and its module of Parquet files; UsageError when it is not installed."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise UsageError(
            "Parquet files need pyarrow, which is not installed. Get it with: pip install 'newsloom[parquet]'"
        ) from error
    return pyarrow, parquet
