"""One row as a claim: its cells as the figures that columns took them for, to tell it and to try it on the oracle."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from checker.model import Binding, Claim, Document, Figure, Span
from checker.tables.cells import figure_of
from checker.tables.inputs import Input
from checker.tables.layout import Layout
from checker.tables.things import case_of


def claim_of_row(
    layout: Layout, found: Sequence[Input], raw: Mapping[str, str], values: Mapping[str, Any], name: str
) -> tuple[Document, Claim]:
    """The claim of a row, and a document with a line for each of its figures; `values` are its cells by raw column."""
    lines: list[str] = []
    filled: dict[str, tuple[Figure, ...]] = {}
    at = 0
    for one in found:
        figure = cell_figure(one, values[one.raw])
        if figure is None:
            continue
        line = _line(one, values[one.raw], figure)
        filled[one.slot.role.name] = (*filled.get(one.slot.role.name, ()), _moved(figure, at))
        lines.append(line)
        at += len(line) + 1
    text = "\n".join(lines)
    spans, at = [], 0
    for line in lines:
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    document = Document(text=text, name=name, paragraphs=tuple(spans))
    case = case_of(layout.topic, _text(layout.thing, raw, values), _text(layout.tags, raw, values))
    expected: dict[str, int] = {}
    for one in found:
        expected[one.slot.role.name] = expected.get(one.slot.role.name, 0) + 1
    whole = {role: figures for role, figures in filled.items() if len(figures) == expected[role]}
    missing = {role: f"no {role.replace('_', ' ')} given" for role in layout.frame.roles if role not in whole}
    return document, Claim(layout.frame.id, (Binding(whole, case.thing),), Span(0, len(text)), case.tags, missing)


def cell_figure(one: Input, value: Any) -> Figure | None:
    """A cell as the figure that columns take it for."""
    if isinstance(value, datetime.date):
        value = value.strftime("%Y-%m-%d")
    if isinstance(value, str):
        return one.figures[value.strip()] if value.strip() in one.figures else figure_of(value, one.slot, one.grain)
    return figure_of(value, one.slot, one.grain)


def _line(one: Input, value: Any, figure: Figure) -> str:
    """The text that the figure's offsets speak of: the cell with the column's unit, where it needed that."""
    whole = str(value).strip()
    if whole[figure.start : figure.end] == figure.text:
        return whole
    unit = one.slot.unit
    return (
        unit.dressed(whole) if unit and unit.dressed(whole)[figure.start : figure.end] == figure.text else figure.text
    )


def _moved(figure: Figure, by: int) -> Figure:
    phrase = Span(figure.phrase.start + by, figure.phrase.end + by)
    return attrs.evolve(figure, start=figure.start + by, end=figure.end + by, phrase=phrase)


def _text(column: str | None, raw: Mapping[str, str], values: Mapping[str, Any]) -> str | None:
    value = values[raw[column]] if column is not None else None
    return None if value is None else str(value)
