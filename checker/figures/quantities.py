"""Numbers in digits with all that is printed on them: sign, currency, scale word or letter, unit."""

from __future__ import annotations

import functools
import re

from checker.figures.draft import NUMBER, Draft, Passage
from checker.figures.numerals import Numeral
from checker.figures.patterns import any_of, data
from checker.figures.spellings import Unit, hundredth, is_no_rate, match, money, over

MINUS = "-−–‐‑"

# ---------------------------------------------------------------------- before the digits
_SIGNS_END = re.compile(r"[$£€¥￥₹₩₽₴₺₪₦฿₱₫₿=A-Za-z.]")
_SIGNED_WORD = re.compile(r"(?:^|(?<=[\s(“\"‘']))(?P<sign>[Mm]inus|[Pp]lus|negative)[\s\-]+$")
_MACH = re.compile(r"(?:^|(?<=[\s(“\"‘'\-]))(?:Mach|mach|MACH)[\s\-]$")

_MACH_UNIT = Unit("mach")


@functools.cache
def _currency_before() -> re.Pattern[str]:
    signs = any_of(_signs())
    return re.compile(rf"(?:^|(?<![\w$]))(?P<sign>{signs})\s?(?P<minus>[-−])?$")


@functools.cache
def _signs() -> dict[str, str]:
    return {sign: code for code, entry in data("money").items() for sign in entry.get("signs", ())}


def before_digits(text: str, start: int, floor: int) -> tuple[int, str | None, bool, Unit | None]:
    """What is printed right before the digits: where it begins, the currency, whether a minus, and a unit."""
    currency, negative, unit = None, False, None
    previous = text[start - 1 : start] if start > floor else ""
    space = previous in (" ", "\u00a0")
    edge = text[start - 2 : start - 1] if space and start - 1 > floor else previous
    if edge and _SIGNS_END.match(edge):
        window = max(floor, start - 8)
        found = _currency_before().search(text[window:start])
        if found and not (space and found["sign"] in ("Rs.", "Dh", "Rp") and False):
            start, currency = window + found.start("sign"), _signs()[found["sign"]]
            negative = bool(found["minus"])
            previous = text[start - 1 : start] if start > floor else ""
        elif space and edge == "h" and (found := _MACH.search(text[max(floor, start - 8) : start])):
            start, unit = max(floor, start - 8) + found.start(), _MACH_UNIT
            return start, None, False, unit
    if previous and previous in MINUS:
        beyond = text[start - 2 : start - 1] if start > 1 else " "
        if (start - 1 > floor or not floor) and beyond in " \n\u00a0(“\"'[;,/<>=~≈":
            return start - 1, currency, True, unit
    elif previous == "+" or (previous == " " and text[start - 2 : start - 1] == "+"):
        return start - (1 if previous == "+" else 2), currency, negative, unit
    elif previous in (" ", "-", "\u00a0") and text[start - 2 : start - 1] in ("s", "e"):
        window = max(floor, start - 10)
        if found := _SIGNED_WORD.search(text[window:start]):
            return window + found.start("sign"), currency, found["sign"].lower() != "plus", unit
    return start, currency, negative, unit


# ---------------------------------------------------------------------- after them
_SPACE = r"[\s\u00a0\u2009\u202f]"


@functools.cache
def _scale() -> re.Pattern[str]:
    numbers = data("numbers")
    words = any_of([*numbers["scales"], "hundred", "dozen"])
    letters = any_of(numbers["letters"])
    return re.compile(rf"(?:{_SPACE}{{1,2}}|{_SPACE}?-)?(?P<word>(?i:{words}))s?(?!\w)|(?P<letter>{letters})(?!\w)|\s(?P<spaced>bn|tn|trn)(?!\w)")


@functools.cache
def _money_letter() -> re.Pattern[str]:
    return re.compile(rf"{_SPACE}?-?(?P<letter>{any_of(data('numbers')['money_letters'])})(?!\w)")


_MILLION_LETTER = re.compile(r"[mM](?![\w/²³])\s(?P<next>[a-z][\w\-]*)")
_UNIT_GAP = re.compile(rf"(?:{_SPACE}{{1,2}}[\"“‘]?|{_SPACE}?[-‐‑])?(?=[A-Za-zÅ°ºµμ%‰$£€¥¢Ω″′℃℉ℓ٪])")
_TEN_TO = re.compile(r"\s?[×x⋅·\*]\s?10\s?(?:\^\s?\{?(?P<caret>[+\-−–]?[0-9]{1,3})\}?|(?P<raised>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})|(?P<minus>[−–-][0-9]{1,2}))(?![0-9])|[eE](?P<e>[+\-−]?[0-9]{1,3})(?!\w)")
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹−–", "+-0123456789--")
_PER = re.compile(r"\s(?:per|for\severy|in\severy|out\sof\severy)\s(?P<base>100,000|100[\s\u00a0]000|1,000,000|10,000|1,000|1000|100000|million|thousand|hundred|100)(?![0-9\w]|[.,][0-9])(?!\s(?:years|days|km|miles))")
_PER_UNITS = {"100,000": "per_hundred_thousand", "100 000": "per_hundred_thousand", "100000": "per_hundred_thousand", "1,000,000": "per_million", "million": "per_million", "1,000": "per_thousand", "1000": "per_thousand", "thousand": "per_thousand", "100": "per_hundred", "hundred": "per_hundred"}
_TRIPLED = re.compile(rf"(?:-?fold|[xX×](?=\s|[.,;:)]|$))(?!\w)")
_POINTS_AFTER = re.compile(r"\s?%(?=\s?points?\b)")
_PENCE = re.compile(r"(?:(?<=[0-9])p|\sp)(?![\w])(?!\.\s?m)")
_INCHES_END = re.compile(r"\)|\s\([0-9]|\s?[×x]\s?[0-9]|-(?!\w)")
_FRACTION = re.compile(r"(?P<a>[0-9]{1,3})\s?[/⁄]\s?(?P<b>[0-9]{1,3})(?![0-9/⁄]|[.,][0-9])")
_MIXED = re.compile(r"(?:[\s\-](?P<a>[0-9]{1,2})[/⁄](?P<b>[0-9]{1,3})(?![0-9/⁄]|[.,][0-9])|\s?(?P<v>[½⅓⅔¼¾⅛⅜⅝⅞⅕⅖⅗⅘]))")
VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5)}

_NOT_UNITS = frozenset(("Sen", "Mark", "Marks", "Won", "Rand", "Dong", "Stone", "Pound", "Min", "Second", "Degree", "Mole", "Sec", "Gal"))


def mixed_number(text: str, end: int, numeral: Numeral) -> tuple[Numeral, int] | None:
    """A whole number with a fraction after it ("7-3/4", "28-1/2", "3½")."""
    found = _MIXED.match(text, end)
    if not found or numeral.exponent:
        return None
    a, b = VULGAR[found["v"]] if found["v"] else (int(found["a"]), int(found["b"]))
    if not 0 < a < b:
        return None
    return Numeral(numeral.mantissa * b + a, 0, 0, b), found.end()


def simple_fraction(text: str, start: int) -> tuple[Numeral, int] | None:
    """A fraction in digits ("1/16")."""
    found = _FRACTION.match(text, start)
    if not found:
        return None
    a, b = int(found["a"]), int(found["b"])
    return (Numeral(a, 0, 0, b), found.end()) if 0 < a < b else None


def scale(text: str, end: int, has_money: bool) -> tuple[int, int] | None:
    """The power of ten of a scale word or letter after a number, and where it ends."""
    if has_money and (found := _money_letter().match(text, end)):
        return data("numbers")["money_letters"][found["letter"]], found.end()
    if found := _scale().match(text, end):
        numbers = data("numbers")
        if found["letter"] or found["spaced"]:
            return numbers["letters"][found["letter"] or found["spaced"]], found.end()
        word = found["word"].lower()
        if word == "dozen":
            return None
        return 2 if word == "hundred" else numbers["scales"][word], found.end()
    if not has_money and text[end : end + 1] in ("m", "M") and (found := _MILLION_LETTER.match(text, end)):
        if found["next"] in data("nouns")["millions"] or (found["next"].endswith("s") and len(found["next"]) > 4 and found["next"] not in ("across", "less", "always", "towards", "metres", "freestyle", "sprints", "hurdles", "finals", "champions")):
            return 6, end + 1
    return None


def power_of_ten(text: str, end: int) -> tuple[int, int] | None:
    """The exponent of "× 10^9" or "e9" and where it ends."""
    found = _TEN_TO.match(text, end)
    if not found:
        return None
    written = found["caret"] or found["raised"] or found["minus"] or found["e"]
    return int(written.translate(_RAISED)), found.end()


def finish(page: Passage, draft: Draft, currency: str | None) -> Draft:
    """Scale, unit and kind of a number whose digits are read: all that stands right after them."""
    text, end = page.text, draft.end
    if text[end : end + 1] and text[end] not in ",;:!?\"”)":
        for _ in range(2):
            found = scale(text, end, currency is not None)
            if not found:
                break
            power, end = found
            draft.low = tuple(n.scaled(power) for n in draft.low)
            draft.scale += power
        if currency is None and not draft.scaled and (ten := power_of_ten(text, end)):
            power, end = ten
            draft.low = tuple(n.scaled(power) for n in draft.low)
    draft.end = end
    if plus := _PLUS.match(text, end):
        draft.bound, draft.end = ">", plus.end()
    if draft.unit is None:
        if currency is not None:
            draft.unit = money(currency)
            _price(text, draft)
        else:
            _unit(page, draft)
    settle(draft)
    return draft


def settle(draft: Draft) -> None:
    """Takes kind and power from the unit."""
    if draft.unit is None:
        return
    draft.kind = draft.unit.kind
    if draft.unit.power:
        draft.low = tuple(n.scaled(draft.unit.power) for n in draft.low)
        draft.high = tuple(n.scaled(draft.unit.power) for n in draft.high)


def _unit(page: Passage, draft: Draft) -> None:
    text, end = page.text, draft.end
    gap = _UNIT_GAP.match(text, end)
    if not gap:
        return
    at = gap.end()
    first = text[at]
    found = match(text, at)
    if found and not _misread(page, draft, text[at : found[1]], at > end):
        unit, stop = found
        spelled = text[at:stop]
        if spelled.lower() in ("pound", "pounds") and page.sterling and draft.scaled:
            unit = money("GBP")
        draft.unit, draft.end = unit, stop
        if unit.kind == "percent" and (points := _POINTS.match(text, stop)):
            draft.unit, draft.end = _POINT_UNIT, points.end()
        elif unit.currency:
            _price(text, draft)
        elif unit.kind == "quantity" and (each := _OF_EACH.match(text, stop)):
            draft.unit, draft.end = over(unit, each["time"]), each.end()
        return
    if first in "mfel" and (more := _MORE.match(text, end)) and (found := match(text, more.end())):
        draft.unit, draft.end = found
        draft.change = "down" if more["word"] in ("fewer", "less") else "up"
        return
    if first in "aep" and (each := _EACH.match(text, end)) and not is_no_rate(text, "a", each["time"], each.end()):
        draft.unit, draft.end = over(None, each["time"]), each.end()
        return
    if first == "p" and not draft.scaled and (at == end or page.sterling) and _PENCE.match(text, end):
        draft.unit, draft.end = hundredth("GBP"), at + 1
        return
    if first in "fxX-" and at <= end + 1 and (fold := _FOLD.match(text, end)):
        draft.kind, draft.end = "multiple", fold.end()
        return
    if first == "t" and (times := _TIMES.match(text, end)):
        draft.kind, draft.end = "multiple", times.end("times")
        return
    if first in "pfio" and (per := _PER.match(text, end)):
        name = _PER_UNITS.get(per["base"].replace("\u00a0", " "))
        if name and not draft.scaled:
            draft.unit, draft.end = Unit(name, "fraction"), per.end()


_TIME = r"(?P<time>second|minute|hour|day|week|month|year)(?!\w)"
_OF_EACH = re.compile(rf"\sof\s(?:[a-z][a-z’'\-]*\s){{1,4}}?(?:an?|per|each|every)\s{_TIME}(?!\s(?:ago|before|earlier|later|after))")
_MORE = re.compile(r"\s(?P<word>more|fewer|less|extra|additional)\s")
_EACH = re.compile(rf"\s(?:an?|per|each|every)\s{_TIME}")
_PLUS = re.compile(r"\+(?=[\s\-.,;)]|$)")
_POINTS = re.compile(r"[\s\-]points?(?!\w)")
_POINT_UNIT = Unit("percentage_point", "points", below_zero=True)
_FOLD = re.compile(r"-?fold(?!\w)|[xX×](?=\s|[.,;:)]|$)")
_TIMES = re.compile(r"[\s\-](?P<times>times)\s(?:as|more|less|higher|lower|faster|slower|larger|bigger|greater|smaller|fewer|longer|shorter|heavier|stronger|the|its|their|that|what|his|her|likelier|better|worse|taller|wider|brighter|hotter|thicker|denser|earnings|sales|profits|revenue)\b")


@functools.cache
def _needs_scale() -> frozenset[str]:
    return frozenset(
        w for e in data("money").values() for spelled in e.get("needs_scale", ()) for s in [spelled] for w in (s.split("/") if "/" in s else (s, s + "s"))
    )


def _misread(page: Passage, draft: Draft, spelled: str, apart: bool) -> bool:
    """Whether a spelling is more likely something else here: a preposition, a name, a verb."""
    text = page.text
    if spelled == "in" or spelled == "ins":
        if not apart or text[draft.end] == "-":
            return False
        before = page.last()
        if before is not None and before.unit is not None and before.unit.name == "foot" and draft.start - before.end <= 2:
            return False
        return not _INCHES_END.match(text, draft.end + 1 + len(spelled))
    if spelled in _NOT_UNITS:
        return True
    if spelled.lower() in _needs_scale():
        return not draft.scaled
    if len(spelled) == 1 and spelled in "CFKWVJA" and apart:
        following = text[draft.end + 2 : draft.end + 5]
        return following[:1] == "." and following[1:2].isalpha()
    return spelled == "K" and not apart


# ---------------------------------------------------------------------- prices
_PER_UNIT = re.compile(r"\s?/\s?|[\s\-](?:per|an?|each|every)[\s\-]")
_PER_NOUN = re.compile(r"(?:\s?/\s?|[\s\-](?P<per>per|an?|each|every)[\s\-])(?P<noun>[a-z]+(?:-[a-z]+)*(?:\s(?:officer|unit|head|ticket|person|share))?)")
_AFTER_SUM = re.compile(rf"\s?(?:\((?:US|U\.S\.)\)|US|U\.S\.|USD)(?=[\s.,;)]|$)")


def _price(text: str, draft: Draft) -> None:
    """A sum for each unit or thing ("$5 an ounce", "30 dlrs a share")."""
    end = draft.end
    if text[end : end + 1] not in ("/", " ", "-", "\n") or draft.unit is None:
        return
    joint = _PER_UNIT.match(text, end)
    if not joint:
        return
    found = match(text, joint.end())
    if found and found[0].currency is None and found[0].kind in ("quantity", "duration"):
        under, stop = found
        if text[joint.end() : stop] == "in" or is_no_rate(text, joint[0], text[joint.end() : stop], stop):
            return
        draft.unit = over(draft.unit, under.name)
        draft.end = stop
        return
    noun = _PER_NOUN.match(text, end)
    if noun and (noun["noun"] in data("nouns")["each"] or noun["per"] == "per"):
        draft.noun = f"per {noun['noun']}"


def number(start: int, end: int, low: tuple[Numeral, ...]) -> Draft:
    """A draft of a number in digits."""
    return Draft(start, end, NUMBER, low=low)
