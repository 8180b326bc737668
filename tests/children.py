"""The processes that another one has started, as /proc tells of them."""

import os
import time
from pathlib import Path


def workers_of(process: int) -> set[int]:
    """The processes that a process has started."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    return {int(child) for file in children for child in file.read_text().split()}


def are_gone(processes: set[int], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while left := {process for process in processes if os.path.exists(f"/proc/{process}")}:
        if time.monotonic() > end:
            return not left
        time.sleep(0.02)
    return True
