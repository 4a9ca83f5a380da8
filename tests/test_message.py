"""Messages and workings: what a reader of a finding sees."""

from __future__ import annotations

import datetime
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import check
from checker.interval import Interval, Intervals
from checker.model import Figure, Readings, Span
from checker.rulebook import load, shipped_rules
from checker.rulebook.evaluate import Scope, cells
from checker.rulebook.explain import explain
from checker.rulebook.message import render, working
from checker.rulebook.template import MessageError, parts
from checker.trial import said
from checker.units import CLOCK, DATE, NO_DIMENSION, WEEKDAY, Dimension, Measure, measure, money
from checker.wording import ends, in_parts, number, spread, unit_text, value

TOPIC = """
title = "Samples"
[class.craft]
names = ["craft"]
[class.vessel]
names = ["vessel"]
of = "craft"
[class."fast vessel"]
names = ["fast vessel"]
of = "vessel"
[tag.failed]
cues = ["failed", "sank", "was lost", "broke up", "never arrived", "ran aground", "caught fire"]

[frame.voyage]
about = "one voyage"
scope = "sentence"
class = "craft"
[frame.voyage.role]
range = { dimension = "[length]", left = ["went"], right = ["far"] }
apogee = { dimension = "[length]" }
flight_time = { dimension = "[time]" }
speed = { dimension = "[speed]" }
mach = { unit = "mach" }

[frame.gloss]
about = "one measure told twice"
scope = "touching"
[frame.gloss.role]
stated = { kind = "quantity" }
converted = { like = "stated" }

[frame.change]
about = "a change"
scope = "clause"
[frame.change.role]
change = { kind = "percent", signed = true }
new = { kind = ["money", "count"] }
old = { like = "new" }

[frame.whole]
about = "parts of a whole"
scope = "sentence"
[frame.whole.role]
part = { kind = ["money", "count"], many = true }
total = { like = "part" }
share = { kind = "percent" }

[frame.dated]
about = "days and the time between them"
scope = "clause"
[frame.dated.role]
weekday = { kind = "weekday" }
date = { kind = ["date", "event"] }
end = { kind = ["date", "event"] }
interval = { kind = "duration" }
ordinal = { kind = "ordinal" }
other_date = { others = "date" }
"""


_ROLES = {"voyage": "range", "gloss": "stated", "change": "new", "whole": "total", "dated": "ordinal"}
"""A role of each frame, for the example that a rule must have."""


def sample(frame, require, message="", more=""):
    return f"""
title = "A sample"
why = '''
Samples show
what is printed.'''
source = "None | at all"
level = "warning"
frame = "{frame}"
require = "{require}"
message = "{message or "wrong"}"
{more}
[[example]]
text = '''It failed.
Twice.'''
verdict = "unchecked"
[[example]]
values = {{ {_ROLES[frame]} = "3" }}
verdict = "broken"
"""


BAND = """
[table.band]
vessel = { low = "120 m/s", high = "3.1 km/s", source = "a | book" }
"""

RULES = {
    "speed": sample(
        "voyage",
        "band[low] <= range / flight_time <= band[high]",
        "{range} in {flight_time} is {range / flight_time:km/h}",
        'class = "craft"\nunless = ["failed"]\ngiven = "range > 1 km"' + BAND,
    ),
    "free-flight": sample("voyage", "flight_time >= free_flight_time(range, apogee)"),
    "reach": sample("voyage", "range <= band[far]", "", '[table.band]\nvessel = { far = "1,000 km", source = "a" }'),
    "sound": sample("voyage", "band[low] <= speed / (mach / 1 mach) <= band[high]", "{speed:km/h}", BAND),
    "conversion": sample("gloss", "stated == converted", "{stated} is {stated:converted}"),
    "change": sample("change", "change == new / old - 1", "{new / old - 1:percent}, not {change}"),
    "sum": sample("whole", "sum(part) == total", "{part} add up to {sum(part):total}, not {total}"),
    "share": sample("whole", "share <= 100 percent"),
    "weekday": sample("dated", "weekday == weekday(date)", "{date} was a {weekday(date)}, not a {weekday}"),
    "interval": sample("dated", "interval == abs(end - date)", "{abs(end - date):day} apart, not {interval}"),
    "ordinal": sample(
        "dated",
        "ordinal >= count(other_date < date and year(other_date) == year(date)) + 1",
        "{ordinal}, after {other_date}",
    ),
    "light": sample("voyage", "speed <= 299792458 m/s"),
    "either": sample("voyage", "not (range < 1 km) and (speed > 0 or mach > 0)"),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    home = tmp_path_factory.mktemp("rules") / "samples"
    home.mkdir()
    for name, text in {"topic": TOPIC, **RULES}.items():
        (home / f"{name}.toml").write_text(text, encoding="utf-8")
    loaded = load(home)
    assert [str(error) for error in loaded.errors] == []
    return loaded


@pytest.fixture(scope="module")
def told(book):
    """The message and the working of a sample rule for some figures."""

    def tell(name, message=None, thing=None, **held):
        rule = book.rule(f"samples/{name}")
        figures = {role: given if isinstance(given, tuple) else (given,) for role, given in held.items()}
        values = {
            role: tuple(f.base("widest") for f in given) if rule.frame.roles[role].many else given[0].base("widest")
            for role, given in figures.items()
        }
        scope = Scope(values, cells(rule, thing) or {})
        return render(rule, message or rule.message, scope, figures, thing), working(rule, scope, figures, thing)

    return tell


DAY = Measure("day", DATE, 86_400.0)
PLAIN = measure("")


def figure(
    text, nominal, unit="", doubt=0.0, *, kind="quantity", own=None, currency=None, change=None, high=None, days=None
):
    """A figure whose widest reading is its nominal value and as much either way."""
    low = min(nominal) if isinstance(nominal, tuple) else nominal
    top = max(nominal) if isinstance(nominal, tuple) else nominal
    wide = days or Intervals.of(low - doubt, top + doubt if high is None else high)
    return Figure(
        text=text,
        start=0,
        end=len(text),
        kind=kind,
        nominal=nominal,
        readings=Readings(Intervals.of(low, top), wide, wide),
        measure=own or measure(unit),
        phrase=Span(0, len(text)),
        change=change,
        currency=currency,
    )


def dollars(text, amount, doubt=500.0):
    return figure(text, amount, doubt=doubt, kind="money", own=Measure("dimensionless", money("USD")), currency="USD")


def day(text, *date, kind="date"):
    return figure(text, float(datetime.date(*date).toordinal()), own=DAY, kind=kind)


RANGE = figure("1,500 kilometres", 1500.0, "kilometer", 37.5)
TIME = figure("7,507 to 7,511 seconds", (7507.0, 7511.0), "second", 700.0, kind="duration")
LAUNCH = {"range": RANGE, "flight_time": TIME, "thing": "fast vessel"}


# ---------------------------------------------------------------------- messages and workings
TOLD = [
    (
        "speed",
        LAUNCH,
        "1,500 kilometres in 7,507 to 7,511 seconds is 719 km/h",
        "1,500 kilometres / (7,507 to 7,511 seconds) = 719 km/h (641 to 813 km/h); vessel: 432 to 11,160 km/h",
    ),
    (
        "free-flight",
        {
            "range": figure("1,090 km", 1090.0, "km", 5.0),
            "apogee": figure("6,248.5 km", 6248.5, "km", 0.1),
            "flight_time": figure("4,052 s", 4052.0, "s", 1.0, kind="duration"),
        },
        "wrong",
        "free flight time(1,090 km, 6,248.5 km) = 4,075 seconds; flight time: 4,052 s",
    ),
    (
        "reach",
        {"range": figure("1,900 km", 1900.0, "km", 50.0), "thing": "fast vessel"},
        "wrong",
        "range: 1,900 km; vessel: at most 1,000 km",
    ),
    (
        "sound",
        {"mach": figure("Mach 10", 10.0, "mach"), "speed": figure("1,225 km/h", 1225.0, "km/h"), "thing": "vessel"},
        "1,225 km/h",
        "1,225 km/h / (Mach 10 / 1 mach) = 122.5 km/h; vessel: 432 to 11,160 km/h",
    ),
    (
        "conversion",
        {"stated": figure("6,000 km", 6000.0, "km", 50.0), "converted": figure("3,278 miles", 3278.0, "mile", 1.0)},
        "6,000 km is 3,728 miles",
        "6,000 km = 3,728 miles (3,700 to 3,760 miles); converted: 3,278 miles",
    ),
    (
        "conversion",
        {"stated": figure("20C", 20.0, "degC", 0.5), "converted": figure("78F", 78.0, "degF", 0.5)},
        "20C is 68 °F",
        "20C = 68 °F (67.1 to 68.9 °F); converted: 78F",
    ),
    (
        "conversion",
        {"stated": figure("6 km", 6.0, "km", 0.5), "converted": figure("7 km", 7.0, "km", 0.5)},
        "6 km is 6 km",
        "stated: 6 km; converted: 7 km",
    ),
    (
        "change",
        {
            "change": figure("20.8 percent", 20.8, "percent", 0.1, kind="percent", change="up"),
            "new": dollars("$87.1 million", 87.1e6, 1e5),
            "old": dollars("$72.6 million", 72.6e6, 1e5),
        },
        "20%, not 20.8 percent",
        "$87.1 million / $72.6 million - 1 = 20% (19.7 to 20.3%); change: 20.8 percent",
    ),
    (
        "sum",
        {
            "part": tuple(dollars(f"${n},000", n * 1e3) for n in (283, 350, 100, 200)),
            "total": dollars("$850,000", 850e3),
        },
        "$283,000, $350,000, $100,000 and $200,000 add up to $933,000, not $850,000",
        "$283,000 + $350,000 + $100,000 + $200,000 = $933,000 ($931,000 to $935,000); total: $850,000",
    ),
    (
        "weekday",
        {
            "weekday": figure("Thursday", 3.0, kind="weekday", own=Measure("dimensionless", WEEKDAY)),
            "date": day("February 24, 1988", 1988, 2, 24),
        },
        "February 24, 1988 was a Wednesday, not a Thursday",
        "weekday(February 24, 1988) = Wednesday; weekday: Thursday",
    ),
    (
        "interval",
        {
            "interval": figure("three weeks", 3.0, "week", 0.5, kind="duration"),
            "date": day("January 6", 2025, 1, 6),
            "end": day("the inauguration", 2025, 1, 20, kind="event"),
        },
        "14 days apart, not three weeks",
        "abs(the inauguration (20 January 2025) - January 6) = 14 days; interval: three weeks",
    ),
    (
        "ordinal",
        {
            "ordinal": figure("first", 1.0, kind="ordinal"),
            "date": day("25 January", 2025, 1, 25),
            "other_date": (day("6 January", 2025, 1, 6), day("14 January", 2025, 1, 14)),
        },
        "first, after 6 January and 14 January",
        "2 (of 6 January and 14 January) + 1 = 3; ordinal: first",
    ),
    (
        "ordinal",
        {"ordinal": figure("2nd", 2.0, kind="ordinal"), "date": day("25 January", 2025, 1, 25), "other_date": ()},
        "2nd, after none",
        "0 + 1 = 1; ordinal: 2nd",
    ),
    (
        "light",
        {"speed": figure("18 times the speed of light", 18.0, "speed_of_light", 0.5)},
        "wrong",
        "speed: 18 times the speed of light; at most 299,792,458 m/s",
    ),
    ("share", {"share": figure("164%", 164.0, "percent", 0.5)}, "wrong", "share: 164%; at most 100 percent"),
    (
        "either",
        {
            "range": figure("5 km", 5.0, "km"),
            "speed": figure("9 knots", 9.0, "knot"),
            "mach": figure("Mach 2", 2.0, "mach"),
        },
        "wrong",
        "range: 5 km; below 1 km; speed: 9 knots; above 0; mach: Mach 2",
    ),
]


@pytest.mark.parametrize(("name", "held", "message", "work"), TOLD, ids=[name for name, *_ in TOLD])
def test_figures_are_put_in(told, name, held, message, work):
    assert told(name, **held) == (message, work)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("{range}", "1,500 kilometres"),
        ("{range:mile}", "932 miles"),
        ("{range / flight_time:km/h}", "719 km/h"),
        ("{range / flight_time:mile/hour}", "447 mph"),
        ("{range / flight_time}", "719 km/h"),
        ("{range / 2}", "750 km"),
        ("{flight_time * 2}", "15,000 seconds"),
        ("{flight_time:hour}", "2.09 hours"),
        ("{range / flight_time / 340.3 m/s}", "0.587"),
        ("Mach {range / flight_time / 340.3 m/s:percent}", "Mach 58.7%"),
        ("{band[high]:km/h}", "11,160 km/h"),
        ("{band[high]}", "11,160 km/h"),
        ("{range ** 2}", "2,250,000,000,000 m²"),
        ("{class}", "fast vessel"),
        ("{{range}} is {range}", "{range} is 1,500 kilometres"),
        ("{flight_time / 0}", "no value"),
        ("no field", "no field"),
    ],
)
def test_fields_are_filled(told, message, said):
    assert told("speed", message, **LAUNCH)[0] == said


def test_what_has_no_bound_is_told_by_its_other_end(told):
    held = {
        "range": figure("1,090 km", 1090.0, "km", 5.0),
        "apogee": figure("6,000 km", 6000.0, "km", 50.0, high=math.inf),
        "flight_time": figure("4,052 s", 4052.0, "s", 1.0, kind="duration"),
    }
    said, shown = told("free-flight", "{free_flight_time(range, apogee):minute}", **held)
    assert said == "at least 64.88 minutes"
    assert shown.startswith("free flight time(1,090 km, 6,000 km) = at least 3,893 seconds; ")


def test_a_fall_is_told_as_one(told):
    held = {
        "change": figure("20 percent", 20.0, "percent", 0.5, kind="percent", change="down"),
        "new": figure("80", 80.0, doubt=0.5, kind="count"),
        "old": figure("100", 100.0, doubt=0.5, kind="count"),
    }
    assert told("change", "{change:percent} is {new / old - 1:percent}", **held)[0] == "-20% is -20%"


def test_a_date_that_the_print_leaves_open_is_told_as_all_that_it_can_be(told):
    open_date = figure("January 6", 6.0, own=DAY, kind="date", days=Intervals.REALS)
    weekday = figure("Monday", 0.0, kind="weekday", own=Measure("dimensionless", WEEKDAY))
    assert told("weekday", date=open_date, weekday=weekday)[0] == (
        "January 6 was a weekday that is not known, not a Monday"
    )


# ---------------------------------------------------------------------- templates
@pytest.mark.parametrize(
    ("message", "told_of"),
    [
        ("{a", "'{' at column 1 has no partner"),
        ("a}", "'}' at column 2 has no partner"),
        ("{a{b}}", "'{' at column 1 has no partner"),
        ("{}", "'{}' is empty"),
        ("{ : km}", "'{ : km}' is empty"),
        ("{a:}", "'{a:}' is empty"),
        ("{a b}", "in '{a b}': expected an operator before 'b' (column 3)"),
    ],
)
def test_a_bad_template_is_one_sentence(message, told_of):
    with pytest.raises(MessageError) as caught:
        parts(message)
    assert told_of in str(caught.value)


@given(st.text("{}ab:+ 1", max_size=20))
def test_any_text_is_a_template_or_told(message):
    try:
        found = parts(message)
    except MessageError as error:
        found = str(error)
    assert found or not message


# ---------------------------------------------------------------------- numbers, units, dates
@pytest.mark.parametrize(
    ("x", "digits", "text"),
    [
        (0.0, 3, "0"),
        (719.107, 3, "719"),
        (719.107, 4, "719.1"),
        (5768.5, 4, "5,768"),
        (999.96, 4, "1,000"),
        (1234567.0, 7, "1,234,567"),
        (-0.25, 3, "-0.25"),
        (12.0, 4, "12"),
        (0.00012, 2, "0.00012"),
        (3.1e18, 3, "3.1e18"),
        (-2.5e-9, 2, "-2.5e-9"),
    ],
)
def test_numbers(x, digits, text):
    assert number(x, digits) == text


@given(st.floats(-1e300, 1e300), st.integers(2, 15))
def test_a_number_says_what_it_rounds_to(x, digits):
    text = number(x, digits)
    assert re.fullmatch(r"-?\d{1,3}(,\d{3})*(\.\d+)?(e-?\d+)?", text)
    assert float(text.replace(",", "")) == pytest.approx(x, rel=10.0 ** (1 - digits), abs=1e-15)


@pytest.mark.parametrize(
    ("low", "high", "wide", "unit", "text"),
    [
        (719.1, 719.1, 20.0, "km/h", "719 km/h"),
        (718.9, 719.4, 1.0, "km/h", "719 km/h"),
        (700.0, 740.0, 1.0, "km/h", "700 to 740 km/h"),
        (0.5, 2.0, 0.1, "km/s", "0.5 to 2 km/s"),
        (1.0, 1.0, 0.0, "day", "1 day"),
        (14.0, 14.0, 0.0, "day", "14 days"),
        (0.59, 0.59, 0.01, "mach", "Mach 0.59"),
        (12.5, 12.5, 0.1, "percent", "12.5%"),
        (20.0, 20.0, 0.5, "degC", "20 °C"),
        (933_000.0, 933_000.0, 2_000.0, "", "933,000"),
        (1_234_567.0, 1_234_567.0, 2.0, "", "1,234,567"),
        (1.2, 1.2, 0.1, "meter ** 2", "1.2 m²"),
        (60.0, 60.0, 1.0, "mile/hour", "60 mph"),
        (2.0, 2.0, 0.01, "percentage_point", "2 percentage points"),
    ],
)
def test_values_have_the_digits_that_they_bear_out(low, high, wide, unit, text):
    own = measure(unit)
    nominal, possible = Intervals.of(low, high), Intervals.of(low - wide, high + wide)
    assert value(own.to_base(nominal), own.to_base(possible), own) == text


@pytest.mark.parametrize(
    ("possible", "text"),
    [
        (Intervals.of(3.0, math.inf), "at least 3"),
        (Intervals.of(-math.inf, 3.0), "at most 3"),
        (Intervals.REALS, "any value"),
        (Intervals.EMPTY, "no value"),
        (Intervals.of(1.5) | Intervals.of(1500.0), "1.5 or 1,500"),
        (Intervals.union(Interval(float(i), float(i)) for i in range(9)), "0 to 8"),
    ],
)
def test_a_set_without_a_nominal_value_is_told_whole(possible, text):
    assert value(None, possible, PLAIN) == text


def test_money_for_each_of_something_says_of_what() -> None:
    a_day = Measure("1 / day", Dimension({"[money USD]": 1, "[time]": -1}), 1.0 / 86_400.0)
    assert value(Intervals.of(5.0 / 86_400), Intervals.of(5.0 / 86_400), a_day, "USD") == "$5 a day"


@pytest.mark.parametrize(
    ("seconds", "text"), [(4052.0, "1 h 7 min 32 s"), (60.0, "1 min"), (0.2, "0 s"), (36000.0, "10 h"), (59.6, "1 min")]
)
def test_a_time_in_parts(seconds: float, text: str) -> None:
    assert in_parts(Intervals.of(seconds)) == text


def test_what_no_arithmetic_shows_has_no_working() -> None:
    for text in ("The heater uses 2,000 watts per hour.", "The hearing is set for 31 April 2025."):
        (found,) = check(text).findings
        assert not found.working


def test_a_page_tells_phrasings_plainly_and_what_the_rule_says() -> None:
    book = load(shipped_rules())
    rule = next(rule for rule in book.rules if rule.id == "change/change-off-amounts")
    page = explain(rule, said(rule, book))
    assert "`from {old} to {new}, a rise of {change}`" in page
    assert "It says: from 5,155 to 5,240 is a change of 1.65%, not 6.1 percent" in page
    assert "<move>" not in page
    assert "It says" not in explain(rule)


def test_figures_are_told_as_a_sentence_has_them() -> None:
    said = [
        ("His 30-year reign, from 1984 to 2004, was quiet.", "not “30-year”"),
        ("Work began on 13 June 1966. Nine years later, in 1971, the bridge was opened.", "not nine years"),
        ("The shop took $730,000 in 12 months, an average of $20,000 a day.", "is $1,999 a day, not $20,000 a day"),
        (
            "The bank cut its rate by 50 basis points to 4.25 percent from 4.5 percent.",
            "-25 basis points, not 50",
        ),
        ("He was born in 1950 and died in 2019, aged 71.", "from 1950 to 2019 is 68 to 70 years"),
    ]
    for text, told in said:
        (found,) = check(text).findings
        assert told in found.message
    assert found.working == "2019 - 1950 = 68 to 70 years; age: 71"


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (45e6, "USD", "$45 million"),
        (933_000.0, "GBP", "£933,000"),
        (1.25e9, "CHF", "1.25 billion CHF"),
        (-5e6, "USD", "-$5 million"),
    ],
)
def test_money(amount, currency, text):
    own = Measure("dimensionless", money(currency))
    assert value(Intervals.of(amount), Intervals.of(amount), own, currency) == text


def span(first: tuple[int, int, int], last: tuple[int, int, int]) -> Intervals:
    return DAY.to_base(Intervals.of(datetime.date(*first).toordinal(), datetime.date(*last).toordinal()))


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (span((2025, 1, 25), (2025, 1, 25)), "25 January 2025"),
        (span((2025, 1, 20), (2025, 2, 3)), "20 January 2025 to 3 February 2025"),
        (span((2025, 2, 1), (2025, 2, 28)), "February 2025"),
        (span((2025, 1, 1), (2025, 12, 31)), "2025"),
        (span((2024, 1, 6), (2024, 1, 6)) | span((2025, 1, 6), (2025, 1, 6)), "6 January 2024 or 6 January 2025"),
        (Intervals.REALS, "a day that is not known"),
        (span((9999, 1, 1), (9999, 12, 31)), "9999"),
    ],
)
def test_dates(days, text):
    assert value(None, days, DAY) == text


def test_times_and_weekdays():
    clock, week = Measure("second", CLOCK), Measure("dimensionless", WEEKDAY)
    assert value(None, Intervals.of(57_600.0), clock) == "16:00"
    assert value(None, Intervals.of(57_600.0, 61_200.0), clock) == "16:00 to 17:00"
    assert value(None, Intervals.of(5.0), week) == "Saturday"
    assert value(None, Intervals.of(4.0) | Intervals.of(5.0), week) == "Friday or Saturday"
    assert value(None, Intervals.of(0.0, 6.0), week) == "weekday that is not known"


def test_bands_and_spreads():
    speed = measure("km/h")
    assert ends([Intervals.of(120.0), Intervals.of(3100.0)], speed) == "432 to 11,160 km/h"
    assert spread(Intervals.of(100.0, 200.0), speed) == "360 to 720 km/h"
    assert spread(Intervals.of(100.0, 100.01), speed) is None
    assert spread(Intervals.of(0.0, 1e9), DAY) is None


UNITS = ["", "km", "km/h", "degF", "percent", "mach", "day", "kilogram * meter / second ** 2"]


@given(
    st.lists(st.tuples(st.floats(allow_nan=False), st.floats(allow_nan=False)), max_size=5),
    st.sampled_from([*map(measure, UNITS), DAY, Measure("second", CLOCK), Measure("dimensionless", WEEKDAY)]),
)
def test_any_set_of_values_can_be_told(pairs, own):
    parts_of = [Interval(min(p), max(p)) for p in pairs if min(p) < math.inf and max(p) > -math.inf]
    possible = Intervals.union(parts_of)
    for nominal in (None, Intervals.EMPTY, possible):
        text = value(nominal, possible, own)
        assert text
        assert "nan" not in text
        assert "inf" not in text


def test_units_are_spelt_as_a_reader_knows_them():
    spelt = {name: unit_text(measure(name)) for name in ("km/h", "m/s**2", "mile", "degF", "percent", "light_year")}
    assert spelt == {
        "km/h": "km/h",
        "m/s**2": "m/s²",
        "mile": "miles",
        "degF": "°F",
        "percent": "%",
        "light_year": "ly",
    }
    assert unit_text(PLAIN) == ""
    assert unit_text(Measure("dimensionless", NO_DIMENSION)) == ""


# ---------------------------------------------------------------------- explaining
def test_a_rule_explains_itself(book):
    assert (
        explain(book.rule("samples/speed"))
        == """\
# A sample

`samples/speed` is a warning: it is outside what the world is known to hold.

Samples show what is printed.

## What it checks

    band[low] <= range / flight_time <= band[high]

in what a text says of one voyage (the frame `samples.voyage`)
- when the text names a craft, or a kind of it
- only where `range > 1 km` is sure
- but not near words of `failed` (`failed`, `sank`, `was lost`, `broke up`, `never arrived`, `ran aground` and 1 more)

from the figures

- `range`: quantity, [length]; told by `went …`, `… far`
- `flight_time`: duration or quantity, [time]

## Band

| class | low | high | source |
|---|---:|---:|---|
| vessel | 120 m/s | 3.1 km/s | a / book |

## On whose word

None | at all

## Examples

Left alone (unchecked):

> It failed.
> Twice.

Flagged (broken):

> range 3

## To leave it out

    figcheck check FILE --ignore 'samples/speed'
"""
    )


SHIPPED = load(shipped_rules())


@pytest.mark.parametrize("rule", SHIPPED.rules, ids=lambda rule: rule.id)
def test_every_shipped_rule_explains_itself(rule):
    page = explain(rule)
    flowing = " ".join(page.split())
    assert page.startswith(f"# {rule.title}\n")
    assert " ".join(rule.why.split()) in flowing
    assert " ".join(rule.source.split()) in flowing
    assert f"    {rule.require.text}\n" in page
    assert f"--ignore '{rule.id}'" in page
    assert all(f"- `{name}`: " in page for name in rule.names())
    cells_of = [cell for table in rule.tables.values() for row in table.rows.values() for cell in row.printed.values()]
    assert all(f"| {cell} |" in page for cell in cells_of)
    assert all(f"({example.verdict}):" in page for example in rule.examples)
