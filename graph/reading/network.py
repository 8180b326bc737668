"""The trained networks' files: the only place that imports onnxruntime and tokenizers."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

from ...schemas.errors import InputError, UsageError
from .parse import Parse, Token

MODELS = Path(str(files("newsloom.graph"))) / "models"
OPEN, CLOSE = 101, 102  # the pieces that the encoder expects around a text
MODEL, TOKENIZER = "model.onnx", "tokenizer.json"


class Pieces(NamedTuple):
    """A text as the encoder sees it: word pieces, where each starts in the text, and which open a sentence."""

    ids: list[int]
    starts: list[int]
    sentences: list[int]

    def at(self, token: Token) -> int:
        """The piece a token starts with, -1 if the text has none that early."""
        return bisect_right(self.starts, token.idx) - 1

    def after(self, token: Token) -> int:
        """The first piece behind a token."""
        return bisect_left(self.starts, token.idx + len(token.text))


def pieces(parse: Parse, tokenizer: Any) -> Pieces:
    """The word pieces of an article; `tokenizer` is a `tokenizers.Tokenizer` that cuts nothing off."""
    encoding = tokenizer.encode(parse.doc.text, add_special_tokens=False)
    starts = [start for start, _ in encoding.offsets]
    opening = {bisect_left(starts, sentence.start_char) for sentence in parse.sentences}
    return Pieces(encoding.ids, starts, sorted(opening - {len(starts)}))


def session(path: Path) -> Any:
    """An onnxruntime session for a model file, on one thread.

    Raises UsageError when onnxruntime is not installed, InputError when there is no such file.
    """
    try:
        import onnxruntime
    except ImportError as error:
        raise _not_installed(error) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(_there(path), options, ["CPUExecutionProvider"])


def tokenizer(path: Path) -> Any:
    """The tokenizer in a file, which cuts nothing off. Raises what `session` does, of tokenizers."""
    try:
        import tokenizers
    except ImportError as error:
        raise _not_installed(error) from error
    found = tokenizers.Tokenizer.from_file(str(_there(path)))
    found.no_truncation()
    found.no_padding()
    return found


@lru_cache(maxsize=1)
def models_digest() -> str:
    """A few characters that change when the files of a model that ships with newsloom change."""
    digests = (path.read_bytes() for path in sorted(MODELS.glob("*/digests.json")))
    return sha256(b"".join(digests)).hexdigest()[:12]


def check(folder: Path, names: Iterable[str]) -> None:
    """Raises InputError when files of a model are missing in its folder."""
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise InputError(f"No {', '.join(missing)} in {folder}: install newsloom again, or train the model anew.")


def _there(path: Path) -> Path:
    check(path.parent, (path.name,))
    return path


def _not_installed(error: ImportError) -> UsageError:
    return UsageError(
        f"The trained models need {error.name}, which is not installed. Get it with: pip install {error.name}"
    )
