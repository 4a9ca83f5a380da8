"""Units as they are spelled in print, from the data file to a cached measure.

What stands after a number is matched once, by one pattern for every spelling and every quotient of two or three of
them; each spelling met is composed once.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from checker import units
from checker.figures.currencies import money, money_words, scaled_codes
from checker.figures.patterns import any_of, data, spaced
from checker.figures.unit import Unit, add_word
from checker.vocabulary import Vocabulary, current

PREFIXES = {
    "k": "kilo", "M": "mega", "G": "giga", "T": "tera", "P": "peta", "E": "exa", "h": "hecto",
    "d": "deci", "c": "centi", "m": "milli", "µ": "micro", "n": "nano", "p": "pico",
    "f": "femto", "a": "atto", "Z": "zetta", "Y": "yotta",
}  # fmt: skip
_MICRO = ("µ", "μ", "u")
_POWER_WORDS = {"square": 2, "sq": 2, "sq.": 2, "cubic": 3, "cu": 3, "cu.": 3}
_POWER_SIGNS = {"2": 2, "²": 2, "3": 3, "³": 3, "squared": 2, "cubed": 3}


def _entries(own: Vocabulary) -> Iterator[tuple[str, dict[str, Any]]]:
    """What each unit is called: the units that ship, then a project's own, which go before them."""
    shipped = data("units")
    yield from shipped.items()
    for name, entry in own.entries.items():
        spelled = ("words", "short", "symbols", "glued", "sure", "under", "prefixes", "symbol_prefixes", "bare_symbols")
        what = {key: value for key, value in shipped.get(name, {}).items() if key not in spelled}
        if name not in shipped and units.measure(name).dimension == units.dimension("[time]"):
            what["kind"] = "duration"
        yield name, {**what, **entry}


def _kept(found: dict[str, Unit], own: Vocabulary) -> dict[str, Unit]:
    """The spellings but those that a project will not have."""
    out = {form for text in own.without for form in (text, f"{text}s")}
    return {text: unit for text, unit in found.items() if text not in out} if out else found


@functools.cache
def _words(own: Vocabulary) -> dict[str, Unit]:
    """Spellings read in upper and lower case, in lower case, with a space for each space or hyphen."""
    found = dict(money_words())
    for name, entry in _entries(own):
        unit = _unit(name, entry)
        for word in entry.get("words", ()):
            add_word(found, word, unit)
            for prefix in entry.get("prefixes", "").split():
                spelled = "/".join(PREFIXES[prefix] + form for form in word.split("/"))
                add_word(found, spelled, _prefixed(unit, prefix))
        for short in entry.get("short", ()):
            found[spaced(short).lower()] = unit
        for word in entry.get("sure", ()):
            add_word(found, word, _sure(unit))
    return _kept(found, own)


@functools.cache
def _symbols(own: Vocabulary) -> dict[str, Unit]:
    """Spellings read exactly as they stand."""
    found: dict[str, Unit] = {}
    for name, entry in _entries(own):
        unit = _unit(name, entry)
        for symbol in entry.get("glued", ()):
            found[symbol] = attrs.evolve(unit, glued=True)
        for symbol in entry.get("symbols", ()):
            if entry.get("bare_symbols", True):
                found[spaced(symbol)] = unit
            for prefix in entry.get("symbol_prefixes", entry.get("prefixes", "")).split():
                for sign in _MICRO if prefix == "µ" else (prefix,):
                    found.setdefault(sign + symbol, _prefixed(unit, prefix))
    found.update(scaled_codes())
    for code, entry in data("money").items():
        for sign in entry.get("signs", ()):
            if (len(sign) == 3 and sign.isalpha()) or (len(sign) == 1 and sign != "$"):
                found[sign] = money(code)
        found.update(dict.fromkeys(entry.get("after", ()), money(code)))
    return _kept(found, own)


@functools.cache
def _quotient_symbols(own: Vocabulary) -> dict[str, Unit]:
    """Symbols that are read beside a stroke only: too often a letter elsewhere."""
    return {
        **{s: _unit(n, e) for n, e in _entries(own) for s in e.get("symbols", ()) if s.isalpha()},
        **{spaced(u): _unit(n, e) for n, e in _entries(own) for u in e.get("under", ())},
        "d": Unit("day", "duration"),
        "a": Unit("year", "duration"),
        "yr": Unit("year", "duration"),
        "sec": Unit("second", "duration"),
    }


def _unit(name: str, entry: dict[str, object]) -> Unit:
    parts = entry.get("parts", {})
    near = entry.get("also_near", {})
    instead = entry.get("instead_near", {})
    assert isinstance(parts, dict)
    assert isinstance(near, dict)
    assert isinstance(instead, dict)
    return Unit(
        name,
        kind=str(entry.get("kind", "quantity")),
        inclusive=bool(entry.get("inclusive", False)),
        below_zero=bool(entry.get("below_zero", False)),
        difference=str(entry["difference"]) if "difference" in entry else None,
        parts=tuple(parts.items()),
        also=tuple(_strings(entry.get("also", ()))),
        only_near=tuple(_strings(entry.get("only_near", ()))),
        instead=tuple((other, tuple(_strings(words))) for other, words in instead.items()),
        also_near=tuple((other, tuple(_strings(words))) for other, words in near.items()),
    )


def _strings(found: object) -> Iterable[str]:
    assert isinstance(found, (list, tuple))
    return found


def _sure(unit: Unit) -> Unit:
    return attrs.evolve(unit, also=(), also_near=())


def _prefixed(unit: Unit, prefix: str) -> Unit:
    return attrs.evolve(
        unit, name=PREFIXES[prefix] + unit.name, parts=(), inclusive=False, difference=None, also=(), also_near=(),
        instead=(), only_near=(),
    )  # fmt: skip


def over(unit: Unit | None, name: str) -> Unit:
    """A unit, or a plain number, for each of another ("10 a day")."""
    return _over(unit, name)


@functools.cache
def _over(unit: Unit | None, name: str) -> Unit:
    if unit is None:
        return Unit(_product((name, -1)))
    kind = "money" if unit.currency else "quantity"
    quotient = _product((unit.name, 1), (name, -1))
    return Unit(quotient, kind, unit.currency, unit.power, below_zero=unit.below_zero)


# ---------------------------------------------------------------------- matching
_POWER_BEFORE = r"(?:(?P<word>square|sq\.?|cubic|cu\.?)[\s\-])?"
_POWER_AFTER = r"(?:(?:\^|\s(?=squared|cubed))?(?P<sign>[23²³]|squared|cubed))?(?![\w²³]|\.[a-z]\.|·\w)"
_JOINT = re.compile(r"\s?/\s?|[\s\-]per[\s\-](?:each\s)?|[\s\-]an?[\s\-]|\s(?:each|every)\s")


@functools.cache
def _atom(own: Vocabulary) -> re.Pattern[str]:
    spelled = rf"{any_of(_symbols(own))}|(?ai:{any_of(_words(own))})"
    return re.compile(rf"{_POWER_BEFORE}(?P<unit>{spelled}){_POWER_AFTER}")


@functools.cache
def _atom_of_quotient(own: Vocabulary) -> re.Pattern[str]:
    return re.compile(rf"(?P<word>(?!))?(?P<unit>{any_of(_quotient_symbols(own))}){_POWER_AFTER}")


_LONGEST_SYMBOL = 8
"""No symbol that is read beside a stroke only is longer, with the stroke."""
_NOT_EACH = re.compile(r"\s(?:and\sa\shalf|or\s(?:so|two|more))\b")
_NOT_EACH_TIME = re.compile(
    r"\s(?:ago|before|earlier|later|after|previously|back|away|apart|off|long)\b|\s(?:on|since)(?=[,.;]|\sfrom)|"
    r"\sfrom\s(?:now|today|then|when|the)\b"
)
_NOT_EACH_LENGTH = re.compile(
    r"\s(?:away|apart|from|off|long|wide|high|deep|tall|thick|across|before|after|back|down|up)\b"
)
_TIMES = frozenset("second minute hour day week month year decade".split())
_LENGTHS = frozenset("inch foot yard mile metre meter kilometre kilometer".split())
_NO_SECOND = re.compile(
    r"\s+(?!(?:and|or|but|in|at|on|for|to|from|with|by|as|when|while|after|before|during|since|until|over|under|more|"
    r"less|faster|slower|if|than|because|where|which|that|is|was|are|were)\b)[a-z]"
)


def is_no_rate(text: str, joint: str, under: str, end: int) -> bool:
    """Whether "a year" goes with what follows ("a year ago", "a second time") and divides nothing."""
    if "a" not in joint:
        return False
    spelled = under.lower()
    own = _NOT_EACH_TIME if spelled in _TIMES else _NOT_EACH_LENGTH if spelled in _LENGTHS else _NOT_EACH
    if own.match(text, end) or _NOT_EACH.match(text, end):
        return True
    return spelled == "second" and bool(_NO_SECOND.match(text, end))


def match(text: str, start: int) -> tuple[Unit, int] | None:
    """The unit that is spelled at a place of the text, and where it ends; the longest spelling wins."""
    own = current()
    atom = _atom(own)
    found = atom.match(text, start)
    if not found:
        found = _atom_of_quotient(own).match(text, start) if "/" in text[start : start + _LONGEST_SYMBOL] else None
        if not found or text[found.end() : found.end() + 1] != "/":
            return None
    end = found.end()
    pieces = [found]
    while len(pieces) < 3 and text[end : end + 1] in _BEFORE_JOINT:
        joint = _JOINT.match(text, end)
        if not joint:
            break
        under = atom.match(text, joint.end())
        if not under and ("/" in joint[0] or text[joint.end() : joint.end() + 1].isdigit()):
            under = _atom_of_quotient(own).match(text, joint.end())
        if not under or is_no_rate(text, joint[0], under["unit"], under.end()):
            break
        pieces.append(under)
        end = under.end()
    unit = _composed(own, tuple((p["word"], p["unit"], p["sign"]) for p in pieces))
    return (unit, end) if unit.stands(text, start, end) else None


_SCALED = re.compile(r"(?P<scale>thousand|1,?000|million)[\s\-](?:of\s)?")
_SCALES = {"million": "mega", "thousand": "kilo"}


def divisor(text: str, start: int) -> tuple[Unit, int] | None:
    """The unit that something is for each of, with what multiplies it ("a million British thermal units")."""
    scale = _SCALED.match(text, start)
    found = match(text, scale.end() if scale else start)
    if not found or not scale:
        return found
    word = "million" if scale["scale"] == "million" else "thousand"
    cubic = _CUBIC.get(found[0].name)
    if not cubic and not (found[0].name.isidentifier() and found[0].kind == "quantity"):
        return None
    name = f"{word}_{cubic}" if cubic else _SCALES[word] + found[0].name
    return attrs.evolve(found[0], name=name, also=(), also_near=(), parts=()), found[1]


_CUBIC = {"foot ** 3": "cubic_feet", "meter ** 3": "cubic_meters"}
_BEFORE_JOINT = frozenset(" -/\u00a0\n")


@functools.lru_cache(maxsize=4096)
def _composed(own: Vocabulary, pieces: tuple[tuple[str | None, str, str | None], ...]) -> Unit:
    """One unit for spellings with their powers: the first over the others."""
    (unit, power), *under = [(_spelled(own, p[1]), _power(p[0], p[2])) for p in pieces]
    if not under and power == 1:
        return unit
    name = _product((unit.name, power), *((divisor.name, -divided) for divisor, divided in under))
    return Unit(name, "money" if unit.currency else "quantity", unit.currency, unit.power, below_zero=unit.below_zero)


def _spelled(own: Vocabulary, spelling: str) -> Unit:
    if spelling in _symbols(own):
        return _symbols(own)[spelling]
    plain = spaced(spelling)
    if plain in _quotient_symbols(own):
        return _quotient_symbols(own)[plain]
    return _symbols(own).get(plain) or _words(own)[plain.lower()]


def _power(word: str | None, sign: str | None) -> int:
    return _POWER_WORDS[word.lower()] if word else _POWER_SIGNS[sign] if sign else 1


_FACTOR = re.compile(r"(?P<sign>[*/]?)\s*(?P<name>[^\W\d]\w*)(?:\s\*\*\s(?P<power>[0-9]+))?")


def _product(*factors: tuple[str, int]) -> str:
    """The product of units to powers as pint has it ("meter / second ** 2"); nothing for nothing."""
    powers: dict[str, int] = {}
    for name, power in factors:
        for part in _FACTOR.finditer(name):
            own = int(part["power"] or 1) * (-power if part["sign"] == "/" else power)
            powers[part["name"]] = powers.get(part["name"], 0) + own
    above = " * ".join(_raised(name, power) for name, power in powers.items() if power > 0)
    below = "".join(f" / {_raised(name, -power)}" for name, power in powers.items() if power < 0)
    return f"{above or 1}{below}" if above or below else ""


def _raised(name: str, power: int) -> str:
    return name if power == 1 else f"{name} ** {power}"
