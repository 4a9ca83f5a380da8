"""Accounts: what successive sentences tell of one thing is one claim.

"The missile rose to 6,000 km. It flew for 71 minutes and covered 1,090 km" tells three figures of one flight. A
sentence goes on with the account before it when it refers back, brings in nothing new, and neither its figures, its
date nor its voice differ from what was told.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

import attrs

from checker.claims.binding import MOST_READINGS, Seeker
from checker.claims.fits import stands
from checker.claims.passage import Place
from checker.claims.things import brings_in
from checker.model import Binding, Claim, Figure, Span

FARTHEST = 3
"""A sentence goes on with what stood at most so many sentences before."""

_DATES = frozenset({"date", "weekday", "relative", "event"})


def accounts(seeker: Seeker, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a frame, those of successive sentences about one thing made one."""
    if not seeker.frame.same or not claims:
        return list(claims)
    sentences = [sentence for line in seeker.passage.sentences for sentence in line]
    starts = [sentence.span.start for sentence in sentences]
    told: dict[int, list[Claim]] = {}
    for claim in claims:
        told.setdefault(bisect.bisect_right(starts, claim.span.start) - 1, []).append(claim)
    finished: list[Claim] = []
    account: _Account | None = None
    for i, sentence in enumerate(sentences):
        own = told.get(i, [])
        refers = _goes_on(seeker, sentence)
        if account is not None and not own and (_brings_in(seeker, sentence) or i - account.last >= FARTHEST):
            finished.append(account.claim)
            account = None
        joined = account.joined(seeker, own[0], sentence, i) if account and refers and len(own) == 1 else None
        if joined is not None:
            account = joined
        elif own:
            finished += [account.claim] if account else []
            *before, latest = own
            finished += before
            account = _Account(latest, i, tuple(_dates(sentence)))
            if before:
                finished.append(latest)
                account = None
    return [*finished, *([account.claim] if account else [])]


def _goes_on(seeker: Seeker, sentence: Place) -> bool:
    return stands(seeker.topic, seeker.frame.same, seeker.passage.text, sentence.span) and not _brings_in(
        seeker, sentence
    )


def _brings_in(seeker: Seeker, sentence: Place) -> bool:
    return brings_in(seeker.topic, seeker.frame, seeker.passage, sentence)


def _dates(sentence: Place) -> Iterable[Figure]:
    return (figure for figure in sentence.figures if figure.kind in _DATES)


@attrs.frozen
class _Account:
    """What has been told of one thing, in which sentence last, with the dates told of it."""

    claim: Claim
    last: int
    dates: tuple[Figure, ...]

    def joined(self, seeker: Seeker, other: Claim, sentence: Place, at: int) -> _Account | None:
        """The account with what one more sentence tells; None where that is of something else, or told by another."""
        mine, others = _roles(self.claim), _roles(other)
        dates = tuple(_dates(sentence))
        if mine & others or at - self.last > FARTHEST or not self._is_dated_alike(dates):
            return None
        if self.claim.voice and other.voice and self.claim.voice != other.voice:
            return None
        bindings = tuple(
            Binding({**a.roles, **b.roles}, thing[0])
            for a in self.claim.bindings
            for b in other.bindings
            if (thing := _common(seeker, a.thing, b.thing))
        )
        if not 0 < len(bindings) <= MOST_READINGS:
            return None
        claim = attrs.evolve(
            self.claim,
            bindings=bindings,
            span=Span(self.claim.span.start, other.span.end),
            tags=self.claim.tags | other.tags,
            missing={name: why for name, why in self.claim.missing.items() if name not in others},
            voice=self.claim.voice or other.voice,
        )
        return _Account(claim, at, (*self.dates, *dates))

    def _is_dated_alike(self, dates: Sequence[Figure]) -> bool:
        """Whether the dates of a sentence are those told before, where both have such."""
        return not self.dates or all(any(_same_day(d, e) for e in self.dates) for d in dates)


def _same_day(a: Figure, b: Figure) -> bool:
    return a.dimension == b.dimension and a.base("widest").meets(b.base("widest"))


def _roles(claim: Claim) -> set[str]:
    return {name for binding in claim.bindings for name in binding.roles}


def _common(seeker: Seeker, a: str | None, b: str | None) -> tuple[str | None] | None:
    """The more particular of two classes of one line; None where they are of different lines."""
    if a is None or b is None:
        return (a or b,)
    if a in seeker.topic.ancestry(b):
        return (b,)
    return (a,) if b in seeker.topic.ancestry(a) else None
