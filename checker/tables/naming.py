"""Names between a file and an engine: quoted for SQL, and columns by their place instead of their name."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping, Sequence

from checker.dataset import UnusableTable
from checker.tables.judging import Data


def quoted(text: str) -> str:
    """A text as SQL has it."""
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def literal(path: pathlib.Path) -> str:
    """A path as SQL has it, in which the engine sees no pattern of names."""
    return quoted("".join(f"[{c}]" if c in "*?[" else c for c in str(path)))


def aliases(names: Sequence[object]) -> list[str]:
    """What the engine calls columns: names that it cannot take for one another, or for anything else."""
    return [f"c{i}" for i in range(len(names))]


def by_need(name: str, names: Sequence[str], load: Callable[[Mapping[str, str]], Data]) -> Data:
    """A table of which only those columns are read that are asked for.

    `load` gets them as aliases by name. A name that stands twice is an error where it is asked for.
    """
    columns: dict[str, str] = {}
    for one, alias in zip(names, aliases(names), strict=True):
        columns.setdefault(one, alias)

    def holding(asked: Sequence[str]) -> Data:
        for one in asked:
            if names.count(one) > 1:
                raise UnusableTable(f"two columns are named '{one}'")
        return load({one: columns[one] for one in asked})

    return Data(name, None, columns, load=holding)
