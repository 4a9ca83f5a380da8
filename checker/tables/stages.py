"""Columns that are computed one after another: each stage a named column, made from the stages before it.

An engine that is handed one large expression computes its common parts again and again; named stages are computed
once. Every name made here has a prefix that no user's column has, because engines fold upper and lower case.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import narwhals as nw

Frame = Any
"""A narwhals frame, eager or lazy, whatever the engine behind it."""

if TYPE_CHECKING:
    from narwhals.typing import IntoDType

PREFIX = "figcheck_"

T = TypeVar("T")


@attrs.frozen(eq=False)
class Term:
    """A column, or the same number in every row; `name` is that of its stage, `depth` the number of stages below it."""

    expr: nw.Expr
    depth: int = 0
    number: float | None = None
    name: str | None = None


def number(x: float) -> Term:
    """The same number for every row."""
    return Term(nw.lit(float(x)), 0, float(x))


def column(name: str) -> Term:
    """A column that the frame has before any stage."""
    return Term(nw.col(name))


def nothing(dtype: IntoDType) -> nw.Expr:
    """A column without values."""
    return nw.lit(None, dtype=dtype)


@attrs.frozen(eq=False)
class _Stage:
    """One stage: its column, and the stages that it is made from."""

    expr: nw.Expr
    depth: int
    made_from: tuple[str, ...]


@attrs.define
class Stages:
    """The stages of one computation, by name."""

    prefix: str
    _stages: dict[str, _Stage] = attrs.field(factory=dict)
    _known: dict[object, Any] = attrs.field(factory=dict)

    def put(self, make: Callable[..., nw.Expr], *terms: Term) -> Term:
        """A new stage, made from the expressions of some terms."""
        depth = max((term.depth for term in terms), default=0)
        name = f"{PREFIX}{self.prefix}{len(self._stages)}"
        made_from = tuple(term.name for term in terms if term.name is not None)
        self._stages[name] = _Stage(make(*(term.expr for term in terms)).alias(name), depth, made_from)
        return Term(nw.col(name), depth + 1, name=name)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was made for a key before, else what is made now."""
        if key not in self._known:
            self._known[key] = make()
        found: T = self._known[key]
        return found

    def on(self, frame: Frame, **columns: Term) -> Frame:
        """The frame with some terms as columns of the names given; each stage is kept as long as one above needs it."""
        last = self._last_needed(columns)
        levels: dict[int, list[str]] = {}
        for name in last:
            levels.setdefault(self._stages[name].depth, []).append(name)
        own = list(frame.collect_schema())
        kept: list[str] = []
        for depth in sorted(levels):
            kept = [name for name in kept if last[name] >= depth]
            frame = frame.select(*own, *kept, *(self._stages[name].expr for name in levels[depth]))
            kept += levels[depth]
        return frame.select(*own, *(term.expr.alias(name) for name, term in columns.items()))

    def _last_needed(self, columns: Mapping[str, Term]) -> dict[str, float]:
        """The stages that some terms need, each with the depth of the last stage that is made from it."""
        last = {term.name: math.inf for term in columns.values() if term.name is not None}
        for name, stage in reversed(self._stages.items()):
            if name in last:
                for below in stage.made_from:
                    last[below] = max(last.get(below, 0), stage.depth)
        return last
