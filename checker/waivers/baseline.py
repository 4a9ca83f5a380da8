"""A baseline: the findings that a project had when it began to look, in a file to commit, so that new ones stand out.

A finding is known by its file, its rule, and its figures' texts or its row's key; line numbers change too easily.
"""

from __future__ import annotations

import functools
import json
import pathlib
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Self

import attrs

VERSION = 1
_LARGEST = 100_000_000


class NoBaseline(Exception):
    """What is wrong with a baseline file, in one line."""


@attrs.frozen(order=True)
class Known:
    """What tells one finding from another; `key` is that of a table's row, empty for a text."""

    file: str
    rule: str
    key: str
    figures: tuple[str, ...]

    def to_dict(self, count: int) -> dict[str, Any]:
        """The finding as the file has it."""
        named = {"key": self.key} if self.key else {"figures": list(self.figures)}
        return {"file": self.file, "rule": self.rule, **named, **({"count": count} if count > 1 else {})}

    def __str__(self) -> str:
        return f"{self.file}: {self.rule}: {self.key or ', '.join(self.figures)}"


@attrs.frozen(eq=False)
class Baseline:
    """The findings known, with how often each is; files are named from the folder of `path`, with forward slashes."""

    path: pathlib.Path
    counts: Mapping[Known, int]

    @classmethod
    def read(cls, path: pathlib.Path) -> Self:
        """The baseline in a file; raises `NoBaseline`."""
        try:
            if path.stat().st_size > _LARGEST:
                raise NoBaseline(f"{path}: larger than {_LARGEST // 10**6} MB, which no baseline is")
            record = json.loads(path.read_text(encoding="utf-8-sig"))
        except FileNotFoundError:
            raise NoBaseline(f"{path}: there is no such file; --update-baseline makes it") from None
        except OSError as error:
            raise NoBaseline(f"{path}: cannot be read: {error.strerror}") from None
        except (ValueError, RecursionError):
            raise NoBaseline(f"{path}: this is no baseline: not JSON") from None
        return cls(path, _counts(path, record))

    @functools.cached_property
    def _by_file(self) -> dict[str, Counter[Known]]:
        files: dict[str, Counter[Known]] = defaultdict(Counter)
        for known, count in self.counts.items():
            files[known.file][known] = count
        return files

    def of(self, file: str) -> Counter[Known]:
        """The findings known of one file."""
        return self._by_file.get(file, Counter())

    def renewed(self, found: Mapping[Known, int], settled: Callable[[Known], bool]) -> Baseline:
        """With what was found now in place of the entries that are settled: looked for again, or of no use."""
        kept = {known: count for known, count in self.counts.items() if not settled(known)}
        return Baseline(self.path, {**kept, **found})

    def text(self) -> str:
        """The file's text: sorted, a line for each finding, so that changes to it can be read and merged."""
        entries = [json.dumps(known.to_dict(count)) for known, count in sorted(self.counts.items())]
        inside = "\n    " + ",\n    ".join(entries) + "\n  " if entries else ""
        return f'{{\n  "version": {VERSION},\n  "findings": [{inside}]\n}}\n'


def _counts(path: pathlib.Path, record: object) -> Counter[Known]:
    if not isinstance(record, dict) or not isinstance(record.get("findings"), list):
        raise NoBaseline(f"{path}: this is no baseline: it has no list of findings")
    if record.get("version") != VERSION:
        raise NoBaseline(f"{path}: this is no baseline that this figcheck reads: its version is not {VERSION}")
    counts: Counter[Known] = Counter()
    for i, entry in enumerate(record["findings"], 1):
        known = _known(entry)
        if known is None:
            raise NoBaseline(f"{path}: finding {i} is not written as file, rule, and figures or key")
        counts[known] += entry.get("count", 1)
    return counts


def _known(entry: object) -> Known | None:
    if not isinstance(entry, dict):
        return None
    file, rule, key, figures = (entry.get(name) for name in ("file", "rule", "key", "figures"))
    if not (isinstance(file, str) and isinstance(rule, str) and _is_count(entry.get("count", 1))):
        return None
    if isinstance(key, str) and key and figures is None:
        return Known(file, rule, key, ())
    if isinstance(figures, list) and key is None and all(isinstance(text, str) for text in figures):
        return Known(file, rule, "", tuple(figures))
    return None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
