"""A TOML file with the line of every key, so that what is wrong with it can be said where it stands.

`tomllib` tells the line of a syntax error and of nothing else. A second, small scan of the text finds the lines of the
keys; it may be simple, for it only sees text that `tomllib` has read.
"""

from __future__ import annotations

import pathlib
import re
import textwrap
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from checker.rulebook.schema import RuleError
from checker.rulebook.types import nearest

LARGEST = 1_000_000
"""The largest rule file, in bytes."""

LONGEST_MESSAGE = 400
"""The most that is said of one error, in characters."""

Key = tuple[str | int, ...]
"""Where a value stands: the keys from the top down, an index in an array of tables."""


class Unsound(Exception):
    """What is wrong with a rule or topic file, as the one line that its author gets."""

    def __init__(self, error: RuleError) -> None:
        super().__init__(str(error))
        self.error = error


def unsound(path: pathlib.Path, line: int, message: str) -> Unsound:
    """The error for a line of a file, on one line itself, whatever names and texts the file holds."""
    visible = "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in message)
    return Unsound(RuleError(path, line, textwrap.shorten(visible, LONGEST_MESSAGE, placeholder=" ...")))


@attrs.frozen
class Section:
    """A table of a file: its values, and where it stands."""

    path: pathlib.Path
    values: Mapping[str, Any]
    lines: Mapping[Key, int] = attrs.field(repr=False)
    key: Key = ()

    def wrong(self, message: str, *key: str | int) -> Unsound:
        """The error for one of the section's keys, or for the section."""
        return unsound(self.path, self.line(*key), message)

    def line(self, *key: str | int) -> int:
        """The line where a key stands, or the nearest table around it."""
        whole = (*self.key, *key)
        while whole and whole not in self.lines:
            whole = whole[:-1]
        return self.lines.get(whole, 1)

    def only(self, known: Iterable[str]) -> None:
        """Raises Unsound for a key that the section should not have."""
        allowed = set(known)
        for key in self.values:
            if key not in allowed:
                raise self.wrong(f"unknown key '{key}'{self._here()}: {nearest(key, allowed)}", key)

    def text(self, key: str) -> str:
        """The text under a key that must be there."""
        text = self.optional(key)
        if text is None:
            raise self.wrong(f"the key '{key}' is missing{self._here()}")
        return text

    def optional(self, key: str) -> str | None:
        """The text under a key, None without it; an empty text is an error."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.wrong(f"'{key}' is a text in quotes, not {_kind(value)}", key)
        if not value.strip():
            raise self.wrong(f"'{key}' is empty", key)
        return value.strip()

    def choice(self, key: str, among: Sequence[str], default: str | None = None) -> str:
        """The text under a key, which must be one of a few."""
        text = self.optional(key) or default
        if text is None:
            raise self.wrong(f"the key '{key}' is missing{self._here()}: it is one of {', '.join(among)}")
        if text not in among:
            raise self.wrong(f"'{key}' is one of {', '.join(among)}, not '{text}'", key)
        return text

    def flag(self, key: str, default: bool = False) -> bool:
        """The true or false under a key."""
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(f"'{key}' is true or false, not {_kind(value)}", key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The list of texts under a key, empty without it."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(f"'{key}' is a list of texts in quotes", key)
        if key in self.values and not value:
            raise self.wrong(f"'{key}' is an empty list", key)
        return tuple(value)

    def table(self, key: str) -> Section:
        """The table under a key, an empty one without it."""
        return self._section(self.values.get(key, {}), key)

    def tables(self, key: str) -> Iterator[tuple[str, Section]]:
        """The tables in the table under a key, by name."""
        yield from self.table(key).rows()

    def rows(self) -> Iterator[tuple[str, Section]]:
        """The section's values by name, each of which must be a table."""
        for name in self.values:
            yield name, self.table(name)

    def array(self, key: str) -> Iterator[Section]:
        """The tables of an array of tables, none without it."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.wrong(f"'{key}' is written [[{key}]], once for each", key)
        for i, item in enumerate(value):
            yield self._section(item, key, i)

    def _section(self, value: object, *key: str | int) -> Section:
        if not isinstance(value, dict):
            raise self.wrong(f"'{key[0]}' is a table, not {_kind(value)}", *key)
        return Section(self.path, value, self.lines, (*self.key, *key))

    def _here(self) -> str:
        names = [str(part) for part in self.key if isinstance(part, str)]
        return f" in [{'.'.join(names)}]" if names else ""


def read(path: pathlib.Path) -> Section:
    """The file as its top table; raises Unsound for one that cannot be read or is no TOML."""
    if path.exists() and not path.is_file():
        raise unsound(path, 1, "this is no file")
    try:
        if path.stat().st_size > LARGEST:
            raise unsound(path, 1, f"the file is larger than {LARGEST:,} bytes, which no rule is")
        raw = path.read_bytes()
    except OSError as error:
        raise unsound(path, 1, f"the file cannot be read: {error.strerror}") from error
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise unsound(path, line, "the file is not UTF-8 text; save it as UTF-8") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at (?:line (\d+), column \d+|end of document)\)$", str(error))
        line = int(place[1]) if place and place[1] else text.rstrip("\n").count("\n") + 1
        told = str(error)[: place.start()] if place else str(error)
        raise unsound(path, line, f"this is no TOML: {told[:1].lower()}{told[1:]}") from error
    except RecursionError as error:
        raise unsound(path, 1, "this is no TOML: brackets nest too deep") from error
    return Section(path, values, key_lines(text))


# ---------------------------------------------------------------------- lines
_STRINGS = (
    r"'''(?:[^']|'(?!''))*'''",
    r'"""(?:[^"\\]|\\.|"(?!""))*"""',
    r'"(?:[^"\\\n]|\\.)*"',
    r"'[^'\n]*'",
)
_OTHERS = (
    r"(?P<line>\n)",
    r"(?P<blank>[ \t]+)",
    r"(?P<open>[\[{])",
    r"(?P<close>[\]}])",
    r"#[^\n]*",
    r"[^\"'#\[\]{}\n]+",
    r".",
)
_TOKEN = re.compile("|".join((*_STRINGS, *_OTHERS)), re.DOTALL)
_NAME = rf"(?:[A-Za-z0-9_-]+|{_STRINGS[2]}|{_STRINGS[3]})"
_DOTTED = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADER = re.compile(rf"\[(\[)?[ \t]*({_DOTTED})[ \t]*\]")
_KEY = re.compile(rf"({_DOTTED})[ \t]*=")
_PARTS = re.compile(_NAME)


def key_lines(text: str) -> dict[Key, int]:
    """The line, counted from 1, of every key and table header of a TOML text, by its whole key."""
    lines: dict[Key, int] = {}
    counts: dict[Key, int] = {}
    table: Key = ()
    for line, at in _statements(text):
        whole: Key = ()
        if header := _HEADER.match(text, at):
            whole = table = _whole(_names(header[2]), counts, opens=header[1] is not None)
        elif key := _KEY.match(text, at):
            whole = (*table, *_names(key[1]))
        for i in range(1, len(whole) + 1):
            lines.setdefault(whole[:i], line)
    return lines


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """Where each header and each key starts: its line, and its place in the text."""
    line, depth, fresh = 1, 0, True
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "line":
            line, fresh = line + 1, depth == 0
            continue
        if fresh and kind != "blank":
            yield line, token.start()
            fresh = False
        line += token[0].count("\n")
        depth += (kind == "open") - (kind == "close")


def _names(dotted: str) -> list[str]:
    """The parts of a dotted key, unquoted."""
    return [next(iter(tomllib.loads(f"{part} = 0"))) for part in _PARTS.findall(dotted)]


def _whole(names: Sequence[str], counts: dict[Key, int], *, opens: bool) -> Key:
    """The key of a table header, with the index of each array of tables that it stands in."""
    key: Key = ()
    for i, name in enumerate(names):
        key = (*key, name)
        if opens and i == len(names) - 1:
            counts[key] = counts.get(key, -1) + 1
        if key in counts:
            key = (*key, counts[key])
    return key


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case str():
            return "a text"
        case int() | float():
            return "a number"
        case list():
            return "a list"
        case dict():
            return "a table"
    return "a date or time"
