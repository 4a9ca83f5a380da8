"""CSV and its like as tables: read as text, the separator found, each row's physical line known."""

from __future__ import annotations

import csv
import functools
import io
import pathlib
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

import narwhals as nw

from checker.dataset import UnusableTable
from checker.tables.judging import Data
from checker.tables.naming import aliases, by_need, literal, quoted
from checker.tables.plain_text import plain

_SEPARATORS = (",", ";", "\t", "|")
_LONGEST_LINE = 16 * 2**20
_MOST_TOLD = 5


def table(connection: Any, path: pathlib.Path, scratch: pathlib.Path) -> Data:
    """A file of rows with a head, the columns that are asked for in the database; raises UnusableTable."""
    file = plain(path, scratch)
    separator, names = _heading(file)
    return by_need(str(path), names, functools.partial(_loaded, connection, str(path), file, separator, len(names)))


def _loaded(
    connection: Any, name: str, file: pathlib.Path, separator: str, width: int, columns: Mapping[str, str]
) -> Data:
    known = ", ".join(f"{quoted(alias)}: 'VARCHAR'" for alias in aliases(range(width)))
    options = (
        f"header = true, auto_detect = false, delim = {quoted(separator)}, quote = '\"', escape = '\"', "
        f"nullstr = '', strict_mode = true, max_line_size = {_LONGEST_LINE}, "
        f"ignore_errors = true, store_rejects = true, rejects_limit = 0, columns = {{{known}}}"
    )
    asked = ", ".join(columns.values())
    read = f"SELECT {asked} FROM read_csv({literal(file)}, {options})"
    connection.execute(f"CREATE TABLE rows_of_file AS {read}")
    relation = connection.sql("SELECT *, rowid AS r FROM rows_of_file")
    places = {alias: int(alias.removeprefix("c")) for alias in columns.values()}
    return Data(
        name,
        nw.from_native(relation),
        columns,
        "r",
        functools.partial(_lines, connection, file, separator, width, places),
        commas=separator == ";",
        damage=_rejected(connection, width),
    )


def _rejected(connection: Any, width: int) -> tuple[str, ...]:
    """What is wrong with the records that could not be read, a line for each of the first, and how many more."""
    rows = connection.execute(
        "SELECT line, error_type, error_message, csv_line FROM reject_errors ORDER BY line"
    ).fetchall()
    seen: dict[int, str] = {}
    for line, kind, message, text in rows:
        fields = f"not {width} fields" if kind in ("TOO MANY COLUMNS", "MISSING COLUMNS") else message.split("\n")[0]
        seen.setdefault(line, f"line {line} was left out: {fields}: {text[:60]}{'...' if len(text) > 60 else ''}")
    told = tuple(seen.values())
    return told if len(told) <= _MOST_TOLD else (*told[:_MOST_TOLD], f"and {len(told) - _MOST_TOLD:,} more lines")


def _heading(file: pathlib.Path) -> tuple[str, list[str]]:
    """The separator and the column names: that separator which parts the first record into most columns."""
    with file.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.read(_LONGEST_LINE)
    if not head.strip():
        raise UnusableTable("the file is empty")
    best: tuple[str, list[str]] = (",", [])
    for separator in _SEPARATORS:
        try:
            names = next(_records(io.StringIO(head, newline=""), separator))[1]
        except csv.Error as error:
            raise UnusableTable(f"the first line names no columns: {error}") from None
        if len(names) > len(best[1]):
            best = (separator, names)
    return best[0], [" ".join(name.split()) for name in best[1]]


def _records(stream: IO[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """The records with the line on which each begins, without empty lines."""
    longest = csv.field_size_limit(_LONGEST_LINE)
    try:
        reader, begin = csv.reader(stream, delimiter=separator), 1
        for record in reader:
            if record:
                yield begin, record
            begin = reader.line_num + 1
    finally:
        csv.field_size_limit(longest)


def _lines(
    connection: Any,
    file: pathlib.Path,
    separator: str,
    width: int,
    places: Mapping[str, int],
    rows: Sequence[int],
) -> Mapping[int, int]:
    """The line on which each of some rows begins, as an editor counts; none where the engine read other rows there."""
    asked = ", ".join(places)
    numbers = ", ".join(str(row) for row in rows)
    read = f"SELECT rowid, {asked} FROM rows_of_file WHERE rowid IN ({numbers})"
    known = {row: values for row, *values in connection.execute(read).fetchall()}
    found: dict[int, int] = {}
    with file.open(encoding="utf-8-sig", newline="") as stream:
        records = _records(stream, separator)
        try:
            next(records, None)
            whole = (one for one in records if len(one[1]) == width)
            for index, (line, record) in enumerate(whole):
                if index in known:
                    found[index] = line
                    if [record[place] or None for place in places.values()] != known[index]:
                        return {}
                    if len(found) == len(known):
                        break
        except csv.Error:
            return {}
    return found
