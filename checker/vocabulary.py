"""A project's own units and spellings, read beside those that ship."""

from __future__ import annotations

import contextlib
import contextvars
import functools
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from checker import units

KEYS = ("is", "words", "short", "symbols", "prefixes")
WITHOUT = "without"
_LONGEST = 60
_NAME = re.compile(r"[^\W\d]\w*")
_SPELLING = re.compile(r"[^\s\d](?:[^\n]*\S)?")
_PREFIXES = frozenset("kMGTPEZYhdcmµnpfa")


class NoUnit(ValueError):
    """What is wrong with an entry, in one line; `key` leads to it."""

    def __init__(self, message: str, *key: str) -> None:
        super().__init__(message)
        self.key = key


@attrs.frozen(eq=False)
class Vocabulary:
    """Units by pint's name, each with its spellings as figures/data/units.toml has them, and what is read as none."""

    source: str = attrs.field(default="{}", repr=False)
    entries: Mapping[str, Mapping[str, Any]] = attrs.field(factory=dict)
    without: frozenset[str] = frozenset()

    def __reduce__(self) -> tuple[Any, ...]:
        return _made, (self.source,)


NONE = Vocabulary()
"""No spellings but those that ship."""
_CURRENT = contextvars.ContextVar("vocabulary", default=NONE)


def vocabulary(entries: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary of a table of units; raises NoUnit.

    {"smoot": {"is": "1.7018 m", "words": ["smoot"]}, "kilometer": {"words": ["klick"]}, "without": ["bar"]}: a unit of
    its own says what it `is`, one that pint knows by its key has more spellings, and those `without` are no units.
    """
    return _made(json.dumps(entries, sort_keys=True, default=str)) if entries else NONE


@functools.lru_cache(maxsize=64)
def _made(source: str) -> Vocabulary:
    given: dict[str, Any] = json.loads(source)
    without = _texts(given.pop(WITHOUT, []), WITHOUT)
    spelled: dict[str, str] = {}
    for name, entry in given.items():
        if not isinstance(entry, dict):
            raise NoUnit(f"'{name}' is a table of what it is and its spellings", name)
        _settle(name, entry, spelled)
    return Vocabulary(source, given, frozenset(without))


def _settle(name: str, entry: Mapping[str, Any], spelled: dict[str, str]) -> None:
    """Sees to it that an entry can be read, and that pint knows its unit."""
    for key in entry:
        if key not in KEYS:
            raise NoUnit(f"'{name}' has an unknown key '{key}': it takes {', '.join(KEYS)}", name, key)
    spellings = [(key, text) for key in ("words", "short", "symbols") for text in _texts(entry.get(key, []), name, key)]
    if not spellings:
        raise NoUnit(f"'{name}' has no spelling: give it words, short or symbols", name)
    for key, text in spellings:
        if other := spelled.get(text):
            raise NoUnit(f"'{text}' cannot be both '{other}' and '{name}'", name, key)
        spelled[text] = name
    prefixes = entry.get("prefixes", "")
    if not isinstance(prefixes, str) or not set(prefixes.split()) <= _PREFIXES:
        raise NoUnit(f"'prefixes' of '{name}' are letters with spaces between, of {' '.join(sorted(_PREFIXES))}", name)
    _define(name, entry.get("is"))


def _define(name: str, meaning: object) -> None:
    if meaning is None:
        try:
            units.measure(name)
        except ValueError:
            told = f"'{name}' is no unit that is known: say what it is, as in is = \"1.7 m\""
            raise NoUnit(told, name) from None
        return
    if not isinstance(meaning, str) or not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise NoUnit(f"'{name}' is a new unit: its name is one word, what it is a text", name, "is")
    try:
        units.define(name, meaning)
    except ValueError as error:
        raise NoUnit(str(error), name, "is") from None


def _texts(found: object, *key: str) -> list[str]:
    """A list of spellings; a stroke parts a singular from its plural."""
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise NoUnit(f"'{key[-1]}' is a list of texts in quotes", *key)
    for text in found:
        if len(text) > _LONGEST or not all(_SPELLING.fullmatch(part) for part in text.split("/", 1)):
            raise NoUnit(f"'{text}' is no spelling of a unit: it begins with a letter or a sign", *key)
    return found


def current() -> Vocabulary:
    """The vocabulary that texts are read with."""
    return _CURRENT.get()


@contextlib.contextmanager
def using(own: Vocabulary) -> Iterator[None]:
    """Reads texts with a vocabulary."""
    if own is NONE:
        yield
        return
    token = _CURRENT.set(own)
    try:
        yield
    finally:
        _CURRENT.reset(token)
