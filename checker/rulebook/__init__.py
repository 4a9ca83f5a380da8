"""The rule language: rules as data, loaded and tried on, with expressions over sets of numbers."""

from __future__ import annotations

from checker.rulebook.load import load, shipped_rules

__all__ = ["load", "shipped_rules"]
