"""The verdicts of one rule on the rows of a frame, as a column of codes.

The swift form clears what it can by the printed reading, and of the rest convicts what the widest proves; what it
leaves is judged by the careful form, the printed reading and then the widest, as `checker.check` does.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import attrs
import narwhals as nw

from checker.rulebook.schema import Rule
from checker.tables import careful, values
from checker.tables.careful import Scope
from checker.tables.engines import barred
from checker.tables.inputs import Input, Reading
from checker.tables.sets import Piece, Set
from checker.tables.stages import PREFIX, Frame, Stages, Term
from checker.tables.swift import NotSwift, Swift
from checker.tables.things import JUDGED, SILENT, Cases

OPEN = -1
"""The code of a row that the swift form leaves to the careful form."""


@attrs.frozen(eq=False)
class Judging:
    """One rule on the columns that fill its roles; `index` is its place among the rules of the layout."""

    rules: Sequence[Rule]
    index: int
    inputs: Mapping[str, tuple[Input, ...]]
    cases: Cases

    @property
    def rule(self) -> Rule:
        """The rule."""
        return self.rules[self.index]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that the rule computes with, in the order of its frame."""
        return tuple(name for name in self.rule.frame.roles if name in self.rule.names())

    @property
    def widest(self) -> Reading:
        """The reading that a broken relation must break on: figures that restate one another share their hedges."""
        return "plain" if self.rule.frame.restates else "widest"

    @property
    def code(self) -> str:
        """The column of the rule's codes."""
        return f"{PREFIX}code_{self.index}"

    # ------------------------------------------------------------------ codes
    @property
    def meanings(self) -> tuple[str, ...]:
        """What the codes mean, by number: verdicts, "silent", and reasons why a row is unchecked."""
        missing = [_lacking(name) for name in self.roles]
        given = [self._outside_given] if self.rule.given else []
        return ("silent", "consistent", "strained", "broken", _UNDEFINED, *given, *missing, *self.cases.reasons)

    def _reason(self, text: str) -> int:
        return self.meanings.index(text)

    # ------------------------------------------------------------------ the two forms
    def cleared(self, frame: Frame) -> Frame:
        """The frame with the rule's codes as `clear` makes them; raises `careful.NoColumnForm`."""
        stages = Stages(f"s{self.index}_")
        return barred(stages.on(frame, **{self.code: self.clear(stages)}), self.code)

    def decided(self, frame: Frame) -> Frame:
        """The frame with the rule's codes by the careful form; raises `careful.NoColumnForm`."""
        stages = Stages(f"c{self.index}_")
        return barred(stages.on(frame, **{self.code: self.decide(stages)}), self.code)

    def clear(self, stages: Stages) -> Term:
        """The codes by the swift form, `OPEN` where it proves nothing; by the careful form where there is no other.

        Raises `careful.NoColumnForm`.
        """
        try:
            return self._spoken_of(stages, self._swiftly(stages))
        except NotSwift:
            return self.decide(stages)

    def decide(self, stages: Stages) -> Term:
        """The codes by the careful form; raises `careful.NoColumnForm`."""
        bounds = {key: Set((piece,)) for key, piece in self.cases.bounds(self.rules, self.index).items()}
        widest = Scope(self._sets(stages, self.widest), bounds)
        first = careful.judged(self.rule.require, Scope(self._sets(stages, "printed"), bounds), stages)
        last = careful.judged(self.rule.require, widest, stages)
        found = stages.put(_verdict, first, last)
        if self.rule.given is not None:
            given = careful.judged(self.rule.given, widest, stages)
            found = stages.put(functools.partial(_where_given, self._reason(self._outside_given)), given, found)
        return self._spoken_of(stages, found)

    def _swiftly(self, stages: Stages) -> Term:
        put = stages.put
        bounds = self.cases.bounds(self.rules, self.index)
        printed = Swift(stages, self._pieces(stages, "printed"), bounds)
        holds = _all(stages, [printed.may(self.rule.require), *printed.asked])
        # What is cleared or not spoken of need not be looked at again: nulls cost an engine next to nothing.
        done = put(lambda h, s: h.fill_null(False) | (s != JUDGED), holds, self.cases.state(self.index))
        widest = Swift(stages, self._guarded(stages, done), bounds, guarded=True)
        fails = _all(stages, [widest.fails(self.rule.require), *widest.asked])
        found = put(lambda h, f: _when(h, _CONSISTENT, _when(f, _BROKEN, nw.lit(OPEN))), holds, fails)
        if self.rule.given is None:
            return found
        wide = self._guarded(stages, None)
        surely = Swift(stages, wide, bounds, guarded=True)
        must = _all(stages, [surely.must(self.rule.given), *surely.asked])
        nearly = Swift(stages, self._pieces(stages, self.widest), bounds)
        can = nearly.must(self.rule.given)
        sound = _all(stages, nearly.asked)
        outside = self._reason(self._outside_given)
        return put(
            lambda m, s, c, f: nw.when(m).then(f).otherwise(_when(s & ~c, outside, nw.lit(OPEN))),
            must,
            sound,
            can,
            found,
        )

    def _spoken_of(self, stages: Stages, judged: Term) -> Term:
        """The code of each row: silent, unchecked for what it lacks or is about, else as it was judged."""
        put = stages.put
        first_reason = len(self.meanings) - len(self.cases.reasons)
        state = self.cases.state(self.index)
        there = {name: _all(stages, [values.given(stages, one) for one in self.inputs[name]]) for name in self.roles}

        def told(state: nw.Expr, judged: nw.Expr, *given: nw.Expr) -> nw.Expr:
            found = nw.when(state > JUDGED).then(state - (JUDGED + 1) + first_reason).otherwise(judged)
            lacking = nw.lit(SILENT)
            if len(given) > 1:
                for name, one in zip(there, given, strict=True):
                    lacking = nw.when(one).then(lacking).otherwise(nw.lit(self._reason(_lacking(name))))
                present = functools.reduce(lambda a, b: a + b, (one.cast(nw.Int64) for one in given))
                lacking = _when(present < len(given) - 1, SILENT, lacking)
            found = nw.when(nw.all_horizontal(*given, ignore_nulls=False)).then(found).otherwise(lacking)
            return _when(state == SILENT, SILENT, found)

        return put(told, state, judged, *there.values())

    # ------------------------------------------------------------------ values
    def _sets(self, stages: Stages, reading: Reading) -> Mapping[str, Set | tuple[Set, ...]]:
        found: dict[str, Set | tuple[Set, ...]] = {}
        for name in self.roles:
            sets = tuple(values.careful(stages, one, reading) for one in self.inputs[name])
            found[name] = sets if self.rule.frame.roles[name].many else sets[0]
        return found

    def _pieces(self, stages: Stages, reading: Reading) -> Mapping[str, Piece]:
        return {name: values.swift(stages, self._single(name), reading) for name in self.roles}

    def _guarded(self, stages: Stages, but: Term | None) -> Mapping[str, Piece]:
        """The widest readings, rounded outward, of all rows but some."""
        found: dict[str, Piece] = {}
        for name in self.roles:
            one = self._single(name)
            (found[name],) = values.careful(stages, one if but is None else one.without(but), self.widest).pieces
        return found

    def _single(self, name: str) -> Input:
        """The one column of a role that stands for one interval a row; raises NotSwift."""
        first = self.inputs[name][0]
        if self.rule.frame.roles[name].many or first.parts > 1:
            raise NotSwift
        return first

    @property
    def _outside_given(self) -> str:
        return f"it is judged only where {self.rule.given.text}" if self.rule.given else ""


_CONSISTENT, _STRAINED, _BROKEN, _OPEN_ENDED = 1, 2, 3, 4
_UNDEFINED = "it cannot be computed for all that the figures can stand for"


def _lacking(name: str) -> str:
    return f"no {name.replace('_', ' ')} given"


def _verdict(first: nw.Expr, last: nw.Expr) -> nw.Expr:
    """The code of a verdict, from the outcomes of the printed reading and of the widest."""
    found = nw.when(last != 0).then(nw.lit(_STRAINED)).otherwise(nw.lit(_BROKEN))
    found = _when(last.is_null(), _OPEN_ENDED, found)
    found = _when(first != 0, _CONSISTENT, found)
    return _when(first.is_null(), _OPEN_ENDED, found)


def _where_given(outside: int, given: nw.Expr, found: nw.Expr) -> nw.Expr:
    found = nw.when(given == 2).then(found).otherwise(nw.lit(outside))
    return _when(given.is_null(), _OPEN_ENDED, found)


def _when(condition: nw.Expr, code: int, otherwise: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.lit(code)).otherwise(otherwise)


def _all(stages: Stages, flags: Sequence[Term]) -> Term:
    """Where every flag is set, null where one is null and none is not set."""
    if not flags:
        return stages.put(lambda: nw.lit(True))
    if len(flags) == 1:
        return flags[0]
    return stages.put(lambda *f: nw.all_horizontal(*f, ignore_nulls=False), *flags)
