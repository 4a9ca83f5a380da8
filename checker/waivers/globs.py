"""File globs, as a project writes them: `*` and `?` within a folder, `**` across folders, all else as it stands."""

from __future__ import annotations

import functools
import re

_WILD = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_PARTS = re.compile(r"(\*\*/|\*\*|\*|\?)")


def matches(path: str, glob: str) -> bool:
    """Whether a path with forward slashes matches; a glob without a slash is about the file's name alone."""
    return _compiled(glob).fullmatch(path if "/" in glob else path.rsplit("/", 1)[-1]) is not None


def is_glob(text: str) -> bool:
    """Whether the text can match more than one path in a folder."""
    return "*" in text or "?" in text


@functools.lru_cache(maxsize=1024)
def _compiled(glob: str) -> re.Pattern[str]:
    parts = _PARTS.split(glob.removeprefix("./"))
    return re.compile("".join(_WILD.get(part, re.escape(part)) for part in parts), re.DOTALL)
