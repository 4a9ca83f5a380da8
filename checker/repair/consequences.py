"""What comes of a slip: of the broken check, of those that share its figures, and how much that proves."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

import attrs

from checker.check import judge, judge_one
from checker.claims import bind
from checker.claims.fits import admits, alike
from checker.figures import read
from checker.interval import Intervals
from checker.model import Binding, Check, Claim, Document, Figure, Readings, Repair, Span, Verdict
from checker.repair.rereading import with_paragraph
from checker.rulebook.schema import Rulebook
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
        if figure.kind not in AMOUNTS or value(figure) <= 0:
            return _TIGHT
        lets = []
        for step in range(-_STEPS, _STEPS + 1):
            scaled = _scaled(figure, 10 ** (step * _DECADES / _STEPS))
            claim = self._with(self.broken.claim, {figure.span: scaled})
            if claim is not None and self._verdict(self.broken.rule, claim) == "consistent":
                lets.append(step)
        far = min(map(abs, lets), default=0) * _DECADES / _STEPS
        return Room(len(lets) / (2 * _STEPS + 1), far)

    def mends(self, candidate: Candidate, verdict: Verdict = "consistent") -> bool:
        """Whether the relation then has this verdict, and every other check that stood still stands."""
        return self._is(candidate, verdict) and not any(
            after in ("broken", None) and before not in ("broken", None)
            for before, after in self._consequences(candidate.places)
        )

    def also_mended(self, places: Places) -> int:
        """How many other broken checks then hold in print."""
        return sum(before == "broken" and after == "consistent" for before, after in self._consequences(places))

    def is_central(self, candidate: Candidate) -> bool:
        """Whether it still holds when every other figure is exactly what it says."""
        exact = {f.span: _exact(f) for f in self.broken.figures if f.span not in candidate.places}
        claim = self._with(self.broken.claim, {**exact, **candidate.places})
        return claim is not None and self._verdict(self.broken.rule, claim) == "consistent"

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
        bindings = [
            Binding({role: tuple(places.get(f.span, f) for f in held) for role, held in b.roles.items()}, b.thing)
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
        check = judge_one(self.rulebook.rule(rule), claim)
        return check.verdict if check else None

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
"""An amount is tried at so many steps over so many decades either way, to see which the relation lets pass."""


@attrs.frozen
class Room:
    """How much room a relation leaves a figure: the share of six decades around it, and how far that is, in decades.

    An equation lets a hundredth pass, and a digit that mends it is evidence. A band of speeds lets a tenth pass and a
    limit half, and some digit will always do; so of what is a little beyond them nothing can be said, and of what is
    most of an order of magnitude beyond them only that an order was missed.
    """

    share: float
    far: float

    def is_evidence(self, name: str) -> bool:
        """Whether a slip of this kind that mends is more than chance."""
        return self.share <= 0.04 or (name in THROWN_FAR and self.far > 0.5)


_TIGHT = Room(0.0, 0.0)


def _scaled(figure: Figure, factor: float) -> Figure:
    """The figure so many times as large, as exactly printed."""
    by = Intervals.of(factor)
    r = figure.readings
    return attrs.evolve(figure, readings=Readings(r.printed * by, r.widest * by, r.plain * by))


def _exact(figure: Figure) -> Figure:
    """A figure that stands for what it says and nothing else."""
    if figure.kind not in AMOUNTS:
        return figure
    low, high = sorted(figure.nominal) if isinstance(figure.nominal, tuple) else (figure.nominal, figure.nominal)
    only = Intervals.of(low, high)
    return attrs.evolve(figure, readings=Readings(only, only, only))


def value(figure: Figure) -> float:
    """The nominal value of a figure; the middle of a range."""
    return sum(figure.nominal) / 2 if isinstance(figure.nominal, tuple) else figure.nominal
