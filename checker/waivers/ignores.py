"""`[[ignore]]` entries: findings that a project has looked at and lets pass, each with its reason."""

from __future__ import annotations

import datetime
import fnmatch
from collections.abc import Iterator

import attrs

from checker.rulebook.source import Section
from checker.waivers.globs import matches

_KEYS = ("file", "rule", "text", "key", "reason", "expires")
_NAMING = ("file", "rule", "text", "key")


@attrs.frozen(eq=False)
class Ignore:
    """One entry: which findings it lets pass, why and until when; `place` is where it stands, for messages.

    `file` and `rule` are globs, `text` is one of the finding's figures as printed, `key` the key of a table's row; what
    is None matches all. On the day of `expires` the entry still holds.
    """

    place: str
    reason: str
    file: str | None = None
    rule: str | None = None
    text: str | None = None
    key: str | None = None
    expires: datetime.date | None = None

    def expired(self, today: datetime.date) -> bool:
        """Whether its last day has passed."""
        return self.expires is not None and self.expires < today

    def about(self, file: str) -> bool:
        """Whether it can speak of a file, given from the folder of the settings."""
        return self.file is None or matches(file, self.file)

    def names(self, rule: str) -> bool:
        """Whether it can speak of a rule."""
        return self.rule is None or fnmatch.fnmatchcase(rule, self.rule)

    def covers(self, file: str, rule: str, texts: tuple[str, ...], key: str | None) -> bool:
        """Whether it lets a finding pass."""
        same = (self.text is None or self.text in texts) and (self.key is None or self.key == key)
        return same and self.names(rule) and self.about(file)


def ignores(settings: Section) -> Iterator[Ignore]:
    """The entries of a project's settings; raises `Unsound` for one that says too little or something else."""
    for entry in settings.array("ignore"):
        entry.only(_KEYS)
        named = {name: entry.optional(name) for name in _NAMING}
        if not any(named.values()):
            raise entry.wrong(f"this ignore names no {', '.join(_NAMING[:-1])} or {_NAMING[-1]}: it would match all")
        text = named["text"]
        yield Ignore(
            place=f"{entry.path}:{entry.line()}",
            reason=" ".join(entry.text("reason").split()),
            file=named["file"],
            rule=named["rule"],
            text=" ".join(text.split()) if text else None,
            key=named["key"],
            expires=_day(entry),
        )


def _day(entry: Section) -> datetime.date | None:
    """The date under "expires": TOML's own, or as a text."""
    value = entry.values.get("expires")
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    elif value is None or (isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)):
        return value
    raise entry.wrong("'expires' is a date, written 2026-01-31", "expires")
