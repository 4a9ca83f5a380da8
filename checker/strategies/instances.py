"""Instances of a user's own class whose fields carry units: plausible ones, as the rules of their frame have it."""

from __future__ import annotations

import math
import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import attrs
from hypothesis import reject
from hypothesis import strategies as st

from checker.annotation import THING, Field, Unit, fields_of, parameters
from checker.claims import NotOneFigure
from checker.claims.values import figure_of
from checker.model import Figure
from checker.rulebook.schema import Frame, Rule, Rulebook
from checker.run import Rules, load_rules
from checker.strategies.choosing import Drawn
from checker.strategies.demands import Contradiction, Demands, demands
from checker.strategies.prints import Print
from checker.strategies.samples import Sample, Slot, roles, samples
from checker.units import Dimension, measure
from checker.wording import unit_text

T = TypeVar("T")

_FINER = 1000
"""The grid of a field has so many steps below the least value that the examples show."""
_ROOM = 4.0


def instances(
    cls: type[T], *, rules: Rules = None, thing: str | None = None, **given: st.SearchStrategy[Any]
) -> st.SearchStrategy[T]:
    """Instances of a class with `Unit` fields, in which the rules of the frame that they fill find no fault.

    Fields that fill no frame are as large as figures of their dimension are in the rules' examples; fields without a
    unit come from their types, or from `given`. `thing` is the class of thing that they are about; unless told
    otherwise the default of a field "thing" or "class", else any that the rules know, which such a field then tells.
    The class is made by attrs or `dataclasses`, or is a Pydantic model; raises ValueError for one without such fields.
    """
    book = load_rules(rules)
    fields = fields_of(cls)
    if not fields:
        raise ValueError(
            f"{cls.__name__} is no attrs class, dataclass or Pydantic model with fields such as "
            "'range: Annotated[float, Unit(\"km\")]'"
        )
    made_with = {own.field for own in parameters(cls)}
    fields = {name: field for name, field in fields.items() if name in made_with}
    for field in fields.values():
        measure(field.unit)
    about = next((own for own in parameters(cls) if own.field in THING and own.name not in given), None)
    if thing is None and about is not None and isinstance(about.default, str):
        thing = about.default
    asked = _joint(book, fields.values(), thing)
    used = {name: f for name, f in fields.items() if asked is not None and f.role in _filled(asked)}
    alone = {
        name: amounts(Unit(f.unit, f.role), whole=f.whole, rules=book) for name, f in fields.items() if name not in used
    }
    hints = typing.get_type_hints(cls)
    taken = {own.field: own.name for own in parameters(cls)}
    others = {
        own.name: st.from_type(hints[own.field])
        for own in parameters(cls)
        if own.required and own.field not in fields and own.name not in given
    }

    @st.composite
    def made(draw: st.DrawFn) -> T:
        values, named = _values(asked, used, draw) if asked is not None else ({}, None)
        own = {taken[name]: st.just(value) for name, value in values.items()}
        if about is not None and named is not None:
            own[about.name] = st.just(named)
        rest = {taken[name]: strategy for name, strategy in alone.items()}
        return draw(st.builds(cls, **{**others, **rest, **own, **given}))

    return made()


def amounts(unit: Unit, *, whole: bool = False, rules: Rules = None) -> st.SearchStrategy[Any]:
    """Numbers in a unit, as large as figures of its role, or else of its dimension, are in the rules' examples."""
    own = measure(unit.name)
    sizes = list(_sizes(load_rules(rules), own.dimension, unit.role))
    if not sizes:
        return st.integers(0, 1000) if whole else st.floats(0.0, 1000.0)
    low, high = ((base - own.offset) / own.factor for base in (min(sizes), max(sizes)))
    low, high = (low / _ROOM if low > 0 else low * _ROOM), high * _ROOM
    return st.integers(math.floor(low), math.ceil(high)) if whole else st.floats(low, high)


def _right(rule: Rule) -> list[Sample]:
    """The samples on which a rule finds nothing wrong."""
    return [sample for sample in samples(rule) if sample.verdict != "broken"]


def _sizes(book: Rulebook, dimension: Dimension, role: str | None) -> list[float]:
    found: dict[bool, list[float]] = {True: [], False: []}
    for rule in book.rules:
        for sample in _right(rule):
            for name, slots in sample.slots.items():
                found[name == role] += [
                    s.grid.base(s.k) for s in slots if s.grid and s.grid.measure.dimension == dimension
                ]
    return found[True] or found[False]


# ---------------------------------------------------------------------- fields that make a claim together
def _joint(book: Rulebook, fields: Iterable[Field], thing: str | None) -> Demands | None:
    """The demands that the rules of the best filled frame make of fields; None where no rule is filled."""
    by_role = {f.role: f for f in fields}
    frames = {rule.frame.id: rule.frame for rule in book.rules if rule.names() <= by_role.keys()}
    best: Demands | None = None
    for frame in frames.values():
        rules = [r for r in book.rules if r.frame.id == frame.id and r.names() <= by_role.keys()]
        rules = [r for r in rules if r.level != "note" and not any(frame.roles[name].many for name in r.names())]
        if not rules:
            continue
        made = _demanded(frame, sorted(rules, key=lambda r: -len(r.names())), by_role, thing)
        if made is not None and (best is None or len(_filled(made)) > len(_filled(best))):
            best = made
    return best


def _demanded(frame: Frame, rules: Sequence[Rule], fields: Mapping[str, Field], thing: str | None) -> Demands | None:
    """Demands on all rules at once or, where that cannot be, on the first few; None where not one can be kept."""
    for count in range(len(rules), 0, -1):
        chosen = tuple(rules[:count])
        slots = {name: _slot(frame, name, fields[name], chosen) for name in roles(*chosen)}
        kept = {name: (slot,) for name, slot in slots.items() if slot is not None}
        if len(kept) < len(slots):
            continue
        for exact in (True, False):
            try:
                return demands(chosen[0], "consistent", _family(kept, chosen), thing, {}, chosen[1:], exact=exact)
            except Contradiction:
                continue
    return None


def _family(slots: Mapping[str, tuple[Slot, ...]], rules: Sequence[Rule]) -> list[Sample]:
    """A sample of the least and one of the greatest values that the examples show."""
    ends = []
    for pick in (min, max):
        own = {}
        for name, (slot,) in slots.items():
            assert slot.grid is not None
            shown = _shown(name, slot.grid, rules)
            own[name] = (attrs.evolve(slot, k=slot.grid.index(pick(shown))),)
        ends.append(Sample(own, rules[0].thing, frozenset()))
    return ends


def _shown(name: str, grid: Print, rules: Sequence[Rule]) -> list[float]:
    return [
        s.grid.base(s.k)
        for rule in rules
        for sample in _right(rule)
        for s in sample.slots.get(name, ())
        if s.grid and s.grid.measure.dimension == grid.measure.dimension
    ]


def _slot(frame: Frame, name: str, field: Field, rules: Sequence[Rule]) -> Slot | None:
    """The grid of a field: printed in its unit, finer than the examples are; None where the role does not take it."""
    own = measure(field.unit)
    unit = unit_text(own)
    grid = Print("number", own, after=unit if unit == "%" else f" {unit}".rstrip())
    shown = [abs(base - own.offset) / own.factor for base in _shown(name, grid, rules)]
    if not shown:
        return None
    least = min(x for x in shown) or 1.0
    decimals = 0 if field.whole else max(0, math.ceil(math.log10(_FINER / least)))
    grid = attrs.evolve(grid, decimals=decimals, signed=own.offset != 0.0)
    line = grid.line(max(1, grid.index(own.factor + own.offset)))
    try:
        figure = figure_of(frame, name, line)
    except NotOneFigure:
        return None
    return Slot(figure, line, grid) if figure.measure == own else None


def _filled(asked: Demands) -> tuple[str, ...]:
    return roles(asked.rule, *asked.also)


def _values(asked: Demands, fields: Mapping[str, Field], draw: st.DrawFn) -> tuple[dict[str, Any], str | None]:
    """Numbers for the fields, and the class of thing that they are about."""
    solution = asked.solve(Drawn(draw))
    if solution is None:
        return reject()
    numbers = {name: _nominal(solution.figures[f.role][0]) for name, f in fields.items()}
    return {name: int(x) if fields[name].whole else x for name, x in numbers.items()}, solution.thing


def _nominal(figure: Figure) -> float:
    assert isinstance(figure.nominal, float | int)
    return float(figure.nominal)
