"""Units as they are spelled in print, from the data file to a cached measure.

What stands after a number is matched once, by one pattern for every spelling and every quotient of two or three of
them; each spelling met is composed once.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

import attrs

from checker import units
from checker.figures.patterns import any_of, data, spaced
from checker.units import Measure

PREFIXES = {
    "k": "kilo", "M": "mega", "G": "giga", "T": "tera", "P": "peta", "E": "exa", "h": "hecto",
    "d": "deci", "c": "centi", "m": "milli", "µ": "micro", "n": "nano", "p": "pico",
    "f": "femto", "a": "atto", "Z": "zetta", "Y": "yotta",
}  # fmt: skip
_MICRO = ("µ", "μ", "u")
SIGNS = "".join(
    dict.fromkeys(
        sign[-1] for entry in data("money").values() for sign in entry.get("signs", ()) if not sign[-1].isalnum()
    )
)
"""What a currency's sign can end with."""
_POWER_WORDS = {"square": 2, "sq": 2, "sq.": 2, "cubic": 3, "cu": 3, "cu.": 3}
_POWER_SIGNS = {"2": 2, "²": 2, "3": 3, "³": 3, "squared": 2, "cubed": 3}


NEAR = 400
"""Characters either side in which words say which of the units of one name is meant."""


@attrs.frozen(eq=False)
class Unit:
    """A unit with what its spelling says: pint's name for it, the kind of figure it makes, and how it may be read."""

    name: str
    kind: str = "quantity"
    currency: str | None = None
    power: int = 0
    """The number counts 10**power of the unit: -2 for cents."""
    inclusive: bool = False
    below_zero: bool = False
    difference: str | None = None
    parts: tuple[tuple[str, int], ...] = ()
    also: tuple[str, ...] = ()
    """Other units of the same name."""
    also_near: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Other units of the same name where one of the words stands near."""
    instead: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The unit that this spelling is where one of the words stands near."""
    glued: bool = False
    """The spelling is read only right on the digits."""
    only_near: tuple[str, ...] = ()
    """The words of which one must stand near, where the spelling alone says too little."""
    per: str | None = None
    """The counted noun that a price is for ("share")."""

    @property
    def measure(self) -> Measure:
        """The unit as what it does."""
        return _measure(self)

    def is_like(self, other: Unit) -> bool:
        """Whether the two are spellings of one unit, so that they can end one range."""
        same = self.name == other.name and self.currency == other.currency
        return same and self.kind == other.kind and self.power == other.power

    def others(self, text: str) -> tuple[str, ...]:
        """The other units that this one can be in a text."""
        if not self.also_near:
            return self.also
        return self.also + tuple(name for name, words in self.also_near if _any_word(words).search(text))

    def meant(self, text: str) -> Unit:
        """The unit that the spelling stands for in a text ("F" beside a capacitor)."""
        for name, words in self.instead:
            if _any_word(words).search(text):
                return Unit(name)
        return self

    def stands(self, text: str, start: int, end: int) -> bool:
        """Whether what stands around its spelling lets it be read."""
        if self.glued:
            return text[start - 1 : start].isdigit()
        return not self.only_near or bool(_any_word(self.only_near).search(text[max(0, start - NEAR) : end + NEAR]))

    def differing(self) -> Unit:
        """The unit of differences between values in this one ("5C warmer")."""
        return _difference(self) if self.difference else self


@functools.cache
def _any_word(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?ai:\b{any_of(sorted(words))}\b)")


@functools.cache
def _measure(unit: Unit) -> Measure:
    if unit.currency is None:
        return units.measure(unit.name)
    if not unit.name:
        return Measure("dimensionless", units.money(unit.currency))
    divisor = units.measure(unit.name)
    return Measure(unit.name, units.money(unit.currency) * divisor.dimension, divisor.factor)


@functools.cache
def _difference(unit: Unit) -> Unit:
    return attrs.evolve(unit, name=unit.difference or unit.name, difference=None)


@functools.cache
def money(currency: str) -> Unit:
    """Whole units of a currency."""
    return Unit("", "money", currency)


@functools.cache
def hundredth(currency: str) -> Unit:
    """Hundredths of a currency's unit: cents, pence."""
    return Unit("", "money", currency, power=-2)


@functools.cache
def scaled_codes() -> dict[str, Unit]:
    """Millions and the like by the code of their currency, as accounts write them ("MUSD 40", "20 EURm")."""
    spelled = {"M{}": 6, "{}m": 6, "k{}": 3, "{}k": 3, "{}bn": 9}
    return {
        spelling.format(code): Unit("", "money", code, power)
        for code in data("money")
        for spelling, power in spelled.items()
    }


@functools.cache
def _words() -> dict[str, Unit]:
    """Spellings read in upper and lower case, in lower case, with a space for each space or hyphen."""
    found: dict[str, Unit] = {}
    for name, entry in data("units").items():
        unit = _unit(name, entry)
        for word in entry.get("words", ()):
            _add_word(found, word, unit)
            for prefix in entry.get("prefixes", "").split():
                spelled = "/".join(PREFIXES[prefix] + form for form in word.split("/"))
                _add_word(found, spelled, _prefixed(unit, prefix))
        for short in entry.get("short", ()):
            found[spaced(short).lower()] = unit
        for word in entry.get("sure", ()):
            _add_word(found, word, _sure(unit))
    return {**found, **_money_words()}


@functools.cache
def _money_words() -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for code, entry in data("money").items():
        for word in entry.get("words", ()):
            _add_word(found, word, money(code))
        for word in entry.get("hundredth", ()):
            _add_word(found, word, hundredth(code))
        for short in entry.get("short", ()):
            found[short] = money(code)
        for short in entry.get("hundredth_short", ()):
            found[short] = hundredth(code)
    return found


@functools.cache
def _symbols() -> dict[str, Unit]:
    """Spellings read exactly as they stand."""
    found: dict[str, Unit] = {}
    for name, entry in data("units").items():
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
    return found


@functools.cache
def _quotient_symbols() -> dict[str, Unit]:
    """Symbols that are read beside a stroke only: too often a letter elsewhere."""
    return {
        **{s: _unit(n, e) for n, e in data("units").items() for s in e.get("symbols", ()) if s.isalpha()},
        **{spaced(u): _unit(n, e) for n, e in data("units").items() for u in e.get("under", ())},
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
        instead=(),
    )  # fmt: skip


def _add_word(found: dict[str, Unit], word: str, unit: Unit) -> None:
    singular, stroke, plural = spaced(word).lower().partition("/")
    found[singular] = unit
    found[plural if stroke else singular + "s"] = unit


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
def _atom() -> re.Pattern[str]:
    spelled = rf"{any_of(_symbols())}|(?ai:{any_of(_words())})"
    return re.compile(rf"{_POWER_BEFORE}(?P<unit>{spelled}){_POWER_AFTER}")


@functools.cache
def _atom_of_quotient() -> re.Pattern[str]:
    return re.compile(rf"(?P<word>(?!))?(?P<unit>{any_of(_quotient_symbols())}){_POWER_AFTER}")


_LONGEST_SYMBOL = 8
"""No symbol that is read beside a stroke only is longer, with the stroke."""
_NOT_EACH = re.compile(r"\s(?:and\sa\shalf|or\s(?:so|two|more))\b")
_NOT_EACH_TIME = re.compile(
    r"\s(?:ago|before|earlier|later|after|previously|back|away|apart|off|long)\b|\s(?:on|since)(?=[,.;]|\s(?:from|the))|"
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
    found = _atom().match(text, start)
    if not found:
        found = _atom_of_quotient().match(text, start) if "/" in text[start : start + _LONGEST_SYMBOL] else None
        if not found or text[found.end() : found.end() + 1] != "/":
            return None
    end = found.end()
    pieces = [found]
    while len(pieces) < 3 and text[end : end + 1] in _BEFORE_JOINT:
        joint = _JOINT.match(text, end)
        if not joint:
            break
        under = _atom().match(text, joint.end())
        if not under and ("/" in joint[0] or text[joint.end() : joint.end() + 1].isdigit()):
            under = _atom_of_quotient().match(text, joint.end())
        if not under or is_no_rate(text, joint[0], under["unit"], under.end()):
            break
        pieces.append(under)
        end = under.end()
    unit = _composed(tuple((p["word"], p["unit"], p["sign"]) for p in pieces))
    return (unit, end) if unit.stands(text, start, end) else None


_BEFORE_JOINT = frozenset(" -/\u00a0\n")


@functools.lru_cache(maxsize=4096)
def _composed(pieces: tuple[tuple[str | None, str, str | None], ...]) -> Unit:
    """One unit for spellings with their powers: the first over the others."""
    (unit, power), *under = [(_spelled(p[1]), _power(p[0], p[2])) for p in pieces]
    if not under and power == 1:
        return unit
    name = _product((unit.name, power), *((divisor.name, -divided) for divisor, divided in under))
    return Unit(name, "money" if unit.currency else "quantity", unit.currency, unit.power, below_zero=unit.below_zero)


def _spelled(spelling: str) -> Unit:
    if spelling in _symbols():
        return _symbols()[spelling]
    plain = spaced(spelling)
    if plain in _quotient_symbols():
        return _quotient_symbols()[plain]
    return _symbols().get(plain) or _words()[plain.lower()]


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
