"""A project's own settings: `figcheck.toml`, or `[tool.figcheck]` in `pyproject.toml`."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterator, Mapping

import attrs

from checker.rulebook.source import Section, read
from checker.vocabulary import NoUnit, Vocabulary, vocabulary

NAME = "figcheck.toml"
KEYS = ("ignore", "table", "units")
_TABLE_KEYS = ("files", "frame", "key", "table", "map")


@attrs.frozen
class TableSettings:
    """What a `[[table]]` entry says of datasets: what their rows are, what names them, what columns hold.

    `files` are globs from the folder of the settings, none for all; `map` has `column:unit:resolution` by role; `place`
    is where the entry stands, for messages.
    """

    place: str
    files: tuple[str, ...] = ()
    frame: str | None = None
    key: str | None = None
    table: str | None = None
    map: Mapping[str, str] = attrs.field(factory=dict)


def found(start: pathlib.Path) -> pathlib.Path | None:
    """The nearest file of settings in a folder or those above it, up to the one that holds the repository.

    It is named from the working directory. Raises `Unsound` for a pyproject.toml that names us and is no TOML.
    """
    for folder in _upwards(start.resolve()):
        own, shared = folder / NAME, folder / "pyproject.toml"
        if own.is_file():
            return _from_here(own)
        if shared.is_file() and _speaks_of_us(shared):
            return _from_here(shared)
    return None


def settings(path: pathlib.Path) -> Section:
    """The settings in a file; raises `Unsound`, one line with the file and line of what is wrong."""
    section = read(path)
    if path.name == "pyproject.toml":
        section = section.table("tool").table("figcheck")
    section.only(KEYS)
    return section


def units(settings: Section) -> Vocabulary:
    """The `[units]` of a project's settings: units of its own, more spellings, and those that are none to it.

    Raises `Unsound`.
    """
    section = settings.table("units")
    try:
        return vocabulary(section.values)
    except NoUnit as error:
        raise section.wrong(str(error), *error.key) from None


def tables(settings: Section) -> Iterator[TableSettings]:
    """The `[[table]]` entries of a project's settings, or its one `[table]`; raises `Unsound`."""
    entries = settings.array("table")
    if isinstance(settings.values.get("table"), dict):
        entries = iter((settings.table("table"),))
    for entry in entries:
        entry.only(_TABLE_KEYS)
        maps = entry.table("map")
        yield TableSettings(
            place=f"{entry.path}:{entry.line()}",
            files=entry.texts("files")
            if isinstance(entry.values.get("files"), list)
            else _one(entry.optional("files")),
            frame=entry.optional("frame"),
            key=entry.optional("key"),
            table=entry.optional("table"),
            map={role: maps.text(role) for role in maps.values},
        )


def _one(text: str | None) -> tuple[str, ...]:
    return () if text is None else (text,)


def _from_here(path: pathlib.Path) -> pathlib.Path:
    try:
        return pathlib.Path(os.path.relpath(path))
    except ValueError:
        return path


def _upwards(folder: pathlib.Path) -> Iterator[pathlib.Path]:
    for place in (folder, *folder.parents):
        yield place
        if (place / ".git").exists():
            return


def _speaks_of_us(path: pathlib.Path) -> bool:
    """Whether a pyproject.toml has our table; one that never names us is not even parsed."""
    try:
        named = b"figcheck" in path.read_bytes()
    except OSError:
        return False
    return named and "figcheck" in read(path).table("tool").values
