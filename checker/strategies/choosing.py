"""Where the choices of a solution come from: Hypothesis, or chance that is always the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

import attrs
from hypothesis import strategies as st

_T = TypeVar("_T")

_MOST_OPTIONS = 64
"""A choice is drawn from at least so many, whatever its options are, so that it means the same among others."""


@attrs.define
class Drawn:
    """Choices drawn by Hypothesis, each shrinking towards its first or least.

    A choice of one is drawn all the same, and `fill` makes up for choices that were not made: where each example draws
    as often as the next, Hypothesis can vary one without running out of draws.
    """

    draw: st.DrawFn
    count: int = 0

    def integer(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        self.count += 1
        return self.draw(st.integers(low, high))

    def pick(self, options: Sequence[_T]) -> _T:
        """One of the options."""
        return options[self.integer(0, max(_MOST_OPTIONS, len(options)) - 1) % len(options)]

    def fill(self, least: int) -> None:
        """Draw until there have been so many draws."""
        while self.count < least:
            self.integer(0, _MOST_OPTIONS - 1)


class Tried:
    """Choices by chance, always the same for one seed."""

    def __init__(self, seed: int = 0) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret hangs on it

    def integer(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        return self._random.randint(low, high)

    def pick(self, options: Sequence[_T]) -> _T:
        """One of the options."""
        return self._random.choice(options)


class Least:
    """The first of all options and the least of all numbers."""

    def integer(self, low: int, _high: int) -> int:
        """The least of the numbers."""
        return low

    def pick(self, options: Sequence[_T]) -> _T:
        """The first of the options."""
        return options[0]
