"""The names on a command line as the places where texts stand: folders and globs gone through, collections known."""

from __future__ import annotations

import glob
import os
import pathlib
import re
import stat
from collections.abc import Iterator, Sequence

from checker.readers import TEXT_SUFFIXES, Unreadable, is_address

LINES = frozenset({".jsonl", ".ndjson"})
ROWS = frozenset({".parquet", ".pq"})
_GLOB = re.compile(r"[*?]|\[[^]]+\]")
_FOUND = TEXT_SUFFIXES | LINES | ROWS


def places(names: Sequence[str]) -> list[str | Unreadable]:
    """The files and addresses that names lead to, in order; what leads to none says why.

    A folder gives the texts and collections in it and below, by their suffixes and without what is hidden; a glob that
    is no file's name gives the files that match it.
    """
    return [place for name in names for place in _of(name)]


def is_collection(place: str) -> bool:
    """Whether a place holds many texts."""
    return suffix(place) in LINES | ROWS and not is_address(place)


def suffix(place: str) -> str:
    """How a name ends, in lower case."""
    return pathlib.PurePath(place).suffix.lower()


def size(place: str) -> int | None:
    """How many bytes a file has, None for what is no file of known length: a pipe, an address, nothing at all."""
    try:
        facts = pathlib.Path(place).stat()
    except (OSError, ValueError):
        return None
    return facts.st_size if stat.S_ISREG(facts.st_mode) else None


def _of(name: str) -> Iterator[str | Unreadable]:
    if name == "-" or is_address(name) or not name or "\0" in name:
        yield name
    elif pathlib.Path(name).is_dir():
        yield from _in_folder(name)
    elif _GLOB.search(name) and not os.path.lexists(name):
        found = sorted(path for path in glob.iglob(name, recursive=True) if pathlib.Path(path).is_file())  # noqa: PTH207
        yield from found
        if not found:
            yield Unreadable(name, "no file has a name that matches it")
    else:
        yield name


def _in_folder(name: str) -> Iterator[str | Unreadable]:
    found = False
    for folder, below, files in os.walk(name):
        below[:] = sorted(one for one in below if not one.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and suffix(file) in _FOUND:
                found = True
                yield os.path.join(folder, file)  # noqa: PTH118 - as it was written, "./" and all
    if not found:
        yield Unreadable(name, "a folder with no text in it; those end in .txt, .md, .html, .jsonl or .parquet")
