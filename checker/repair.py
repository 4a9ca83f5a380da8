"""Did you mean: the slips that would explain a finding, tried on its figures one by one.

A slip is offered when the print that it came from makes the relation hold in the printed reading and breaks no other
check. What mends by chance explains nothing, so a kind of slip of which most tries mend is left out.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

from checker.check import judge, judge_one
from checker.claims import bind
from checker.claims.fits import admits, alike
from checker.figures import read
from checker.interval import Intervals
from checker.model import Binding, Check, Claim, Document, Figure, Readings, Repair, Span
from checker.rulebook.schema import Rulebook
from checker.slips import NAMES, slips

MOST_OFFERED = 2
MOST_TRIED = 600
"""Texts tried for one finding; it bounds the time for a finding on many figures."""

_FEW = 3
"""With more mends than this from one kind of slip on one figure, only the one nearest their middle is offered."""

_SWAPPED = "swapped figures"
_ORDER = (*NAMES[: NAMES.index("unit")], _SWAPPED, *NAMES[NAMES.index("unit") :])
"""The slips of one figure in their order, and before those of units two figures in each other's place."""

_NEAR = 160
"""Characters either side that are read again first; more where these do not read as they did in the whole."""

_IDLE_NOUGHT = re.compile(r"\.[0-9]{2}0(?![0-9])")

_Places = Mapping[Span, Figure]
"""Figures by the place that they take."""


def propose(broken: Check, others: Sequence[Check], document: Document, rulebook: Rulebook) -> tuple[Repair, ...]:
    """The slips that would explain a broken check, the simplest first, at most `MOST_OFFERED`.

    `others` are the document's other checks: none of them may break by the repair, and those that it mends too speak
    for it.
    """
    trial = _Trial(broken, tuple(c for c in others if c is not broken), document, rulebook)
    found: list[tuple[int, int, int, Repair]] = []
    tries = trial.tries()
    left = MOST_TRIED
    for rank, name in enumerate(_ORDER):
        for place, group in enumerate(tries.get(name, ())):
            tried = list(itertools.islice(group, max(left, 0)))
            left -= len(tried)
            for candidate in _telling(trial, tried):
                found.append((-trial.also_mended(candidate.places), rank, place, candidate.repair))
                break
        if len(found) >= MOST_OFFERED and not trial.shared:
            break
    found.sort(key=lambda offer: offer[:3])
    return tuple(repair for *_, repair in found[:MOST_OFFERED])


@attrs.frozen
class _Candidate:
    """A repair and what it puts in the figures' places."""

    repair: Repair
    places: _Places

    @property
    def new(self) -> Figure:
        """What then stands in the place of the repair's figure."""
        return self.places[self.repair.figure.span]


@attrs.frozen
class _Trial:
    """A broken check on trial: what a slip would make of it and of the checks that share its figures."""

    broken: Check
    others: tuple[Check, ...]
    document: Document
    rulebook: Rulebook

    @functools.cached_property
    def sharing(self) -> tuple[tuple[Check, str | None], ...]:
        """The other checks that hold one of the figures, each with its verdict by itself."""
        spans = {f.span for f in self.broken.figures}
        held = (c for c in self.others if spans & {f.span for f in c.claim.figures})
        return tuple((c, self._verdict(c.rule, c.claim)) for c in held)

    @property
    def shared(self) -> bool:
        """Whether another broken check holds one of the figures, so that one slip may explain both."""
        return any(verdict == "broken" for _, verdict in self.sharing)

    # ------------------------------------------------------------------ what to try
    def tries(self) -> Mapping[str, list[Iterator[_Candidate]]]:
        """For each kind of slip, its candidates figure by figure, the likeliest figure first."""
        tries: dict[str, list[Iterator[_Candidate]]] = {}
        for figure in self._suspects():
            again = _reader(self.document, figure)
            for name, group in itertools.groupby(slips(figure), key=lambda slip: slip.name):
                texts = [slip.text for slip in group]
                tries.setdefault(name, []).append(_candidates(figure, name, texts, again))
        tries[_SWAPPED] = [self._swaps()]
        return tries

    def _suspects(self) -> list[Figure]:
        """The check's figures: those that agree with fewer others first, then the later ones."""

        def agreeing(figure: Figure) -> int:
            return sum(c.verdict == "consistent" and figure.span in {f.span for f in c.figures} for c in self.others)

        return sorted(self.broken.figures, key=lambda figure: (agreeing(figure), -figure.start))

    def _swaps(self) -> Iterator[_Candidate]:
        for a, b in itertools.combinations(self.broken.figures, 2):
            if a.kind == b.kind and a.dimension == b.dimension and a.text != b.text:
                yield _Candidate(Repair(a, b.text, _SWAPPED), {a.span: _moved(b, a), b.span: _moved(a, b)})

    # ------------------------------------------------------------------ what comes of it
    def mends(self, candidate: _Candidate) -> bool:
        """Whether the relation then holds in print, and every other check that stood still stands."""
        return self._holds(candidate) and not any(
            after == "broken" and before != "broken" for before, after in self._consequences(candidate.places)
        )

    def also_mended(self, places: _Places) -> int:
        """How many other broken checks then hold in print."""
        return sum(before == "broken" and after == "consistent" for before, after in self._consequences(places))

    def is_central(self, candidate: _Candidate) -> bool:
        """Whether it still holds when every other figure is exactly what it says."""
        exact = {f.span: _exact(f) for f in self.broken.figures if f.span not in candidate.places}
        claim = self._with(self.broken.claim, {**exact, **candidate.places})
        return claim is not None and self._verdict(self.broken.rule, claim) == "consistent"

    def _holds(self, candidate: _Candidate) -> bool:
        claim = self._with(self.broken.claim, candidate.places)
        if claim is not None:
            return self._verdict(self.broken.rule, claim) == "consistent"
        return len(candidate.places) == 1 and self._reads_otherwise(candidate.repair)

    def _consequences(self, places: _Places) -> Iterator[tuple[str | None, str | None]]:
        """The verdicts before and after on the other checks that hold one of the places."""
        for check, before in self.sharing:
            if any(f.span in places for f in check.claim.figures):
                claim = self._with(check.claim, places)
                if claim is not None:
                    yield before, self._verdict(check.rule, claim)

    def _with(self, claim: Claim, places: _Places) -> Claim | None:
        """The claim with other figures in their places; None where one is of another type than its role."""
        bindings = [
            Binding({role: tuple(places.get(f.span, f) for f in held) for role, held in b.roles.items()}, b.thing)
            for b in claim.bindings
        ]
        frame = next(rule.frame for rule in self.rulebook.rules if rule.frame.id == claim.frame)
        for binding in bindings:
            for name, held in binding.roles.items():
                role = frame.roles[name]
                partner = binding.roles.get(role.like or "", ())[:1]
                if not all(
                    admits(role, f) and all(alike(role, f, p) for p in partner) for f in held if f.span in places
                ):
                    return None
        return attrs.evolve(claim, bindings=tuple(bindings))

    def _verdict(self, rule: str, claim: Claim) -> str | None:
        check = judge_one(self.rulebook.rule(rule), claim)
        return check.verdict if check else None

    def _reads_otherwise(self, repair: Repair) -> bool:
        """Whether the text, read and bound anew with a figure of another type, is right with the same partners.

        A figure alone in its check is right when nothing about it is broken any more.
        """
        document, at = _replaced(self.document, _paragraph(self.document, repair.figure), repair.figure, repair.text)
        span = Span(at, at + len(repair.text))
        checks = [
            c
            for c in judge(bind(document, read(document), self.rulebook), self.rulebook)
            if any(f.span == span for f in c.figures)
        ]
        if any(c.verdict == "broken" for c in checks):
            return False
        partners = {f.text for f in self.broken.figures if f.span != repair.figure.span}
        return not partners or any(
            c.verdict == "consistent" and partners <= {f.text for f in c.figures} for c in checks
        )


# ---------------------------------------------------------------------- reading a slip in its place


def _candidates(
    figure: Figure, name: str, texts: Sequence[str], again: Callable[[str], Figure | None]
) -> Iterator[_Candidate]:
    for text in texts:
        new = again(text)
        if new is not None and _is_natural(new, name):
            yield _Candidate(Repair(figure, text, name), {figure.span: new})


def _is_natural(figure: Figure, name: str) -> bool:
    """Whether anyone would print the figure so: a range upward, and of three decimals the last not a nought."""
    low, high = figure.nominal if isinstance(figure.nominal, tuple) else (figure.nominal, figure.nominal)
    return low <= high and not (name == "separator" and _IDLE_NOUGHT.search(figure.text))


def _reader(document: Document, figure: Figure) -> Callable[[str], Figure | None]:
    """What a text reads as in the figure's place: the figure, at that place, or None where it is none."""
    window = next((w for w in _windows(document, figure) if _reads_the_same(document, w, figure)), None)

    def again(text: str) -> Figure | None:
        if window is None:
            return None
        part, at = _replaced(document, window, figure, text)
        found = next((f for f in read(part) if f.start == at and f.end == at + len(text)), None)
        return _moved(found, figure) if found else None

    return again


def _windows(document: Document, figure: Figure) -> Iterator[Span]:
    """What to read again around a figure: its surroundings to whole words, its paragraph, everything."""
    paragraph = _paragraph(document, figure)
    start, end = max(paragraph.start, figure.start - _NEAR), min(paragraph.end, figure.end + _NEAR)
    first = document.text.find(" ", start, figure.start) if start > paragraph.start else start - 1
    last = document.text.rfind(" ", figure.end, end) if end < paragraph.end else end
    if first >= start - 1 and last >= figure.end:
        yield Span(first + 1, last)
    yield paragraph
    yield Span(0, len(document.text))


def _paragraph(document: Document, figure: Figure) -> Span:
    return next((p for p in document.paragraphs if p.covers(figure.span)), Span(0, len(document.text)))


def _reads_the_same(document: Document, window: Span, figure: Figure) -> bool:
    part, at = _replaced(document, window, figure, figure.text)
    return any(_moved(f, figure) == figure for f in read(part) if f.start == at)


def _replaced(document: Document, window: Span, figure: Figure, text: str) -> tuple[Document, int]:
    """A window of the document with a text in the figure's place, and where that starts."""

    def put(whole: str) -> str:
        return whole[window.start : figure.start] + text + whole[figure.end : window.end]

    longer = len(text) - len(figure.text)
    paragraphs = tuple(
        Span(
            max(p.start, window.start) - window.start + (longer if p.start >= figure.end else 0),
            min(p.end, window.end) - window.start + (longer if p.end >= figure.end else 0),
        )
        for p in document.paragraphs
        if p.start < window.end and window.start < p.end
    )
    whole = window == Span(0, len(document.text))
    part = Document(
        text=put(document.text),
        name=document.name,
        published=document.published,
        headline=document.headline if whole else None,
        paragraphs=paragraphs,
        prose=put(document.prose),
    )
    return part, figure.start - window.start


def _moved(figure: Figure, place: Figure) -> Figure:
    """A figure as if it stood in another's place, with the words of that place."""
    return attrs.evolve(figure, start=place.start, end=place.end, phrase=place.phrase, reason=place.reason)


def _exact(figure: Figure) -> Figure:
    """A figure that stands for what it says and nothing else."""
    if figure.kind in ("date", "event", "weekday", "time"):
        return figure
    low, high = sorted(figure.nominal) if isinstance(figure.nominal, tuple) else (figure.nominal, figure.nominal)
    only = Intervals.of(low, high)
    return attrs.evolve(figure, readings=Readings(only, only, only))


# ---------------------------------------------------------------------- choosing


def _telling(trial: _Trial, tried: Sequence[_Candidate]) -> list[_Candidate]:
    """Of the tries of one kind of slip those that mend, the best first; none where mending is no evidence."""
    mending = [candidate for candidate in tried if trial.mends(candidate)]
    if len(mending) > _FEW and 2 * len(mending) > len(tried):
        return []
    if len(mending) < 2:
        return mending
    mending = [c for c in mending if trial.is_central(c)] or mending
    values = sorted(_value(c.new) for c in mending)
    figure = mending[0].repair.figure
    middle = _value(figure) if figure.kind == "date" else values[len(values) // 2]
    return sorted(mending, key=lambda c: abs(_value(c.new) - middle))


def _value(figure: Figure) -> float:
    return sum(figure.nominal) / 2 if isinstance(figure.nominal, tuple) else figure.nominal
