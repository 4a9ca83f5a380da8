"""Occurrences of a kind of event: a claim for each naming of the class that a frame counts, and what gathers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from checker.claims.binding import MOST_READINGS, Filled, Seeker, Site
from checker.claims.fits import admits, lists, stands
from checker.claims.things import named_after
from checker.model import Binding, Claim, Figure
from checker.rulebook.schema import Role

MOST_GATHERED = 200
"""A text with more claims of one frame than this is a table in words, and its claims are not gathered."""


def occurrences(seeker: Seeker) -> Iterator[Claim]:
    """The claims of a frame whose class is named after a role's figure: one for each naming of the class."""
    frame, passage = seeker.frame, seeker.passage
    assert frame.thing is not None
    assert frame.thing_after is not None
    counted = frame.roles[frame.thing_after]
    for site in seeker.sites():
        if not site.place.figures or stands(seeker.topic, frame.unless, passage.text, site.place.span):
            continue
        for mention in seeker.mentions.within(site.place.span):
            if frame.thing not in seeker.topic.ancestry(mention.thing):
                continue
            number = [
                f
                for f in site.place.figures
                if f.end <= mention.span.start
                and admits(counted, f)
                and named_after(f, (mention,), passage.text) is not None
            ]
            start = {counted.name: (number[-1],)} if number else {}
            for dates in _each_of_a_list(seeker, site, counted, start):
                yield seeker.made(site, [Binding(filling, mention.thing) for filling in dates])


def _each_of_a_list(
    seeker: Seeker, site: Site, counted: Role, start: Mapping[str, Filled]
) -> Iterator[list[dict[str, Filled]]]:
    """The fillings for one naming: of several figures in a list, each is an occurrence of its own."""
    fillings = [{k: v for k, v in f.items() if k != counted.name or k in start} for f in seeker.fillings(site, start)]
    if not fillings or len(fillings) > MOST_READINGS or not any(fillings):
        return
    others = [tuple(f[0] for k, f in filling.items() if k != counted.name) for filling in fillings]
    listing = lists(tuple(f for figures in others for f in figures), seeker.passage.text)
    if not start and len(fillings) > 1 and len(listing) == 1:
        for filling in fillings:
            yield [filling]
    else:
        yield fillings


def gather(seeker: Seeker, claims: Sequence[Claim]) -> list[Claim]:
    """The claims with each role that gathers filled from the frame's other claims of the same class or a sub-class.

    What the other claims leave in doubt is not gathered, nor is a value twice. An event is another one for certain only
    where the text counts it too, or names it in the same sentence: "the launch" of a later sentence may be the same.
    """
    roles = [role for role in seeker.frame.roles.values() if role.others]
    if not roles or len(claims) > MOST_GATHERED:
        return list(claims)
    return [
        attrs.evolve(
            claim,
            bindings=tuple(
                Binding({**b.roles, **{r.name: _others(r, b, claim, claims, seeker) for r in roles}}, b.thing)
                for b in claim.bindings
            ),
        )
        for claim in claims
    ]


def _others(role: Role, binding: Binding, claim: Claim, claims: Iterable[Claim], seeker: Seeker) -> Filled:
    assert role.others is not None
    seen = {f.readings for f in binding.roles.get(role.others, ())}
    found: list[Figure] = []
    for other in claims:
        if other is claim or len(other.bindings) != 1:
            continue
        only = other.bindings[0]
        counted = seeker.frame.thing_after is None or only.roles.get(seeker.frame.thing_after)
        if not counted and seeker.passage.sentence_at(other.span) != seeker.passage.sentence_at(claim.span):
            continue
        if binding.thing is not None and (only.thing is None or binding.thing not in seeker.topic.ancestry(only.thing)):
            continue
        for figure in only.roles.get(role.others, ()):
            if figure.readings not in seen:
                seen.add(figure.readings)
                found.append(figure)
    return tuple(found)
