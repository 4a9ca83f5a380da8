"""Values held against the rules in someone's own test suite, with a failure that shows the working."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import pint

from checker import failure
from checker.annotation import THING, fields_of
from checker.check import judge
from checker.claims import NotOneFigure
from checker.claims.fits import admits
from checker.claims.things import class_named
from checker.claims.values import figure_of
from checker.interval import Intervals, down, up
from checker.model import COMPUTED, Binding, Check, Claim, Figure, Readings, Span
from checker.rulebook.schema import Frame, Role, Rulebook
from checker.rulebook.types import nearest
from checker.run import Rules, check_table, load_rules, tables
from checker.units import DATE, Measure, measure
from checker.wording import unit_text

_WITH_UNIT = re.compile(r"\s*(?P<name>.+?)\s*[(\[](?P<unit>[^()\[\]]+)[)\]]\s*")
_DAY = Measure("day", DATE, 86400.0)


def assert_consistent(
    values: Any,
    *,
    rules: Rules = None,
    frame: str | None = None,
    thing: str | None = None,
    tags: Iterable[str] = (),
    key: str | None = None,
    map: Sequence[str] = (),  # noqa: A002 - it is what --map is to the command
) -> None:
    """Raise AssertionError, showing the working, where a rule finds that values cannot all be right.

    `values` are those of one thing by role; an instance of an attrs class, a dataclass or a Pydantic model whose fields
    carry a `Unit`; many of either, in a sequence; or a polars, pandas, Arrow, DuckDB or Spark frame. A value is a text
    as printed ("1,500 km"), a pint quantity, a date, or a number whose unit its name says (`range_km`, "range (km)").
    `frame` names the frame of the rules ("ballistics.launch") where the roles alone do not tell it; `thing` is the
    class of thing, which a value named "class" may also give. Of a frame, `key` is the column that names its rows, and
    `map` says what columns hold whose name does not ("range=dist_km:km").

    A number alone is exact but for the rounding of its computation; one of a frame is as fine as its column shows.
    Raises ValueError, in one line, for a value or a cell that is none, and where no rule could check anything, so that
    a test that tests nothing does not pass.
    """
    __tracebackhide__ = True
    book = load_rules(rules)
    if _is_frame(values):
        labels = " ".join(tags)
        whole = tables("frames").told_besides(values, thing, labels)
        maps = [*map, tables("frames").LABELLED] if labels else map
        report = check_table(whole, rules=book, frame=frame, map=maps, key=key, name="frame")
        if report.broken("error", "warning"):
            raise AssertionError(failure.of_table(report))
        if unread := failure.unread(report):
            raise ValueError(unread)
        if not report.checked:
            raise ValueError(failure.nothing_checked(report))
        return
    if key is not None or map:
        raise ValueError(f"key and map are for the columns of a frame, and a {type(values).__name__} is none")
    judged: list[tuple[str, Check]] = []
    for place, given in _records(values):
        claims = list(_claims(book, given, frame, thing, frozenset(tags)))
        judged += [(place, check) for check in judge(claims, book)]
    broken = [(place, check) for place, check in judged if check.is_finding]
    if broken:
        raise AssertionError(failure.of_checks(broken))
    if all(check.verdict == "unchecked" for _, check in judged):
        reasons = dict.fromkeys(check.reason for _, check in judged if check.reason)
        raise ValueError(f"nothing was checked: {'; '.join(reasons) or 'no rule speaks of these values'}")


# ---------------------------------------------------------------------- frames
def _is_frame(values: Any) -> bool:
    """Whether values are a table of some library, asked of its type: some compute their columns when asked for them."""
    return hasattr(type(values), "columns") and not isinstance(values, Mapping) and not fields_of(type(values))


# ---------------------------------------------------------------------- what is given
def _records(values: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each set of values, with words that say which of many it is."""
    if isinstance(values, Mapping | str) or not isinstance(values, Iterable) or fields_of(type(values)):
        yield "", _record(values)
        return
    for i, one in enumerate(values):
        yield f"values[{i}]: ", _record(one)


def _record(values: Any) -> Mapping[str, Any]:
    if isinstance(values, Mapping):
        return {str(name): value for name, value in values.items() if value is not None}
    fields = fields_of(type(values))
    if not fields:
        raise ValueError(
            f"{type(values).__name__} holds no values: give a mapping, or a class whose fields carry a Unit"
        )
    told = {f"{f.role} ({f.unit})": value for name, f in fields.items() if (value := getattr(values, name)) is not None}
    classes = {name: getattr(values, name) for name in THING if isinstance(getattr(values, name, None), str)}
    return {**told, **classes}


# ---------------------------------------------------------------------- the claims that it makes
def _claims(
    book: Rulebook, given: Mapping[str, Any], frame: str | None, thing: str | None, tags: frozenset[str]
) -> Iterator[Claim]:
    frames = {f.id: f for topic in book.topics.values() for f in topic.frames.values()}
    if frame is not None and frame not in frames:
        raise ValueError(f"there is no frame '{frame}': {nearest(frame, frames)}")
    sought = [frames[frame]] if frame is not None else [f for f in frames.values() if not f.spoken]
    known = {role for f in sought for role in f.roles}
    for name in given:
        if name not in THING and _role(name, known) is None:
            raise ValueError(f"'{name}' is no role: {nearest(_bare(name), known)}")
    own = next((str(given[name]) for name in THING if name in given), thing)
    misfits: list[NotOneFigure] = []
    made = 0
    for each in sought:
        filled = _filled(given, each)
        spoken = [rule for rule in book.rules if rule.frame.id == each.id and rule.names() <= filled.keys()]
        if not spoken and frame is None:
            continue
        try:
            yield _claim(each, filled, _class_of(book, each, own), tags)
            made += 1
        except NotOneFigure as misfit:
            # The same name may be a role of another type in another frame.
            misfits.append(misfit)
    if misfits and not made:
        raise misfits[0]


def _class_of(book: Rulebook, frame: Frame, own: str | None) -> str | None:
    """The class that a name says, for a frame that is about one; a name that is unknown stays as it is."""
    if frame.thing is None or own is None:
        return None
    topic = next(topic for topic in book.topics.values() if frame.id in {f.id for f in topic.frames.values()})
    return class_named(topic, own) or own


def _filled(given: Mapping[str, Any], frame: Frame) -> dict[str, tuple[Any, str | None]]:
    """The values of a frame's roles with the units that their names say; raises ValueError for two of one role."""
    filled: dict[str, tuple[Any, str | None]] = {}
    names: dict[str, str] = {}
    for name, value in given.items():
        found = _role(name, frame.roles)
        if found is None:
            continue
        role, unit = found
        if role in filled:
            raise ValueError(f"'{names[role]}' and '{name}' both give the {role}")
        filled[role], names[role] = (value, unit), name
    return filled


def _role(name: str, roles: Iterable[str]) -> tuple[str, str | None] | None:
    """The role that a name says, and the unit, if it says one."""
    known = set(roles)
    if name in known:
        return name, None
    if (match := _WITH_UNIT.fullmatch(name)) and match["name"] in known:
        return match["name"], match["unit"]
    for role in sorted(known, key=len, reverse=True):
        if name.startswith(f"{role}_") and _is_unit(unit := name.removeprefix(f"{role}_").replace("_per_", "/")):
            return role, unit
    return None


def _bare(name: str) -> str:
    match = _WITH_UNIT.fullmatch(name)
    return match["name"] if match else name


def _is_unit(name: str) -> bool:
    try:
        measure(name)
    except ValueError:
        return False
    return True


def _claim(
    frame: Frame, filled: Mapping[str, tuple[Any, str | None]], thing: str | None, tags: frozenset[str]
) -> Claim:
    roles: dict[str, tuple[Figure, ...]] = {}
    lines: list[str] = []
    for name, (value, unit) in filled.items():
        many = list(value) if isinstance(value, list | tuple) else [value]
        for each in many:
            figure = _figure(frame.roles[name], frame, each, unit, sum(len(line) + 1 for line in lines))
            lines.append(each if isinstance(each, str) else figure.text)
            roles[name] = (*roles.get(name, ()), figure)
    missing = {name: f"no {name.replace('_', ' ')} given" for name in frame.roles if name not in roles}
    return Claim(frame.id, (Binding(roles, thing),), Span(0, sum(len(line) + 1 for line in lines)), tags, missing)


def _figure(role: Role, frame: Frame, value: Any, unit: str | None, shift: int) -> Figure:
    if isinstance(value, str):
        return figure_of(frame, role.name, value, shift)
    if isinstance(value, Figure):
        made = value
    elif isinstance(value, datetime.date):
        made = _exact(role, float(value.toordinal()), _DAY, f"{value:%-d %B %Y}")
    elif isinstance(value, pint.Quantity):
        made = _number(role, float(value.magnitude), str(value.units))
    elif isinstance(value, int | float) or hasattr(value, "__float__"):
        made = _number(role, float(value), unit)
    else:
        raise NotOneFigure(f"{role.name} is a {type(value).__name__}, not a text, a number or a quantity")
    if not admits(role, made):
        raise NotOneFigure(f"{made.text} is no {role.name}: {_wanted(role)}")
    return attrs.evolve(made, start=shift, end=shift + len(made.text), phrase=Span(shift, shift + len(made.text)))


def _wanted(role: Role) -> str:
    return (
        f"that is a {' or '.join(sorted(role.kinds))} of {role.dimension if role.dimension is not None else 'any unit'}"
    )


def _number(role: Role, value: float, unit: str | None) -> Figure:
    if not math.isfinite(value):
        raise AssertionError(f"{role.name} is {value}, not a number")
    if unit is None and role.dimension:
        raise NotOneFigure(f"{role.name} is a bare number: name it with its unit ({role.name}_km) or give a quantity")
    own = measure(unit if unit is not None else "dimensionless")
    told = f"{value:,.10g} {unit_text(own)}".strip()
    return _exact(role, value, own, told)


_KINDS = {"percent": ("percent", "points"), "percentage_point": ("points",), "day": ("duration", "date")}


def _exact(role: Role, value: float, own: Measure, told: str) -> Figure:
    """A figure of just this value, of the kind of its unit where the role admits it."""
    usual = (
        ("date",)
        if own is _DAY
        else _KINDS.get(own.name, ("duration", "quantity", "count", "percent", "ordinal", "money"))
    )
    kind = next((k for k in usual if k in role.kinds), min(role.kinds))
    margin = 0.0 if own is _DAY else abs(value) * COMPUTED
    values = Intervals.of(down(value - margin), up(value + margin)) if margin else Intervals.of(value)
    size = Span(0, len(told))
    return Figure(told, 0, len(told), kind, value, Readings(values, values, values), own, size)
