"""A sum or measure told again in brackets in another unit: what bounds or moves the first bounds or moves it too."""

from __future__ import annotations

import re

from checker.figures.draft import Draft, Passage
from checker.figures.spellings import is_no_rate, over

_EACH = re.compile(r"\)\s(?:a|an|per|each|every)\s(?P<time>second|minute|hour|day|week|month|year)(?!\w)")
_KINDS = frozenset(("quantity", "money"))


def take_over(page: Passage, draft: Draft, previous: Draft | None) -> None:
    """Gives a figure in brackets the bound and change of what it glosses ("over 6 million crowns ($600,000)").

    A rate behind the brackets is that of both ("70 million litres (18 million gallons) a day").
    Not "about": that loosens what it stands before, and the gloss is computed from the print.
    """
    if previous is None or draft.kind not in _KINDS or not is_gloss(page, draft, previous):
        return
    if draft.bound == "=" and previous.bound != "~":
        draft.bound = previous.bound
    if draft.change is None:
        draft.change = previous.change
    each = _EACH.match(page.text, draft.end)
    if each and not is_no_rate(page.text, "a", each["time"], each.end()):
        previous.unit, draft.unit = over(previous.unit, each["time"]), over(draft.unit, each["time"])


def is_gloss(page: Passage, draft: Draft, previous: Draft) -> bool:
    """Whether the figure stands in brackets behind another one of its dimension, or a sum in another currency."""
    a, b = previous.unit, draft.unit
    if a is None or b is None or previous.kind != draft.kind or not previous.low or not draft.low:
        return False
    if page.text[max(previous.end, previous.phrase_end) : draft.start].strip() != "(" or a.is_like(b):
        return False
    return a.currency != b.currency if a.currency else a.measure.dimension == b.measure.dimension
