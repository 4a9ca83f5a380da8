"""Sums of money for each of something: "$5 an ounce", "30 dlrs a share"."""

from __future__ import annotations

import re

from checker.figures.draft import Draft
from checker.figures.patterns import listed
from checker.figures.spellings import divisor, is_no_rate, over

_JOINT = r"(?:\s?/\s?|[\s\-](?P<per>per|an?|each|every)[\s\-])"
_PER = re.compile(_JOINT)
_PER_NOUN = re.compile(rf"{_JOINT}(?P<noun>[a-z]+(?:-[a-z]+)*(?:\s(?:officer|unit|head|ticket|person|share))?)")
_COUNTRY = re.compile(r"\s?(?:\((?:US|U\.S\.)\)|US|U\.S\.|USD)(?=[\s.,;)]|$)")


def apply(text: str, draft: Draft) -> None:
    """Takes up what a sum is for: a unit, which divides it, or a noun, which it keeps ("per share")."""
    unit, end = draft.unit, draft.end
    if unit is None or text[end : end + 1] not in ("/", " ", "-", "\n"):
        return
    if unit.currency == "USD" and (country := _COUNTRY.match(text, end)):
        end = country.end()
    joint = _PER.match(text, end)
    if not joint:
        return
    found = divisor(text, joint.end())
    if found and found[0].kind in ("quantity", "duration"):
        under, stop = found
        spelled = text[joint.end() : stop]
        if spelled != "in" and not is_no_rate(text, joint[0], spelled, stop):
            draft.unit, draft.end = over(unit, under.name), stop
        return
    noun = _PER_NOUN.match(text, end)
    if noun and (noun["noun"] in listed("nouns", "each") or noun["per"] == "per"):
        draft.noun = f"per {noun['noun']}"
