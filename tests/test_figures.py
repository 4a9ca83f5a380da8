"""What is read, room by room: a text, and a line for each figure in it.

A line is `text = kind bound-and-value unit noun change`; days are written as dates, `a..b` is a range.
"""

from __future__ import annotations

import datetime
import math

import pytest

from checker import units
from checker.figures import read, readings
from checker.interval import Interval, Intervals
from checker.model import Document, Figure, Span

CAP = readings.ZEROS_CAP / readings.MILLION
PUBLISHED = datetime.date(2025, 1, 26)


def line(figure: Figure) -> str:
    unit = figure.currency or ("" if figure.measure.name == "dimensionless" else figure.measure.name)
    if figure.currency and figure.measure.name != "dimensionless":
        unit = f"{figure.currency} {figure.measure.name}"
    bound = "" if figure.bound == "=" else figure.bound
    nominal = figure.nominal if isinstance(figure.nominal, tuple) else (figure.nominal,)
    is_day = figure.kind in ("date", "event", "relative")
    value = "..".join(datetime.date.fromordinal(int(n)).isoformat() if is_day else f"{n:.10g}" for n in nominal)
    parts = [
        figure.text,
        "=",
        figure.kind,
        bound + value,
        "" if is_day else unit,
        figure.noun or "",
        figure.change or "",
    ]
    return " ".join(part for part in parts if part)


def lines(text: str, published: datetime.date | None = PUBLISHED) -> list[str]:
    return [line(f) for f in read(Document(text, published=published))]


def one(text: str, published: datetime.date | None = PUBLISHED) -> Figure:
    figures = read(Document(text, published=published))
    assert len(figures) == 1, figures
    return figures[0]


NUMBERS_AND_UNITS = [
    (
        "The missile flew 1,500 kilometres in 7,507 to 7,511 seconds.",
        [
            "1,500 kilometres = quantity 1500 kilometer",
            "7,507 to 7,511 seconds = duration 7507..7511 second",
        ],
    ),
    (
        "It used 45MW of power and 3.5 kWh.",
        [
            "45MW = quantity 45 megawatt",
            "3.5 kWh = quantity 3.5 kilowatt_hour",
        ],
    ),
    (
        "The train does 300 km/h, 186 mph, 186 miles an hour and 83 metres per second.",
        [
            "300 km/h = quantity 300 kilometer / hour",
            "186 mph = quantity 186 mile / hour",
            "186 miles an hour = quantity 186 mile / hour",
            "83 metres per second = quantity 83 meter / second",
        ],
    ),
    (
        "The room is 12 sq ft, 3 square metres, 2.5 m2, 4 km² or 7 cubic metres.",
        [
            "12 sq ft = quantity 12 foot ** 2",
            "3 square metres = quantity 3 meter ** 2",
            "2.5 m2 = quantity 2.5 meter ** 2",
            "4 km² = quantity 4 kilometer ** 2",
            "7 cubic metres = quantity 7 meter ** 3",
        ],
    ),
    (
        "The 100-km mark, a two-mile run, a 1.5-tonne rock and a 10-minute wait.",
        [
            "100-km = quantity 100 kilometer",
            "two-mile = quantity 2 mile",
            "1.5-tonne = quantity 1.5 metric_ton",
            "10-minute = duration 10 minute",
        ],
    ),
    (
        "It is 1,500km off, ran at 30mph and burned 20kg.",
        [
            "1,500km = quantity 1500 kilometer",
            "30mph = quantity 30 mile / hour",
            "20kg = quantity 20 kilogram",
        ],
    ),
    (
        "He lifted 9 g's, then 17.5 milli-g’s.",
        [
            "9 g's = quantity 9 standard_gravity",
            "17.5 milli-g’s = quantity 17.5 millistandard_gravity",
        ],
    ),
    (
        "The impulse was 1 pound-force second, entered as 1 newton-second.",
        [
            "1 pound-force second = quantity 1 force_pound * second",
            "1 newton-second = quantity 1 newton * second",
        ],
    ),
    (
        "It did 18 times the speed of light.",
        [
            "18 times the speed of light = quantity 18 speed_of_light",
        ],
    ),
    (
        "The star is 41 million light-years away, or 10,000 Astronomical Units.",
        [
            "41 million light-years = quantity 41000000 light_year",
            "10,000 Astronomical Units = quantity 10000 astronomical_unit",
        ],
    ),
    (
        "A 275 pound-feet engine at 3000 rpm makes 296 hp.",
        [
            "275 pound-feet = quantity 275 foot * force_pound",
            "3000 rpm = quantity 3000 revolutions_per_minute",
            "296 hp = quantity 296 horsepower",
        ],
    ),
    (
        "The current density was 1.3 A/cm2.",
        [
            "1.3 A/cm2 = quantity 1.3 ampere / centimeter ** 2",
        ],
    ),
    (
        "The dose is 42,000 ng/day, or 7,000 nanograms per kilogram per day.",
        [
            "42,000 ng/day = quantity 42000 nanogram / day",
            "7,000 nanograms per kilogram per day = quantity 7000 nanogram / day / kilogram",
        ],
    ),
    (
        "The noise reached 120 decibels; lead stood at 15 ppb.",
        [
            "120 decibels = quantity 120 sound_decibel",
            "15 ppb = quantity 15 ppb",
        ],
    ),
    (
        "A barrel is 42 gallons, or 35 Imperial gallons.",
        [
            "42 gallons = quantity 42 gallon",
            "35 Imperial gallons = quantity 35 imperial_gallon",
        ],
    ),
    (
        "The well is 200 000 litres and 1'500 metres deep.",
        [
            "200 000 litres = quantity 200000 liter",
            "1'500 metres = quantity 1500 meter",
        ],
    ),
    (
        'It has 378 "terawatt hours" of it.',
        [
            '378 "terawatt hours = quantity 378 terawatt_hour',
        ],
    ),
    (
        "It fell 250 kilometres a second time.",
        [
            "250 kilometres = quantity 250 kilometer down",
            "second = ordinal 2",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS_AND_UNITS)
def test_numbers_and_units(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


TIMES_AS_FACTORS_AND_RATES = [
    (
        "The plant takes in 400 tonnes of water each day.",
        [
            "400 tonnes of water each day = quantity 400 metric_ton / day",
        ],
    ),
    (
        "He works 52 weeks a year, 7 a day.",
        [
            "52 weeks a year = quantity 52 week / year",
            "7 a day = quantity 7 1 / day",
        ],
    ),
    (
        "Sales came to 6 million dlrs a year ago.",
        [
            "6 million dlrs = money 6000000 USD",
        ],
    ),
    (
        "It came to 2.4 per 100,000 people.",
        [
            "2.4 per 100,000 = fraction 2.4 per_hundred_thousand",
        ],
    ),
    (
        "They hired 25,000 officers a year and two people a mile away.",
        [
            "25,000 = quantity 25000 1 / year officers",
            "two = count 2 people",
        ],
    ),
    (
        "Seven or eight a day went wrong.",
        [
            "Seven or eight a day = quantity 7..8 1 / day",
        ],
    ),
    (
        "They drove 4.5 billion fewer miles.",
        [
            "4.5 billion fewer miles = quantity 4500000000 mile down",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TIMES_AS_FACTORS_AND_RATES)
def test_times_as_factors_and_rates(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


TEMPERATURES_AND_THEIR_DIFFERENCES = [
    (
        "It got to 20C (68F) on the hill.",
        [
            "20C = quantity 20 degree_Celsius",
            "68F = quantity 68 degree_Fahrenheit",
        ],
    ),
    (
        "The temperature fell to minus 45C (-49F).",
        [
            "minus 45C = quantity -45 degree_Celsius",
            "-49F = quantity -49 degree_Fahrenheit",
        ],
    ),
    (
        "It was 5C (9F) warmer than last year, a rise of 9F.",
        [
            "5C = quantity 5 delta_degree_Celsius",
            "9F = quantity 9 delta_degree_Fahrenheit",
            "last year = relative 2024-01-01..2024-12-31",
            "9F = quantity 9 delta_degree_Fahrenheit up",
        ],
    ),
    (
        "It was nearly 20C (36F) hotter than usual.",
        [
            "20C = quantity ~20 delta_degree_Celsius",
            "36F = quantity 36 delta_degree_Fahrenheit",
        ],
    ),
    (
        "Seas are up to 6 degrees centigrade (10.8 degrees Fahrenheit) warmer.",
        [
            "6 degrees centigrade = quantity <6 delta_degree_Celsius",
            "10.8 degrees Fahrenheit = quantity <10.8 delta_degree_Fahrenheit",
        ],
    ),
    (
        "350 degrees Fahrenheit, 12 C and −7°C.",
        [
            "350 degrees Fahrenheit = quantity 350 degree_Fahrenheit",
            "12 C = quantity 12 degree_Celsius",
            "−7°C = quantity -7 degree_Celsius",
        ],
    ),
    (
        "It stood 2C above zero.",
        [
            "2C = quantity 2 degree_Celsius",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TEMPERATURES_AND_THEIR_DIFFERENCES)
def test_temperatures_and_their_differences(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


INCHES_METRES_AND_MILLIONS = [
    (
        "It is 4.1 in wide and 5 in the shade.",
        [
            "4.1 in = quantity 4.1 inch",
            "5 = count 5",
        ],
    ),
    (
        "The gun (4.1 in) and a 12-in. pipe.",
        [
            "4.1 in = quantity 4.1 inch",
            "12-in = quantity 12 inch",
        ],
    ),
    (
        "It rose 5 in May.",
        [
            "5 = count 5 up",
            "May = date 2025-05-01..2025-05-31",
        ],
    ),
    (
        "Snow of 12 in (300 mm) fell.",
        [
            "12 in = quantity 12 inch",
            "300 mm = quantity 300 millimeter",
        ],
    ),
    (
        "It holds 50m x 25m of water, 146 m away.",
        [
            "50m = quantity 50 meter",
            "25m = quantity 25 meter",
            "146 m = quantity 146 meter",
        ],
    ),
    (
        "The prize was $5.2m for 1.2m people.",
        [
            "$5.2m = money 5200000 USD",
            "1.2m = count 1200000 people",
        ],
    ),
    (
        "They sold 4.3M discs.",
        [
            "4.3M = count 4300000 discs",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), INCHES_METRES_AND_MILLIONS)
def test_inches_metres_and_millions(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


COMPOUND_VALUES = [
    (
        "The arch is 3 feet 2 inches wide and 19 ft 8 in high.",
        [
            "3 feet 2 inches = quantity 38 inch",
            "19 ft 8 in = quantity 236 inch",
        ],
    ),
    (
        "It weighs 5 lb 3 oz.",
        [
            "5 lb 3 oz = quantity 83 ounce",
        ],
    ),
    (
        "The flight took 67 min 32 s, then 1h 24m, then 47 minutes 12 seconds.",
        [
            "67 min 32 s = duration 4052 second",
            "1h 24m = duration 84 minute",
            "47 minutes 12 seconds = duration 2832 second",
        ],
    ),
    (
        "It stood for five years and four months.",
        [
            "five years and four months = duration 64 month",
        ],
    ),
    (
        "She is 5' 11\" tall.",
        [
            "5' 11\" = quantity 71 inch",
        ],
    ),
    (
        "He ran 2 minutes 45 seconds a kilometre.",
        [
            "2 minutes 45 seconds a kilometre = quantity 165 second / kilometer",
        ],
    ),
    (
        "They waited 3 feet 20 inches apart.",
        [
            "3 feet = quantity 3 foot",
            "20 inches = quantity 20 inch",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), COMPOUND_VALUES)
def test_compound_values(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


MONEY = [
    (
        "It cost £5m, €3.2bn, ¥590 billion, ₹40,000, RM79, A$12, US$7.50, HK$3 and C$4.",
        [
            "£5m = money 5000000 GBP",
            "€3.2bn = money 3200000000 EUR",
            "¥590 billion = money 5.9e+11 JPY",
            "₹40,000 = money 40000 INR",
            "RM79 = money 79 MYR",
            "A$12 = money 12 AUD",
            "US$7.50 = money 7.5 USD",
            "HK$3 = money 3 HKD",
            "C$4 = money 4 CAD",
        ],
    ),
    (
        "He earned 33 cents a share, 12 million dlrs or 1.2bn euros.",
        [
            "33 cents = money 0.33 USD per share",
            "12 million dlrs = money 12000000 USD",
            "1.2bn euros = money 1200000000 EUR",
        ],
    ),
    (
        "Crude sold at $58.24 per barrel; petrol at 1.74 dollars per gallon.",
        [
            "$58.24 per barrel = money 58.24 USD 1 / oil_barrel",
            "1.74 dollars per gallon = money 1.74 USD 1 / gallon",
        ],
    ),
    (
        "It went from 97p to 44p.",
        [
            "97p = money 0.97 GBP",
            "44p = money 0.44 GBP",
        ],
    ),
    (
        "It cost 10.5 billion crowns, 2.64 billion marks and 36 billion ringgit.",
        [
            "10.5 billion = count 1.05e+10 crowns",
            "2.64 billion marks = money 2640000000 DEM",
            "36 billion ringgit = money 3.6e+10 MYR",
        ],
    ),
    (
        "He won ten marks; ten won nothing.",
        [
            "ten = count 10 marks",
            "ten = count 10",
        ],
    ),
    (
        "It lost 3 million pounds sterling; it weighs 3 million pounds.",
        [
            "3 million pounds = money 3000000 GBP",
            "3 million pounds = money 3000000 GBP",
        ],
    ),
    (
        "The loss was $-50.8bn; prices of $5 a litre.",
        [
            "$-50.8bn = money -5.08e+10 USD",
            "$5 a litre = money 5 USD 1 / liter",
        ],
    ),
    (
        "It cost $30,000 a year and £30 per police officer.",
        [
            "$30,000 a year = money 30000 USD 1 / year",
            "£30 = money 30 GBP per police officer",
        ],
    ),
    (
        "A 50-billion dollar note.",
        [
            "50-billion dollar = money 5e+10 USD",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MONEY)
def test_money(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


PERCENT_AND_POINTS = [
    (
        "About 40% said so, 3 percentage points more and 25 basis points less.",
        [
            "40% = percent ~40 percent",
            "3 percentage points = points 3 percentage_point up",
            "25 basis points = points 25 basis_point down",
        ],
    ),
    (
        "It fell 5 per cent, 5 percent, 5 pct and 5pc.",
        [
            "5 per cent = percent 5 percent down",
            "5 percent = percent 5 percent",
            "5 pct = percent 5 percent",
            "5pc = percent 5 percent",
        ],
    ),
    (
        "A quarter of a percentage point.",
        [
            "quarter of a percentage point = points 0.25 percentage_point",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PERCENT_AND_POINTS)
def test_percent_and_points(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


RANGES = [
    (
        "It is 4,500-4,600 km off.",
        [
            "4,500-4,600 km = quantity 4500..4600 kilometer",
        ],
    ),
    (
        "Losses of $8-billion to $9-billion came.",
        [
            "$8-billion to $9-billion = money 8000000000..9000000000 USD",
        ],
    ),
    (
        "He made $26 to 31 million from it.",
        [
            "$26 to 31 million = money 26000000..31000000 USD",
        ],
    ),
    (
        "It took between 13,000 and 17,000 years.",
        [
            "13,000 and 17,000 years = duration 13000..17000 year",
        ],
    ),
    (
        "It does Mach 13-15, or Mach 5.",
        [
            "Mach 13-15 = quantity 13..15 mach",
            "Mach 5 = quantity 5 mach",
        ],
    ),
    (
        "Winds of 96 to 11 mph.",
        [
            "96 to 11 mph = quantity 96..11 mile / hour",
        ],
    ),
    (
        "It ranges from 5 to 10 kilometres.",
        [
            "5 to 10 kilometres = quantity 5..10 kilometer",
        ],
    ),
    (
        "A profit of between £415m and £425m ($779m-798m).",
        [
            "£415m and £425m = money 415000000..425000000 GBP",
            "$779m-798m = money 779000000..798000000 USD",
        ],
    ),
    (
        "It takes seven to 10 years or 2.5 to 3 km/s.",
        [
            "seven to 10 years = duration 7..10 year",
            "2.5 to 3 km/s = quantity 2.5..3 kilometer / second",
        ],
    ),
    (
        "There were 100-150 people.",
        [
            "100-150 = count 100..150 people",
        ],
    ),
    (
        "It weighs 10 ± 2 kg.",
        [
            "10 ± 2 kg = quantity 10 kilogram",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), RANGES)
def test_ranges(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


FROM_ONE_LEVEL_TO_ANOTHER = [
    (
        "Output rose from 5 tonnes to 7 tonnes.",
        [
            "5 tonnes = quantity 5 metric_ton",
            "7 tonnes = quantity 7 metric_ton",
        ],
    ),
    (
        "Shares fell 5% to 10 from 12.",
        [
            "5% = percent 5 percent down",
            "10 = count 10",
            "12 = count 12",
        ],
    ),
    (
        "Volume was up 2.2 pct to 213,790 from 209,109.",
        [
            "2.2 pct = percent 2.2 percent up",
            "213,790 = count 213790",
            "209,109 = count 209109",
        ],
    ),
    (
        "Rates go from 29% to 40%.",
        [
            "29% = percent 29 percent",
            "40% = percent 40 percent",
        ],
    ),
    (
        "It rose 17 sen to RM24.60.",
        [
            "17 sen = money 0.17 MYR up",
            "RM24.60 = money 24.6 MYR",
        ],
    ),
    (
        "He went from 214 pounds to 187.",
        [
            "214 pounds = quantity 214 pound",
            "187 = quantity 187 pound",
        ],
    ),
    (
        "Sales doubled to 381 mln dlrs from 160.",
        [
            "doubled = multiple 2 up",
            "381 mln dlrs = money 381000000 USD",
            "160 = money 160000000 USD",
        ],
    ),
    (
        "Oil fell to 38.04 mln from 38.42 mln barrels.",
        [
            "38.04 mln = quantity 38040000 oil_barrel",
            "38.42 mln barrels = quantity 38420000 oil_barrel",
        ],
    ),
    (
        "Traffic rose to 3.9 billion seat miles from 3.2 billion.",
        [
            "3.9 billion = count 3900000000 seat miles",
            "3.2 billion = count 3200000000 seat miles",
        ],
    ),
    (
        "He paid $283,000 to one firm.",
        [
            "$283,000 = money 283000 USD",
            "one = count 1 firm",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FROM_ONE_LEVEL_TO_ANOTHER)
def test_from_one_level_to_another(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


UNITS_SHARED_IN_A_LIST = [
    (
        "The lens measured 6 or 8 metres.",
        [
            "6 = quantity 6 meter",
            "8 metres = quantity 8 meter",
        ],
    ),
    (
        "Ranges of 430 and 690 km.",
        [
            "430 = quantity 430 kilometer",
            "690 km = quantity 690 kilometer",
        ],
    ),
    (
        "The frame is 28 by 19 inches.",
        [
            "28 = quantity 28 inch",
            "19 inches = quantity 19 inch",
        ],
    ),
    (
        "The sheet is 71 cm × 48 cm.",
        [
            "71 cm = quantity 71 centimeter",
            "48 cm = quantity 48 centimeter",
        ],
    ),
    (
        "He ran 35, 40 and 45 km.",
        [
            "35 = quantity 35 kilometer",
            "40 = quantity 40 kilometer",
            "45 km = quantity 45 kilometer",
        ],
    ),
    (
        "Cuts of 1,200, 1,300, 1,400, 1,500%.",
        [
            "1,200 = percent 1200 percent down",
            "1,300 = percent 1300 percent",
            "1,400 = percent 1400 percent",
            "1,500% = percent 1500 percent",
        ],
    ),
    (
        "From 205,000 or 12.8 pct.",
        [
            "205,000 = count 205000",
            "12.8 pct = percent 12.8 percent",
        ],
    ),
    (
        "It stood at 142.01, and 7.19 pct more.",
        [
            "142.01 = count 142.01",
            "7.19 pct = percent 7.19 percent up",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), UNITS_SHARED_IN_A_LIST)
def test_units_shared_in_a_list(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


HEDGES_AND_BOUNDS = [
    (
        "More than 6,000 km away; at least 3 hours; upwards of 40 people; no fewer than 12 ships.",
        [
            "6,000 km = quantity >6000 kilometer",
            "3 hours = duration >3 hour",
            "40 = count >40 people",
            "12 = count >12 ships",
        ],
    ),
    (
        "Up to 5 km; at most 3 hours; less than 40 kg; under 20 percent; as much as $3.",
        [
            "5 km = quantity <5 kilometer",
            "3 hours = duration <3 hour",
            "40 kg = quantity <40 kilogram",
            "20 percent = percent <20 percent",
            "$3 = money <3 USD",
        ],
    ),
    (
        "Nearly 300 people, almost $5, roughly 3 km, some 200 boats, just over 9 litres.",
        [
            "300 = count ~300 people",
            "$5 = money ~5 USD",
            "3 km = quantity ~3 kilometer",
            "200 = count ~200 boats",
            "9 litres = quantity ~9 liter",
        ],
    ),
    (
        "12,000+ mph, 30 or more ships, 25 years or so.",
        [
            "12,000+ mph = quantity >12000 mile / hour",
            "30 = count >30 ships",
            "25 years = duration ~25 year",
        ],
    ),
    (
        "It lasted over 3 hours and flew 900 km over 3 hours.",
        [
            "3 hours = duration >3 hour",
            "900 km = quantity 900 kilometer",
            "3 hours = duration 3 hour",
        ],
    ),
    (
        "He handed over $5m over 4 acres.",
        [
            "$5m = money 5000000 USD",
            "4 acres = quantity 4 acre",
        ],
    ),
    (
        "It climbed back up to 5.3 percent.",
        [
            "5.3 percent = percent 5.3 percent",
        ],
    ),
    (
        "No more than 40 of over 9.",
        [
            "40 = count <40",
            "9 = count >9",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), HEDGES_AND_BOUNDS)
def test_hedges_and_bounds(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


CHANGES = [
    (
        "It fell by about 3 percent.",
        [
            "3 percent = percent ~3 percent down",
        ],
    ),
    (
        "Sales grew by 5%, a 5% increase.",
        [
            "5% = percent 5 percent up",
            "5% = percent 5 percent up",
        ],
    ),
    (
        "17 percent fewer; 27 fewer than last year; 5% higher.",
        [
            "17 percent = percent 17 percent down",
            "27 = count 27 down",
            "last year = relative 2024-01-01..2024-12-31",
            "5% = percent 5 percent up",
        ],
    ),
    (
        "It took up 8,000 sq ft and picked up 3 awards.",
        [
            "8,000 sq ft = quantity 8000 foot ** 2",
            "3 = count 3 awards",
        ],
    ),
    (
        "They fell 380,000 barrels.",
        [
            "380,000 barrels = quantity 380000 oil_barrel down",
        ],
    ),
    (
        "It rose to 5 tonnes.",
        [
            "5 tonnes = quantity 5 metric_ton",
        ],
    ),
    (
        "They raised $310 million and lost $2 million.",
        [
            "$310 million = money 310000000 USD",
            "$2 million = money 2000000 USD",
        ],
    ),
    (
        "It shrank in the year by 5.6 pct.",
        [
            "5.6 pct = percent 5.6 percent down",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CHANGES)
def test_changes(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


NUMBER_WORDS = [
    (
        "A dozen eggs, half a million people, a million dollars and twenty-five years.",
        [
            "A dozen = count 12 eggs",
            "half a million = count 500000 people",
            "a million dollars = money 1000000 USD",
            "twenty-five years = duration 25 year",
        ],
    ),
    (
        "Two million three hundred thousand and five people came.",
        [
            "Two million three hundred thousand and five = count 2300005 people",
        ],
    ),
    (
        "It is one hundred and twenty-five metres or two and a half miles long.",
        [
            "one hundred and twenty-five metres = quantity 125 meter",
            "two and a half miles = quantity 2.5 mile",
        ],
    ),
    (
        "Half a mile, half an hour, a half-minute and half a dozen men.",
        [
            "Half a mile = quantity 0.5 mile",
            "half an hour = duration 0.5 hour",
            "half-minute = duration 0.5 minute",
            "half a dozen = count 6 men",
        ],
    ),
    (
        "Dozens of ships and hundreds of miles.",
        [
            "Dozens of = count >24..100 ships",
            "hundreds of miles = quantity >100..1000 mile",
        ],
    ),
    (
        "One test, one of them, no one, and one in 16.",
        [
            "One = count 1 test",
            "one in 16 = fraction 0.0625",
        ],
    ),
    (
        "A figure-eight loop for the Big Ten and a ten-for-one split.",
        [
            "Ten = label 0",
            "ten-for-one = label 0",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NUMBER_WORDS)
def test_number_words(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


ORDINALS_SHARES_AND_MULTIPLES = [
    (
        "He came third, she was 25th and the twenty-first fell.",
        [
            "third = ordinal 3",
            "25th = ordinal 25",
            "twenty-first = ordinal 21",
        ],
    ),
    (
        "At first the first lady went first of all on foot for the second time.",
        [
            "second = ordinal 2",
        ],
    ),
    (
        "Two-thirds left, half of the rest stayed, a third of them ill, and 9 out of 10 agreed.",
        [
            "Two-thirds = fraction 0.6666666667",
            "half = fraction 0.5",
            "third = fraction 0.3333333333",
            "9 out of 10 = fraction 0.9",
        ],
    ),
    (
        "The first half and the fourth quarter.",
        [
            "first = ordinal 1",
            "fourth = ordinal 4",
        ],
    ),
    (
        "It doubled, then more than tripled; twice as many came, five times the total, a tenfold rise, 10x faster.",
        [
            "doubled = multiple 2 up",
            "tripled = multiple >3 up",
            "twice = multiple 2",
            "five times = multiple 5",
            "tenfold = multiple 10",
            "10x = multiple 10",
        ],
    ),
    (
        "He scored twice and was seen 11 times.",
        [
            "11 = count 11",
        ],
    ),
    (
        "28-1/2 inches, 3½ litres and 1/16 of a mile.",
        [
            "28-1/2 inches = quantity 28.5 inch",
            "3½ litres = quantity 3.5 liter",
            "1/16 of a mile = quantity 0.0625 mile",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ORDINALS_SHARES_AND_MULTIPLES)
def test_ordinals_shares_and_multiples(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


DATES = [
    (
        "On 25 January 2025 and January 6, 2024; also 2024-03-01, 3/14/2024 and 14/3/2024.",
        [
            "25 January 2025 = date 2025-01-25",
            "January 6, 2024 = date 2024-01-06",
            "2024-03-01 = date 2024-03-01",
            "3/14/2024 = date 2024-03-14",
            "14/3/2024 = date 2024-03-14",
        ],
    ),
    (
        "On 6 and 14 January 2025; on January 6 and 14.",
        [
            "6 = date 2025-01-06",
            "14 January 2025 = date 2025-01-14",
            "January 6 = date 2025-01-06",
            "14 = date 2025-01-14",
        ],
    ),
    (
        "It ran from 13-15 March 2024, in the 1980s, in 2013-14 and in fiscal 2007.",
        [
            "13-15 March 2024 = date 2024-03-13..2024-03-15",
            "1980s = date 1980-01-01..1989-12-31",
            "2013-14 = date 2013-01-01..2014-12-31",
            "2007 = date 2007-01-01..2007-12-31",
        ],
    ),
    (
        "Founded in 1792, it moved in 1995; 1995 was hard.",
        [
            "1792 = date 1792-01-01..1792-12-31",
            "1995 = date 1995-01-01..1995-12-31",
            "1995 = date 1995-01-01..1995-12-31",
        ],
    ),
    (
        "There were 2000 people; 1945 GMT; 2000 TWh.",
        [
            "2000 = count 2000 people",
            "1945 = time 71100 second",
            "2000 TWh = quantity 2000 terawatt_hour",
        ],
    ),
    (
        "He came in May, and May Smith may march in March.",
        [
            "May = date 2025-05-01..2025-05-31",
            "March = date 2025-03-01..2025-03-31",
        ],
    ),
    (
        "Over January/September 1986, in March 1986, and on March six.",
        [
            "January/September 1986 = date 1986-01-01..1986-09-30",
            "March 1986 = date 1986-03-01..1986-03-31",
            "March six = date 2025-03-06",
        ],
    ),
    (
        "Friday, 7 March 2025; Friday Jan 26; the Sun shone.",
        [
            "Friday = weekday 4",
            "7 March 2025 = date 2025-03-07",
            "Friday = weekday 4",
            "Jan 26 = date 2025-01-26",
        ],
    ),
    (
        "By 2120 and between 2002 and 2003.",
        [
            "2120 = date 2120-01-01..2120-12-31",
            "2002 = date 2002-01-01..2002-12-31",
            "2003 = date 2003-01-01..2003-12-31",
        ],
    ),
    (
        "In 2018, 910 died; in 2024 73% said no.",
        [
            "2018 = date 2018-01-01..2018-12-31",
            "910 = count 910",
            "2024 = date 2024-01-01..2024-12-31",
            "73% = percent 73 percent",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


EVENTS = [
    (
        "Two weeks before the inauguration of U.S. President-elect Jane Doe.",
        [
            "Two weeks = duration 2 week",
            "inauguration = event 2025-01-20",
        ],
    ),
    ("The inauguration of the new bridge.", []),
    (
        "After Christmas, on Good Friday and on New Year's Eve.",
        [
            "Christmas = event 2024-12-25",
            "Good Friday = event 2025-04-18",
            "New Year's Eve = event 2024-12-31",
        ],
    ),
    ("The Christmas tree on Easter Island.", []),
    (
        "Since the 9/11 attacks.",
        [
            "9/11 attacks = event 2001-09-11",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), EVENTS)
def test_events(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


TIMES = [
    (
        "At 4 p.m., 10.45pm, 0830 GMT, 22:00 and 8 o'clock.",
        [
            "4 p.m. = time 57600 second",
            "10.45pm = time 81900 second",
            "0830 = time 30600 second",
            "22:00 = time 79200 second",
            "8 o'clock = time 28800 second",
        ],
    ),
    (
        "It ended at 10.45pm.",
        [
            "10.45pm = time 81900 second",
        ],
    ),
    (
        "Between 0800 and 0830 GMT.",
        [
            "0800 = time 28800 second",
            "0830 = time 30600 second",
        ],
    ),
    (
        "From 6-7pm.",
        [
            "6 = time 64800 second",
            "7pm = time 68400 second",
        ],
    ),
    (
        "She ran it in 2:01:09, with 4:39 left.",
        [
            "2:01:09 = duration 7269 second",
            "4:39 = duration 279 second",
        ],
    ),
    (
        "12 noon.",
        [
            "12 noon = time 43200 second",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_times(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


AGES = [
    (
        "Maria Ruiz, 25, met a 30-year-old and two people aged 18 to 34.",
        [
            "25 = age 25 year",
            "30-year-old = age 30 year",
            "two = count 2 people",
            "18 to 34 = age 18..34 year",
        ],
    ),
    (
        "He died at 72. She was 83.",
        [
            "72 = age 72 year",
            "83 = age 83 year",
        ],
    ),
    (
        "Smith (44) and a 5-month-old.",
        [
            "44 = age 44 year",
            "5-month-old = age 5 month",
        ],
    ),
    (
        "On January 25, 30 came.",
        [
            "January 25 = date 2025-01-25",
            "30 = count 30",
        ],
    ),
    (
        "A five billion years old star.",
        [
            "five billion years old = duration 5000000000 year",
        ],
    ),
    (
        "Players over the age of 23.",
        [
            "23 = age 23 year",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), AGES)
def test_ages(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


LABELS_AND_SCORES = [
    (
        "The Boeing 787 flew on Route 66 to Game 6 with an F-16, an iPhone 14 and COVID-19 on the S&P 500.",
        [
            "787 = label 787",
            "66 = label 66",
            "6 = label 6",
            "F-16 = label 16",
            "14 = label 14",
            "COVID-19 = label 19",
            "500 = label 500",
        ],
    ),
    (
        "Call 555-867-5309 or +44 20 7946 0018 about [12] and No. 5.",
        [
            "555-867-5309 = label 5558675309",
            "44 20 7946 0018 = label 4.4207946e+11",
            "12 = label 12",
            "5 = label 5",
        ],
    ),
    (
        "Routes 93 and 104 meet where 93 leaves 104.",
        [
            "93 = label 93",
            "104 = label 104",
            "93 = label 93",
            "104 = label 104",
        ],
    ),
    (
        "They won 6-3, 6-2 after a 19-13 loss.",
        [
            "6-3 = score 6..3",
            "6-2 = score 6..2",
            "19-13 = score 19..13",
        ],
    ),
    (
        "He lives at 49 Old Mill Road and 16-18 Park Avenue.",
        [
            "49 = label 49",
            "16-18 = label 1618",
        ],
    ),
    (
        "A V-6 in the 5G band for the 737-MAX.",
        [
            "V-6 = label 6",
            "5G = label 5",
            "737-MAX = label 737",
        ],
    ),
    (
        "Resolution 2231 under Article 5 and a Category 2 storm.",
        [
            "2231 = label 2231",
            "5 = label 5",
            "2 = label 2",
        ],
    ),
    (
        "Version 3.11.7 in 000s.",
        [
            "3.11.7 = label 3117",
            "000 = label 0",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LABELS_AND_SCORES)
def test_labels_and_scores(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


SEPARATORS = [
    (
        "The sum was 2,452,3000 against 7,033,00 and 6,6069.",
        [
            "2,452,3000 = count 24523000",
            "7,033,00 = count 703300",
            "6,6069 = count 66069",
        ],
    ),
    (
        "The price was 9.900 beside 6,200.",
        [
            "9.900 = count 9.9",
            "6,200 = count 6200",
        ],
    ),
    (
        "Es waren 1.234,5 und 3,5 und 1.500 km.",
        [
            "1.234,5 = count 1234.5",
            "3,5 = count 3.5",
            "1.500 km = quantity 1500 kilometer",
        ],
    ),
    (
        "It is 12,34,567 rupees.",
        [
            "12,34,567 rupees = money 1234567 INR",
        ],
    ),
    (
        "It weighs 1.99×10^30 kg or 6e24 kg.",
        [
            "1.99×10^30 kg = quantity 1.99e+30 kilogram",
            "6e24 kg = quantity 6e+24 kilogram",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SEPARATORS)
def test_separators(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


# ---------------------------------------------------------------------- what a line does not show
def test_a_phrase_holds_the_hedge_and_the_figure_does_not() -> None:
    text = "It flew (just over 6,000 km or more) away."
    figure = one(text)
    assert figure.text == "6,000 km"
    assert text[figure.phrase.start : figure.phrase.end] == "just over 6,000 km or more"


def test_a_name_takes_a_short_number_and_no_grouped_one() -> None:
    text = "Kestrel 2 failed. Holding 211 of them, Mr Sund 79,983 and Apollo 11 were there."
    assert [f.kind for f in read(Document(text))] == ["label", "count", "count", "label"]


def test_a_weekday_is_a_set_of_one() -> None:
    assert one("It is due on Thursday.").readings.widest == Intervals.of(3.0)


def test_a_misgrouped_number_has_both_readings() -> None:
    values = one("The average was 2,452,3000 in all.").readings.printed
    assert 24_523_000.0 in values
    assert 2452.3 in values
    assert 2_452_300.0 not in values


def test_a_point_before_three_digits_is_decimal_unless_they_end_in_zeros() -> None:
    assert one("It took 7.507 seconds.").readings.widest.high < 8
    assert 9900.0 in one("It took 9.900 seconds.").readings.widest


def test_both_styles_in_one_text_leave_both_readings() -> None:
    figures = read(Document("Es waren 3,5 km; it took 1,234.5 s and 1,500 m."))
    assert [1500.0 in figures[2].readings.printed, 1.5 in figures[2].readings.printed] == [True, True]


def test_an_age_lasts_a_year() -> None:
    values = one("Ann Lee, 25, won.").readings.widest
    assert (values.low, math.ceil(values.high)) == (25.0, 26)
    assert 26.0 not in values


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("more than 6,000 km", 6000 * (1 - CAP), math.inf),
        ("up to 60 km", 0.0, 60 + max(1, 60 * CAP)),
        ("up to 60C", -math.inf, 60 + max(1, 60 * CAP)),
        ("about 60 km", 54.0, 66.0),
        ("nearly 63 km", 56.7, 69.3),
        ("10 km", 9.000001, 10.999999),
        ("1,500 km", 1500 - min(50, 1500 * CAP), 1500 + min(50, 1500 * CAP)),
        ("63 km", 62.000001, 63.999999),
        ("63 days", 62.0, 64.0),
        ("two weeks", 1.000001, 2.999999),
        ("5 million km", 4000001.0, 5999999.0),
        ("25 to 31 km", 24.000001, 31.999999),
        ("31 to 25 km", 24.000001, 31.999999),
        ("9.80 m", 9.79000001, 9.80999999),
        ("a dozen km", 11.000001, 12.999999),
    ],
)
def test_the_widest_reading(text: str, low: float, high: float) -> None:
    figure = one(f"It was {text}.")
    assert (figure.low, figure.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("1,500 km", 1499.5, 1500.5), ("2.5 million km", 2.45e6, 2.55e6), ("7,507 to 7,511 seconds", 7506.5, 7511.5)],
)
def test_the_printed_reading(text: str, low: float, high: float) -> None:
    assert one(f"It was {text}.").printed == (low, high)


def test_at_four_is_within_half_an_hour() -> None:
    four = 16 * 3600.0
    assert one("It came at 4 p.m. there.").printed == (four - 1800, four + 1800)
    assert one("It came at 4:00 p.m. there.").printed == (four - 30, four + 30)
    assert one("It came at about 4:00 p.m. there.").high == four + 60 + 1800


def test_eight_oclock_is_in_the_morning_or_the_evening() -> None:
    values = one("It opens at 8 o'clock.").readings.printed
    assert [8 * 3600.0 in values, 20 * 3600.0 in values, 14 * 3600.0 in values] == [True, True, False]


def day(text: str) -> float:
    return float(datetime.date.fromisoformat(text).toordinal())


def test_a_date_without_its_year_lies_near_the_publication() -> None:
    near = one("It was on December 5.").readings
    assert near.printed == Intervals.of(day("2024-12-05"))
    assert near.widest == Intervals.union(Interval(d, d) for d in (day("2024-12-05"), day("2025-12-05")))
    assert one("It was on January 6.").readings.widest == Intervals.of(day("2025-01-06"))


def test_a_date_without_its_year_is_seen_from_the_full_date_before_it() -> None:
    figures = read(Document("On 3 March 2011 and 5 April; on 2 May 1999 and 7 June."))
    assert [f.nominal for f in figures] == [day(d) for d in ("2011-03-03", "2011-04-05", "1999-05-02", "1999-06-07")]


def test_a_date_without_its_year_looks_ahead_when_nothing_is_behind() -> None:
    assert read(Document("On 5 April; on 3 March 2011."))[0].nominal == day("2011-04-05")


def test_a_date_with_no_year_anywhere_can_be_any_day() -> None:
    figure = one("On 5 February.", published=None)
    assert (figure.nominal, figure.readings.widest, figure.readings.printed) == (36.0, Intervals.REALS, Intervals.REALS)


def test_a_day_that_no_calendar_has_can_be_any_day() -> None:
    assert one("On 31 April 2024.").readings.widest == Intervals.REALS


def test_day_and_month_in_either_order_are_both_read() -> None:
    values = one("On 3/4/2024.").readings.printed
    assert [day("2024-03-04") in values, day("2024-04-03") in values] == [True, True]


def test_a_fiscal_year_may_begin_in_the_year_before() -> None:
    values = one("In fiscal 2007 it fell.").readings
    assert (values.printed.low, values.widest.low) == (day("2007-01-01"), day("2006-01-01"))


@pytest.mark.parametrize(
    ("event", "year", "expected"),
    [
        ("the inauguration of U.S. President X", 2025, "2025-01-20"),
        ("Thanksgiving", 2023, "2023-11-23"),
        ("Memorial Day", 2024, "2024-05-27"),
        ("Labor Day", 2024, "2024-09-02"),
        ("Election Day", 2024, "2024-11-05"),
        ("Easter", 2024, "2024-03-31"),
        ("Easter", 1818, "1818-03-22"),
        ("Easter", 1943, "1943-04-25"),
        ("Good Friday", 2000, "2000-04-21"),
        ("Black Friday", 2024, "2024-11-29"),
        ("Christmas Eve", 2024, "2024-12-24"),
    ],
)
def test_an_event_dates_itself(event: str, year: int, expected: str) -> None:
    figure = one(f"Weeks after {event} it rained.", published=datetime.date(year, 6, 1))
    assert day(expected) in figure.readings.widest
    assert figure.kind == "event"


def test_orthodox_easter_is_among_the_days_of_easter() -> None:
    assert day("2024-05-05") in one("Near Easter it rained.", published=datetime.date(2024, 6, 1)).readings.widest


def test_an_inauguration_is_every_four_years() -> None:
    values = one("After the inauguration of President-elect X.").readings.widest
    assert [p.low for p in values] == [day("2021-01-20"), day("2025-01-20"), day("2029-01-20")]


def test_paragraphs_are_read_apart() -> None:
    text = "It cost 5\nmillion men came. It cost $5\n\nmillion."
    spans = (Span(0, 9), Span(10, 38), Span(40, len(text)))
    assert [text[s.start : s.end] for s in spans] == ["It cost 5", "million men came. It cost $5", "million."]
    assert [f.text for f in read(Document(text, paragraphs=spans))] == ["5", "$5"]


def test_what_is_no_prose_is_not_read() -> None:
    text = "It holds 5 km and `7 km` and 9 km."
    document = Document(text, prose=text.replace("`7 km`", "      "))
    assert [f.text for f in read(document)] == ["5 km", "9 km"]


def test_a_figure_broken_by_layout_is_one_figure() -> None:
    text = "It flew more than\n  1,500\n   kilometres  (932\tmiles)."
    figures = read(Document(text))
    assert [f.text for f in figures] == ["1,500\n   kilometres", "932\tmiles"]
    assert text[figures[0].phrase.start : figures[0].phrase.end] == "more than\n  1,500\n   kilometres"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "no figure at all", "...", "$ % ° £", "a", "per cent of a mile"])
def test_a_text_without_figures_has_none(text: str) -> None:
    assert read(Document(text)) == ()


# ---------------------------------------------------------------------- units of one name
@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("It holds 1,000 gallons.", "liter", 4546.09),
        ("It holds 1,000 gallons.", "liter", 3785.41),
        ("It weighs 400 ounces, all gold.", "kilogram", 12.44),
        ("A 200-mile exclusive economic zone.", "kilometer", 370.4),
        ("It brewed 1,000 barrels of beer.", "liter", 117348),
        ("It brewed 1,000 barrels of beer.", "liter", 163659),
        ("Add two tablespoons.", "milliliter", 30),
        ("It makes 296 hp.", "kilowatt", 217.7),
    ],
)
def test_a_name_of_several_units_is_read_as_each(text: str, unit: str, value: float) -> None:
    figure = one(text)
    meant = units.measure(unit).to_base(Intervals.of(value))
    for reading in ("printed", "plain", "widest"):
        assert figure.base(reading).meets(meant)


@pytest.mark.parametrize(
    "text",
    [
        "1,000 US gallons",
        "200 statute miles of sea",
        "It flew 200 miles.",
        "400 ounces of tin",
        "9 barrels of oil, a brewer",
    ],
)
def test_a_name_of_one_unit_is_read_as_that(text: str) -> None:
    assert len(one(text).readings.plain.parts) == 1


# ---------------------------------------------------------------------- years that the text tells
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In November 2015 gunmen struck. It was Friday, November 13.", "2015-11-13"),
        ("In 1963 he went to Dallas on Friday, November 22.", "1963-11-22"),
        ("On Friday, November 22, he went to Dallas. That was in 1963.", "1963-11-22"),
        ("It fell on Thursday, 9 November 1989. On 11 November, they came.", "1989-11-11"),
        ("In 1998 it began.\n\nOn 4 May it ended.", "1998-05-04"),
        ("In 1963 he died before Christmas.", "1963-12-25"),
    ],
)
def test_a_date_without_its_year_can_lie_in_a_year_told_near_it(text: str, expected: str) -> None:
    at = text.find("\n\n")
    spans = (Span(0, at), Span(at + 2, len(text))) if at >= 0 else (Span(0, len(text)),)
    figures = read(Document(text, published=PUBLISHED, paragraphs=spans))
    assert any(f.measure.dimension == units.DATE and day(expected) in f.readings.printed for f in figures)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("It opens 4 May to 28 September 2023.", "2023-05-04"),
        ("It runs Dec. 31-Jan. 2, 2023.", "2022-12-31"),
    ],
)
def test_the_start_of_a_span_of_days_takes_the_year_of_its_end(text: str, first: str) -> None:
    figure = read(Document(text, published=PUBLISHED))[0]
    assert [p.low for p in figure.readings.widest] == [day(first)]


def test_a_day_that_the_calendar_lacks_says_so() -> None:
    assert one("It was February 30, 2025.").reason
    assert one("It was February 28, 2025.").reason is None


# ---------------------------------------------------------------------- events that are none
@pytest.mark.parametrize(
    "text",
    [
        "The D-Day commemorations began.",
        "A Halloween film opened.",
        "The Brexit referendum had its anniversary.",
        "After the inauguration of his hotel, Trump left.",
        "The inauguration of Nigeria's president was near.",
        "Election Day in Germany was near.",
        "Kenya's Election Day was near.",
        "Obama was sworn in as senator.",
        "Halloween-themed shows.",
    ],
)
def test_what_only_sounds_like_an_event_is_none(text: str) -> None:
    assert lines(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russian Orthodox believers kept Christmas.", "2025-01-07"),
        ("Biden's inauguration was cold.", "2021-01-20"),
        ("After the inauguration of President Trump it rained.", "2025-01-20"),
        ("They went to the polls on Election Day.", "2025-11-04"),
    ],
)
def test_an_event_is_dated_by_whose_it_is(text: str, expected: str) -> None:
    assert day(expected) in one(text).readings.widest


MISREAD = [
    ("On day 3: 12 miles.", ["3 = label 3", "12 miles = quantity 12 mile"]),
    ("In the ward 130 percent of it.", ["130 percent = percent 130 percent"]),
    ("It paid 20 million pounds for it.", ["20 million pounds = money 20000000 GBP"]),
    ("It weighs 4 million pounds at lift-off.", ["4 million pounds = quantity 4000000 pound"]),
    ("It is plus or minus 3 percentage points.", ["3 percentage points = points 3 percentage_point"]),
    ("It is ±3 points.", ["3 = count 3 points"]),
    ("It took an hour and a half.", ["an hour and a half = duration 1.5 hour"]),
    ("It took 11 and a half minutes.", ["11 and a half minutes = duration 11.5 minute"]),
    ("It was a week before that.", ["a week = duration 1 week"]),
    ("He eats three times a day after noon.", ["three = count 3", "noon = time 43200 second"]),
    ("He weighed 11st 4lb, now 9st.", ["11st 4lb = quantity 158 pound", "9st = quantity 9 stone"]),
    ("He came 1st, on the 21st.", ["1st = ordinal 1", "21st = ordinal 21"]),
    ("It cooled to 3 mK or 5 nanokelvin.", ["3 mK = quantity 3 millikelvin", "5 nanokelvin = quantity 5 nanokelvin"]),
    ("It is an anomaly of -3 K.", ["-3 K = quantity -3 delta_kelvin"]),
    ("That is 400,000 km of traffic per second.", ["400,000 km = quantity 400000 kilometer"]),
    ("Free for over-65s and under 16s.", ["65s = age >65 year", "16s = age <16 year"]),
    ("He ran in under 10s.", ["10s = duration <10 second"]),
    ("It cost £2 10s then.", ["£2 10s = money 2.5 GBP"]),
    ("Call 60-0044 now.", ["60-0044 = label 600044"]),
    ("Between junctions 10-11 now.", ["10-11 = label 1011"]),
    ("Serves 4-6.", ["4-6 = count 4..6"]),
    ("He has a 9-to-5 job.", ["9-to-5 = label 95"]),
    ("It made $(4.2) million.", ["$(4.2) million = money -4200000 USD"]),
]


@pytest.mark.parametrize(("text", "expected"), MISREAD)
def test_what_is_easily_misread(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


def test_one_is_a_half_or_more() -> None:
    assert one("It is 1 mile off.").readings.plain.low == 0.5
    assert one("It is 3 miles off.").readings.plain.low == pytest.approx(2, abs=1e-5)


MOVEMENTS_FROM_A_LEVEL_TO_ANOTHER = [
    (
        "The output went up from 310 tonnes to 355 tonnes.",
        [
            "310 tonnes = quantity 310 metric_ton",
            "355 tonnes = quantity 355 metric_ton",
        ],
    ),
    (
        "It climbed from 34 knots inshore to 41 for the new hull.",
        [
            "34 knots = quantity 34 knot",
            "41 = quantity 41 knot",
        ],
    ),
    (
        "Takings rose to $7.4 billion from $6.8 billion.",
        [
            "$7.4 billion = money 7400000000 USD",
            "$6.8 billion = money 6800000000 USD",
        ],
    ),
    (
        "Depth grew from 40 metres in 1998 to 55 metres in 2011.",
        [
            "40 metres = quantity 40 meter",
            "1998 = date 1998-01-01..1998-12-31",
            "55 metres = quantity 55 meter",
            "2011 = date 2011-01-01..2011-12-31",
        ],
    ),
    (
        "The target moved from 6 to 8 percent to 11 to 13 percent.",
        [
            "6 to 8 percent = percent 6..8 percent",
            "11 to 13 percent = percent 11..13 percent",
        ],
    ),
    (
        "Oslo was down 4.5%, Bergen by 3.1%.",
        [
            "4.5% = percent 4.5 percent down",
            "3.1% = percent 3.1 percent down",
        ],
    ),
    (
        "Tin ended down 2% at 90 dollars.",
        [
            "2% = percent 2 percent down",
            "90 dollars = money 90 USD",
        ],
    ),
    (
        "He cut a 12 degree slot.",
        [
            "12 degree = quantity 12 degree",
        ],
    ),
    (
        "The copper index is at +0.7% so far.",
        [
            "+0.7% = percent 0.7 percent up",
        ],
    ),
    (
        "It was revised upward by $17 million.",
        [
            "$17 million = money 17000000 USD up",
        ],
    ),
    (
        "Fees are 5% lower after plummeting 40%.",
        [
            "5% = percent 5 percent down",
            "40% = percent 40 percent down",
        ],
    ),
    (
        "He threw from 18 metres.",
        [
            "18 metres = quantity 18 meter",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MOVEMENTS_FROM_A_LEVEL_TO_ANOTHER)
def test_movements_from_a_level_to_another(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


PARTS_AND_WHAT_IS_COUNTED = [
    (
        "She lent 35 million of the 2.5 billion kronor.",
        [
            "35 million = money 35000000 SEK",
            "2.5 billion kronor = money 2500000000 SEK",
        ],
    ),
    (
        "Seven of its 19 ferries and three-fifths of the total 48 sailors left.",
        [
            "Seven = count 7 ferries",
            "19 = count 19 ferries",
            "three-fifths = fraction 0.6 sailors",
            "48 = count 48 sailors",
        ],
    ),
    (
        "Three-, seven- and eight-string guitars.",
        [
            "Three = count 3 string",
            "seven = count 7 string",
            "eight = count 8 string",
        ],
    ),
    (
        "One of the oldest stone bridges fell.",
        [
            "One = count 1 oldest stone bridges",
        ],
    ),
    (
        "A nine-hole course and a five-star hotel.",
        [
            "nine = count 9 hole",
            "five = count 5 star",
        ],
    ),
    (
        "It towed dozens of Greek and Turkish trawlers.",
        [
            "dozens of = count >24..100 Greek Turkish trawlers",
        ],
    ),
    (
        "They sold six cheap 787 Dreamliner seats, 14 B-52s and 25 Saab 340s.",
        [
            "six = count 6 cheap 787 Dreamliner seats",
            "787 = label 787",
            "14 = count 14 B-52s",
            "B-52s = label 52",
            "25 = count 25 Saab 340s",
            "340s = label 340",
        ],
    ),
    (
        "Two in seven farmers and a fifth of the coastal population says so.",
        [
            "Two in seven = fraction 0.2857142857 farmers",
            "fifth = fraction 0.2",
        ],
    ),
    (
        "They sailed 83 consecutive miles in 6 full days.",
        [
            "83 consecutive miles = quantity 83 mile",
            "6 full days = duration 6 day",
        ],
    ),
    (
        "They land 14 boxes per trip and 3 RBI.",
        [
            "14 = count 14 boxes per trip",
            "3 = count 3 RBI",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PARTS_AND_WHAT_IS_COUNTED)
def test_parts_and_what_is_counted(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


LOOSE_NUMBERS_AND_GLOSSES = [
    (
        "For four or five weeks it sank by 6 or 9 metres.",
        [
            "four or five weeks = duration 4..5 week",
            "6 = quantity 6 meter down",
            "9 metres = quantity 9 meter down",
        ],
    ),
    (
        "Several hundred goats and a few thousand miles.",
        [
            "Several hundred = count ~200..1000 goats",
            "a few thousand miles = quantity ~2000..10000 mile",
        ],
    ),
    (
        "The 3.2 (±0.1) km and 10 plus or minus 3 kg.",
        [
            "3.2 (±0.1) km = quantity 3.2 kilometer",
            "10 plus or minus 3 kg = quantity 10 kilogram",
        ],
    ),
    (
        "A sub-40 gram probe for hardly 9.5 euros, max. 30 guests.",
        [
            "40 gram = quantity <40 gram",
            "9.5 euros = money ~9.5 EUR",
            "30 = count <30 guests",
        ],
    ),
    (
        "More than 6 million Swedish crowns ($600,000).",
        [
            "6 million Swedish crowns = money >6000000 SEK",
            "$600,000 = money >600000 USD",
        ],
    ),
    (
        "It uses 70 million litres (18 million gallons) a day.",
        [
            "70 million litres = quantity 70000000 liter / day",
            "18 million gallons = quantity 18000000 gallon / day",
        ],
    ),
    (
        "It cost 5 euros and 20 cents.",
        [
            "5 euros and 20 cents = money 5.2 EUR",
        ],
    ),
    (
        "They paid PS34,500 and PS2.6bn for a PS4, and R80 million for the R61.",
        [
            "PS34,500 = money 34500 GBP",
            "PS2.6bn = money 2600000000 GBP",
            "PS4 = label 4",
            "R80 million = money 80000000 ZAR",
            "R61 = label 61",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LOOSE_NUMBERS_AND_GLOSSES)
def test_loose_numbers_and_glosses(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


UNITS_BY_THEIR_SURROUNDINGS = [
    (
        "It burns 4.5 L/100km, or 5 litres per 100 km.",
        [
            "4.5 L/100km = quantity 4.5 liter / hundred_kilometers",
            "5 litres per 100 km = quantity 5 liter / hundred_kilometers",
        ],
    ),
    (
        "Shot at 24 fps by a camera.",
        [
            "24 fps = quantity 24 1 / second",
        ],
    ),
    (
        "A bullet of 1,200 fps.",
        [
            "1,200 fps = quantity 1200 foot / second",
        ],
    ),
    (
        "The supercapacitor holds 400 F.",
        [
            "400 F = quantity 400 farad",
        ],
    ),
    (
        "It is 80 F outside and 3 µF here.",
        [
            "80 F = quantity 80 degree_Fahrenheit",
            "3 µF = quantity 3 microfarad",
        ],
    ),
    (
        "It falls at 9.8 metres per second squared.",
        [
            "9.8 metres per second squared = quantity 9.8 meter / second ** 2",
        ],
    ),
    (
        "It has 10^5 cells and 10⁶ more.",
        [
            "10^5 = count 100000 cells",
            "10⁶ = count 1000000",
        ],
    ),
    (
        "It makes 5 Bcf, 40 MMscfd and 12 Mtpa.",
        [
            "5 Bcf = quantity 5 billion_cubic_feet",
            "40 MMscfd = quantity 40 million_cubic_feet / day",
            "12 Mtpa = quantity 12 megametric_ton / year",
        ],
    ),
    (
        "It is 760 torr, 12 IU and 3 kgf.",
        [
            "760 torr = quantity 760 torr",
            "12 IU = quantity 12 international_unit",
            "3 kgf = quantity 3 force_kilogram",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), UNITS_BY_THEIR_SURROUNDINGS)
def test_units_by_their_surroundings(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


AGES_AND_OTHER_TYPED_TOKENS = [
    (
        "Women of 18- to 34-year-olds and 5-to-12-year-olds.",
        [
            "18- to 34-year-olds = age 18..34 year",
            "5-to-12-year-olds = age 5..12 year",
        ],
    ),
    (
        "She is in her 30s.",
        [
            "30s = age 30..39 year",
        ],
    ),
    (
        "For people over 65.",
        [
            "65 = age >65 year",
        ],
    ),
    (
        "Sand of 90 million-year-old dunes.",
        [
            "90 million-year-old = duration 90000000 year",
        ],
    ),
    (
        "In the '90s, the class of '68.",
        [
            "'90s = date 1990-01-01..1999-12-31",
            "'68 = date 1968-01-01..1968-12-31",
        ],
    ),
    (
        "Lunch is at noon, by midnight, at half past three and a quarter to five.",
        [
            "noon = time 43200 second",
            "midnight = time 0 second",
            "half past three = time 12600 second",
            "quarter to five = time 17100 second",
        ],
    ),
    (
        "Call (212) 555-1234 in 44 BC.",
        [
            "212) 555-1234 = label 2125551234",
            "44 = label 44",
        ],
    ),
    (
        "The bottom five and the top six crews rowed Game eight.",
        [
            "five = label 0",
            "six = count 6 crews",
            "eight = label 0",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), AGES_AND_OTHER_TYPED_TOKENS)
def test_ages_and_other_typed_tokens(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


SIDES = [
    ("The output went up from 310 tonnes to 355 tonnes.", {"310 tonnes": "from", "355 tonnes": "to"}),
    ("It climbed from 34 knots inshore to 41 for the new hull.", {"34 knots": "from", "41": "to"}),
    ("Revenue rose 8% to $7.4 billion from $6.8 billion.", {"8%": None, "$7.4 billion": "to", "$6.8 billion": "from"}),
    ("He shot from 30 yards. To 5 people it was a goal.", {"30 yards": None, "5": None}),
    ("He gave 5 dollars to 3 people.", {"5 dollars": None, "3": None}),
]


@pytest.mark.parametrize(("text", "expected"), SIDES)
def test_the_sides_of_a_movement(text: str, expected: dict[str, str | None]) -> None:
    assert {f.text: f.side for f in read(Document(text))} == expected


MOVERS = [
    ("Shares rose sharply by 5%.", "rose"),
    ("Shares fell 5%.", "fell"),
    ("A 5% drop came.", "drop"),
    ("Prices are 5% lower.", "lower"),
    ("The Dow gained. It is +5% now.", "+"),
    ("It is 5% of all.", None),
]


@pytest.mark.parametrize(("text", "expected"), MOVERS)
def test_where_a_change_is_told(text: str, expected: str | None) -> None:
    (figure,) = read(Document(text))
    assert (figure.mover and text[figure.mover.start : figure.mover.end]) == expected
    assert (figure.change is None) == (expected is None)


NUMBERS_IN_WORDS_AND_ACCOUNTS = [
    (
        "One and a half million people, two point five million and a quarter million.",
        [
            "One and a half million = count 1500000 people",
            "two point five million = count 2500000",
            "a quarter million = count 250000",
        ],
    ),
    (
        "Three-quarters of a million dollars and half a million.",
        [
            "Three-quarters of a million dollars = money 750000 USD",
            "half a million = count 500000",
        ],
    ),
    (
        "It cost 5m USD, 5m euros and 5m yen, 5m away.",
        [
            "5m USD = money 5000000 USD",
            "5m euros = money 5000000 EUR",
            "5m yen = money 5000000 JPY",
            "5m = quantity 5 meter",
        ],
    ),
    (
        "MUSD 40, 20 MEUR, EURm 5, kEUR 300 and −MUSD 4.",
        [
            "MUSD 40 = money 40000000 USD",
            "20 MEUR = money 20000000 EUR",
            "EURm 5 = money 5000000 EUR",
            "kEUR 300 = money 300000 EUR",
            "−MUSD 4 = money -4000000 USD",
        ],
    ),
    (
        "20 deaths per 100,000 people, 3 deaths per million and two homicides per 1,000.",
        [
            "20 deaths per 100,000 = fraction 20 per_hundred_thousand deaths",
            "3 = fraction 3 per_million deaths",
            "two homicides per 1,000 = fraction 2 per_thousand homicides",
        ],
    ),
    (
        "A boy aged three, another aged three days.",
        [
            "three = age 3 year",
            "three days = duration 3 day",
        ],
    ),
    (
        "It makes 300 TWh/a in 12 kWh/100 km.",
        [
            "300 TWh/a = quantity 300 terawatt_hour / year",
            "12 kWh/100 km = quantity 12 kilowatt_hour / hundred_kilometers",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS_IN_WORDS_AND_ACCOUNTS)
def test_numbers_in_words_and_accounts(text: str, expected: list[str]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    ("text", "unknown"), [("It moved 5 TEU.", "TEU"), ("It makes 2 qbe/d and goes.", "qbe/d"), ("5 NATO troops.", None)]
)
def test_a_unit_that_is_not_known_is_said_to_be_unknown(text: str, unknown: str | None) -> None:
    (figure,) = read(Document(text))
    assert figure.reason == (unknown and f"“{unknown}” is no unit that is known")


RELATIVE = [
    ("It came yesterday.", "2025-01-25", "2025-01-25", 1),
    ("Tomorrow it comes.", "2025-01-27", "2025-01-27", 1),
    ("It came last week.", "2025-01-13", "2025-01-19", 7),
    ("It came last month.", "2024-12-01", "2024-12-31", 31),
    ("It comes next year.", "2026-01-01", "2026-12-31", 366),
]


@pytest.mark.parametrize(("text", "first", "last", "slack"), RELATIVE)
def test_days_told_from_the_day_of_publication(text: str, first: str, last: str, slack: int) -> None:
    figure = one(text)
    days = [float(datetime.date.fromisoformat(day).toordinal()) for day in (first, last)]
    assert figure.kind == "relative"
    assert figure.printed == tuple(days)
    assert (figure.low, figure.high) == (days[0] - slack, days[1] + slack)
    assert not read(Document(text))


def test_a_name_is_no_day() -> None:
    assert not lines("He read it in USA Today there.")
