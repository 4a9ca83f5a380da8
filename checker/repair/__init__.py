"""Did you mean: the slips that would explain a finding, tried on its figures one by one.

A slip is offered when the print that it came from makes the relation hold in the printed reading and breaks no other
check. What mends by chance explains nothing: a relation that leaves a figure much room is not repaired by digits.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from checker.model import Check, Document, Figure, Repair, Span, Verdict
from checker.repair.consequences import AMOUNTS, ORDER, SWAPPED, THROWN_FAR, Candidate, Trial, value
from checker.repair.recomputing import recomputed
from checker.repair.rereading import moved, reader
from checker.rulebook.schema import Rulebook
from checker.slips import slips

MOST_OFFERED = 2
MOST_EXPLAINED = 100
"""Findings of one document that get offers; a text with more is not mended figure by figure."""

MOST_TRIED = 600
"""Texts tried for one finding; it bounds the time for a finding on many figures."""

_FEW = 3
"""With more mends than this from one kind of slip on one figure, only the one nearest their middle is offered."""

_IDLE_NOUGHT = re.compile(r"\.[0-9]{2}0(?![0-9])")


def repaired(checks: Sequence[Check], document: Document, rulebook: Rulebook) -> tuple[Check, ...]:
    """The checks, each finding among the first `MOST_EXPLAINED` with the slips that would explain it."""
    holding: dict[Span, list[Check]] = {}
    for check in checks:
        for figure in check.claim.figures:
            holding.setdefault(figure.span, []).append(check)
    explained = {id(check) for check in itertools.islice((c for c in checks if c.is_finding), MOST_EXPLAINED)}
    return tuple(
        attrs.evolve(check, repair=propose(check, _sharing(check, holding), document, rulebook))
        if id(check) in explained
        else check
        for check in checks
    )


def _sharing(check: Check, holding: Mapping[Span, Sequence[Check]]) -> tuple[Check, ...]:
    """The other checks whose claims hold a figure of this one, each once."""
    sharing = {id(other): other for figure in check.figures for other in holding[figure.span]}
    return tuple(other for other in sharing.values() if other is not check)


def propose(broken: Check, others: Sequence[Check], document: Document, rulebook: Rulebook) -> tuple[Repair, ...]:
    """The slips that would explain a broken check, the simplest first, at most `MOST_OFFERED`.

    `others` are the checks that share its figures, or all others: none may break by the repair, and those that it mends
    too speak for it. Where no slip mends the printed reading, one of those that a figure has few of may mend the
    widest: round figures strain where they are right, as in "15,200 km (8,200 nautical miles)". What the relation
    itself makes of a figure that no slip explains is offered last.
    """
    trial = Trial(broken, tuple(c for c in others if c is not broken), document, rulebook)
    reads = functools.cache(functools.partial(reader, document))
    groups = list(_groups(trial, reads))
    explained = _offers(trial, groups, "consistent") or _offers(
        trial, [group for group in groups if group.name in THROWN_FAR], "strained"
    )
    return _with_result(trial, explained, reads)


_Reads = Callable[[Figure], Callable[[str], Figure | None]]
"""For a figure, what a text reads as in its place."""


def _with_result(trial: Trial, explained: tuple[Repair, ...], reads: _Reads) -> tuple[Repair, ...]:
    """The offers, and with them what the relation makes of a figure that it gives outright.

    It takes the place of a slip of the same figure that mends only within rounding.
    """
    for candidate in recomputed(trial, reads):
        if any(_stands(trial, offer, candidate, reads) for offer in explained):
            break
        if trial.mends(candidate):
            others = [offer for offer in explained if offer.figure.span != candidate.repair.figure.span]
            return (*others[: MOST_OFFERED - 1], candidate.repair)
    return explained


def _stands(trial: Trial, offer: Repair, candidate: Candidate, reads: _Reads) -> bool:
    """Whether a slip explains the same figure as well as what was computed: far off, or holding without rounding."""
    figure = candidate.repair.figure
    if offer.figure.span != figure.span:
        return False
    new = reads(figure)(offer.text)
    return offer.slip in THROWN_FAR or (new is not None and trial.is_central(Candidate(offer, {figure.span: new})))


@attrs.frozen
class _Group:
    """The candidates of one kind of slip on one figure, made when they are asked for."""

    name: str
    candidates: Callable[[], Iterator[Candidate]]


@attrs.frozen
class _Offer:
    """A repair, how many other broken checks it mends, and whether it holds with the others taken at their word."""

    repair: Repair
    mended: int
    is_central: bool


def _groups(trial: Trial, reads: _Reads) -> Iterator[_Group]:
    """What is worth a try, figure by figure, the likeliest figure first."""
    rooms = {figure.span: trial.room(figure) for figure in trial.broken.figures}
    if all(room.is_evidence(SWAPPED) for room in rooms.values()):
        yield _Group(SWAPPED, functools.partial(_swaps, trial.broken.figures))
    for figure in trial.suspects():
        again = functools.cache(reads(figure))
        room = rooms[figure.span]
        for name, group in itertools.groupby(slips(figure), key=lambda slip: slip.name):
            if room.is_evidence(name):
                texts = tuple(slip.text for slip in group)
                yield _Group(name, functools.partial(_slipped, figure, name, texts, again))


def _offers(trial: Trial, groups: Iterable[_Group], verdict: Verdict) -> tuple[Repair, ...]:
    """The best of each group until there are enough; of these those that mend most, and central ones if there are."""
    found: list[_Offer] = []
    left = MOST_TRIED
    for _, ranked in itertools.groupby(sorted(groups, key=lambda g: ORDER.index(g.name)), key=lambda g: g.name):
        for group in ranked:
            tried = list(itertools.islice(group.candidates(), left))
            left -= len(tried)
            best = _best(trial, tried, verdict)
            if best:
                found.append(_Offer(best.repair, trial.also_mended(best.places), trial.is_central(best)))
        if len(found) >= MOST_OFFERED and not trial.is_shared:
            break
    found = [offer for offer in found if offer.mended == max(o.mended for o in found)]
    found = [offer for offer in found if offer.is_central] or found
    return tuple(offer.repair for offer in found[:MOST_OFFERED])


def _best(trial: Trial, tried: Sequence[Candidate], verdict: Verdict) -> Candidate | None:
    """Of the tries of one kind of slip the one that mends best; None where none does, or most do."""
    mending = [candidate for candidate in tried if trial.mends(candidate, verdict)]
    if not mending or (len(mending) > _FEW and 2 * len(mending) > len(tried)):
        return None
    if len(mending) > 1:
        mending = [c for c in mending if trial.is_central(c)] or mending
    figure = mending[0].repair.figure
    values = sorted(value(c.new) for c in mending)
    middle = value(figure) if figure.kind == "date" else values[len(values) // 2]
    return min(mending, key=lambda c: abs(value(c.new) - middle))


# ---------------------------------------------------------------------- what is tried


def _swaps(figures: Sequence[Figure]) -> Iterator[Candidate]:
    for a, b in itertools.combinations(figures, 2):
        if a.kind == b.kind and a.dimension == b.dimension and a.text != b.text:
            yield Candidate(Repair(a, b.text, SWAPPED), {a.span: moved(b, a), b.span: moved(a, b)})


def _slipped(
    figure: Figure, name: str, texts: Sequence[str], again: Callable[[str], Figure | None]
) -> Iterator[Candidate]:
    for text in texts:
        new = again(text)
        if new is not None and _is_natural(figure, new, name):
            yield Candidate(Repair(figure, text, name), {figure.span: new})


def _is_natural(old: Figure, new: Figure, name: str) -> bool:
    """Whether anyone would print the new figure so, and it mends by its value and not by its vagueness.

    No range runs downward or is made wider, no amount can be read in two ways or is nothing at all, no third decimal is
    a nought.
    """
    low, high = new.nominal if isinstance(new.nominal, tuple) else (new.nominal, new.nominal)
    if low == high == 0.0 and old.kind in AMOUNTS:
        return False
    if low > high or (new.kind in AMOUNTS and len(new.readings.printed.parts) != 1):
        return False
    return _width(new) <= _width(old) and not (name == "separator" and _IDLE_NOUGHT.search(new.text))


def _width(figure: Figure) -> float:
    """How far apart the ends of a range are, in parts of its upper end; no limit for one that runs downward."""
    if not isinstance(figure.nominal, tuple) or figure.kind not in AMOUNTS:
        return 0.0
    low, high = figure.nominal
    if low > high:
        return math.inf
    return (high - low) / high if high > 0 else math.inf
