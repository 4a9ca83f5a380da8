"""Laws of reading: readings enclose, prints read back, any text is read, and in linear time."""

from __future__ import annotations

import datetime
import decimal
import math
from collections.abc import Iterator

import pytest
from growth import QUADRATIC, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.figures import read, readings, spellings
from checker.figures.numerals import Numeral, Style, parse
from checker.figures.patterns import data
from checker.interval import Intervals
from checker.model import Bound, Document, Figure
from checker.units import measure

ROUNDINGS = (
    decimal.ROUND_HALF_UP, decimal.ROUND_HALF_EVEN, decimal.ROUND_HALF_DOWN, decimal.ROUND_DOWN, decimal.ROUND_UP,
    decimal.ROUND_FLOOR, decimal.ROUND_CEILING,
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _tables_are_built() -> None:
    """The first text builds the tables of spellings, which counts in no example's time."""
    read(Document("On 1 May 2025 it flew 1,500 km in 7 minutes for $5 million, up 5%, at half past six."))


def one(text: str) -> Figure:
    figures = read(Document(text))
    assert len(figures) == 1, (text, figures)
    return figures[0]


# ---------------------------------------------------------------------- readings
numerals = st.builds(
    Numeral,
    mantissa=st.integers(-(10**15), 10**15),
    exponent=st.integers(-12, 12),
    zeros=st.integers(0, 6),
    divisor=st.sampled_from([1, 1, 1, 2, 3, 8]),
)
bounds: st.SearchStrategy[Bound] = st.sampled_from(["=", "~", "<", ">"])


@given(st.lists(numerals, min_size=1, max_size=2), st.lists(numerals, max_size=2), bounds, st.booleans(), st.booleans())
def test_each_reading_holds_the_one_before(
    low: list[Numeral], high: list[Numeral], bound: Bound, inclusive: bool, signed: bool
) -> None:
    made = readings.of(tuple(low), tuple(high), bound=bound, inclusive=inclusive, signed=signed)
    assert made.plain.covers(made.printed)
    assert made.widest.covers(made.plain)


@given(numerals)
def test_a_print_holds_its_own_value_and_both_its_halves(numeral: Numeral) -> None:
    printed = readings.of((numeral,)).printed
    unit = Numeral(1, numeral.exponent, 0, numeral.divisor).value
    assert numeral.value in printed
    assert printed.low == pytest.approx(numeral.value - unit / 2, rel=1e-9, abs=unit * 1e-9)
    assert printed.high == pytest.approx(numeral.value + unit / 2, rel=1e-9, abs=unit * 1e-9)


@given(
    st.decimals(-1_000_000, 1_000_000, allow_nan=False, allow_infinity=False, places=6),
    st.integers(0, 4),
    st.sampled_from(ROUNDINGS),
)
def test_whatever_rounds_to_the_print_is_in_the_plain_reading(
    value: decimal.Decimal, places: int, rounding: str
) -> None:
    shown = value.quantize(decimal.Decimal(1).scaleb(-places), rounding=rounding)
    text = f"{abs(shown):,f}"
    numeral = parse(text, Style.POINT)[0]
    made = readings.of((numeral,))
    if abs(shown) != 1 or places or abs(value) >= decimal.Decimal("0.5"):  # less is no measure that prints as 1
        assert float(abs(value)) in made.plain
    if rounding in (decimal.ROUND_HALF_UP, decimal.ROUND_HALF_EVEN, decimal.ROUND_HALF_DOWN):
        assert float(abs(value)) in made.printed


@given(st.integers(1, 10**9), st.integers(1, 6))
def test_rounding_of_whole_places_is_in_the_plain_reading_up_to_the_cap(value: int, zeros: int) -> None:
    shown = round(value, -zeros)
    if shown and abs(shown - value) <= readings.ZEROS_CAP / readings.MILLION * shown:
        assert float(value) in readings.of((parse(f"{shown:,}", Style.POINT)[0],)).plain


@given(st.integers(1, 50), st.integers(1, 1000))
def test_one_in_so_many_holds_its_value(part: int, more: int) -> None:
    whole = part + more
    printed, plain = readings.one_in(Numeral(part), Numeral(whole))
    assert part / whole in printed
    assert plain.covers(printed)
    assert part / (whole + 0.4) in printed


# ---------------------------------------------------------------------- prints that read back
def spelled(entry: dict[str, object], words: str, *others: str) -> Iterator[str]:
    for word in (*entry.get(words, ()), *entry.get("sure", ())):  # type: ignore[attr-defined]
        singular, stroke, plural = word.partition("/")
        yield singular
        yield plural if stroke else f"{singular}s"
    for key in others:
        yield from entry.get(key, ())  # type: ignore[misc]


UNITS = [
    (spelling, name)
    for name, entry in data("units").items()
    for spelling in spelled(entry, "words", "short", *(("symbols",) if entry.get("bare_symbols", True) else ()))
]
CURRENCIES = list(data("money").items())


@pytest.mark.parametrize(("spelling", "name"), UNITS)
def test_every_spelling_of_a_unit_reads_back(spelling: str, name: str) -> None:
    near = next(iter(data("units")[name].get("only_near", ("",))))
    unit = spellings.match(f"{spelling} {near}", 0)
    assert unit is not None
    assert unit[0].measure == measure(name)
    for shape in (f"It came to 1,437.5 {{}} (see below). {near}", f"a 1,437.5-{{}} thing {near}"):
        if spelling in ("in", "ins") and "-" not in shape:
            continue
        figure = one(shape.format(spelling))
        assert (figure.nominal, figure.measure) == (1437.5, unit[0].measure)


def test_a_unit_that_needs_a_word_near_is_a_noun_without_it() -> None:
    assert (one("It took 3 cups of flour.").measure.name, one("They won 3 cups in a row.").noun) == ("cup", "cups")


@pytest.mark.parametrize(("spelling", "unit"), [("48MP", "megapixel"), ("48 MP", "dimensionless")])
def test_a_glued_symbol_stands_on_its_digits(spelling: str, unit: str) -> None:
    assert one(f"It has {spelling} there.").measure.name == unit


@pytest.mark.parametrize(("code", "entry"), CURRENCIES)
def test_every_sign_and_word_for_money_reads_back(code: str, entry: dict[str, list[str]]) -> None:
    for sign in entry.get("signs", ()):
        for shape, value in (("{}37", 37.0), ("({}1,437.50)", 1437.5), ("{}3.7bn", 3.7e9), ("{}3.7 million", 3.7e6)):
            figure = one("It cost " + shape.format(sign) + " in all.")
            assert (figure.currency, figure.nominal) == (code, value)
    for word in spelled(entry, "words", "short"):
        assert one(f"It cost 37 million {word} in all.").currency == code
    for word in spelled(entry, "hundredth"):
        assert one(f"It cost 37 {word} in all.").nominal == 0.37


@given(st.integers(0, 10**12), st.integers(0, 6), st.sampled_from(["km", " km", "-km", " kilometres"]))
def test_a_number_in_digits_reads_back(value: int, places: int, unit: str) -> None:
    shown = decimal.Decimal(value).scaleb(-places)
    figure = one(f"It is {shown:,f}{unit} away.")
    assert figure.nominal == float(shown)
    assert figure.measure.name == "kilometer"


@given(st.integers(2, 999_999_999))
def test_a_number_in_words_reads_back(value: int) -> None:
    for text in (in_words(value), in_words(value).replace(" and ", " "), in_words(value).capitalize()):
        assert one(f"{text} kilometres.").nominal == value


def in_words(value: int) -> str:
    words = {v: k for k, v in data("numbers")["cardinals"].items()}
    for power, name in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if value >= power:
            above, below = divmod(value, power)
            joint = " and " if power == 100 else " "
            return f"{in_words(above)} {name}" + (joint + in_words(below) if below else "")
    if value in words:
        return words[value]
    return f"{words[value // 10 * 10]}-{words[value % 10]}"


DATES = (
    "%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%Y/%m/%d", "%b. %d, %Y", "%d %b %Y", "%d of %B %Y", "%A, %d %B %Y",
    "%dth %B, %Y", "%d-%b-%Y", "%B %d,%Y", "%d %B,%Y", "%B the %d, %Y", "%Y-%m-%dT12:30:00Z",
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y",
)  # fmt: skip


@given(st.dates(datetime.date(1000, 1, 1), datetime.date(2199, 12, 31)), st.sampled_from(DATES))
def test_a_date_reads_back(day: datetime.date, shape: str) -> None:
    figures = read(Document(f"It was on {day.strftime(shape)}."))
    widest = figures[-1].readings.widest
    if "%m" not in shape or shape.startswith("%Y"):
        assert widest == Intervals.of(float(day.toordinal()))
    assert float(day.toordinal()) in widest
    assert figures[-1].flaw is None
    if "%A" in shape:
        assert figures[0].nominal == day.weekday()


@given(
    st.times(), st.sampled_from(["%I:%M %p", "%I.%M%p", "%H:%M:%S", "%I:%M:%S %p", "%H%M GMT", "%Hh%M", "%H.%M GMT"])
)
def test_a_time_reads_back(clock: datetime.time, shape: str) -> None:
    figure = one(f"It came at {clock.strftime(shape).lower().replace('gmt', 'GMT')} precisely.")
    seconds = clock.hour * 3600 + clock.minute * 60 + (clock.second if "%S" in shape else 0)
    assert (figure.kind, figure.nominal) == ("time", float(seconds))


SPOKEN = {
    5: "five past",
    10: "ten past",
    15: "a quarter past",
    20: "twenty past",
    25: "twenty-five past",
    30: "half past",
}


@given(st.integers(1, 12), st.sampled_from(sorted(SPOKEN)))
def test_a_spoken_time_reads_back(hour: int, minutes: int) -> None:
    figure = one(f"It came at {SPOKEN[minutes]} {in_words(hour)} precisely.")
    assert (figure.kind, figure.nominal) == ("time", float(hour % 12 * 3600 + minutes * 60))


@given(st.integers(1, 4), st.integers(2000, 2099), st.sampled_from(["Q{0} {1}", "{0}Q {1}", "{1}Q{0}", "Q{0} of {1}"]))
def test_a_quarter_reads_back(quarter: int, year: int, shape: str) -> None:
    figure = one(f"It fell in {shape.format(quarter, year)} again.")
    first = datetime.date(year, 3 * quarter - 2, 1)
    assert isinstance(figure.nominal, tuple)
    assert figure.nominal[0] == first.toordinal()
    assert figure.readings.widest.covers(figure.readings.printed)


@given(st.integers(0, 9), st.integers(0, 59), st.integers(0, 59), st.booleans())
def test_a_time_run_reads_back(hours: int, minutes: int, seconds: int, lettered: bool) -> None:
    shown = f"{hours}h{minutes}m{seconds}s" if lettered else f"{hours}:{minutes:02}:{seconds:02}"
    figure = one(f"She won in {shown} there.")
    assert (figure.kind, figure.nominal) == ("duration", hours * 3600 + minutes * 60 + seconds)


GROUPED = {",": ".", " ": ",", "\u202f": ",", "\u00a0": ",", "'": ".", "’": ".", ".": ","}
"""Signs between thousands, each with a decimal mark that goes with it."""


@given(st.integers(10**6, 10**12), st.integers(0, 2), st.sampled_from(sorted(GROUPED)))
def test_a_number_reads_back_in_every_notation(value: int, places: int, group: str) -> None:
    shown = decimal.Decimal(value * 10 + 7).scaleb(-places)
    whole, _, tail = f"{shown:f}".partition(".")
    text = f"{int(whole):,}".replace(",", group) + (GROUPED[group] + tail if tail else "")
    figure = read(Document(f"It is {text} km away, and {GROUPED[group].join('35')} km wide."))[0]
    assert (figure.nominal, figure.measure.name, figure.flaw) == (float(shown), "kilometer", None)


@given(st.integers(0, 999), st.integers(0, 11), st.sampled_from([("feet", "inches"), ("ft", "in"), ("foot", "inch")]))
def test_a_compound_value_reads_back(feet: int, inches: int, units: tuple[str, str]) -> None:
    figure = one(f"It is {feet} {units[0]} {inches} {units[1]} (long).")
    assert (figure.nominal, figure.measure.name) == (feet * 12 + inches, "inch")


@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from([" to ", "-", "–"]), st.sampled_from(["km", "%", "C"]))
def test_a_range_reads_back(low: int, high: int, link: str, unit: str) -> None:
    assert one(f"It is {low}{link}{high}{unit} here.").nominal == (low, high)


@given(st.integers(1, 10**6), st.integers(0, 3), st.sampled_from(["±", " ± ", " +/- ", " plus or minus ", " (±"]))
def test_a_tolerance_reads_back(value: int, places: int, sign: str) -> None:
    shown, margin = decimal.Decimal(value).scaleb(-places), decimal.Decimal(1).scaleb(-places)
    figure = one(f"It weighs {shown:f}{sign}{margin:f}{')' if '(' in sign else ''} kg now.")
    assert (figure.nominal, figure.measure.name) == (float(shown), "kilogram")
    assert float(shown - margin) in figure.readings.printed
    assert float(shown + margin) in figure.readings.printed


SCALES = [
    (" thousand", 3),
    (" million", 6),
    (" billion", 9),
    (" trillion", 12),
    ("bn", 9),
    ("m", 6),
    ("k", 3),
    (" mln", 6),
]


@given(
    st.integers(1, 10**5),
    st.integers(0, 2),
    st.sampled_from(SCALES),
    st.sampled_from(["$", "£", "€", "US$", "A$", "EUR "]),
)
def test_a_sum_with_its_scale_reads_back(value: int, places: int, scale: tuple[str, int], sign: str) -> None:
    shown = decimal.Decimal(value).scaleb(-places)
    figure = one(f"It cost {sign}{shown:,f}{scale[0]} in all.")
    assert figure.kind == "money"
    assert figure.nominal == pytest.approx(float(shown.scaleb(scale[1])), rel=1e-15)


@given(
    st.integers(1, 9999), st.sampled_from([c for c, _ in CURRENCIES]), st.sampled_from(["M{} {}", "{}m {}", "{1} M{0}"])
)
def test_millions_by_the_code_of_a_currency_read_back(value: int, code: str, shape: str) -> None:
    figure = one(f"It cost {shape.format(code, value)} in all.")
    assert (figure.currency, figure.nominal) == (code, value * 1e6)


@given(st.integers(0, 999), st.lists(st.integers(0, 9), min_size=1, max_size=4), st.sampled_from(["", " million"]))
def test_a_decimal_in_words_reads_back(whole: int, digits: list[int], scale: str) -> None:
    told = f"{in_words(whole)} point {' '.join(map(in_words, digits))}{scale} tonnes"
    value = decimal.Decimal(f"{whole}.{''.join(map(str, digits))}").scaleb(6 if scale else 0)
    assert one(f"It weighs {told} now.").nominal == float(value)


@given(st.integers(1, 999), st.sampled_from(["100,000", "100 000", "1,000", "1,000,000", "million"]))
def test_a_rate_for_so_many_reads_back(value: int, base: str) -> None:
    for shape in ("It is {} per {} now.", "It is {} deaths per {} now."):
        if base == "100 000" and "deaths" in shape:
            continue
        figure = one(shape.format(value, base))
        power = {"100,000": 5, "100 000": 5, "1,000": 3, "1,000,000": 6, "million": 6}[base]
        assert (figure.kind, figure.nominal) == ("fraction", value)
        assert figure.measure.factor == pytest.approx(10.0**-power)


@given(
    st.integers(1, 124), st.sampled_from(["{}-year-old", "{} years old", "aged {},", "the age of {}.", "{}-year-olds"])
)
def test_an_age_reads_back(years: int, shape: str) -> None:
    figure = one(f"They saw one {shape.format(years)}")
    assert (figure.kind, figure.nominal) == ("age", years)


# ---------------------------------------------------------------------- any text
PIECES = st.sampled_from(
    (
        "5|1,500|7.507|2,452,3000|1.2.3|0|00|000|½|1e99|10^999|2025|31|km|s|in|m|p|%|°C|per|a|an|of|bn|million|hundred|dozen"
        "|half|quarter|third|one|two|twenty|-|–|—|to|from|and|or|between|by|x|×|±|,|.|:|;|(|)|[|]|$|US$|£|€|+|~|<|≥|'|’|”|/|#"
        "|@|_|=|Q3|FY|h|past|o'clock|'70|COP "
        "|ISBN |John |CA |AD|1.250.000|about|more than|up to|over|rose|fell|January|Feb.|May|Friday|Sun|Easter"
        "|9/11|a.m.|pm|GMT|o'clock|aged"
        "|year-old|Ruiz,|Game|No.|Routes|Mach|minus|warmer|second|first|times|fold|ſ|\u212a|İ|٣|３|²|\u00a0|\u202f|\u200b"
        '|\u202e|\u0301|\n|\t|\r|\0| |  |\\|"'
    ).split("|")
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=16).map("".join), st.lists(PIECES, max_size=16).map(" ".join))
PUBLISHED = st.none() | st.dates()


@settings(max_examples=400)
@given(TEXTS, PUBLISHED)
def test_any_text_is_read(text: str, published: datetime.date | None) -> None:
    last = 0
    for figure in read(Document(text, published=published)):
        assert last <= figure.start < figure.end
        assert text[figure.start : figure.end] == figure.text
        assert figure.phrase.covers(figure.span)
        assert figure.phrase.end <= len(text)
        assert figure.readings.plain.covers(figure.readings.printed)
        assert figure.readings.widest.covers(figure.readings.plain)
        assert not math.isnan(figure.quantity.magnitude)
        assert figure.base("widest")
        last = figure.end


@given(TEXTS)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert read(Document(text)) == read(Document(text))


HOSTILE = (
    "1|1,|1,000|1.|1 111|(|([1|1-|1:|1/|one |twenty-|a million |January |6 and |5 to |from 5 to 6 |more than 1 |US $1 "
    "|5 km/s/|5 per |1\u0301|5\n|Aa5 |½|12 ft 3 in |Routes 93 and 94 |5 km of milk a |fell by 5% |1 in |[1, |Easter "
    "|half a |5' 11|Smith, 25, |2024 |10:00 |from 5 to 6 to |one point two |six cheap 787 |5 of the |four-, |yesterday "
    "|5 deaths per |3 (±1|several hundred |last week |[[[(((|\u202e1|1\u200b|a\u0301\u0301|5 km ($6) a |MUSD "
    "|’60s |half past |7 four-door |five- |1-1-|1,1,1,1|1:1:|0 0|020 |ISBN 1|Q3 |FY2|1Q2|the 80s |ten past "
    "|at ten to |1h2|"
    "began at 1.1 |John 1:1,|CA 02115-|1,00,|1.000.|24/7/|1–1–|aged 1 and |in her 30s or |man, 4, |minus |+/-|10±"
    "|a\u0301|\u0301"
).split("|")


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear(piece: str) -> None:
    def work(length: int) -> object:
        return read(Document((piece * (length // len(piece) + 1))[:length]))

    assert growth(work, 2_000) < QUADRATIC


def test_a_million_digits_are_a_label() -> None:
    assert one("1" * 1_000_000).kind == "label"


@pytest.mark.parametrize("bound", sorted({bound for kinds in data("hedges")["after"].values() for bound in kinds}))
@pytest.mark.parametrize("sign", ["-", "‐", "‑", " "])
def test_every_bound_after_a_figure_may_be_hyphened(bound: str, sign: str) -> None:
    words = bound.replace(" ", sign)
    joined = words if words.startswith(("-", "+")) else f"{sign}{words}"
    assert next(f.text for f in read(Document(text=f"£5{joined} a day"))).startswith("£5")
