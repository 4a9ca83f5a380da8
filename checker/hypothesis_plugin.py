"""What Hypothesis calls when it is imported: from then on `st.from_type` knows fields with units, and figures.

Nothing heavy is imported here, for every user of Hypothesis who has figcheck installed pays for it.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


def register() -> None:
    """Offer strategies for the types of modules of ours that someone has imported.

    Hypothesis asks the resolver of a module only once that module is there, by a table that it keeps for the libraries
    that it knows itself; without that table, `instances` still does the same by hand.
    """
    from hypothesis.strategies._internal import types

    resolvers = getattr(types, "_global_extra_lookup", None)
    if isinstance(resolvers, dict):
        resolvers["checker.annotation"] = _with_units
        resolvers["checker.model"] = _of_ours


def _with_units(thing: Any) -> SearchStrategy[Any] | None:
    """Numbers for a type annotated with a unit, plausible instances for a class with such fields."""
    from checker.annotation import fields_of, unit_of

    unit = unit_of(thing)
    if unit is not None:
        from checker.strategies.instances import amounts

        return amounts(unit, whole=thing.__origin__ is int)
    if isinstance(thing, type) and fields_of(thing):
        from checker.strategies.instances import instances

        return instances(thing)
    return None


def _of_ours(thing: Any) -> SearchStrategy[Any] | None:
    if thing is not sys.modules["checker.model"].Figure:
        return None
    from checker.strategies import figures

    return figures()
