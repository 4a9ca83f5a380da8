"""Tables that a program hands over: frames of polars, pandas, Arrow, DuckDB and Spark."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from checker.tables.engines import by_place, framed, numbered
from checker.tables.judging import Data
from checker.tables.layout import CLASS, TAGS
from checker.tables.stages import PREFIX

_ROW = f"{PREFIX}number"
_LABELS = f"{PREFIX}tags"
LABELLED = f"{TAGS}={_LABELS}"
"""The mapping of the column of tags that `told_besides` makes."""


def table_of(native: Any, name: str) -> Data:
    """A frame as a table, the rows of one that is in memory numbered; raises UnusableTable for what is no frame."""
    frame = framed(native)
    columns = {column: f"c{i}" for i, column in enumerate(frame.collect_schema().names())}
    frame = by_place(frame, list(columns.values()))
    given = nw.from_native(native, pass_through=True)
    if not isinstance(given, nw.DataFrame):
        # The rows of a plan have no order, and so no number.
        return Data(name, frame, columns)
    return Data(name, numbered(frame, _ROW), columns, _ROW)


def told_besides(native: Any, thing: str | None, labels: str) -> Any:
    """A frame with what is told of all its rows as columns: a class, where it has none of its own, and tags."""
    frame = nw.from_native(native)
    told = {_LABELS: labels} if labels else {}
    if thing is not None and not any(str(n).strip().lower().endswith(CLASS) for n in frame.collect_schema().names()):
        told[CLASS] = thing
    return frame.with_columns(**{name: nw.lit(text) for name, text in told.items()}).to_native() if told else native
