"""How fast tables are: figcheck against the same judgement written by hand, in pandera and in a loop with pint.

    python tests/benchmarks/tables.py [--rows N] [--broken SHARE] [--rounds N] [--floor]

A Parquet file of plausible missile launches is made, of which a share is broken and one cell in a hundred is missing.
Every variant then runs in a process of its own, in turns, on two threads; the least time and the greatest memory of all
rounds are printed. What is timed starts after the imports and after the rules are loaded, and ends with the counts of
all verdicts and the first rows that break the rule, which figcheck also explains and tries to mend.

The SQL is what an expert would write who knows the columns: whole kilometres and seconds, four classes. figcheck has to
find that out, which is one more pass. Both count the same verdicts; a difference is printed. pandera and pint judge one
rule on fewer rows, and their times are multiplied.

Exit code: 0; 1 with `--floor` where figcheck takes more than the multiples in `floors.toml` beside this file, both by
the clock and by the processor's time, or more memory.
"""

# All SQL here is made of this file's own numbers.

from __future__ import annotations

import argparse
import json
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import duckdb

HERE = pathlib.Path(__file__).parent
LIMIT = 20
THREADS = 2
IN_PANDERA, IN_PINT = 1_000_000, 20_000

ENVELOPE, FREE_FALL = "ballistics/range-above-class", "ballistics/shorter-than-free-fall"
CEILINGS = {"SRBM": 1000.0, "MRBM": 3000.0, "IRBM": 5500.0, "ICBM": 20_100.0, "cruise missile": 11_000.0}
EARTH_RADIUS, EARTH_GRAVITY = 6_371_008.8, 3.986004418e14


# ---------------------------------------------------------------------- the file
def make(path: pathlib.Path, rows: int, broken: float) -> None:
    """Launches with ranges and apogees in whole kilometres, times in whole seconds, the same in every run."""
    missing = "CASE WHEN random() < 0.01 THEN NULL ELSE {} END AS {}"
    columns = ", ".join(missing.format(f"round({name})", name) for name in ("range_km", "apogee_km", "flight_time_s"))
    connection = duckdb.connect(config={"threads": 1})
    connection.execute(f"SELECT setseed(0.5); {MACROS}")
    connection.execute(f"""
        COPY (
            WITH kinds AS (
                SELECT i AS id, ['SRBM', 'MRBM', 'IRBM', 'ICBM', 'cruise missile'][1 + (i % 5)::INT] AS class,
                    [1000, 3000, 5500, 11000, 2000][1 + (i % 5)::INT] AS reach,
                    CASE WHEN random() < {broken} THEN 1.1 + 0.4 * random() ELSE 0.4 + 0.6 * random() END AS share,
                    CASE WHEN random() < {broken} THEN 0.3 + 0.4 * random() ELSE 1.1 + 0.3 * random() END AS pace
                FROM range({rows}) AS t(i)
            ),
            flights AS (
                SELECT *, reach * share AS range_km,
                    CASE WHEN class <> 'cruise missile' THEN 100 + reach * (0.1 + 0.2 * random()) END AS apogee_km
                FROM kinds
            ),
            timed AS (
                SELECT *, pace * CASE WHEN apogee_km IS NULL THEN range_km / 0.25
                    ELSE free_flight(range_km * 1000, apogee_km * 1000) END AS flight_time_s
                FROM flights
            )
            SELECT id, {columns}, class FROM timed
        ) TO '{path}' (FORMAT parquet)
    """)
    connection.close()


# ---------------------------------------------------------------------- figcheck
def figcheck(path: pathlib.Path, *rules: str) -> Callable[[], Mapping[str, int]]:
    """figcheck on the rules named, all of ballistics where none is."""
    from checker import load_rules
    from checker.tables import sources
    from checker.tables.judging import Wanted, judge_table

    rulebook = load_rules()
    kept = tuple(r for r in rulebook.rules if r.id in rules or (not rules and r.id.startswith("ballistics/")))
    rulebook = attrs.evolve(rulebook, rules=kept)

    def judge() -> Mapping[str, int]:
        with sources.opened(path) as data:
            report = judge_table(data, rulebook, Wanted(frame="ballistics.launch", key="id", limit=LIMIT))
        totals = {name: sum(getattr(t, name) for t in report.tallies) for name in VERDICTS}
        return {**totals, "told": len(report.found)}

    return judge


VERDICTS = ("broken", "strained", "consistent", "unchecked")


# ---------------------------------------------------------------------- by hand
MACROS = f"""
CREATE MACRO zeros(x) AS CASE WHEN x % 10 <> 0 THEN 1 WHEN x % 100 <> 0 THEN 10 WHEN x % 1000 <> 0 THEN 100
    WHEN x % 10000 <> 0 THEN 1000 ELSE 10000 END;
CREATE MACRO widest(x) AS greatest(least(0.5 * zeros(x), 0.05 * x), 0.999999);
CREATE MACRO eccentricity(d, h) AS h / (h + 2 * {EARTH_RADIUS} * sin(d / (4 * {EARTH_RADIUS})) ** 2);
CREATE MACRO time_of(a, e, x) AS 2 * (pi() - x + e * sin(x)) * a * sqrt(a / {EARTH_GRAVITY});
CREATE MACRO time_on(a, e) AS time_of(a, e, acos((1 - {EARTH_RADIUS} / a) / e));
CREATE MACRO time_at(h, e) AS time_on(({EARTH_RADIUS} + h) / (1 + e), e);
CREATE MACRO free_flight(d, h) AS time_at(h, eccentricity(d, h));
"""
CEILING = "CASE class " + " ".join(f"WHEN '{name}' THEN {high}" for name, high in CEILINGS.items()) + " END"
SQL_ENVELOPE = f"""
WITH bounds AS (SELECT id, file_row_number AS row, range_km, class, {CEILING} AS ceiling FROM launches),
judged AS (
    SELECT id, row, range_km, class,
        CASE WHEN range_km IS NULL THEN 'silent' WHEN ceiling IS NULL THEN 'unchecked'
            WHEN range_km - 0.5 <= ceiling THEN 'consistent'
            WHEN range_km - widest(range_km) <= ceiling THEN 'strained' ELSE 'broken' END AS verdict
    FROM bounds
)
"""
SQL_FREE_FALL = f"""
WITH printed AS (
    SELECT *, file_row_number AS row, (range_km - 0.5) * 1000 AS d, (apogee_km - 0.5) * 1000 AS h FROM launches
),
shapes AS (SELECT *, eccentricity(d, h) AS e FROM printed),
orbits AS (SELECT *, ({EARTH_RADIUS} + h) / (1 + e) AS a FROM shapes),
anomalies AS (SELECT *, acos((1 - {EARTH_RADIUS} / a) / e) AS x FROM orbits),
flights AS (SELECT *, time_of(a, e, x) AS free FROM anomalies),
judged AS (
    SELECT id, row, range_km, apogee_km, flight_time_s, class,
        CASE WHEN class = 'cruise missile' THEN 'silent'
            WHEN range_km IS NULL OR apogee_km IS NULL OR flight_time_s IS NULL THEN CASE WHEN
                (range_km IS NULL)::INT + (apogee_km IS NULL)::INT + (flight_time_s IS NULL)::INT > 1
                THEN 'silent' ELSE 'unchecked' END
            WHEN apogee_km - widest(apogee_km) < 150 THEN 'unchecked'
            WHEN flight_time_s + 0.5 >= free THEN 'consistent'
            WHEN flight_time_s + widest(flight_time_s) >= free_flight(
                (range_km - widest(range_km)) * 1000, (apogee_km - widest(apogee_km)) * 1000) THEN 'strained'
            ELSE 'broken' END AS verdict
    FROM flights
)
"""


def by_hand(path: pathlib.Path, judged: str) -> Callable[[], Mapping[str, int]]:
    """The verdicts counted by SQL, and the first rows that break the rule."""

    def judge() -> Mapping[str, int]:
        connection = duckdb.connect(config={"threads": THREADS, "memory_limit": "700MB"})
        connection.execute(MACROS)
        connection.execute(f"CREATE VIEW launches AS SELECT * FROM read_parquet('{path}', file_row_number = true)")
        counts = dict(connection.execute(f"{judged} SELECT verdict, count(*) FROM judged GROUP BY verdict").fetchall())
        first = f"{judged} SELECT * FROM judged WHERE verdict = 'broken' ORDER BY row LIMIT {LIMIT}"
        told = len(connection.execute(first).fetchall())
        return {**{name: counts.get(name, 0) for name in VERDICTS}, "told": told}

    return judge


# ---------------------------------------------------------------------- other tools, on fewer rows
def in_pandera(path: pathlib.Path) -> Callable[[], Mapping[str, int]]:
    """The envelope as a pandera check on a pandas frame."""
    import numpy
    import pandera.pandas

    def keeps(frame: Any) -> Any:
        value, ceiling = frame["range_km"], frame["class"].map(CEILINGS)
        zeros = numpy.select([value % 10**n != 0 for n in (1, 2, 3, 4)], [1.0, 10.0, 100.0, 1000.0], 10_000.0)
        width = numpy.maximum(numpy.minimum(0.5 * zeros, 0.05 * value), 0.999999)
        return ~(value - width > ceiling)

    schema = pandera.pandas.DataFrameSchema(
        {"range_km": pandera.pandas.Column(float, nullable=True), "class": pandera.pandas.Column(nullable=True)},
        checks=pandera.pandas.Check(keeps),
    )

    def judge() -> Mapping[str, int]:
        asked = f"SELECT range_km, class FROM read_parquet('{path}') LIMIT {IN_PANDERA}"
        try:
            schema.validate(duckdb.sql(asked).df(), lazy=True)
        except pandera.errors.SchemaErrors as errors:
            return {"broken": errors.failure_cases["index"].nunique()}
        return {"broken": 0}

    return judge


def in_pint(path: pathlib.Path) -> Callable[[], Mapping[str, int]]:
    """The envelope's printed reading as quantities, row by row."""
    import pint

    units: Any = pint.UnitRegistry()
    ceilings = {name: units.Quantity(high, "km") for name, high in CEILINGS.items()}
    half = units.Quantity(0.5, "km")

    def judge() -> Mapping[str, int]:
        rows = duckdb.sql(f"SELECT range_km, class FROM read_parquet('{path}') LIMIT {IN_PINT}").fetchall()
        told = [(units.Quantity(value, "km"), ceilings.get(kind)) for value, kind in rows if value is not None]
        return {"broken": sum(ceiling is not None and value - half > ceiling for value, ceiling in told)}

    return judge


# ---------------------------------------------------------------------- runs
VARIANTS: Mapping[str, Callable[[pathlib.Path], Callable[[], Mapping[str, int]]]] = {
    "envelope: figcheck": lambda path: figcheck(path, ENVELOPE),
    "envelope: SQL": lambda path: by_hand(path, SQL_ENVELOPE),
    "free flight: figcheck": lambda path: figcheck(path, FREE_FALL),
    "free flight: SQL": lambda path: by_hand(path, SQL_FREE_FALL),
    "four rules: figcheck": figcheck,
    "envelope: pandera": in_pandera,
    "envelope: pint": in_pint,
}
FEWER = {"envelope: pandera": IN_PANDERA, "envelope: pint": IN_PINT}


@attrs.frozen
class Run:
    """One run of a variant: seconds by the clock and of the processor, megabytes at the most, and what it counted."""

    clock: float
    processor: float
    memory: float
    counts: Mapping[str, int]


def run_here(name: str, path: pathlib.Path) -> None:
    """Run a variant in this process and print what `Run` holds."""
    judge = VARIANTS[name](path)
    clock, processor = time.perf_counter(), time.process_time()
    counts = judge()
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"clock": clock, "processor": processor, "memory": memory, "counts": counts}))


def run_apart(name: str, path: pathlib.Path) -> Run:
    """Run a variant in a process of its own."""
    command = [sys.executable, __file__, "--variant", name, "--file", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Run(**json.loads(told.splitlines()[-1]))


def best(runs: list[Run]) -> Run:
    """The least times and the most memory of some runs."""
    return Run(min(r.clock for r in runs), min(r.processor for r in runs), max(r.memory for r in runs), runs[-1].counts)


def table(found: Mapping[str, Run], rows: int) -> None:
    """Print every variant, with its times for all rows."""
    print(f"{'':<24} {'seconds':>9} {'processor':>10} {'MB':>6}   {' '.join(f'{v:>11}' for v in VERDICTS)}")
    for name, one in found.items():
        times = max(rows / FEWER.get(name, rows), 1.0)
        counts = " ".join(f"{one.counts[v]:>11,}" if v in one.counts else f"{'':>11}" for v in VERDICTS)
        fewer = f"   from {FEWER[name]:,} rows" if times > 1.0 else ""
        print(
            f"{name:<24} {one.clock * times:>9.2f} {one.processor * times:>10.2f} {one.memory:>6.0f}   {counts}{fewer}"
        )
    print()


def ratios(found: Mapping[str, Run]) -> dict[str, float]:
    """How many times the SQL's time figcheck takes, by the clock or the processor, whichever is kinder."""
    told = {}
    for what in ("envelope", "free flight"):
        ours, theirs = found[f"{what}: figcheck"], found[f"{what}: SQL"]
        clock, processor = ours.clock / theirs.clock, ours.processor / theirs.processor
        apart = {v: ours.counts[v] - theirs.counts[v] for v in VERDICTS if ours.counts[v] != theirs.counts[v]}
        print(f"{what}: {clock:.2f} x the SQL by the clock, {processor:.2f} x of the processor", end="; ")
        print(f"verdicts differ by {apart}" if apart else "the same verdicts")
        told[what.replace(" ", "_")] = min(clock, processor)
    return told


def main() -> int:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--rows", type=int, default=10_000_000)
    options.add_argument("--broken", type=float, default=0.01, help="the share of broken rows, by each rule")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument(
        "--floor", action="store_true", help="hold the SQL's rules to floors.toml, and leave out others"
    )
    options.add_argument("--variant", choices=VARIANTS, help=argparse.SUPPRESS)
    options.add_argument("--file", type=pathlib.Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.variant:
        run_here(given.variant, given.file)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "launches.parquet"
        make(path, given.rows, given.broken)
        print(f"{given.rows:,} rows, {path.stat().st_size / 1e6:.0f} MB of Parquet, best of {given.rounds} rounds\n")
        names = [name for name in VARIANTS if not given.floor or name.startswith(("envelope: ", "free flight: "))]
        names = [name for name in names if not given.floor or name not in FEWER]
        runs: dict[str, list[Run]] = {name: [] for name in names}
        for _ in range(given.rounds):
            for name in names:
                runs[name].append(run_apart(name, path))
    found = {name: best(own) for name, own in runs.items()}
    table(found, given.rows)
    reached = ratios(found)
    most = max(one.memory for name, one in found.items() if name.endswith("figcheck"))
    print(f"figcheck takes {most:.0f} MB at the most")
    if not given.floor:
        return 0
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))["tables"]
    over = [what for what, value in {**reached, "memory": most}.items() if value > floors[what]]
    for what in over:
        print(f"{what.replace('_', ' ')}: above the {floors[what]} of floors.toml", file=sys.stderr)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
