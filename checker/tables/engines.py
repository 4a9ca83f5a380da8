"""The engines behind a frame: what differs between a frame that is here and one that is only planned."""

from __future__ import annotations

import collections
import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import narwhals as nw

from checker.dataset import UnusableTable
from checker.tables.stages import Frame, nothing
from checker.wording import a_or_an

if TYPE_CHECKING:
    from narwhals.typing import IntoDType

Value = str | float | int | None
Columns = Mapping[str, tuple[type, Sequence[Value]]]
"""Columns by name, each with its type and values."""

_FEW = 64
"""Up to so many keys, a choice in the row is quicker than a join."""

_TYPES: Mapping[type, tuple[IntoDType, str, str]] = {
    str: (nw.String, "VARCHAR", "string"),
    int: (nw.Int64, "BIGINT", "bigint"),
    float: (nw.Float64, "DOUBLE", "double"),
}


def framed(native: Any) -> Frame:
    """A user's frame as narwhals has it; raises UnusableTable for what is none.

    A pandas frame becomes an Arrow table, because in pandas a missing value and a NaN are one.
    """
    if isinstance(native, nw.DataFrame | nw.LazyFrame):
        native = native.to_native()
    try:
        frame = nw.from_native(_whole(native))
    except TypeError:
        raise UnusableTable(
            f"{a_or_an(type(native).__name__)} is no table; give a polars, pandas, Arrow, DuckDB or Spark frame"
        ) from None
    except ValueError as error:
        _unlike(getattr(native, "columns", ()))
        raise UnusableTable(f"the table cannot be used: {_first_line(error)}") from None
    if frame.implementation.is_pandas_like():
        frame = nw.from_native(_arrow(frame.to_native()))
    # A plan is computed as a whole; and polars 2.1 compares a constant column step by step to a single row.
    return frame.lazy() if frame.implementation is nw.Implementation.POLARS else frame


def by_place(frame: Frame, aliases: Sequence[str]) -> Frame:
    """The frame with its columns named anew, in their order: Spark takes names that differ in case for one."""
    if frame.implementation.is_spark_like():
        return nw.from_native(frame.to_native().toDF(*aliases))
    names = frame.collect_schema().names()
    if not names:
        return frame
    return frame.select(*(nw.col(name).alias(alias) for name, alias in zip(names, aliases, strict=True)))


def numbered(frame: Frame, name: str) -> Frame:
    """A frame that is in memory, with the numbers of its rows from 0."""
    if isinstance(frame, nw.DataFrame):
        return frame.with_row_index(name)
    return frame.collect().with_row_index(name).lazy()


def _whole(native: Any) -> Any:
    """What holds Arrow data of some other kind, as an Arrow table whose columns hold values and no codes for them."""
    import pyarrow

    if isinstance(native, pyarrow.RecordBatch | pyarrow.RecordBatchReader):
        native = pyarrow.table(native)
    if not isinstance(native, pyarrow.Table):
        return native
    return pyarrow.table([_decoded(column) for column in native.columns], names=native.column_names)


def _decoded(column: Any) -> Any:
    import pyarrow

    return column.cast(column.type.value_type) if pyarrow.types.is_dictionary(column.type) else column


def _unlike(columns: Iterable[object]) -> None:
    """Raise UnusableTable where two columns have one name."""
    counted = collections.Counter(str(name) for name in columns)
    if twice := next((name for name, times in counted.items() if times > 1), None):
        raise UnusableTable(f"two columns are named '{twice}'")


def _arrow(pandas_frame: Any) -> Any:
    import pyarrow

    _unlike(pandas_frame.columns)
    columns: dict[str, Any] = {}
    for name in pandas_frame.columns:
        values = pandas_frame[name]
        try:
            columns[str(name)] = _decoded(pyarrow.Array.from_pandas(values))
        except (pyarrow.ArrowInvalid, pyarrow.ArrowTypeError):
            # A column of several types is read as what its values print.
            columns[str(name)] = pyarrow.array(
                [str(v) if here else None for v, here in zip(values, values.notna(), strict=True)]
            )
    return pyarrow.table(columns)


def fetched(frame: Frame) -> list[tuple[Any, ...]]:
    """The rows of a frame, computed by its engine."""
    if isinstance(frame, nw.DataFrame):
        return list(frame.rows())
    native = frame.to_native()
    if frame.implementation is nw.Implementation.DUCKDB:
        return list(native.fetchall())
    if frame.implementation.is_spark_like():
        return [tuple(row) for row in native.collect()]
    return list(frame.collect().rows())


def barred(frame: Frame, column: str) -> Frame:
    """The frame with a column of whole numbers that no filter on it reaches behind.

    Spark moves a filter below the columns that it asks of, and writes out what each of them is computed from, over and
    over: twice as much for every stage. What it takes for random stays where it is.
    """
    if not frame.implementation.is_spark_like():
        return frame
    from pyspark.sql import functions

    native = frame.to_native()
    return nw.from_native(native.withColumn(column, functions.col(column) + functions.floor(functions.rand())))


def looked_up(frame: Frame, key: str, data: Columns, keys: Sequence[str], *, whole: bool = False) -> Frame:
    """The frame with columns looked up by a column of texts: those of the key that a row has, null for another.

    `whole`: the keys are all that the column has. A few become a choice in the row itself. More are joined from a
    table on the frame's own engine; what DuckDB has joined is settled first, for its planner takes time without end
    over many stages above a join.
    """
    if len(keys) <= _FEW:
        number = f"{key}_n"
        numbers = {k: i for i, k in enumerate(keys)}
        chosen = frame.with_columns(_choice(nw.col(key), numbers, nw.Int64, whole=whole).alias(number))
        return chosen.with_columns(
            *(
                _choice(nw.col(number), dict(enumerate(values)), _TYPES[kind][0], whole=whole).alias(name)
                for name, (kind, values) in data.items()
            )
        )
    own = f"{key}_k"
    joined = frame.join(_beside(frame, {own: (str, keys), **data}), left_on=key, right_on=own, how="left")
    return settled(joined) if frame.implementation is nw.Implementation.DUCKDB else joined


def _choice(column: nw.Expr, values: Mapping[Any, Value], dtype: IntoDType, *, whole: bool) -> nw.Expr:
    """A value for each of a few others; those that share one are asked for at once.

    `whole`: the column has no others, so that the value which most share needs no asking.
    """
    by_value: dict[Value, list[Any]] = {} if whole else {None: []}
    for key, value in values.items():
        by_value.setdefault(value, []).append(key)
    rest = max(by_value, key=lambda value: len(by_value[value]), default=None) if whole else None
    found = nothing(dtype) if rest is None else nw.lit(rest, dtype=dtype)
    for value, keys in by_value.items():
        if value != rest:
            here = functools.reduce(lambda a, b: a | b, (column == key for key in keys))
            found = nw.when(here).then(nothing(dtype) if value is None else nw.lit(value, dtype=dtype)).otherwise(found)
    return found


def _beside(frame: Frame, data: Columns) -> Frame:
    """A table on the same engine as a frame."""
    if frame.implementation is nw.Implementation.DUCKDB:
        return nw.from_native(_on(frame.to_native(), _arrow_table(data)))
    if frame.implementation.is_spark_like():
        schema = ", ".join(f"`{name}` {_TYPES[kind][2]}" for name, (kind, _) in data.items())
        rows = list(zip(*(values for _, values in data.values()), strict=True))
        return nw.from_native(frame.to_native().sparkSession.createDataFrame(rows, schema))
    eager = nw.from_dict(
        {name: list(values) for name, (_, values) in data.items()},
        schema={name: _TYPES[kind][0] for name, (kind, _) in data.items()},
        backend=frame.implementation,
    )
    return eager if isinstance(frame, nw.DataFrame) else eager.lazy()


def _arrow_table(data: Columns) -> Any:
    import pyarrow

    kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64()}
    return pyarrow.table({name: pyarrow.array(list(values), kinds[kind]) for name, (kind, values) in data.items()})


def _on(relation: Any, table: Any) -> Any:
    """An Arrow table on the connection of a relation, which only a query on the relation itself reaches."""
    figcheck_arrow = table  # noqa: F841 - DuckDB finds it by its name
    return relation.query("figcheck_relation", "SELECT * FROM figcheck_arrow")


def settled(frame: Frame) -> Frame:
    """A frame that is only planned, computed; on Spark it stays a plan, for its rows stay with its workers."""
    if frame.implementation is nw.Implementation.DUCKDB:
        return nw.from_native(_on(frame.to_native(), frame.to_native().to_arrow_table()))
    if isinstance(frame, nw.DataFrame) or frame.implementation.is_spark_like():
        return frame
    return frame.collect().lazy()


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
