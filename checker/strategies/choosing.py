"""Where the choices of a solution come from: Hypothesis, or chance that is always the same."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

import attrs
from hypothesis import strategies as st

_T = TypeVar("_T")


@attrs.frozen
class Drawn:
    """Choices drawn by Hypothesis, each shrinking towards its first or least."""

    draw: st.DrawFn

    def integer(self, low: int, high: int) -> int:
        """A whole number from low to high."""
        return self.draw(st.integers(low, high))

    def pick(self, options: Sequence[_T]) -> _T:
        """One of the options."""
        return options[0] if len(options) == 1 else self.draw(st.sampled_from(options))


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
