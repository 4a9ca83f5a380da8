"""The words that slips put in one another's place, from `slips.toml`."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any


@functools.cache
def words() -> Mapping[str, Any]:
    """The tables of the file, as it has them."""
    return tomllib.loads(resources.files("checker.slips").joinpath("slips.toml").read_text("utf-8"))
