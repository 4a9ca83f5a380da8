"""Figures bound to the frames that they fill: what a text, or a set of values, claims of one thing."""

from __future__ import annotations

from collections.abc import Iterator

from checker.claims.accounts import accounts
from checker.claims.binding import Seeker
from checker.claims.fits import fits, stands, strength
from checker.claims.occurrences import gather, occurrences
from checker.claims.passage import divide
from checker.claims.phrases import phrases
from checker.claims.things import mentions, tags
from checker.claims.touching import touching
from checker.claims.values import NotOneFigure, claim_of
from checker.model import Binding, Claim, Document, Figure, Span
from checker.rulebook.schema import Rulebook

__all__ = ["NotOneFigure", "bind", "claim_of"]


def bind(document: Document, figures: tuple[Figure, ...], rulebook: Rulebook) -> tuple[Claim, ...]:
    """Every claim that a document makes in a frame of the rulebook, frame by frame in the order of the text."""
    passage = divide(document, figures)
    claims: list[Claim] = []
    for topic in rulebook.topics.values():
        found = mentions(passage, topic)
        everywhere = tags(passage, topic, "article", Span(0, len(passage.text)))
        for frame in topic.frames.values():
            seeker = Seeker(topic, frame, passage, found, everywhere)
            claims.extend(gather(seeker, accounts(seeker, list(_sought(seeker)))))
    return tuple(claims)


def _sought(seeker: Seeker) -> Iterator[Claim]:
    if seeker.frame.scope == "figure":
        return _single(seeker)
    if seeker.frame.scope == "touching":
        return touching(seeker)
    if seeker.frame.scope == "phrase":
        return phrases(seeker)
    if seeker.frame.thing_after is not None:
        return occurrences(seeker)
    return seeker.claims()


def _single(seeker: Seeker) -> Iterator[Claim]:
    """Each figure that fills a role by itself, where its own sentence has what the role and the frame ask."""
    text = seeker.passage.text
    for site in seeker.sites():
        if stands(seeker.topic, seeker.frame.unless, text, site.place.span):
            continue
        for role in seeker.frame.roles.values():
            for figure in site.place.figures:
                if fits(seeker.topic, role, figure, text, site.place.span) and (
                    role.cue == "none" or strength(seeker.topic, role, figure, text, site.place.span)
                ):
                    yield seeker.made(site, [Binding({role.name: (figure,)})])
