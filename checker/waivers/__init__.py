"""What a project lets pass, and what it says of that: `[[ignore]]` entries, and a baseline of what was there before."""

from __future__ import annotations

import datetime
import os
import pathlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from checker import config
from checker.model import Check, Report, Waiver
from checker.reports.results import Notice
from checker.waivers.baseline import Baseline, Known, NoBaseline
from checker.waivers.globs import is_glob
from checker.waivers.ignores import Ignore, ignores

__all__ = ["Baseline", "Candidate", "Ignore", "Known", "NoBaseline", "Sieve", "named_from", "sieve"]

_MOST = 10
"""So many findings that are no longer there are named."""


@attrs.frozen
class Candidate:
    """A check that may be let pass: its rule, its figures' texts, its row's key in a table; strained if not broken."""

    rule: str
    texts: tuple[str, ...]
    key: str | None = None
    broken: bool = True


def sieve(
    rules: Iterable[str],
    settings: pathlib.Path | None,
    baseline: pathlib.Path | None,
    *,
    renew: bool,
    today: datetime.date,
) -> Sieve:
    """What a project lets pass: the entries of its settings, and its baseline, which need not exist to be renewed.

    Raises `Unsound` or `NoBaseline`, each in one line.
    """
    entries = tuple(ignores(config.settings(settings))) if settings else ()
    known = None
    if baseline:
        known = Baseline(baseline, {}) if renew and not baseline.exists() else Baseline.read(baseline)
    return Sieve(frozenset(rules), today, settings, entries, known, renew)


@attrs.define
class Sieve:
    """One run's findings held against what the project lets pass; it counts what it met, for the notices at the end.

    `settings` is the file that the entries are from; `rules` are the ids judged by. `renew`: the baseline is to be
    written anew, so that all that is found becomes known.
    """

    rules: frozenset[str]
    today: datetime.date
    settings: pathlib.Path | None = None
    entries: tuple[Ignore, ...] = ()
    baseline: Baseline | None = None
    renew: bool = False
    _ignored: int = attrs.field(default=0, init=False)
    _remarked: int = attrs.field(default=0, init=False)
    _idle: list[Notice] = attrs.field(factory=list, init=False)
    """What is the matter with remarks in the texts."""
    _used: set[Ignore] = attrs.field(factory=set, init=False)
    _met: set[Ignore] = attrs.field(factory=set, init=False)
    """Entries that could speak of a file of this run."""
    _found: dict[str, Counter[Known]] = attrs.field(factory=dict, init=False)
    """What is broken and not ignored, by the file's name in the baseline."""

    @property
    def idle(self) -> bool:
        """Whether it lets everything be told, and has nothing to say at the end."""
        return not self.entries and self.baseline is None

    def sift(self, report: Report) -> Report:
        """The report, with each check that is let pass saying so."""
        self._hear(report)
        told = [c for c in report.checks if c.verdict in ("broken", "strained") and c.waived is None]
        told.sort(key=lambda c: c.claim.span)
        waivers = self.waivers(report.document.name, [_candidate(check) for check in told])
        waived = {id(check): waiver for check, waiver in zip(told, waivers, strict=True) if waiver}
        if not waived:
            return report
        checks = (attrs.evolve(c, waived=waived[id(c)]) if id(c) in waived else c for c in report.checks)
        return attrs.evolve(report, checks=tuple(checks))

    def waivers(self, file: str, candidates: Sequence[Candidate], *, more: bool = False) -> list[Waiver | None]:
        """What lets each candidate of one file pass, None for those that do not; `more`: they join those before.

        An entry comes before the baseline, which only knows what is broken; of findings that it cannot tell apart it
        lets as many pass as it knows, the first.
        """
        from_settings = named_from(self.settings, file)
        self._met.update(entry for entry in self.entries if entry.about(from_settings))
        answers = [self._ignoring(from_settings, candidate) for candidate in candidates]
        if self.baseline:
            name = named_from(self.baseline.path, file)
            left = self.baseline.of(name)
            found = self._found.setdefault(name, Counter()) if more else Counter[Known]()
            self._found[name] = found
            for i, candidate in enumerate(candidates):
                if answers[i] is None and candidate.broken:
                    key = candidate.key or ""
                    known = Known(name, candidate.rule, key, () if key else candidate.texts)
                    found[known] += 1
                    if self.renew or found[known] <= left[known]:
                        answers[i] = Waiver("baseline", f"known to {self.baseline.path.name}")
        return answers

    def concerning(self, file: str, rule: str) -> tuple[Ignore, ...]:
        """The entries in force that can speak of a rule's findings in a file."""
        name = named_from(self.settings, file)
        return tuple(e for e in self.entries if e.about(name) and e.names(rule) and not e.expired(self.today))

    def whole(self, file: str, rule: str, count: int) -> Waiver | None:
        """What lets all of a number of findings pass, whatever they are: the one entry that speaks of them at all."""
        match self.concerning(file, rule):
            case [entry] if entry.key is None and entry.text is None:
                self._used.add(entry)
                self._ignored += count
                return Waiver("ignore", entry.reason)
        return None

    def unread(self, file: str) -> None:
        """Forget what was found in a file that could not be read to its end."""
        if self.baseline:
            self._found.pop(named_from(self.baseline.path, file), None)

    def notices(self) -> Iterator[Notice]:
        """What there is to say when all inputs are through."""
        if self._ignored:
            yield Notice("note", f"{_findings(self._ignored)} ignored, as {self.settings} says")
        if self._remarked:
            yield Notice("note", f"{_findings(self._remarked)} ignored, as remarks in the text say")
        yield from self._idle
        for entry in self.entries:
            if matter := self._matter_with(entry):
                yield Notice("warning", f"{entry.place}: {matter}", "configuration")
        if self.baseline:
            yield from self._compared(self.baseline)

    def renewed(self, baseline: Baseline) -> Baseline:
        """The baseline as it now is: files that were not read keep their entries, unless there is no such file now."""
        return baseline.renewed(self._now(), lambda known: self._looked_for(known) or _gone(known, baseline))

    def _hear(self, report: Report) -> None:
        """Count what a text's own remarks let pass, and keep what is the matter with them."""
        waived = (check for check in report.checks if check.waived and check.waived.by == "remark")
        self._remarked += sum(check.verdict == "broken" for check in waived)
        document = report.document
        for remark in report.remarks:
            if remark.fault:
                line = document.text.count("\n", 0, remark.span.start) + 1
                self._idle.append(Notice("warning", f"{document.name}:{line}: {remark.fault}", "input", document.name))

    def _ignoring(self, file: str, candidate: Candidate) -> Waiver | None:
        for entry in self.entries:
            if entry.expired(self.today) or not entry.covers(file, candidate.rule, candidate.texts, candidate.key):
                continue
            self._used.add(entry)
            self._ignored += candidate.broken
            return Waiver("ignore", entry.reason)
        return None

    def _matter_with(self, entry: Ignore) -> str | None:
        """What is wrong with an entry: it has expired, or was of no use where it could have been."""
        if entry.expired(self.today):
            return f"this ignore expired on {entry.expires} ({entry.reason})"
        if not any(map(entry.names, self.rules)):
            return f"no rule of this run has an id that matches '{entry.rule}'"
        if entry.file and "/" in entry.file and not is_glob(entry.file) and not self._stands(entry.file):
            return f"there is no file '{entry.file}' ({entry.reason})"
        if entry in self._met - self._used:
            return f"this ignore matches no finding of this run ({entry.reason})"
        return None

    def _stands(self, file: str) -> bool:
        assert self.settings
        return (self.settings.parent / file).exists()

    def _compared(self, baseline: Baseline) -> Iterator[Notice]:
        before = Counter({known: count for known, count in baseline.counts.items() if self._looked_for(known)})
        now = self._now()
        new, unchanged, fixed = (now - before).total(), (now & before).total(), before - now
        counted = f"{new:,} new, {unchanged:,} unchanged, {fixed.total():,} fixed"
        yield Notice("note", f"{baseline.path}: {counted}{'; written anew' if self.renew else ''}")
        for known in sorted(fixed)[:_MOST]:
            yield Notice("note", f"fixed: {known}")
        if len(fixed) > _MOST:
            yield Notice("note", f"fixed: and {len(fixed) - _MOST:,} more")
        if fixed and not self.renew:
            yield Notice("note", "--update-baseline takes out what is fixed")

    def _now(self) -> Counter[Known]:
        return sum(self._found.values(), Counter[Known]())

    def _looked_for(self, known: Known) -> bool:
        """Whether this run would have found it again."""
        return known.rule in self.rules and known.file in self._found


def _findings(count: int) -> str:
    return f"{count:,} finding{'s' if count != 1 else ''}"


def _candidate(check: Check) -> Candidate:
    texts = tuple(" ".join(figure.text.split()) for figure in check.figures)
    return Candidate(check.rule, texts, broken=check.verdict == "broken")


def _gone(known: Known, baseline: Baseline) -> bool:
    return not (baseline.path.parent / known.file).exists()


def named_from(path: pathlib.Path | None, file: str) -> str:
    """A file's name from the folder of another, with forward slashes; what is no file keeps its name."""
    if path is None or not os.path.lexists(file):
        return file
    folder, target = path.resolve().parent, pathlib.Path(file).resolve()
    try:
        return pathlib.Path(os.path.relpath(target, folder)).as_posix()
    except ValueError:
        return target.as_posix()
