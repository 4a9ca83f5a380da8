"""Word lists as regular expressions that a scan walks once, and the data files that hold them."""

from __future__ import annotations

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterable
from typing import Any

_SPACE = r"[\s\u00a0\-\u2010\u2011]"
_Trie = dict[str, "_Trie"]
_END = ""


@functools.cache
def data(name: str) -> dict[str, Any]:
    """A data file of this package, as TOML has it."""
    source = importlib.resources.files("checker.figures") / "data" / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of the words that stands at a place; a space in one is any single space or hyphen.

    The words share their beginnings, so matching takes a step a character however many words there are.
    """
    trie: _Trie = {}
    for word in words:
        node = trie
        for character in word:
            node = node.setdefault(character, {})
        node[_END] = {}
    return _pattern(trie)


def _pattern(node: _Trie) -> str:
    branches = [_character(c) + _pattern(child) for c, child in sorted(node.items()) if c != _END]
    if not branches:
        return ""
    if _END in node:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _character(c: str) -> str:
    return _SPACE if c == " " else re.escape(c)
