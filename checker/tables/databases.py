"""A table of a DuckDB or an SQLite database."""

from __future__ import annotations

import contextlib
import functools
import pathlib
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from checker.dataset import UnusableTable
from checker.tables.judging import Data
from checker.tables.naming import aliases, by_need, identifier, quoted

_BATCH = 50_000


def duckdb_table(connection: Any, path: pathlib.Path, table: str | None) -> Data:
    """A table of a DuckDB database, read where it is; raises UnusableTable."""
    connection.execute(f"ATTACH {quoted(str(path))} AS theirs (READ_ONLY)")
    listed = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'theirs' ORDER BY table_name"
    name = _chosen([row[0] for row in connection.execute(listed).fetchall()], table)
    schema = connection.execute(
        "SELECT schema_name FROM duckdb_tables() WHERE database_name = 'theirs' AND table_name = ?", [name]
    ).fetchone()[0]
    whole = ".".join(map(identifier, ("theirs", schema, name)))
    names = [row[0] for row in connection.execute(f"DESCRIBE {whole}").fetchall()]

    def loaded(columns: Mapping[str, str]) -> Data:
        asked = ", ".join(columns.values())
        read = f"SELECT {asked}, rowid AS r FROM {whole} AS t({', '.join(aliases(names))})"
        return Data(f"{path}:{name}", nw.from_native(connection.sql(read)), columns, "r")

    return by_need(f"{path}:{name}", names, loaded)


def sqlite_table(connection: Any, path: pathlib.Path, table: str | None) -> Data:
    """A table of an SQLite database, copied: its columns may hold values of several types, which only a text can."""
    with contextlib.closing(_connected(path)) as theirs:
        listed = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
        name = _chosen([row[0] for row in theirs.execute(listed)], table)
        names = [row[1] for row in theirs.execute(f"PRAGMA table_info({identifier(name)})")]
    return by_need(f"{path}:{name}", names, functools.partial(_copied, connection, path, name))


def _connected(path: pathlib.Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _copied(connection: Any, path: pathlib.Path, name: str, columns: Mapping[str, str]) -> Data:
    import pyarrow

    whole = identifier(name)
    with contextlib.closing(_connected(path)) as theirs:
        types = {column: _type(theirs, whole, column) for column in columns}
        made = ", ".join(f"{alias} {types[column]}" for column, alias in columns.items())
        connection.execute(f"CREATE TABLE rows_of_file ({made})")
        asked = ", ".join(_value(column, types[column]) for column in columns)
        kinds = {"BIGINT": pyarrow.int64(), "DOUBLE": pyarrow.float64(), "VARCHAR": pyarrow.string()}
        cursor = theirs.execute(f"SELECT {asked} FROM {whole}")
        while batch := cursor.fetchmany(_BATCH):
            arrays = [
                pyarrow.array(values, kinds[types[column]])
                for values, column in zip(zip(*batch, strict=True), columns, strict=True)
            ]
            connection.register("batch", pyarrow.table(dict(zip(columns.values(), arrays, strict=True))))
            connection.execute("INSERT INTO rows_of_file SELECT * FROM batch")
            connection.unregister("batch")
    relation = connection.sql("SELECT *, rowid AS r FROM rows_of_file")
    return Data(f"{path}:{name}", nw.from_native(relation), columns, "r")


def _type(theirs: sqlite3.Connection, whole: str, column: str) -> str:
    asked = f"SELECT DISTINCT typeof({identifier(column)}) FROM {whole}"
    kinds = {row[0] for row in theirs.execute(asked)} - {"null"}
    if kinds == {"integer"}:
        return "BIGINT"
    return "DOUBLE" if kinds and kinds <= {"integer", "real"} else "VARCHAR"


def _value(column: str, kind: str) -> str:
    name = identifier(column)
    if kind != "VARCHAR":
        return name
    real, text = f"WHEN 'real' THEN printf('%!.15g', {name})", f"ELSE CAST({name} AS TEXT)"
    return f"CASE typeof({name}) {real} WHEN 'blob' THEN NULL {text} END"


def _chosen(names: Sequence[str], table: str | None) -> str:
    if table is not None:
        if table not in names:
            raise UnusableTable(f"there is no table '{table}'; there are {', '.join(names) or 'none'}")
        return table
    if len(names) != 1:
        told = f"it holds {', '.join(names)}; choose one with --table" if names else "it holds no table"
        raise UnusableTable(told)
    return names[0]
