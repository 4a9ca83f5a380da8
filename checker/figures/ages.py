"""Ages: "25-year-old", "aged 18 to 34", "Ruiz, 25,", "he was 83"."""

from __future__ import annotations

import re

from checker.figures import spellings
from checker.figures.draft import Draft, Passage, Place
from checker.figures.nouns import is_counted
from checker.figures.patterns import data, either, listed
from checker.figures.readings import MILLION, exact
from checker.figures.unit import Unit

OLDEST = 125
"""No age of a person is above it; older things have a duration."""

_OLD = re.compile(r"[\s\-‑](?P<unit>year|month|week|day)s?(?:[\s\-‑]olds?(?!\w)|\sof\sage\b)")
_TO = re.compile(r"\s?(?:to|-|–|and)\s?(?P<last>[0-9]{1,3})(?![0-9]|[.,][0-9]|\w)")
_SPAN_OLD = re.compile(
    r"(?:[\-–]?\s?to[\s\-]|\s?[\-–]\s?)(?P<last>[0-9]{1,3})[\s\-‑](?P<unit>year|month|week|day)s?[\s\-‑]olds?(?!\w)"
)
_DECADE = re.compile(r"\bin\s(?:his|her|their|my|your|our|its)\s(?:(?P<part>early|mid|late)[\s\-])?$")
_OF_PEOPLE = re.compile(rf"\b(?i:{either(data('ages')['people'])})\s(?:aged\s)?(?P<side>over|under)\s$")
_GROUP = re.compile(
    r"(?:^|(?<=[\s(“\"‘']))(?:(?:for|the|all|to|among|and|or)\s(?=\w+\s)|(?=\w+[\-‑])|(?=[OU]))"
    r"(?P<side>[Oo]ver|[Uu]nder)[\s\-‑]$"
)
_AGE_OF = re.compile(r"\bages?\sof\s(?:about\s|just\s|only\s)?$")
_NAME = re.compile(
    rf"(?:^|[\s(“\"‘'])(?P<name>[A-Z][\w’'.\-]*[a-zé]|(?:Jr|Sr)\.|II|III|{either(data('ages')['persons'])})(?:,|\s\()\s?"
    r"(?:(?:now|then|just|only|also)\s)?$"
)
_OF_PERSON = re.compile(rf"\ba(?:n|nother)?\s(?:{either(data('ages')['persons'])})\sof\s$")
_GROUP_NEXT = re.compile(
    r"\s?(?:-|–|to)\s?(?P<last>[0-9]{1,3})[\s\-](?:age|aged)[\s\-](?:group|bracket|range|category|cohort)s?\b"
)
_OLDER = re.compile(r"\s(?:and|or)\s(?:older|younger)\b")
_ALSO = re.compile(r",?\s(?:and|or|to)\s|,\s|-")
_APPOSED = re.compile(r"(?:,(?!\s?[0-9])|\)|;|\.(?![0-9])|$)")
_IS = re.compile(
    rf"\b(?i:{either(data('ages')['who'])})(?:\s(?:{either(data('ages')['is'])}))?"
    r"(?:\s(?:now|just|only|already|then))?\s$"
)
_AT = re.compile(rf"(?:\b(?:{either(data('ages')['life'])})\sat|,\sat)\s$")
_BORN = re.compile(r"\bborn\s(?:in|on)\s[^.;:]{1,40}\sand\sis(?:\snow)?\s$")
_THEN = re.compile(rf"[.,;:)!?”\"]|$|\s(?:{either(data('ages')['then'])})\b")
_MONTH = re.compile(r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
                    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?$")  # fmt: skip

_NEXT_WORD = re.compile(r"\s([a-z][a-z\-]*)")
_OF_ENDS = ("of", "about", "just", "only")
_SIDES = ("over", "under")
_TOLD_ENDS = tuple(
    {w.split()[-1] for key in ("who", "is") for w in data("ages")[key]}
    | {"at", "now", "just", "only", "already", "then"}
)
"""How the word before ends wherever a pattern can match: tried first, since a pattern looks through all of a window."""
_UNITS = {name: Unit(name, "age") for name in ("year", "month", "week", "day")}


def at_digits(page: Passage, place: Place) -> Draft | None:
    """The age that these digits give, if they do."""
    text, number = page.text, place.number
    if place.width > 3 or not 0 <= number <= OLDEST:
        return None
    if found := _OLD.match(text, place.end):
        return age(place.start, found.end(), number, unit=found["unit"])
    if place.after in "-–  t" and (found := _SPAN_OLD.match(text, place.end)) and number < int(found["last"]) <= OLDEST:
        return age(place.start, found.end(), number, int(found["last"]), unit=found["unit"])
    if place.after == "s" and (group := _group(text, place) or _decade(page, place)):
        return group
    if place.after in " -–" and (found := _GROUP_NEXT.match(text, place.end)) and number < int(found["last"]) <= OLDEST:
        return age(place.start, found.end("last"), number, int(found["last"]))
    return _by_words(page, place)


def _by_words(page: Passage, place: Place) -> Draft | None:
    """The age that the words around the digits make of them."""
    text, number = page.text, place.number
    window = text[max(0, place.start - 40) : place.start]
    of = place.cue.endswith(_OF_ENDS)
    between = place.cue == "between" and len(place.words) > 1 and place.words[-2].lower() in listed("ages", "before")
    if between or place.cue in listed("ages", "before") or (of and _AGE_OF.search(window)):
        found = _TO.match(text, place.end)
        if found and ("and" in found[0]) == between and number < int(found["last"]) <= OLDEST:
            return age(place.start, found.end(), number, int(found["last"]))
        return age(place.start, place.end, number)
    side = _OF_PEOPLE.search(window) if place.cue.endswith(_SIDES) else None
    if side and _counts_nothing(text, place.end):
        draft = age(place.start, place.end, number)
        draft.bound = ">" if side["side"] == "over" else "<"
        return draft
    older = place.after == " " and _OLDER.match(text, place.end)
    of_person = of and _OF_PERSON.search(window) and _counts_nothing(text, place.end)
    if older or of_person or (_goes_on(page, place) and _THEN.match(text, place.end)):
        return age(place.start, place.end, number)
    born = place.cue in ("is", "now") and _BORN.search(text, max(0, place.start - 70), place.start)
    if number and (
        _is_apposed(text, place, window) or _is_told(text, place, window) or (born and _THEN.match(text, place.end))
    ):
        return age(place.start, place.end, number)
    return None


def _counts_nothing(text: str, end: int) -> bool:
    """Whether no unit, percent or plural noun follows a number."""
    if _THEN.match(text, end):
        return True
    found = _NEXT_WORD.match(text, end)
    return found is not None and not is_counted(found[1]) and spellings.match(text, end + 1) is None


def _group(text: str, place: Place) -> Draft | None:
    """Reads "over-65s" and "free for under 5s", where the s is no second."""
    found = _GROUP.search(text[max(0, place.start - 20) : place.start])
    if not found or text[place.end + 1 : place.end + 2].isalnum():
        return None
    draft = age(place.start, place.end + 1, place.number)
    draft.bound = ">" if found["side"].lower() == "over" else "<"
    return draft


def _decade(page: Passage, place: Place) -> Draft | None:
    """Reads "in her 30s": an age of thirty to thirty-nine."""
    text = page.text
    if place.number % 10 or not 10 < place.number < OLDEST or text[place.end + 1 : place.end + 2].isalnum():
        return None
    found = _DECADE.search(text[max(0, place.start - 40) : place.start]) or _goes_on(page, place)
    return age(place.start, place.end + 1, place.number, place.number + 9) if found else None


def _goes_on(page: Passage, place: Place) -> bool:
    """Whether an age stands right before ("in her 70s or 80s", "aged 9 and 7")."""
    last = page.last
    return last is not None and last.kind == "age" and bool(_ALSO.fullmatch(page.text, last.end, place.start))


def _is_apposed(text: str, place: Place, window: str) -> bool:
    """Whether the number stands behind a name between commas or brackets ("Ruiz, 25,")."""
    if place.number < 10 or place.before not in " (" or not _APPOSED.match(text, place.end):
        return False
    if place.after == ")" and place.before != "(":
        return False
    found = _NAME.search(window)
    return found is not None and not _MONTH.match(found["name"])


def _is_told(text: str, place: Place, window: str) -> bool:
    """Whether a sentence gives the age of somebody ("she was 83", "retired at 72")."""
    if not place.cue.endswith(_TOLD_ENDS) or not _THEN.match(text, place.end):
        return False
    if found := _AT.search(window):
        return not found[0].startswith(",") or (10 <= place.number <= OLDEST and place.after == ",")
    return bool(_IS.search(window))


def in_words(page: Passage, start: int, end: int, number: int) -> Draft | None:
    """The age that a number in words gives ("a two-year-old", "aged three"), if it does."""
    text, found = page.text, _OLD.match(page.text, end)
    if not found and number <= OLDEST and _counts_nothing(text, end):
        window = text[max(0, start - 40) : start]
        if page.cue(start) in listed("ages", "before") or _AGE_OF.search(window) or _OF_PERSON.search(window):
            return age(start, end, number)
        if (of := _OF_PEOPLE.search(window)) and number > 2:
            draft = age(start, end, number)
            draft.bound = ">" if of["side"] == "over" else "<"
            return draft
    return age(start, found.end(), number, unit=found["unit"]) if found and number <= OLDEST else None


def age(start: int, end: int, first: int, last: int | None = None, unit: str = "year") -> Draft:
    """An age counts full years: whoever is 25 is not yet 26."""
    top = first if last is None else last
    nominal = float(first) if last is None else (float(first), float(last))
    values = exact(float(first), top + 1 - 1 / MILLION)
    return Draft(start, end, "age", nominal=nominal, readings=values, unit=_UNITS[unit])
