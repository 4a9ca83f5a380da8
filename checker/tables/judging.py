"""A dataset judged: every rule that its columns have the roles for, on every row, in as few passes as there can be."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from checker.check import judge
from checker.dataset import ColumnUse, RowCheck, RuleTally, Sifting, TableReport, UnusableTable
from checker.model import Check
from checker.repair import repaired
from checker.rulebook.schema import Rule, Rulebook
from checker.tables.careful import NoColumnForm
from checker.tables.engines import barred, fetched, settled
from checker.tables.inputs import Input, inputs, prepared
from checker.tables.layout import CLASS, Layout, Mapped, arrange
from checker.tables.rows import claim_of_row
from checker.tables.stages import PREFIX, Frame, Stages, Term
from checker.tables.telling import KEY, ROW, tell
from checker.tables.things import cases, with_cases
from checker.tables.verdicts import OPEN, Judging

_MOST_SETTLED = 1_000_000
"""The most rows that are kept in memory for the careful form."""


@attrs.frozen(eq=False)
class Data:
    """A table to judge: its frame, its columns by the name that the user knows, and what tells one row from another.

    `row` is the column of the frame that numbers the rows from 0, None where nothing does; `lines` finds the physical
    lines of rows by number; `commas`: the file's separator is one that decimal commas ask for; `damage`: what of
    the file could not be read. `load`, where it is given, must be asked for the columns that are needed.
    """

    name: str
    frame: Frame
    columns: Mapping[str, str]
    row: str | None = None
    lines: Callable[[Sequence[int]], Mapping[int, int]] | None = None
    commas: bool = False
    damage: tuple[str, ...] = ()
    load: Callable[[Sequence[str]], Data] | None = None

    def holding(self, names: Sequence[str]) -> Data:
        """The table with some of its columns at least, by the names that the user knows."""
        return self.load(names) if self.load is not None else self


@attrs.frozen
class Wanted:
    """What the user asks of a table: a frame, mappings, the column of keys, which rows to tell."""

    frame: str | None = None
    maps: tuple[Mapped, ...] = ()
    key: str | None = None
    limit: int = 20
    sifting: Sifting | None = None


def judge_table(data: Data, rulebook: Rulebook, wanted: Wanted) -> TableReport:
    """The report on a table; raises UnusableTable."""
    layouts = arrange(list(data.columns), rulebook, wanted.frame, wanted.maps)
    if wanted.key is not None and wanted.key not in data.columns:
        raise UnusableTable(f"there is no column '{wanted.key}' for the key")
    data = data.holding(_needed(layouts, wanted))
    ((rows,),) = fetched(data.frame.select(nw.len().alias(f"{PREFIX}n")))
    uses: list[ColumnUse] = []
    tallies: list[RuleTally] = []
    found: list[RowCheck] = []
    remarks: list[str] = []
    for layout in layouts:
        table = Table(data, layout, rulebook, wanted)
        uses += [one.use(table.layout) for one in table.inputs]
        if layout.thing is not None:
            uses.append(ColumnUse(layout.thing, CLASS, layout.frame.id, None, "names of classes"))
        for tally, checks, remark in table.judged(rows):
            tallies += [tally] if tally else []
            found += checks
            remarks += [remark] if remark else []
    return TableReport(
        data.name, rows, tuple(uses), tuple(tallies), _numbered(found, data), tuple(remarks), data.damage
    )


def _needed(layouts: Sequence[Layout], wanted: Wanted) -> list[str]:
    """The columns that something is asked of."""
    names = [slot.column for layout in layouts for slot in layout.slots]
    names += [name for layout in layouts for name in (layout.thing, layout.tags) if name is not None]
    return list(dict.fromkeys([*names, *([wanted.key] if wanted.key is not None else [])]))


def _numbered(found: Sequence[RowCheck], data: Data) -> tuple[RowCheck, ...]:
    """The rows with their physical lines, numbered from 1."""
    numbers = sorted({one.row for one in found if one.row is not None})
    lines = data.lines(numbers) if data.lines is not None and numbers else {}
    return tuple(
        one if one.row is None else attrs.evolve(one, line=lines.get(one.row), row=one.row + 1) for one in found
    )


class Table:
    """One layout of a table, looked through and made ready."""

    def __init__(self, data: Data, layout: Layout, rulebook: Rulebook, wanted: Wanted) -> None:
        self.data, self.wanted = data, wanted
        self.rulebook = rulebook
        self.rules = [r for r in rulebook.rules if r.frame is layout.frame and r.names() <= layout.roles]
        asked = {name for rule in self.rules for name in rule.names()}
        self.layout = layout = attrs.evolve(layout, slots=tuple(s for s in layout.slots if s.role.name in asked))
        used = [slot.column for slot in layout.slots]
        used += [name for name in (layout.thing, layout.tags) if name is not None]
        self.raw = {name: f"{PREFIX}c{i}" for i, name in enumerate(dict.fromkeys(used))}
        types = data.frame.collect_schema()
        own = {raw: data.columns[name] for name, raw in self.raw.items()}
        chosen = [_spelt_out(column, types[column]).alias(raw) for raw, column in own.items()]
        if data.row is not None:
            chosen.append(nw.col(data.row).alias(ROW))
        if wanted.key is not None:
            chosen.append(nw.col(data.columns[wanted.key]).cast(nw.String).alias(KEY))
        self.base = data.frame.select(*chosen)
        self.inputs = inputs(self.base, layout, self.raw, commas=data.commas)
        self.cases = cases(self.base, layout, self.rules, self.raw)
        self._judged: dict[tuple[Any, ...], tuple[Check, ...]] = {}
        self.frame = with_cases(prepared(self.base, self.inputs), layout, self.rules, self.raw, self.cases)

    def judgings(self) -> list[Judging]:
        """Each rule that the columns have the roles for, on these columns."""
        by_role: dict[str, tuple[Input, ...]] = {}
        for one in self.inputs:
            by_role[one.slot.role.name] = (*by_role.get(one.slot.role.name, ()), one)
        return [Judging(self.rules, index, by_role, self.cases) for index in range(len(self.rules))]

    def judged(self, rows: int) -> list[tuple[RuleTally | None, list[RowCheck], str | None]]:
        """For each rule its tally and the first rows that break it, or a remark why it is left out."""
        if not rows:
            return [(RuleTally(rule.id, rule.level), [], None) for rule in self.rules]
        stages, codes = Stages("s"), dict[Judging, Term]()
        left_out: list[tuple[None, list[RowCheck], str]] = []
        for judging in self.judgings():
            try:
                codes[judging] = judging.clear(stages)
            except NoColumnForm as reason:
                left_out.append((None, [], f"{judging.rule.id} was left out: {reason}"))
        judgings = list(codes)
        coded = stages.on(self.frame, **{judging.code: code for judging, code in codes.items()})
        for judging in judgings:
            coded = barred(coded, judging.code)
        counts = _counted(coded, judgings)
        open_ = self._open(coded, [judging for judging in judgings if counts[judging][OPEN]], counts)
        told = [self._one(judging, counts[judging], coded, open_) for judging in judgings]
        return [*told, *left_out]

    def _open(self, coded: Frame, judgings: Sequence[Judging], counts: Mapping[Judging, Mapping[int, int]]) -> Frame:
        """The rows that the swift form of some rule leaves open; few are fetched, for an engine works by the batch."""
        if not judgings:
            return coded
        is_open = [nw.col(judging.code) == OPEN for judging in judgings]
        rows = coded.filter(nw.any_horizontal(*is_open, ignore_nulls=False))
        return settled(rows) if sum(counts[judging][OPEN] for judging in judgings) <= _MOST_SETTLED else rows

    def _one(
        self, judging: Judging, counts: dict[int, int], coded: Frame, open_: Frame
    ) -> tuple[RuleTally | None, list[RowCheck], str | None]:
        broken = judging.meanings.index("broken")
        convicted = [coded] if counts[broken] else []
        if counts.pop(OPEN):
            own = list(self.frame.collect_schema())
            decided = judging.decided(open_.filter(nw.col(judging.code) == OPEN).select(*own))
            again = _counted(decided, [judging])[judging]
            counts = {code: count + again[code] for code, count in counts.items()}
            convicted += [decided] if again[broken] else []
        found, waived = self._rows(judging, convicted, counts[broken]) if convicted else ([], 0)
        by_meaning = {judging.meanings[code]: count for code, count in counts.items() if count}
        verdicts = {name: by_meaning.pop(name, 0) for name in ("broken", "strained", "consistent")}
        by_meaning.pop("silent", None)
        rule = judging.rule
        unchecked = sum(by_meaning.values())
        tally = RuleTally(rule.id, rule.level, **verdicts, unchecked=unchecked, waived=waived, reasons=by_meaning)
        return tally, found, None

    # ------------------------------------------------------------------ rows that break a rule
    def _rows(self, judging: Judging, convicted: Sequence[Frame], count: int) -> tuple[list[RowCheck], int]:
        """The first rows that break a rule, and how many of all of them are let pass."""
        names = [ROW] * (self.data.row is not None) + [KEY] * (self.wanted.key is not None) + list(self.raw.values())
        broken = nw.col(judging.code) == judging.meanings.index("broken")
        rows = [frame.filter(broken).select(*names) for frame in convicted]
        used = [one for one in self.inputs if one.slot.role.name in judging.roles]
        return tell(judging.rule, rows, count, used, self._check, self.wanted.limit, self.wanted.sifting)

    def _check(self, rule: Rule, values: Mapping[str, Any]) -> Check | None:
        """What the interpreter says of the rule on a row, with what may have been meant; None where it lets it pass."""
        cells = tuple(values[raw] for raw in self.raw.values())
        if cells not in self._judged:
            document, claim = claim_of_row(self.layout, self.inputs, self.raw, values, self.data.name)
            self._judged[cells] = repaired(judge((claim,), self._own_rules), document, self._own_rules)
        return next((c for c in self._judged[cells] if c.rule == rule.id and c.verdict == "broken"), None)

    @functools.cached_property
    def _own_rules(self) -> Rulebook:
        return attrs.evolve(self.rulebook, rules=tuple(self.rules))


def _spelt_out(column: str, dtype: Any) -> nw.Expr:
    """A column, whose texts may be kept as codes."""
    return nw.col(column).cast(nw.String) if dtype in (nw.Categorical, nw.Enum) else nw.col(column)


def _counted(coded: Frame, judgings: Sequence[Judging]) -> dict[Judging, dict[int, int]]:
    """How many rows have each code of each rule, in one pass."""
    counts = {judging: dict.fromkeys(range(OPEN, len(judging.meanings)), 0) for judging in judgings}
    names = [judging.code for judging in judgings]
    if names:
        for *codes, count in fetched(coded.group_by(*names).agg(nw.len().alias(f"{PREFIX}n"))):
            for judging, code in zip(judgings, codes, strict=True):
                counts[judging][code] += count
    return counts
