"""How the work grows with its input: a ratio within one run, which says the same on any machine."""

from __future__ import annotations

import time
from collections.abc import Callable

STEPS = 8
QUADRATIC = 40
"""Eight times the input takes eight times the work where that is linear, and sixty-four times where it is quadratic."""

_FLOOR = 0.005
"""Seconds below which a time is noise."""


def growth(work: Callable[[int], object], length: int) -> float:
    """How many times the processor time of an input of a length one of eight times the length takes."""
    work(length // 2)
    return _seconds(work, length * STEPS) / max(_seconds(work, length), _FLOOR)


def _seconds(work: Callable[[int], object], length: int) -> float:
    times = []
    for _ in range(2):
        started = time.process_time()
        work(length)
        times.append(time.process_time() - started)
    return min(times)
