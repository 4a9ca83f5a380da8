"""JSON lines as texts: an object a line, its text under a key."""

from __future__ import annotations

import codecs
import functools
import json
import pathlib
from collections.abc import Iterator
from typing import Any

import attrs

from checker.model import Document
from checker.readers import Unreadable
from checker.readers.files import MOST_BYTES
from checker.texts.asked import Asked

_BLOCK = 2**16


@attrs.frozen
class Lines:
    """The lines of a file from byte `start` to `stop`, the first of them with the number `line`."""

    path: str
    start: int
    stop: int
    line: int
    local: bool = False

    @property
    def size(self) -> int:
        """How many bytes they are."""
        return self.stop - self.start

    def entries(self, asked: Asked) -> Iterator[tuple[str, Any]]:
        """The texts of the lines; raises Unreadable."""
        for number, line in enumerate(self._read(), self.line):
            if line.strip():
                yield f"{self.path}:{number}", functools.partial(_document, self.path, number, line, asked)

    def holds_text(self, asked: Asked) -> bool:
        """Whether any of the lines is an object with a text; raises Unreadable."""
        for line in self._read():
            try:
                if line.strip() and asked.text in _object("", line):
                    return True
            except Unreadable:
                continue
        return False

    def _read(self) -> list[bytes]:
        if self.size > MOST_BYTES:
            raise Unreadable(self.path, f"a line of more than {MOST_BYTES // 10**6} MB, which is not read", self.line)
        try:
            with pathlib.Path(self.path).open("rb") as stream:
                stream.seek(self.start)
                data = stream.read(self.size)
        except OSError as error:
            raise Unreadable(self.path, f"cannot be read: {error.strerror}") from error
        return (data.removeprefix(codecs.BOM_UTF8) if self.start == 0 else data).split(b"\n")


def cut(path: str, length: int, asked: Asked) -> Iterator[Lines]:
    """A file in pieces of about a length; raises Unreadable where its beginning has no text at all."""
    for number, piece in enumerate(_cut(path, length)):
        if number == 0 and piece.size <= MOST_BYTES and not piece.holds_text(asked):
            raise Unreadable(path, no_texts(asked, "line"))
        yield piece


def no_texts(asked: Asked, record: str) -> str:
    """What to say of a file that is not of texts."""
    told = f"no {record} has a '{asked.text}'; name what holds the texts (--text-column)"
    return f"{told}, or check a dataset with figcheck table"


def _cut(path: str, length: int) -> Iterator[Lines]:
    start, line, stop, count = 0, 1, 0, 0
    try:
        with pathlib.Path(path).open("rb") as stream:
            while block := stream.read(_BLOCK):
                end = block.rfind(b"\n") + 1
                if end and stop + end - start >= length:
                    count += block.count(b"\n")
                    yield Lines(path, start, stop + end, line)
                    start, line, count = stop + end, line + count, 0
                else:
                    count += block.count(b"\n")
                stop += len(block)
    except OSError as error:
        raise Unreadable(path, f"cannot be read: {error.strerror}") from error
    if not stop:
        raise Unreadable(path, "the file is empty: nothing to check")
    if stop > start:
        yield Lines(path, start, stop, line)


def _document(path: str, number: int, line: bytes, asked: Asked) -> Document:
    place = f"{path}:{number}"
    return asked.document(_object(place, line), path, place)


def _object(place: str, line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise Unreadable(
            place, f"not UTF-8 text (byte 0x{line[error.start]:02X} at offset {error.start} of the line)"
        ) from None
    except json.JSONDecodeError as error:
        raise Unreadable(place, f"no JSON: {error.msg} (column {error.colno})") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(place, f"no JSON that is read: {str(error).partition(';')[0]}") from None
    if not isinstance(record, dict):
        raise Unreadable(place, 'no object in JSON, such as {"text": "..."}')
    return record
