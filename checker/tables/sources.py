"""Files to tables that can be judged: CSV, JSON lines, Parquet, a table of a DuckDB or an SQLite database.

Columns are addressed by their place and never by their name, so that names that differ only in case, that repeat or
that hold SQL are names like any other. What has to be copied goes to a temporary database on disk.
"""

from __future__ import annotations

import contextlib
import pathlib
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any

import duckdb
import narwhals as nw

from checker.dataset import UnusableTable
from checker.tables import databases, delimited, interruption, json_lines
from checker.tables.judging import Data
from checker.tables.naming import aliases, by_need, literal, quoted

_KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "json",
    ".ndjson": "json",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".duckdb": "duckdb",
    ".ddb": "duckdb",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
}
_OTHERS = {
    ".xlsx": "an Excel workbook; save the sheet as CSV",
    ".xls": "an Excel workbook; save the sheet as CSV",
    ".ods": "a spreadsheet; save it as CSV",
    ".json": "a JSON document; write one object a line, to a file that ends in .jsonl",
    ".arrow": "an Arrow file; write it as Parquet",
    ".feather": "a Feather file; write it as Parquet",
}
_MEMORY = "700MB"


@contextlib.contextmanager
def opened(path: pathlib.Path, table: str | None = None) -> Iterator[Data]:
    """A file as a table, for as long as the context lasts; raises UnusableTable.

    `table` names the one that is meant in a database that holds several.
    """
    try:
        kind = _kind(path)
        if table is not None and kind not in ("duckdb", "sqlite"):
            raise UnusableTable("only a database holds several tables, so --table has no meaning here")
        with tempfile.TemporaryDirectory(prefix="figcheck-") as folder:
            scratch = pathlib.Path(folder)
            connection = _connection(scratch)
            try:
                with interruption.ends(connection.interrupt), _told():
                    yield _read(kind, connection, path, scratch, table)
            finally:
                connection.close()
    except UnusableTable as error:
        if str(error).startswith(f"{path}: "):
            raise
        raise type(error)(f"{path}: {error}") from None


def _connection(scratch: pathlib.Path) -> Any:
    connection = duckdb.connect(str(scratch / "rows.duckdb"))
    connection.execute(f"SET memory_limit = '{_MEMORY}'")
    connection.execute(f"SET temp_directory = {quoted(str(scratch))}")
    connection.execute("SET autoinstall_known_extensions = false")
    return connection


def _kind(path: pathlib.Path) -> str:
    head = _head(path)
    if head.startswith(b"SQLite format 3\x00"):
        return "sqlite"
    if head[8:12] == b"DUCK":
        return "duckdb"
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    suffix = suffixes[0] if suffixes[1:] == [".gz"] else (suffixes or [""])[-1]
    kind = _KINDS.get(suffix)
    if suffix in _OTHERS:
        raise UnusableTable(_OTHERS[suffix])
    if kind is None or (suffixes[-1] == ".gz" and kind not in ("csv", "json")):
        raise UnusableTable(f"tables are read from {', '.join(_KINDS)}, not from '{path.suffix or path.name}'")
    if kind in ("sqlite", "duckdb"):
        raise UnusableTable("not a database that can be read, whatever its name says")
    return kind


def _head(path: pathlib.Path) -> bytes:
    """The beginning of a file; raises UnusableTable for what is none."""
    if str(path) == "-":
        raise UnusableTable("a table cannot be read from standard input, for it is read more than once; name a file")
    try:
        if path.is_dir():
            raise UnusableTable("a directory; name a file")
        if path.exists() and not path.is_file():
            raise UnusableTable("no file that can be read more than once; write it to one first")
        with path.open("rb") as stream:
            return stream.read(16)
    except UnusableTable:
        raise
    except FileNotFoundError:
        raise UnusableTable("there is no such file") from None
    except (OSError, ValueError) as error:
        raise UnusableTable(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _read(kind: str, connection: Any, path: pathlib.Path, scratch: pathlib.Path, table: str | None) -> Data:
    match kind:
        case "csv":
            return delimited.table(connection, path, scratch)
        case "json":
            return json_lines.table(connection, path, scratch)
        case "parquet":
            return _parquet(connection, path)
        case "duckdb":
            return databases.duckdb_table(connection, path, table)
    return databases.sqlite_table(connection, path, table)


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What an engine finds wrong with a file, in one line; an interruption stays one."""
    try:
        yield
    except duckdb.InterruptException:
        raise KeyboardInterrupt from None
    except duckdb.OutOfMemoryException:
        raise UnusableTable(f"it needs more memory than the {_MEMORY} that a table may take") from None
    except (duckdb.Error, sqlite3.Error) as error:
        raise UnusableTable(_plainly(error)) from None
    except RuntimeError as error:
        # DuckDB has ended the query that was running, and has an error of no type of its own for it.
        if str(error) == "Query interrupted":
            raise KeyboardInterrupt from None
        raise


def _plainly(error: Exception) -> str:
    """The first line of an engine's message, without the kind of error before it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    first = lines[0] if lines else type(error).__name__
    return " ".join(first.split(" Error: ", 1)[-1].split())


def _parquet(connection: Any, path: pathlib.Path) -> Data:
    file = literal(path)
    names = _parquet_names(connection, file)

    def loaded(columns: Mapping[str, str]) -> Data:
        asked = ", ".join(columns.values())
        read = f"SELECT {asked}, file_row_number AS r FROM read_parquet({file}) AS t({', '.join(aliases(names))})"
        return Data(str(path), nw.from_native(connection.sql(read)), columns, "r")

    return by_need(str(path), names, loaded)


def _parquet_names(connection: Any, file: str) -> list[str]:
    """The names of the top columns as the file has them; an engine would tell two apart that differ only in case."""
    rows = connection.execute(f"SELECT name, num_children FROM parquet_schema({file})").fetchall()
    names, skip = [], 0
    for name, children in rows[1:]:
        if skip:
            skip += (children or 0) - 1
            continue
        names.append(name)
        skip = children or 0
    return names
