"""The processes that another one has started, as /proc tells of them."""

import os
import subprocess
import time
from pathlib import Path


def workers_of(process: int) -> set[int]:
    """The processes that a process has started."""
    children = Path(f"/proc/{process}/task").glob("*/children")
    return {int(child) for file in children for child in file.read_text().split()}


def end(process: subprocess.Popen, sign: int, tries: int = 5) -> None:
    """End it by a signal, given again as a user does: Python drops one that comes while it frees things."""
    for _ in range(tries):
        process.send_signal(sign)
        try:
            process.wait(3)
            return
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    raise AssertionError(f"the process goes on after {tries} signals ({sign})")


def are_gone(processes: set[int], seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while left := {process for process in processes if os.path.exists(f"/proc/{process}")}:
        if time.monotonic() > end:
            return not left
        time.sleep(0.02)
    return True
