"""What the stages hand on: a document, its figures, the claims that they make, the checks of those, the report.

Everything here is frozen. Offsets are code points into `Document.text`.
"""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Mapping
from typing import Any, Literal

import attrs
import pint

from checker.interval import Intervals
from checker.notation import Flaw, Notation
from checker.units import DATE, Dimension, Measure

Level = Literal["error", "warning", "note"]
Verdict = Literal["broken", "strained", "consistent", "unchecked"]
Bound = Literal["=", "~", "<", ">"]
Direction = Literal["up", "down"]
Side = Literal["from", "to"]
Waived = Literal["remark", "ignore", "baseline"]

LEVELS: tuple[Level, ...] = ("error", "warning", "note")

REPORT_VERSION = 1
"""The form of a report's dict; it rises when a key goes or changes its meaning."""


COMPUTED = 1e-9
"""A computed number stands for what lies within this of it, relative to its size: the rounding of its computation."""


@attrs.frozen(order=True)
class Span:
    """Code points start to end (exclusive) of a document's text."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end


@attrs.frozen
class Document:
    """A text to check, with what is known of it: its name for messages, its headline and date of publication.

    `paragraphs` are spans of `text` in rising order, none of them empty; the headline, where there is one, is among
    them. `prose` is the text as a reader sees it, character for character in the same places: markup is blanked, and
    what is shown but is no prose (code, addresses) stands as U+FFFC. Figures and cues are read from it; what is
    printed is quoted from `text`. `id` is what a collection calls it.
    """

    text: str = attrs.field(repr=False)
    name: str = "text"
    published: datetime.date | None = None
    headline: Span | None = None
    paragraphs: tuple[Span, ...] = attrs.field(default=(), repr=False)
    prose: str = attrs.field(repr=False)
    id: str | None = None

    @prose.default
    def _all_of_it(self) -> str:
        return self.text

    @prose.validator
    def _as_long(self, _attribute: object, prose: str) -> None:
        if len(prose) != len(self.text):
            raise ValueError(f"prose has {len(prose)} characters where the text has {len(self.text)}")

    def to_dict(self) -> dict[str, Any]:
        """What JSON tells of the document, without its text."""
        return {
            "name": self.name,
            **({} if self.id is None else {"id": self.id}),
            "published": self.published.isoformat() if self.published else None,
            "length": len(self.text),
        }


@attrs.frozen
class Readings:
    """The numbers that a print can stand for, in the figure's unit.

    `printed`: half a unit of the last printed digit either way. `widest`: all that a writer could have rounded,
    truncated, hedged or bounded to this print. `plain`: the widest without hedge and bound, for a pair of figures that
    share them. Each holds the one before: printed within plain; printed within widest.
    """

    printed: Intervals
    widest: Intervals
    plain: Intervals


@attrs.frozen
class Figure:
    """One figure of a text, as it was printed and as what it can stand for.

    `phrase` is the span with the hedge, bound or article that belongs to it ("more than 1,500 km"), and covers
    start to end. `nominal` is in `unit`, a pair for a range. A date's unit is the day, counted as
    `datetime.date.toordinal` counts; a weekday is 0 for Monday; a time of day is in seconds from midnight. Money is
    dimensionless, in whole units of `currency`; a count too, with `noun` for what is counted. `scale` is the power of
    ten of a printed scale word ("million": 6). `side` says on which side of a movement it stands ("from" 34 "to" 41).
    `mover` is where the word stands that says `change`, if one does. `flaw` names what is wrong with the print by
    itself (one of `notation.FLAWS`): a number keeps all that it can stand for, a day or an hour that there is not can
    be any.
    """

    text: str
    start: int
    end: int
    kind: str
    nominal: float | tuple[float, float]
    readings: Readings = attrs.field(repr=False)
    measure: Measure
    phrase: Span = attrs.field(repr=False)
    bound: Bound = "="
    change: Direction | None = None
    side: Side | None = None
    mover: Span | None = None
    currency: str | None = None
    noun: str | None = None
    scale: int = 0
    flaw: Flaw | None = None
    reason: str | None = None

    @functools.cached_property
    def span(self) -> Span:
        """Where the figure stands, without its hedge."""
        return Span(self.start, self.end)

    @property
    def dimension(self) -> Dimension:
        """The dimension that rules compute with."""
        return self.measure.dimension

    @property
    def unit(self) -> pint.Unit:
        """The unit of `nominal`, `low`, `high` and `printed`; dimensionless for counts and money."""
        return self.measure.unit

    @property
    def low(self) -> float:
        """The least number of the widest reading."""
        return self.readings.widest.low

    @property
    def high(self) -> float:
        """The greatest number of the widest reading."""
        return self.readings.widest.high

    @property
    def printed(self) -> tuple[float, float]:
        """The ends of the printed reading."""
        return (self.readings.printed.low, self.readings.printed.high)

    @property
    def quantity(self) -> pint.Quantity[Any]:
        """The nominal value with its unit; the middle of a range."""
        value = self.nominal
        if isinstance(value, tuple):
            value = (value[0] + value[1]) / 2
        return pint.Quantity(value, self.unit)

    def to_dict(self) -> dict[str, Any]:
        """The figure as JSON has it; `dates` are runs of days, first and last, for a figure that dates something."""
        printed_range = isinstance(self.nominal, tuple)
        nominal = self.nominal if isinstance(self.nominal, tuple) else (self.nominal,)
        numbers = [_finite(number) for number in nominal]
        low, high = _ends(self.readings.widest)
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "kind": self.kind,
            "nominal": numbers if printed_range else numbers[0],
            "low": low,
            "high": high,
            "printed": _ends(self.readings.printed),
            "unit": self.measure.name,
            "bound": self.bound,
            "change": self.change,
            "side": self.side,
            "currency": self.currency,
            "noun": self.noun,
            "dates": _days(self.readings.widest) if self.dimension == DATE else None,
            "flaw": self.flaw,
            "reason": self.reason,
        }

    def base(self, reading: Literal["printed", "widest", "plain"]) -> Intervals:
        """One of the readings in base units."""
        values: Intervals = getattr(self.readings, reading)
        return self.measure.to_base(values)


@attrs.frozen
class Binding:
    """One admissible filling of a frame: figures by role, and the class of the thing where the text tells it."""

    roles: Mapping[str, tuple[Figure, ...]]
    thing: str | None = None


@attrs.frozen
class Claim:
    """A frame filled from one place of one source; where several fillings are admissible, all of them.

    `frame` is "topic.frame"; `tags` are what the topic's cues found near it; `missing` says, for a role that nothing
    fills, why. `voice` is who reports it, of those that the topic knows, where the text says so.
    """

    frame: str
    bindings: tuple[Binding, ...]
    span: Span
    tags: frozenset[str] = frozenset()
    missing: Mapping[str, str] = attrs.field(factory=dict)
    voice: str | None = None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of any of the bindings that stands in the text, in its order."""
        held = (f for b in self.bindings for figures in b.roles.values() for f in figures)
        found = {f.span: f for f in held if f.start < f.end}
        return tuple(found[span] for span in sorted(found))


@attrs.frozen
class Repair:
    """A slip that would explain a finding: `text` in place of the figure's mends the printed reading."""

    figure: Figure
    text: str
    slip: str


@attrs.frozen
class Waiver:
    """Why a check that would be told is let pass.

    By a remark in the text or an [[ignore]] entry, with its reason, or by the baseline that knows it.
    """

    by: Waived
    reason: str


@attrs.frozen
class Check:
    """One relation judged on one claim: the verdict, the working behind it, and why where it was not judged.

    `waived`: it keeps its verdict, but is no finding and no note.
    """

    rule: str
    level: Level
    verdict: Verdict
    message: str
    claim: Claim = attrs.field(repr=False)
    figures: tuple[Figure, ...]
    working: str = ""
    reason: str | None = None
    repair: tuple[Repair, ...] = ()
    waived: Waiver | None = None

    @property
    def is_finding(self) -> bool:
        """Broken, at a level that asks for attention, and not waived."""
        return self.verdict == "broken" and self.level != "note" and self.waived is None

    @property
    def is_note(self) -> bool:
        """Strained, or broken at the level of a note, and not waived."""
        if self.waived is not None:
            return False
        return self.verdict == "strained" or (self.verdict == "broken" and self.level == "note")

    def to_dict(self, index: Mapping[Span, int]) -> dict[str, Any]:
        """The check as JSON has it, its figures by their index."""
        return {
            "rule": self.rule,
            "level": self.level,
            "verdict": self.verdict,
            "message": self.message,
            "working": self.working,
            "reason": self.reason,
            "start": self.claim.span.start,
            "end": self.claim.span.end,
            "figures": [index[figure.span] for figure in self.figures],
            "repair": [
                {"text": repair.text, "slip": repair.slip, "figure": index[repair.figure.span]}
                for repair in self.repair
            ],
            "waived": attrs.asdict(self.waived) if self.waived else None,
        }


Finding = Check
"""A check whose `is_finding` is true."""


@attrs.frozen
class Tally:
    """How many figures a report has: all, those that a check judged, those in a finding, those that no check judged."""

    figures: int
    checked: int
    flagged: int
    unchecked: int


@attrs.frozen
class Remark:
    """A word to figcheck in the text itself, which lets findings of its paragraph pass.

    `span` is where it stands, `covers` the paragraph that it speaks of, `rules` are globs of rule ids. `fault` says, in
    one line, why it is of no use: it is not written as one, or nothing that it names was found.
    """

    span: Span
    rules: tuple[str, ...] = ()
    reason: str = ""
    covers: Span | None = None
    fault: str | None = None


@attrs.frozen
class Report:
    """All that was read and judged in one document, and how it writes its numbers.

    `remarks` are the words to figcheck that stand in it.
    """

    document: Document
    figures: tuple[Figure, ...]
    checks: tuple[Check, ...]
    remarks: tuple[Remark, ...] = ()
    notation: Notation = attrs.field(factory=Notation)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Checks broken at error or warning, worst first, then in the order of the text."""
        found = [c for c in self.checks if c.is_finding]
        return tuple(sorted(found, key=lambda c: (LEVELS.index(c.level), c.figures[0].span)))

    @property
    def notes(self) -> tuple[Check, ...]:
        """Checks strained, or broken at note, in the order of the text."""
        return tuple(c for c in self.checks if c.is_note)

    @property
    def tally(self) -> Tally:
        """How many of the figures were checked, flagged and left unchecked."""
        judged = {figure.span for check in self.checks if check.verdict != "unchecked" for figure in check.figures}
        clashing = {figure.span for check in self.checks if check.is_finding for figure in check.figures}
        checked = sum(figure.span in judged for figure in self.figures)
        flagged = sum(figure.span in clashing for figure in self.figures)
        return Tally(len(self.figures), checked, flagged, len(self.figures) - checked)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON has it: strings, finite numbers, lists and dicts only.

        Figures are named by their index in "figures", checks by theirs in "checks". An end of a reading that is not
        bounded is None.
        """
        index = {figure.span: i for i, figure in enumerate(self.figures)}
        place = {id(check): i for i, check in enumerate(self.checks)}
        return {
            "version": REPORT_VERSION,
            "document": {**self.document.to_dict(), "notation": attrs.asdict(self.notation)},
            "figures": [figure.to_dict() for figure in self.figures],
            "checks": [check.to_dict(index) for check in self.checks],
            "findings": [place[id(check)] for check in self.findings],
            "notes": [place[id(check)] for check in self.notes],
            "tally": attrs.asdict(self.tally),
        }


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None


def _ends(values: Intervals) -> list[float | None]:
    return [_finite(values.low), _finite(values.high)] if values else [None, None]


def _days(values: Intervals) -> list[list[str]] | None:
    """First and last day of each run of days, as ISO 8601 has them; None where any day will do."""
    last = datetime.date.max.toordinal()
    if not all(run.low >= 1 and run.high <= last for run in values):
        return None
    return [[datetime.date.fromordinal(round(day)).isoformat() for day in (run.low, run.high)] for run in values]
