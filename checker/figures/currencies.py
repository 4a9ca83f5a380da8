"""Sums of money as they are spelled: by sign, code and word."""

from __future__ import annotations

import functools

from checker.figures.patterns import data
from checker.figures.unit import Unit, add_word

SIGNS = "".join(
    dict.fromkeys(
        sign[-1] for entry in data("money").values() for sign in entry.get("signs", ()) if not sign[-1].isalnum()
    )
)
"""What a currency's sign can end with."""


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
def money_words() -> dict[str, Unit]:
    """Words for money, in lower case."""
    found: dict[str, Unit] = {}
    for code, entry in data("money").items():
        for word in entry.get("words", ()):
            add_word(found, word, money(code))
        for word in entry.get("hundredth", ()):
            add_word(found, word, hundredth(code))
        for short in entry.get("short", ()):
            found[short] = money(code)
        for short in entry.get("hundredth_short", ()):
            found[short] = hundredth(code)
    return found
