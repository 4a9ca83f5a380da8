"""Pieces of the work on many texts: a few files, some lines of JSON, some rows of a table; by name and place alone.

A piece travels to another process, and its texts are read there. It is small enough to be done in about a second.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

import attrs

from checker.model import Document
from checker.readers import Unreadable, read_file
from checker.texts import lines, rows
from checker.texts.asked import Asked
from checker.texts.places import LINES, is_collection, size, suffix

LENGTH = 2**16
"""About so many bytes of text make a piece."""

_MOST_FILES = 32

Entry = tuple[str, Callable[[], Document]]
"""A text's name, and how to read it, which may raise `Unreadable`."""


class Piece(Protocol):
    """Some texts, in order; `size` in bytes is how far they bring the work; `local`: only this process can read it."""

    @property
    def size(self) -> int: ...  # noqa: D102

    @property
    def local(self) -> bool: ...  # noqa: D102

    def entries(self, asked: Asked) -> Iterator[Entry]:
        """The texts of the piece; raises Unreadable."""
        ...


@attrs.frozen
class Files:
    """Some files or addresses, a text each."""

    names: tuple[str, ...]
    size: int = 0
    local: bool = False

    def entries(self, asked: Asked) -> Iterator[Entry]:
        """The files as texts."""
        for name in self.names:
            yield name, functools.partial(read_file, name, published=asked.published)


@attrs.frozen
class Amiss:
    """What a name leads to instead of a text."""

    error: Unreadable
    size: int = 0
    local: bool = True

    def entries(self, asked: Asked) -> Iterator[Entry]:  # noqa: ARG002 - as pieces are asked
        """Nothing; raises Unreadable."""
        raise self.error


def pieces(places: Iterable[str | Unreadable], asked: Asked) -> Iterator[Piece]:
    """The work that places are, in their order."""
    waiting: list[tuple[str, int]] = []
    for place in places:
        length = size(place) if isinstance(place, str) else None
        alone = length is None or isinstance(place, Unreadable) or is_collection(place)
        if waiting and (alone or len(waiting) == _MOST_FILES or sum(n for _, n in waiting) >= LENGTH):
            yield _together(waiting)
            waiting = []
        if isinstance(place, Unreadable):
            yield Amiss(place)
        elif length is None:
            yield Files((place,), local=True)
        elif is_collection(place):
            yield from _of_collection(place, asked)
        else:
            waiting.append((place, length))
    if waiting:
        yield _together(waiting)


def _together(files: Sequence[tuple[str, int]]) -> Files:
    return Files(tuple(name for name, _ in files), sum(length for _, length in files))


def _of_collection(place: str, asked: Asked) -> Iterator[Piece]:
    try:
        yield from lines.cut(place, LENGTH, asked) if suffix(place) in LINES else rows.cut(place, LENGTH, asked)
    except Unreadable as error:
        yield Amiss(error)
