"""Frames whose figures touch: a figure and its gloss in brackets, a weekday and its date.

Strict adjacency is right only for these: what stands between the two figures must be a cue of the second, whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from checker.claims.binding import Seeker, Site
from checker.claims.fits import alike, differences, fits, left_cue, lists, right_cue, stands
from checker.model import Binding, Claim, Figure
from checker.rulebook.schema import Role

MOST_PAIRS = 64
"""Lists that could be paired in more ways than this are no figure and its gloss."""


def touching(seeker: Seeker) -> Iterator[Claim]:
    """The claims of a frame whose two roles are filled by neighbouring figures, or by neighbouring lists of them."""
    for site in seeker.sites():
        if stands(seeker.topic, seeker.frame.unless, seeker.passage.text, site.place.span):
            continue
        runs = lists(site.place.figures, seeker.passage.text)
        for first, second in itertools.pairwise(runs):
            yield from _pairs(seeker, site, first, second)


def _pairs(seeker: Seeker, site: Site, first: tuple[Figure, ...], second: tuple[Figure, ...]) -> Iterator[Claim]:
    roles = tuple(seeker.frame.roles.values())
    for here in roles:
        for there in roles:
            if here is there or not _joined(seeker, first[-1], there, second):
                continue
            if len(first) * len(second) > MOST_PAIRS:
                continue
            pairs = [(a, b) for a in first for b in second if _pair_fits(seeker, site, (here, a), (there, b))]
            for group in _grouped(pairs, first, second):
                pairings = [Binding({here.name: (a,), there.name: (b,)}) for a, b in group]
                yield seeker.made(site, [*pairings, *differences(pairings)])
            if pairs:
                return


def _grouped(
    pairs: list[tuple[Figure, Figure]], first: tuple[Figure, ...], second: tuple[Figure, ...]
) -> Iterator[list[tuple[Figure, Figure]]]:
    """The pairs as claims.

    Lists of one length pair in order; one figure is told by each of several units; else any pair may be meant.
    """
    if len(first) == len(second):
        for pair in zip(first, second, strict=True):
            if pair in pairs:
                yield [pair]
    elif len(first) == 1 and len({b.measure for b in second}) == len(second):
        for pair in pairs:
            yield [pair]
    elif len(second) == 1 and len(first) > 1 and first[-1].measure != first[0].measure:
        yield [pair for pair in pairs if pair[0] is first[-1]]
    elif pairs:
        yield pairs


def _pair_fits(seeker: Seeker, site: Site, *filled: tuple[Role, Figure]) -> bool:
    text, span = seeker.passage.text, site.place.span
    if not all(fits(seeker.topic, role, figure, text, span) for role, figure in filled):
        return False
    (here, a), (there, b) = filled
    likeness = here if here.like == there.name else there
    return likeness.like is None or alike(likeness, b, a)


def _joined(seeker: Seeker, last: Figure, role: Role, second: tuple[Figure, ...]) -> bool:
    """Whether the text between is a cue of the second role, whole, and what follows is one where it has such."""
    text = seeker.passage.text
    gap = text[last.phrase.end : second[0].phrase.start].strip()
    if not gap:
        joined = role.cue == "helpful"
    else:
        joined = left_cue(seeker.topic, role, second[0], text, last.phrase.end) >= len(gap)
    return joined and (not role.right or right_cue(seeker.topic, role, second[-1], text, len(text)) > 0)
