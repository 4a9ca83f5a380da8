"""What comes of a slip: of the broken check, of those that share its figures, and how much that proves."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping

import attrs

from checker.check import judge, weigh
from checker.claims import bind
from checker.claims.fits import admits, alike, exact, lent
from checker.figures import read
from checker.interval import Interval, Intervals
from checker.model import Binding, Check, Claim, Document, Figure, Readings, Repair, Span, Verdict
from checker.repair.rereading import with_paragraph
from checker.rulebook.schema import Role, Rulebook
from checker.slips import NAMES

SWAPPED = "swapped figures"
ORDER = (*NAMES[: NAMES.index("unit")], SWAPPED, *NAMES[NAMES.index("unit") :])
"""The slips of one figure in their order, and before those of units two figures in each other's place."""

THROWN_FAR = frozenset({"separator", "magnitude", "decimal point", "percent for points", SWAPPED, "unit", "sign"})
"""The slips that are few for a figure and change it much: one of these that mends is evidence where a digit is not."""

Places = Mapping[Span, Figure]
"""Figures by the place that they take."""


@attrs.frozen
class Candidate:
    """A repair and what it puts in the figures' places."""

    repair: Repair
    places: Places

    @property
    def new(self) -> Figure:
        """What then stands in the place of the repair's figure."""
        return self.places[self.repair.figure.span]


@attrs.frozen
class Trial:
    """A broken check on trial: what a slip would make of it and of the checks that share its figures."""

    broken: Check
    others: tuple[Check, ...]
    document: Document
    rulebook: Rulebook

    def suspects(self) -> list[Figure]:
        """The check's figures: those that agree with fewer others first, then the later ones."""

        def agreeing(figure: Figure) -> int:
            return sum(c.verdict == "consistent" and figure.span in {f.span for f in c.figures} for c in self.others)

        return sorted(self.broken.figures, key=lambda figure: (agreeing(figure), -figure.start))

    @functools.cached_property
    def sharing(self) -> tuple[tuple[Check, Verdict | None], ...]:
        """The other checks that hold one of the figures, each with its verdict by itself."""
        spans = {f.span for f in self.broken.figures}
        held = (c for c in self.others if spans & {f.span for f in c.claim.figures})
        return tuple((c, self._verdict(c.rule, c.claim)) for c in held)

    @property
    def is_shared(self) -> bool:
        """Whether another broken check holds one of the figures, so that one slip may explain both."""
        return any(verdict == "broken" for _, verdict in self.sharing)

    def room(self, figure: Figure) -> Room:
        """How much room the relation leaves a figure when the others stand."""
        if figure.kind == "date":
            moved = [_shifted(figure, days) for days in _DAYS]
            return Room(sum(map(self._lets, moved)) <= _FEW_DAYS * len(moved), 0.0)
        if figure.kind not in AMOUNTS or value(figure) <= 0:
            return Room(True, 0.0)
        steps = range(-_STEPS, _STEPS + 1)
        lets = [step for step in steps if self._lets(scaled(figure, 10 ** (step * _DECADES / _STEPS)))]
        far = min(map(abs, lets), default=0) * _DECADES / _STEPS
        return Room(len(lets) <= _FEW_AMOUNTS * len(steps), far)

    def _lets(self, figure: Figure) -> bool:
        claim = self._with(self.broken.claim, {figure.span: figure})
        return claim is not None and self._verdict(self.broken.rule, claim) == "consistent"

    def mends(self, candidate: Candidate, verdict: Verdict = "consistent") -> bool:
        """Whether the relation then has this verdict, and every other check that stood still stands."""
        return self._is(candidate, verdict) and not any(
            _falls(before, after) for before, after in self._consequences(candidate.places)
        )

    def also_mended(self, places: Places) -> int:
        """How many other broken checks then hold in print, or are no longer asked: a figure is of another type."""
        return sum(before == "broken" and after in ("consistent", None) for before, after in self._consequences(places))

    def is_central(self, candidate: Candidate) -> bool:
        """Whether it still holds when every other figure is exactly what it says; one of another type was read anew."""
        exact = {f.span: exactly(f) for f in self.broken.figures if f.span not in candidate.places}
        claim = self._with(self.broken.claim, {**exact, **candidate.places})
        return claim is None or self._verdict(self.broken.rule, claim) == "consistent"

    def _is(self, candidate: Candidate, verdict: Verdict) -> bool:
        claim = self._with(self.broken.claim, candidate.places)
        if claim is not None:
            return self._verdict(self.broken.rule, claim) == verdict
        return len(candidate.places) == 1 and self._reads_otherwise(candidate.repair)

    def _consequences(self, places: Places) -> Iterator[tuple[Verdict | None, Verdict | None]]:
        """The verdicts before and after on the other checks that hold one of the places, None for no verdict.

        A check of one figure that is then of another type is left out: it was about the type.
        """
        for check, before in self.sharing:
            if any(f.span in places for f in check.claim.figures):
                claim = self._with(check.claim, places)
                if claim is not None or len(check.figures) > 1:
                    yield before, self._verdict(check.rule, claim) if claim else None

    def _with(self, claim: Claim, places: Places) -> Claim | None:
        """The claim with other figures in their places; None where one is of another type than its role."""
        roles = next(rule.frame.roles for rule in self.rulebook.rules if rule.frame.id == claim.frame)

        def placed(role: Role, figure: Figure, binding: Binding) -> Figure:
            new = places.get(figure.span)
            partner = next(iter(binding.roles.get(role.like or "", ())), None)
            return figure if new is None else exact(role, lent(new, partner) if partner else new)

        bindings = [
            Binding({name: tuple(placed(roles[name], f, b) for f in held) for name, held in b.roles.items()}, b.thing)
            for b in claim.bindings
        ]
        for binding in bindings:
            for name, held in binding.roles.items():
                role = roles[name]
                partners = binding.roles.get(role.like or "", ())[:1]
                for figure in held:
                    if figure.span in places and not admits(role, figure):
                        return None
                    if any(figure is not p and not alike(role, figure, p) for p in partners):
                        return None
        return attrs.evolve(claim, bindings=tuple(bindings))

    def _verdict(self, rule: str, claim: Claim) -> Verdict | None:
        judgement = weigh(self.rulebook.rule(rule), claim)
        return judgement.verdict if judgement else None

    def _reads_otherwise(self, repair: Repair) -> bool:
        """Whether the text, read and bound anew with a figure of another type, is right with the same partners.

        A figure alone in its check is right when nothing about it is broken any more.
        """
        put = with_paragraph(self.document, repair.figure, repair.text)
        if put is None:
            return False
        document, span = put
        judged = judge(bind(document, read(document), self.rulebook), self.rulebook)
        checks = [c for c in judged if any(f.span == span for f in c.figures)]
        partners = {f.text for f in self.broken.figures if f.span != repair.figure.span}
        agree = any(c.verdict == "consistent" and partners <= {f.text for f in c.figures} for c in checks)
        return (agree or not partners) and not any(c.verdict == "broken" for c in checks)


# ---------------------------------------------------------------------- how much a mend proves

AMOUNTS = frozenset({"quantity", "duration", "count", "money", "percent", "points", "multiple", "fraction"})
_DECADES = 3
_STEPS = 12
_FEW_AMOUNTS = 0.04
"""An amount is tried at so many steps over so many decades either way; few of these pass an equation."""

_DAYS = tuple(
    sign * days for days in (1, 2, 3, 5, 7, 11, 17, 23, 37, 53, 79, 113, 173, 251, 379, 569) for sign in (-1, 1)
)
_FEW_DAYS = 0.3
"""A date is tried so many days off, of every remainder by seven: a day of the week lets about a seventh pass."""


@attrs.frozen
class Room:
    """How much room a relation leaves a figure: whether little, and how far it is, in decades.

    An equation lets a hundredth of the values pass, and a digit that mends it is evidence. A band of speeds lets a
    tenth pass, a limit or an order of events half, and some digit will always do; so of what is a little beyond nothing
    can be said, and of what is most of an order of magnitude beyond only that an order was missed.
    """

    is_narrow: bool
    far: float

    def is_evidence(self, name: str) -> bool:
        """Whether a slip of this kind that mends is more than chance."""
        return self.is_narrow or (name in THROWN_FAR and self.far > 0.5)


def _falls(before: Verdict | None, after: Verdict | None) -> bool:
    """Whether a check that stood is broken by a slip, or left without the verdict that it had."""
    if after == "unchecked":
        return before in ("consistent", "strained")
    return after in ("broken", None) and before not in ("broken", None)


def scaled(figure: Figure, factor: float) -> Figure:
    """The figure so many times as large, as exactly printed."""
    by = Intervals.of(factor)
    r = figure.readings
    said = figure.nominal
    nominal = (said[0] * factor, said[1] * factor) if isinstance(said, tuple) else said * factor
    return attrs.evolve(figure, nominal=nominal, readings=Readings(r.printed * by, r.widest * by, r.plain * by))


def _shifted(figure: Figure, days: int) -> Figure:
    """The date so many days later."""
    by = Intervals.of(days)
    r = figure.readings
    return attrs.evolve(figure, readings=Readings(*(_whole(i + by) for i in (r.printed, r.widest, r.plain))))


def _whole(days: Intervals) -> Intervals:
    """Days as whole numbers again, after sums that were rounded outward."""
    return Intervals.union(Interval(_nearest(part.low), _nearest(part.high)) for part in days)


def _nearest(days: float) -> float:
    return round(days) if math.isfinite(days) else days


def exactly(figure: Figure) -> Figure:
    """A figure that stands for what it says and nothing else."""
    if figure.kind not in AMOUNTS:
        return figure
    low, high = sorted(figure.nominal) if isinstance(figure.nominal, tuple) else (figure.nominal, figure.nominal)
    only = Intervals.of(low, high)
    return attrs.evolve(figure, readings=Readings(only, only, only))


def value(figure: Figure) -> float:
    """The nominal value of a figure; the middle of a range."""
    return sum(figure.nominal) / 2 if isinstance(figure.nominal, tuple) else figure.nominal
