"""Word lists as regular expressions that a scan walks once, and the data files that hold them."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable
from typing import Any

GAP = r"[\s\u00a0\u2009\u202f\-\u2010\u2011]"
"""What may stand for a space inside a spelling."""

_GAPS = re.compile(GAP)
_Trie = dict[str, "_Trie"]
_END = ""


@functools.cache
def data(name: str) -> dict[str, Any]:
    """A data file of this package, as TOML has it."""
    source = importlib.resources.files("checker.figures") / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


@functools.cache
def listed(name: str, *path: str) -> frozenset[str]:
    """A list of words in a data file, by the keys that lead to it."""
    found: Any = data(name)
    for key in path:
        found = found[key]
    return frozenset(found)


@functools.cache
def forms(name: str, *path: str) -> frozenset[str]:
    """The words of a list whose entries are words in their forms ("fall falls fell fallen falling")."""
    return frozenset(word for entry in listed(name, *path) for word in entry.split())


def any_of(spellings: Iterable[str]) -> str:
    """A pattern for the longest of the spellings that stands at a place; a space in one is any single GAP.

    The spellings share their beginnings, so matching takes a step a character however many there are.
    """
    trie: _Trie = {}
    for spelling in spellings:
        node = trie
        for character in spelling:
            node = node.setdefault(character, {})
        node[_END] = {}
    return _pattern(trie)


def either(spellings: Iterable[str]) -> str:
    """A plain alternation, for a few words inside a larger pattern."""
    return "|".join(re.escape(s).replace(r"\ ", r"\s") for s in sorted(spellings, key=len, reverse=True))


def spaced(spelled: str) -> str:
    """A spelling as a text has it, with a space for each gap."""
    return _GAPS.sub(" ", spelled)


def _pattern(node: _Trie) -> str:
    branches = [_character(c) + _pattern(child) for c, child in sorted(node.items()) if c != _END]
    if not branches:
        return ""
    if _END in node:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _character(c: str) -> str:
    return GAP if c == " " else re.escape(c)
