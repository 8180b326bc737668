"""What stands behind the `?` of an address: known names, of the kind they have to be."""

from typing import Any

from starlette.requests import Request

from ..schemas.errors import UsageError, nearest

LONGEST = 1000  # characters of one value
Kinds = dict[str, type[str] | type[int] | type[float] | type[list]]
RANGES: dict[str, tuple[float, float]] = {
    "depth": (0, 50),
    "limit": (1, 1000),
    "offset": (0, float("inf")),
    "top": (1, float("inf")),
    "top_days": (1, float("inf")),
    "min_confidence": (0, 1),
    "pick": (1, float("inf")),
}


def parameters(request: Request, kinds: Kinds) -> dict[str, Any]:
    """The parameters that are given, each as its kind; a list may be given several times or with commas.

    UsageError: an unknown one, one that is given twice, empty, too long, no number, or out of its range.
    """
    found: dict[str, Any] = {}
    for name, text in request.query_params.multi_items():
        kind = kinds.get(name)
        if kind is None:
            raise UsageError(f"there is no parameter {name[:40]!r} here.{nearest(name[:40], kinds)}")
        if not text.strip() or len(text) > LONGEST:
            raise UsageError(f"{name} must have a value, of at most {LONGEST} characters.")
        if kind is list:
            found.setdefault(name, []).extend(part.strip() for part in text.split(",") if part.strip())
        elif name in found:
            raise UsageError(f"{name} is given twice: give it once.")
        else:
            found[name] = text if kind is str else _number(name, text, kind)
    return found


def _number(name: str, text: str, kind: type) -> Any:
    try:
        number = kind(text)
    except ValueError:
        number = None
    low, high = RANGES[name]
    if number is None or not low <= number <= high:
        most = f" to {high:g}" if high != float("inf") else ""
        raise UsageError(f"{name} must be a {'whole ' * (kind is int)}number from {low:g}{most}, not {text[:40]!r}.")
    return number
