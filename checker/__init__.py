"""Checks the figures of a text against each other and against what is possible."""

import importlib
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from checker.annotation import Unit
    from checker.assertion import assert_consistent
    from checker.dataset import TableReport, UnusableTable
    from checker.model import Check, Claim, Document, Figure, Finding, Repair, Report
    from checker.readers import Unreadable
    from checker.run import check, check_file, check_table, load_rules, read_figures

__version__ = "0.1.0"

__all__ = [
    "Check",
    "Claim",
    "Document",
    "Figure",
    "Finding",
    "Repair",
    "Report",
    "TableReport",
    "Unit",
    "Unreadable",
    "UnusableTable",
    "assert_consistent",
    "check",
    "check_file",
    "check_table",
    "load_rules",
    "read_figures",
]

_ROOMS = {
    "Unit": "annotation",
    "Unreadable": "readers",
    "assert_consistent": "assertion",
    **dict.fromkeys(("TableReport", "UnusableTable"), "dataset"),
    **dict.fromkeys(("Check", "Claim", "Document", "Figure", "Finding", "Repair", "Report"), "model"),
    **dict.fromkeys(("check", "check_file", "check_table", "load_rules", "read_figures"), "run"),
}
"""Where each public name comes from. It is fetched when it is first asked for, so that the plug-ins cost no time in a
run of pytest that does not use them."""


if not TYPE_CHECKING:  # type checkers would take it to mean that there is any name whatever

    def __getattr__(name: str) -> Any:
        if name not in _ROOMS:
            raise AttributeError(f"module 'checker' has no attribute '{name}'")
        value = getattr(importlib.import_module(f"checker.{_ROOMS[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Face(types.ModuleType):
    """The package, on which `check` stays the function.

    Python binds a module that it has imported on its package, and `checker.check` is a module too, which would take the
    place of the function as soon as any room of the house imports it. A module's own `__getattr__` is not asked then.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _ROOMS or not isinstance(value, types.ModuleType):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
