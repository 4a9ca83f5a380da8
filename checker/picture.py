"""A picture of an article's flights: range against time and against apogee, with what the rules' tables allow.

Drawn by matplotlib, in black and grey: classes are told apart by markers and hatches, flights by labels beside them.
"""

from __future__ import annotations

import importlib
import math
import pathlib
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from checker.model import Claim, Document, Figure, Report
from checker.rulebook.evaluate import cells
from checker.rulebook.functions import EARTH_GRAVITY, EARTH_RADIUS, free_flight_time, least_speed
from checker.rulebook.schema import Rulebook, Topic

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SPEEDS, REACHES, HEIGHTS = (
    ("ballistics/speed-outside-class", "speed_band"),
    ("ballistics/range-above-class", "reach"),
    ("ballistics/too-high-for-class", "air"),
)
"""The rules, and their tables, that bound a class's average speed, its range and its height."""

LOWEST_FREE_FLIGHT = 150e3
_SPARE = 1.05
"""As the rule on heights has it: so much more speed than a class's range needs may be spent on height."""

_SIZE = (9.0, 5.3)
"""The width of a picture, and the least height of each of its charts with what stands below it, in inches."""
_TOP, _BELOW = 0.95, 2.2
"""Room for the title, and below each chart for its axis and its key."""
_AROUND, _LABEL_HEIGHT = 2.4, 0.56
"""Room for the label of each flight, beside its chart."""
_CHARTS = {"flight_time": "of_times", "apogee": "of_heights"}
_MARKS = "osD^vPX*"
_HATCHES = ("//", "..", "\\\\", "--", "oo", "++")
_LINES = ("-", "--", "-.", ":", (0, (8, 2, 1, 2, 1, 2)), (0, (1, 3)))
_MINUTE, _KM = 60.0, 1e3
_LABEL = 30
"""A label is broken into lines of so many characters."""


@attrs.frozen
class Flight:
    """One flight that an article tells of, of a class, with the figures that every reading of it has."""

    thing: str
    roles: Mapping[str, Figure]
    voice: str | None
    flagged: bool

    def value(self, role: str) -> float | None:
        """The middle of what is printed, in base units."""
        figure = self.roles.get(role)
        if figure is None:
            return None
        printed = figure.base("printed") if figure.bound in "=~" else figure.base("plain")
        return (printed.low + printed.high) / 2

    def ends(self, role: str) -> tuple[float, float] | None:
        """The least and the greatest that a figure can stand for."""
        figure = self.roles.get(role)
        return (figure.base("widest").low, figure.base("widest").high) if figure else None


def flights(report: Report, rules: Rulebook) -> tuple[Flight, ...]:
    """The flights of a text that have a range and a time or a height."""
    flagged = {check.claim.span for check in report.findings}
    found = dict.fromkeys(c.claim.span for c in report.checks)
    known = _topic(rules)
    if known is None:
        return ()
    topic, frame = known
    claims = {check.claim.span: check.claim for check in report.checks if check.claim.frame == frame}
    made = (_flight(claims[span], topic, span in flagged) for span in found if span in claims)
    return tuple(f for f in made if f is not None)


def _topic(rules: Rulebook) -> tuple[Topic, str] | None:
    """The topic that flights are of, and their frame; None where its rules are left out."""
    return next(((rule.topic, rule.frame.id) for rule in rules.rules if rule.id == SPEEDS[0]), None)


def _flight(claim: Claim, topic: Topic, flagged: bool) -> Flight | None:
    thing = topic.shared(binding.thing for binding in claim.bindings)
    roles = {
        role: held[0]
        for role, held in claim.bindings[0].roles.items()
        if len(held) == 1 and all(b.roles.get(role) == held for b in claim.bindings)
    }
    if "range" not in roles or not {"flight_time", "apogee"} & roles.keys() or thing is None:
        return None
    return Flight(thing, roles, claim.voice, flagged)


# ---------------------------------------------------------------------- the picture
def draw(report: Report, rules: Rulebook, path: pathlib.Path) -> bool:
    """Draw the flights of a text to an SVG or PNG file; false where it has none. Raises OSError.

    Raises ModuleNotFoundError where matplotlib is not installed. The same text gives the same bytes.
    """
    matplotlib, pyplot = _library()
    told, known = flights(report, rules), _topic(rules)
    if not told or known is None:
        return False
    charts = [(role, chart) for role, chart in _CHARTS.items() if any(role in flight.roles for flight in told)]
    style = {"svg.fonttype": "none", "svg.hashsalt": "figcheck", "font.size": 9, "hatch.linewidth": 0.4}
    with matplotlib.rc_context(style):
        width, own = _SIZE
        own = max(own, _AROUND + _LABEL_HEIGHT * len(told))
        height = own * len(charts) + _TOP
        figure, rows = pyplot.subplots(len(charts), 1, figsize=(width, height), squeeze=False)
        gaps = {"top": 1 - _TOP / height, "bottom": _BELOW / height, "hspace": _BELOW / (own - _BELOW)}
        figure.subplots_adjust(left=0.1, right=0.68, **gaps)
        figure.suptitle(textwrap.fill(_title(report.document), 70), fontsize=12, fontweight="bold", y=1 - 0.12 / height)
        drawing = _Drawing(told, rules, known[0])
        for (_, chart), (axes,) in zip(charts, rows, strict=True):
            getattr(drawing, chart)(axes)
        kind = path.suffix.lstrip(".").lower() or "svg"
        metadata = {"Date": None, "Creator": "figcheck"} if kind == "svg" else {"Software": "figcheck"}
        try:
            figure.savefig(path, format=kind, metadata=metadata, dpi=150)
        finally:
            pyplot.close(figure)
    return True


def _library() -> tuple[Any, Any]:
    try:
        matplotlib = importlib.import_module("matplotlib")
        matplotlib.use("Agg")
        return matplotlib, importlib.import_module("matplotlib.pyplot")
    except ModuleNotFoundError as error:
        told = f"--plot needs {error.name}, which is not installed: pip install 'figcheck[plot]'"
        raise ModuleNotFoundError(told, name=error.name) from None


def _title(document: Document) -> str:
    headline = document.headline
    return document.text[headline.start : headline.end].strip() if headline else document.name


@attrs.frozen
class _Drawing:
    """The flights of one picture, with the rules that bound them."""

    told: tuple[Flight, ...]
    rules: Rulebook
    topic: Topic

    @property
    def classes(self) -> list[str]:
        """The classes of the flights, makes as the class that they are named for."""
        return list(dict.fromkeys(self.topic.kind(f.thing) for f in self.told))

    def bound(self, source: tuple[str, str], thing: str, column: str) -> float | None:
        """A cell of a rule's table, in base units; None where the class has none."""
        rule, table = source
        found = next((r for r in self.rules.rules if r.id == rule), None)
        row = cells(found, thing) if found else None
        values = row.get((table, column)) if row else None
        return values.high if values else None

    # ------------------------------------------------------------------ range and time
    def of_times(self, axes: Axes) -> None:
        """Range against time: bands of average speed, and the free flight at each apogee."""
        shown = [f for f in self.told if "flight_time" in f.roles]
        _axes(axes, "Range and time aloft", "time aloft, minutes", [f.value("flight_time") for f in shown], _MINUTE)
        ranges = _range_axis(axes, [f.value("range") for f in shown])
        bottom, top = axes.get_ylim()
        for i, thing in enumerate(dict.fromkeys(self.topic.kind(f.thing) for f in shown)):
            low, high = (self.bound(SPEEDS, thing, column) for column in ("low", "high"))
            if low is None or high is None:
                continue
            slow = [r / low / _MINUTE if low > _SLOWEST else 2 * top for r in ranges]
            fast = [r / high / _MINUTE for r in ranges]
            span = f"{_speed(low)} to {_speed(high)}" if low > _SLOWEST else f"up to {_speed(high)}"
            told = f"averages of its class, {thing}: {span}"
            _band(axes, i, ([r / _KM for r in ranges], fast, slow), told)
        for flight in shown:
            apogee = flight.value("apogee")
            if apogee is None or apogee < LOWEST_FREE_FLIGHT or "ballistic missile" not in self._line(flight):
                continue
            floor = [free_flight_time(r, apogee) / _MINUTE for r in ranges if r < math.pi * EARTH_RADIUS]
            axes.plot([r / _KM for r in ranges[: len(floor)]], floor, color="black", lw=0.8, ls="--", label=_FLOOR)
        axes.set_ylim(bottom, top)
        self._points(axes, shown, "flight_time", _MINUTE)
        _legend(axes)

    # ------------------------------------------------------------------ range and apogee
    def of_heights(self, axes: Axes) -> None:
        """Range against apogee: how far and high each class can go, and the path of least energy."""
        shown = [f for f in self.told if "apogee" in f.roles]
        _axes(axes, "Range and apogee", "apogee, km", [f.value("apogee") for f in shown], _KM)
        ranges = _range_axis(axes, [f.value("range") for f in shown])
        bottom, top = axes.get_ylim()
        for i, thing in enumerate(dict.fromkeys(self.topic.kind(f.thing) for f in shown)):
            ceiling, height = self.bound(REACHES, thing, "ceiling"), self.bound(HEIGHTS, thing, "ceiling")
            if ceiling is None:
                continue
            inside = [r for r in ranges if r <= ceiling]
            heights = [_highest(r, ceiling, height or math.inf) / _KM for r in inside]
            told = f"within reach of its class, {thing}: up to {ceiling / _KM:,.0f} km far"
            _band(axes, i, ([r / _KM for r in inside], [bottom] * len(inside), heights), told)
        if any("ballistic missile" in self._line(f) for f in shown):
            best = [_best(r) / _KM for r in ranges]
            axes.plot([r / _KM for r in ranges], best, color="black", lw=0.8, ls=":", label="path of least energy")
        axes.set_ylim(bottom, top)
        self._points(axes, shown, "apogee", _KM)
        _legend(axes)

    def _line(self, flight: Flight) -> tuple[str, ...]:
        return self.topic.ancestry(flight.thing)

    # ------------------------------------------------------------------ flights
    def _points(self, axes: Axes, shown: Sequence[Flight], role: str, scale: float) -> None:
        """Each flight as a mark with what its figures can stand for, and its label in the margin."""
        (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
        at: list[tuple[float, float, str]] = []
        for flight in shown:
            x, y = (flight.value("range") or 0.0) / _KM, (flight.value(role) or 0.0) / scale
            for ends, unit, across in ((flight.ends("range"), _KM, True), (flight.ends(role), scale, False)):
                low, high = ends or (0.0, 0.0)
                least, most = (left, right) if across else (bottom, top)
                span = [max(low / unit, least), min(high / unit, most)]
                axes.plot(*((span, [y, y]) if across else ([x, x], span)), color="black", lw=1.0)
            mark = _MARKS[self.classes.index(self.topic.kind(flight.thing)) % len(_MARKS)]
            fill = "black" if flight.flagged else "white"
            axes.plot([x], [y], mark, ms=8, mfc=fill, mec="black", zorder=5)
            at.append((x, y, _told(flight, role, self.topic)))
        _labels(axes, at)


_SLOWEST = 1e-3
"""An average speed below this, in m/s, bounds nothing."""

_FLOOR = "free flight at the apogee told: no thrust can shorten it"


def _told(flight: Flight, role: str, topic: Topic) -> str:
    """What a label says of a flight."""
    thing = flight.thing if topic.classes[flight.thing].of else "class not known"
    who = f" ({flight.voice})" if flight.voice else ""
    range_, other = flight.roles["range"], flight.roles[role]
    flag = " – flagged" if flight.flagged else ""
    words = f"{thing}{who}: {_bounded(range_)} far, {_bounded(other)} {_WORDS[role]}{flag}"
    return textwrap.fill(words, _LABEL)


_WORDS = {"flight_time": "aloft", "apogee": "high"}


def _bounded(figure: Figure) -> str:
    return f"{_BOUNDS.get(figure.bound, '')}{' '.join(figure.text.split())}"


_BOUNDS = {">": "more than ", "<": "less than ", "~": "about "}


def _labels(axes: Axes, at: Iterable[tuple[float, float, str]]) -> None:
    """Labels in the right margin, from the top down as their points are, none over another, each with a line to it."""
    line = _LINE / _height(axes)
    placed = sorted(at, key=lambda p: (-p[1], p[0]))
    high = axes.transAxes.inverted().transform(axes.transData.transform([(x, y) for x, y, _ in placed]))[:, 1]
    heights = [(text.count("\n") + 1.6) * line for _, _, text in placed]
    tops: list[float] = []
    for middle, height in zip(high, heights, strict=True):
        tops.append(min(float(middle) + height / 2, 1.0 if not tops else tops[-1] - heights[len(tops) - 1]))
    short = _FLOOR_OF_MARGIN - (tops[-1] - heights[-1])
    if short > 0:  # no room below the last: all go up as far as there is room
        tops = [min(top + short, 1.0 + _OVER) for top in tops]
        for i in range(1, len(tops)):
            tops[i] = min(tops[i], tops[i - 1] - heights[i - 1])
    for (x, y, text), top, height in zip(placed, tops, heights, strict=True):
        axes.annotate(
            text,
            (x, y),
            (1.04, top - height / 2),
            textcoords="axes fraction",
            va="center",
            fontsize=8,
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": "0.3", "lw": 0.6, "shrinkB": 4, "relpos": (0.0, 0.5)},
        )


_LINE = 0.14
"""The height of a line of a label, in inches."""
_FLOOR_OF_MARGIN, _OVER = 0.04, 0.06
"""How far up labels begin, and how far above the axes they may go, in parts of the height of those."""


# ---------------------------------------------------------------------- axes
def _axes(axes: Axes, title: str, label: str, values: Iterable[float | None], scale: float) -> None:
    axes.set_title(title, loc="left", fontsize=10)
    axes.set_ylabel(label)
    axes.set_yscale("log")
    low, high = _decades([v / scale for v in values if v])
    axes.set_ylim(low, high)
    axes.yaxis.set_major_formatter(_grouped)
    axes.yaxis.set_minor_formatter(_between if high <= _FEW * low else "")


def _range_axis(axes: Axes, values: Iterable[float | None]) -> list[float]:
    """The axis of ranges; the ranges along it, in metres."""
    low, high = _decades([v / _KM for v in values if v])
    axes.set_xlabel("range, km")
    axes.set_xscale("log")
    axes.set_xlim(low, high)
    axes.xaxis.set_major_formatter(_grouped)
    axes.xaxis.set_minor_formatter(_between if high <= _FEW * low else "")
    axes.grid(visible=True, which="major", color="0.85", lw=0.5)
    steps = 240
    return [_KM * low * (high / low) ** (i / steps) for i in range(steps + 1)]


def _decades(values: Sequence[float]) -> tuple[float, float]:
    """A span of whole powers of ten about some values."""
    if not values:
        return 1.0, 10.0
    low, high = math.floor(math.log10(min(values) * 0.8)), math.ceil(math.log10(max(values) * 1.25))
    return 10.0**low, 10.0 ** max(high, low + 1)


def _grouped(value: float, _position: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


_FEW = 100.0
"""An axis that spans no more than this has labels between the powers of ten."""


def _between(value: float, position: float) -> str:
    first = round(value / 10.0 ** math.floor(math.log10(value) + 1e-9))
    return _grouped(value, position) if first in (2, 5) else ""


def _band(axes: Axes, i: int, ends: tuple[list[float], list[float], list[float]], label: str) -> None:
    hatch, line = _HATCHES[i % len(_HATCHES)], _LINES[i % len(_LINES)]
    along, low, high = ends
    axes.fill_between(along, low, high, facecolor="none", edgecolor="0.75", hatch=hatch, lw=0.0, label=label)
    for edge in (low, high):
        axes.plot(along, edge, color="0.3", lw=0.9, ls=line, label=label)
    axes.plot([along[-1]] * 2, [low[-1], high[-1]], color="0.3", lw=0.9, ls=line)


def _height(axes: Axes) -> float:
    """The height of axes in inches."""
    return float(axes.get_window_extent().height / axes.figure.dpi)


def _legend(axes: Axes) -> None:
    handles, labels = axes.get_legend_handles_labels()
    once: dict[str, tuple[Any, ...]] = {}
    for label, handle in zip(labels, handles, strict=True):
        once[label] = (*once.get(label, ()), handle)[:2]
    if once:
        place: dict[str, Any] = {"loc": "upper left", "bbox_to_anchor": (0.0, -0.45 / _height(axes))}
        axes.legend(once.values(), once.keys(), frameon=False, fontsize=8, handlelength=4, handleheight=1.2, **place)


def _speed(speed: float) -> str:
    return f"{speed / _KM:g} km/s" if speed >= _KM else f"{speed:g} m/s"


# ---------------------------------------------------------------------- paths
def _best(distance: float) -> float:
    """The apogee of the path of least energy over a range."""
    half = min(distance / (2.0 * EARTH_RADIUS), math.pi / 2)
    return max(EARTH_RADIUS * math.sin(half / 2.0) * (math.cos(half / 2.0) - math.sin(half / 2.0)), 1.0)


def _highest(distance: float, ceiling: float, height: float) -> float:
    """How high a path over a range may rise, with the speed that the class's ceiling takes, or to a height."""
    most = (_SPARE * least_speed(min(ceiling, math.pi * EARTH_RADIUS), 2e7)) ** 2
    lift = 2.0 * EARTH_RADIUS * math.sin(distance / EARTH_RADIUS / 4.0) ** 2
    low, high = 0.0, 1e9
    for _ in range(60):
        middle = (low + high) / 2.0
        short = lift / (lift + middle)
        speed = EARTH_GRAVITY * (EARTH_RADIUS * short + 2.0 * middle) / (EARTH_RADIUS * (EARTH_RADIUS + middle))
        low, high = (middle, high) if speed <= most or middle < _best(distance) else (low, middle)
    return min(low, height)
