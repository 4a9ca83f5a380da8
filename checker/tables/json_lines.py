"""JSON lines as tables: an object a line, a column for each key that any of them has."""

from __future__ import annotations

import functools
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw

from checker.dataset import UnusableTable
from checker.tables.judging import Data
from checker.tables.naming import by_need, literal, quoted
from checker.tables.plain_text import plain

_LONGEST_LINE = 16 * 2**20
_MOST_TOLD = 5
_LARGEST = 2**63 - 1


def table(connection: Any, path: pathlib.Path, scratch: pathlib.Path) -> Data:
    """A file of objects, the values of the keys that are asked for in the database; raises UnusableTable."""
    options = (
        "columns = {'line': 'VARCHAR'}, header = false, auto_detect = false, delim = '\x01', quote = '', escape = '', "
        f"max_line_size = {_LONGEST_LINE}"
    )
    read = f"SELECT line FROM read_csv({literal(plain(path, scratch))}, {options})"
    connection.execute(f"CREATE TABLE lines_of_file AS {read}")
    connection.execute(
        "CREATE TABLE objects AS SELECT line, rowid AS place FROM lines_of_file WHERE CASE WHEN json_valid(line) "
        "THEN json_type(line) = 'OBJECT' AND len(json_keys(line)) = len(list_distinct(json_keys(line))) END"
    )
    damage = _left_out(connection)
    names = [
        name
        for (name,) in connection.execute(
            "SELECT key FROM (SELECT unnest(json_keys(line)) AS key, place FROM objects) "
            "GROUP BY key ORDER BY min(place), key"
        ).fetchall()
    ]
    if not names:
        raise UnusableTable("no line of it is an object in JSON" if damage else "the file is empty")
    return by_need(str(path), names, functools.partial(_loaded, connection, str(path), damage))


def _left_out(connection: Any) -> tuple[str, ...]:
    """The lines that are no object, the first of them told."""
    left = "FROM lines_of_file WHERE line IS NOT NULL AND rowid NOT IN (SELECT place FROM objects)"
    ((count,),) = connection.execute(f"SELECT count(*) {left}").fetchall()
    rows = connection.execute(f"SELECT rowid, json_valid(line), line {left} ORDER BY rowid LIMIT {_MOST_TOLD}")
    told = []
    for at, is_json, line in rows.fetchall():
        what = "no object, or one with a key twice" if is_json else "no JSON"
        told.append(f"line {at + 1} was left out: {what}: {line[:60]}{'...' if len(line) > 60 else ''}")
    return (*told, f"and {count - len(told):,} more lines") if count > len(told) else tuple(told)


def _loaded(connection: Any, name: str, damage: tuple[str, ...], columns: Mapping[str, str]) -> Data:
    made = ", ".join(_column(connection, key, alias) for key, alias in columns.items())
    connection.execute(f"CREATE TABLE rows_of_file AS SELECT {made}, place FROM objects ORDER BY objects.rowid")
    relation = connection.sql("SELECT * EXCLUDE (place), rowid AS r FROM rows_of_file")
    return Data(name, nw.from_native(relation), columns, "r", functools.partial(_lines, connection), damage=damage)


def _column(connection: Any, key: str, alias: str) -> str:
    """The values of a key as SQL has them: numbers where all are, else what each prints."""
    pointer = quoted("/" + key.replace("~", "~0").replace("/", "~1"))
    value = f"json_extract(line, {pointer})"
    kinds = {kind for (kind,) in connection.execute(f"SELECT DISTINCT json_type({value}) FROM objects").fetchall()}
    kinds -= {None, "NULL"}
    text = f"json_extract_string(line, {pointer})"
    if kinds and kinds <= {"BIGINT", "UBIGINT"}:
        ((largest,),) = connection.execute(f"SELECT max(TRY_CAST({text} AS UBIGINT)) FROM objects").fetchall()
        return f"CAST({text} AS {'BIGINT' if (largest or 0) <= _LARGEST else 'DOUBLE'}) AS {alias}"
    if kinds and kinds <= {"BIGINT", "UBIGINT", "DOUBLE"}:
        return f"CAST({text} AS DOUBLE) AS {alias}"
    return f"{text} AS {alias}"


def _lines(connection: Any, rows: Sequence[int]) -> Mapping[int, int]:
    numbers = ", ".join(str(row) for row in rows)
    read = f"SELECT rowid, place FROM rows_of_file WHERE rowid IN ({numbers})"
    return {row: place + 1 for row, place in connection.execute(read).fetchall()}
