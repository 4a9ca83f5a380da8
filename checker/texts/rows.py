"""Parquet as texts: a row each, its text in a column."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator
from typing import Any

import attrs

from checker.model import Document
from checker.readers import Unreadable
from checker.texts.asked import Asked
from checker.texts.lines import no_texts

_MOST_ROWS = 1024


@attrs.frozen
class Rows:
    """A batch of rows of a row group; `at` is how many of its batches come before, `row` the first row's number."""

    path: str
    group: int
    at: int
    rows: int
    row: int
    size: int
    local: bool = False

    def batch(self, asked: Asked) -> Any:
        """The rows as an Arrow record batch; raises Unreadable."""
        with _told(self.path):
            return _batches(self.path, asked, self.group, self.rows).at(self.at)

    def entries(self, asked: Asked) -> Iterator[tuple[str, Any]]:
        """The texts of the rows; raises Unreadable."""
        for number, record in enumerate(self.batch(asked).to_pylist(), self.row):
            yield f"{self.path}: row {number}", functools.partial(_document, self.path, number, record, asked)


def cut(path: str, length: int, asked: Asked) -> Iterator[Rows]:
    """A file in pieces of about a length; raises Unreadable where it has no column of texts."""
    with _told(path), _opened(path) as file:
        names = file.schema_arrow.names
        if asked.text not in names:
            raise Unreadable(path, no_texts(asked, "column").replace("has a", "is named"))
        groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
        sizes = [(group.num_rows, group.total_byte_size) for group in groups]
    row = 1
    for number, (count, size) in enumerate(sizes):
        rows = max(1, min(_MOST_ROWS, length * count // max(size, 1)))
        for at, start in enumerate(range(0, count, rows)):
            many = min(rows, count - start)
            yield Rows(path, number, at, rows, row + start, size * many // max(count, 1))
        row += count


def _document(path: str, number: int, record: dict[str, Any], asked: Asked) -> Document:
    return asked.document(record, path, f"{path}: row {number}")


class _Batches:
    """The batches of a row group, read once and in order; one that has gone by is read again from the beginning."""

    def __init__(self, path: str, asked: Asked, group: int, rows: int) -> None:
        self._start = functools.partial(_read, path, asked, group, rows)
        self._left = self._start()
        self._next = 0

    def at(self, number: int) -> Any:
        if number < self._next:
            self._left, self._next = self._start(), 0
        for batch in self._left:
            self._next += 1
            if self._next > number:
                return batch
        raise EOFError("it ends before the rows that it had")


@functools.lru_cache(maxsize=1)
def _batches(path: str, asked: Asked, group: int, rows: int) -> _Batches:
    """Kept from piece to piece: pieces come in order, and a row group cannot be entered in its middle."""
    return _Batches(path, asked, group, rows)


def _read(path: str, asked: Asked, group: int, rows: int) -> Iterator[Any]:
    with _opened(path) as file:
        columns = asked.columns(file.schema_arrow.names)
        yield from file.iter_batches(rows, row_groups=[group], columns=columns, use_threads=False)


def _opened(path: str) -> Any:
    import pyarrow.parquet

    return pyarrow.parquet.ParquetFile(path, buffer_size=2**20, pre_buffer=False)


@contextlib.contextmanager
def _told(path: str) -> Iterator[None]:
    """What keeps a file from being read, in one line."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "pyarrow":
            raise
        told = "Parquet needs pyarrow, which is not installed: pip install 'figcheck[tables]'"
        raise Unreadable(path, told) from None
    except (OSError, EOFError) as error:
        raise Unreadable(path, f"cannot be read: {_first_line(error)}") from None
    except ValueError as error:  # pyarrow's own errors are of it
        raise Unreadable(path, f"no Parquet that can be read: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).strip().partition("\n")[0]
