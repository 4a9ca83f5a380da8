"""Which column of a dataset plays which role of a frame, in which unit: by its name, or as the user maps it.

A column is named for a role with its unit beside it: `range_km`, `flight_time (s)`, `apogee [km]`. Units are those
that prose knows, for a unit is tried on by reading a figure with it.
"""

from __future__ import annotations

import difflib
import functools
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from checker.claims.fits import admits, alike
from checker.dataset import NoRoles, UnusableTable, WrongUnit
from checker.figures import read
from checker.model import Document, Figure, Span
from checker.rulebook.schema import Frame, Role, Rulebook, Topic

CLASS, TAGS = "class", "tags"
"""What a mapping may name besides the roles of a frame: the class of each row's thing, and a column that tells tags."""

_BESIDE = re.compile(r"(?P<name>.*?)\s*(?:\((?P<round>[^()]*)\)|\[(?P<square>[^\[\]]*)\])\s*\Z", re.DOTALL)
_SPELT = {"pct": "%", "percent": "%", "kmh": "km/h", "kph": "km/h", "kmph": "km/h", "mps": "m/s"}
_TRIED = 3
"""The number that a unit is tried on with: small, without zeros, and a plural."""


@attrs.frozen
class Unit:
    """What makes a figure of a column's numbers: the text after a number, and a figure read with it.

    A number stands for itself times 10**power in the figure's measure. `inclusive`: as `checker.figures.readings` has
    it, both ends of what is counted may count.
    """

    text: str
    figure: Figure
    power: int
    inclusive: bool

    def dressed(self, number: str) -> str:
        """A number with the unit, as prose has it."""
        if self.text in _BEFORE:
            return f"{self.text}{number}"
        return f"{number}{self.text}" if self.text == "%" else f"{number} {self.text}".strip()


_BEFORE = ("$", "£", "€", "¥", "₹")


@attrs.frozen
class Slot:
    """A column in a role; `unit` is None where each cell must say what it is, as dates do.

    `is_named`: nothing but the last part of its name tells the unit, as in change_pct.
    """

    role: Role
    column: str
    unit: Unit | None
    resolution: float | None = None
    is_named: bool = False


@attrs.frozen
class Layout:
    """A frame with the columns that fill it."""

    topic: Topic
    frame: Frame
    slots: tuple[Slot, ...]
    thing: str | None = None
    tags: str | None = None

    @property
    def roles(self) -> frozenset[str]:
        """The roles that a column fills."""
        return frozenset(slot.role.name for slot in self.slots)


@attrs.frozen
class Mapped:
    """What the user said of a column: `role=column:unit:resolution`, the unit and the resolution where given."""

    role: str
    column: str
    unit: str | None = None
    resolution: float | None = None


def read_mapping(text: str, columns: Sequence[str]) -> Mapped:
    """A mapping as the command line has it; the longest column name that fits is meant. Raises UnusableTable."""
    role, equals, rest = text.partition("=")
    role = role.strip()
    if not equals or not role or not rest.strip():
        raise UnusableTable(f"'{text}' is no mapping: write role=column or role=column:unit, such as range=dist_km:km")
    parts = rest.strip().split(":")
    for taken in range(len(parts), 0, -1):
        name, more = ":".join(parts[:taken]), parts[taken:]
        if name in columns and len(more) <= 2:
            resolution = _resolution(text, more[1]) if len(more) == 2 else None
            return Mapped(role, name, more[0].strip() or None if more else None, resolution)
    raise UnusableTable(f"--map {text}: there is no column '{parts[0]}'; {_nearest(parts[0], columns)}")


def _resolution(text: str, part: str) -> float:
    try:
        found = float(part)
    except ValueError:
        found = math.nan
    if not 0.0 < found < math.inf:
        raise UnusableTable(f"--map {text}: '{part}' is no resolution; write the least step of the column, such as 0.1")
    return found


def arrange(
    columns: Sequence[str], rulebook: Rulebook, frame: str | None, maps: Sequence[Mapped]
) -> tuple[Layout, ...]:
    """The frames that the columns fill, so that a rule has what it asks for; raises UnusableTable.

    Without a frame named, every frame is tried: mapped columns count for all that have the role, and a frame of which
    one role alone is filled only where that role needs no words beside its figure.
    """
    frames = [(topic, own) for topic in rulebook.topics.values() for own in topic.frames.values()]
    if frame is not None:
        named = [(topic, own) for topic, own in frames if own.id == frame]
        if not named:
            raise UnusableTable(f"there is no frame '{frame}'; {_nearest(frame, [own.id for _, own in frames])}")
        frames = named
    _known_roles(maps, [own for _, own in frames])
    layouts = list(_layouts(frames, columns, maps, chosen=frame is not None))
    found = tuple(
        layout
        for layout in layouts
        if any(rule.frame is layout.frame and rule.names() <= layout.roles for rule in rulebook.rules)
        and (frame is not None or (not layout.frame.spoken and _is_told(layout, maps)))
    )
    if not found:
        unsaid = frame is None and not maps
        raise (NoRoles if unsaid else UnusableTable)(_nothing_fits(layouts, rulebook, columns, frame))
    return found


def _layouts(
    frames: Sequence[tuple[Topic, Frame]], columns: Sequence[str], maps: Sequence[Mapped], *, chosen: bool
) -> Iterator[Layout]:
    """The layout of each frame, but of those whose role cannot have a mapped column's unit, if others can."""
    refused: list[WrongUnit] = []
    some = False
    for topic, frame in frames:
        try:
            layout = _laid_out(topic, frame, columns, maps, chosen=chosen)
        except WrongUnit as error:
            refused.append(error)
        else:
            some = some or any(slot.column == mapped.column for slot in layout.slots for mapped in maps)
            yield layout
    if refused and not some:
        raise refused[0]


def _is_told(layout: Layout, maps: Sequence[Mapped]) -> bool:
    if len(layout.slots) > 1 or any(mapped.role in layout.roles for mapped in maps):
        return True
    return all(slot.role.cue == "none" for slot in layout.slots)


def _known_roles(maps: Sequence[Mapped], frames: Sequence[Frame]) -> None:
    known = {CLASS, TAGS, *(name for frame in frames for name in frame.roles)}
    for mapped in maps:
        if mapped.role not in known:
            raise UnusableTable(
                f"'{mapped.role}' is no role of {_frames(frames)}; {_nearest(mapped.role, sorted(known))}"
            )


def _frames(frames: Sequence[Frame]) -> str:
    return frames[0].id if len(frames) == 1 else "any frame"


def _nothing_fits(layouts: Sequence[Layout], rulebook: Rulebook, columns: Sequence[str], frame: str | None) -> str:
    best = max(layouts, key=lambda layout: len(layout.slots), default=None)
    if best is None:
        return "the rules have no frame that columns could fill"
    wanted = sorted((sorted(rule.names() - best.roles) for rule in rulebook.rules if rule.frame is best.frame), key=len)
    if wanted and not wanted[0]:
        return (
            f"the {_plain(best.slots[0].role)} alone tells no frame; say --frame {best.frame.id} if that is what it is"
        )
    if wanted and (frame is not None or best.slots):
        lacking = " and ".join(f"the {name.replace('_', ' ')}" for name in wanted[0])
        named = f"name it so, with its unit ({wanted[0][0]}_UNIT), or use --map"
        return f"no column gives {lacking} of {best.frame.id}; {named}"
    if not columns:
        return "it has no columns"
    shown = ", ".join(f"'{name}'" for name in columns[:5]) + (", ..." if len(columns) > 5 else "")
    return (
        f"no column is named for a role with its unit, such as range_km (there are {shown}); use --map range=COLUMN:km"
    )


# ---------------------------------------------------------------------- one frame
def _laid_out(topic: Topic, frame: Frame, columns: Sequence[str], maps: Sequence[Mapped], *, chosen: bool) -> Layout:
    mapped_columns = {mapped.column for mapped in maps}
    slots: list[Slot] = []
    for role in frame.roles.values():
        said = [mapped for mapped in maps if mapped.role == role.name]
        if role.many and not said:
            continue  # one column may be one of many parts, or all of them: only the user knows
        own = [_mapped_slot(frame, role, mapped) for mapped in said] or list(
            _named_slots(frame, role, [c for c in columns if c not in mapped_columns])
        )
        if len(own) > 1 and not role.many:
            told = ", ".join(f"'{slot.column}'" for slot in own)
            hint = f"choose one with --map {role.name}=COLUMN"
            raise UnusableTable(f"several columns give the {role.name.replace('_', ' ')} of {frame.id}: {told}; {hint}")
        slots += own
    slots = [slot for slot in slots if _agrees(slot, slots, chosen=chosen, maps=maps)]
    return Layout(topic, frame, tuple(slots), _class_column(frame, columns, maps), _tag_column(maps))


def _mapped_slot(frame: Frame, role: Role, mapped: Mapped) -> Slot:
    written = mapped.unit
    if written is None:
        named = next((slot for slot in _named_slots(frame, role, [mapped.column])), None)
        unit = named.unit if named else _bare(role) or _last_part(role, mapped.column)
        return Slot(role, mapped.column, unit, mapped.resolution)
    unit = _unit(role, written)
    if unit is None:
        raise WrongUnit(f"column '{mapped.column}': '{written}' is no unit of the {_plain(role)} of {frame.id}")
    return Slot(role, mapped.column, unit, mapped.resolution)


def _last_part(role: Role, column: str) -> Unit | None:
    """The unit that ends the name of a mapped column, such as dist_km."""
    beside = _BESIDE.fullmatch(column)
    written = (beside["round"] or beside["square"] or "") if beside else re.split(r"[_\s]", column)[-1]
    return _unit(role, written) if written != column else None


def _named_slots(frame: Frame, role: Role, columns: Iterable[str]) -> Iterator[Slot]:
    """The columns whose name is the role's, with a unit of its type where it needs one."""
    for column in columns:
        beside = _BESIDE.fullmatch(column)
        name = _normal(beside["name"] if beside else column)
        if name == role.name:
            written = (beside["round"] or beside["square"] or "").strip() if beside else ""
            unit = _unit(role, written) if written else _bare(role)
            if unit is not None or not written:
                yield Slot(role, column, unit)
            else:
                raise UnusableTable(f"column '{column}': '{written}' is no unit of the {_plain(role)} of {frame.id}")
        elif beside is None and name.startswith(f"{role.name}_"):
            unit = _unit(role, column.strip()[len(role.name) + 1 :])
            if unit is not None:
                yield Slot(role, column, unit, is_named=True)


def _normal(name: str) -> str:
    return re.sub(r"[\s\-]+", "_", name.strip().lower())


def _plain(role: Role) -> str:
    return role.name.replace("_", " ")


@functools.lru_cache(maxsize=4096)
def _unit(role: Role, written: str) -> Unit | None:
    """The unit of a role that a column's name spells, `m_s` being m/s; None for what is none."""
    spelt = _SPELT.get(written.lower(), written)
    for text in dict.fromkeys((spelt, spelt.replace("_per_", "/"), spelt.replace("_", "/"), spelt.replace("_", " "))):
        if text and not re.search(r"\d\s*\Z|\A\s*[\d.,-]", text) and (unit := _tried(role, text)):
            return unit
    return None


@functools.lru_cache(maxsize=1024)
def _bare(role: Role) -> Unit | None:
    """What plain numbers are in a role: counts, where it admits them."""
    return _tried(role, "") if "count" in role.kinds else None


def _tried(role: Role, text: str) -> Unit | None:
    written = f"{text}{_TRIED}" if text in _BEFORE else f"{_TRIED}{text}" if text == "%" else f"{_TRIED} {text}".strip()
    found = read(Document(text=written, paragraphs=(Span(0, len(written)),)))
    if len(found) != 1 or not admits(role, found[0]) or found[0].text != written:
        return None
    (figure,) = found
    if isinstance(figure.nominal, tuple) or figure.bound != "=":
        return None
    power = round(math.log10(figure.nominal / _TRIED)) if figure.nominal > 0 else 0
    if not math.isclose(figure.nominal, _TRIED * 10.0**power):
        return None
    plain = figure.readings.plain
    return Unit(text, figure, power, inclusive=plain.high == (_TRIED + 1) * 10.0**power)


def _agrees(slot: Slot, slots: Sequence[Slot], *, chosen: bool, maps: Sequence[Mapped]) -> bool:
    """Whether a column can stand beside one whose type it shares; raises UnusableTable where the user put it there."""
    base = next((s for s in slots if s.role.name == slot.role.like), None)
    if base is None or base.unit is None or slot.unit is None or alike(slot.role, slot.unit.figure, base.unit.figure):
        return True
    if chosen or any(mapped.column == slot.column for mapped in maps):
        told = f"column '{slot.column}' in '{slot.unit.text}' cannot be held against '{base.column}'"
        raise UnusableTable(f"{told} in '{base.unit.text}'")
    return False


def _class_column(frame: Frame, columns: Sequence[str], maps: Sequence[Mapped]) -> str | None:
    if frame.thing is None:
        return None
    said = [mapped.column for mapped in maps if mapped.role == CLASS]
    if len(said) > 1:
        raise UnusableTable(f"several columns are mapped to the class: {', '.join(said)}")
    named = said or [c for c in columns if _normal(c) == CLASS] or [c for c in columns if _normal(c).endswith("_class")]
    return named[0] if len(named) == 1 else None


def _tag_column(maps: Sequence[Mapped]) -> str | None:
    said = [mapped.column for mapped in maps if mapped.role == TAGS]
    if len(said) > 1:
        raise UnusableTable(f"several columns are mapped to the tags: {', '.join(said)}")
    return said[0] if said else None


def _nearest(name: str, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1) or difflib.get_close_matches(
        name.lower(), [k.lower() for k in known], n=1
    )
    if close:
        return f"did you mean '{next(k for k in known if k.lower() == close[0].lower())}'?"
    shown = ", ".join(known[:8]) + (", ..." if len(known) > 8 else "")
    return f"there are {shown}" if known else "there are none"


def by_role(slots: Iterable[Slot]) -> Mapping[str, tuple[Slot, ...]]:
    """The slots of each role, in order."""
    found: dict[str, tuple[Slot, ...]] = {}
    for slot in slots:
        found[slot.role.name] = (*found.get(slot.role.name, ()), slot)
    return found
