"""How far the work on many texts has come, on a terminal and only when it takes its time."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

_PATIENCE = 1.0
"""Seconds after which a bar is shown."""


@contextlib.contextmanager
def bar(total: Callable[[], int], *, shown: bool) -> Iterator[Callable[[int], None]]:
    """A function to be told of each piece of work done; the total is asked for when there is something to show."""
    if not shown or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("checking"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    started, done, task = time.monotonic(), 0, None

    def advance(work: int) -> None:
        nonlocal done, task
        done += work
        if task is None and time.monotonic() - started > _PATIENCE and done < (size := total()):
            progress.start()
            task = progress.add_task("", total=size)
        if task is not None:
            progress.update(task, completed=done)

    try:
        yield advance
    finally:
        if task is not None:
            progress.stop()
