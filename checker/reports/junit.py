"""Results as JUnit XML: a suite for each text or table, a case for each rule that spoke of it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET

from checker.model import Level
from checker.reports.results import Ending, Notice, Part, Result
from checker.reports.visible import visible

_MOST = 100
"""Of the failures of one rule in one part, so many are told in full."""
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def pieces(parts: Iterable[Part], ending: Callable[[], Ending], fails: Callable[[Level], bool]) -> Iterator[str]:
    """The document; a result that does not make the run fail is told in its case's output, which passes."""
    suites = [_suite(part, fails) for part in parts]
    errors = [notice for notice in ending().notices if notice.level == "error"]
    for file, notices in itertools.groupby(errors, lambda notice: notice.file):
        suites.append(_unusable(file or "figcheck", list(notices)))
    root = ET.Element("testsuites", {"name": "figcheck"})
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, 0)) for suite in suites)))
    root.set("time", "0")
    root.extend(suites)
    ET.indent(root)
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(part: Part, fails: Callable[[Level], bool]) -> ET.Element:
    rules = sorted({*part.judged, *part.idle, *(result.rule for result in part.results)})
    results: dict[str, list[Result]] = {rule: [] for rule in rules}
    for result in part.results:
        results[result.rule].append(result)
    cases = [_case(part, rule, results[rule], fails) for rule in rules]
    if not part.judged:
        cases.append(_named(part.name, "figures"))
        _add(cases[-1], "skipped", "nothing was checked", part.summary)
    suite = _counted(part.name, cases)
    output = ET.SubElement(suite, "system-out")
    output.text = _clean(part.summary + (f"\n{part.unlisted:,} more are not listed" if part.unlisted else ""))
    return suite


def _case(part: Part, rule: str, results: Sequence[Result], fails: Callable[[Level], bool]) -> ET.Element:
    case = _named(part.name, rule)
    told = [result for result in results if result.waived is None]
    failures = [result for result in told if fails(result.level)]
    if failures:
        _add(case, "failure", _summary(failures), _full(failures), kind=failures[0].level)
    elif results and not told:
        _add(case, "skipped", f"{len(results):,} in the baseline", _full(results))
    elif not results and rule not in part.judged:
        _add(case, "skipped", part.idle[rule])
    if remarks := [result for result in told if not fails(result.level)]:
        ET.SubElement(case, "system-out").text = _clean(_full(remarks))
    return case


def _unusable(name: str, notices: Sequence[Notice]) -> ET.Element:
    cases = []
    for notice in notices:
        cases.append(_named(name, notice.about))
        _add(cases[-1], "error", notice.text, kind=notice.about)
    return _counted(name, cases)


def _named(suite: str, rule: str) -> ET.Element:
    return ET.Element(
        "testcase", {"name": _clean(rule), "classname": _clean(suite), "file": _clean(suite), "time": "0"}
    )


def _counted(name: str, cases: Sequence[ET.Element]) -> ET.Element:
    suite = ET.Element("testsuite", {"name": _clean(name), "tests": str(len(cases))})
    for counted, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(counted, str(sum(case.find(tag) is not None for case in cases)))
    suite.set("time", "0")
    suite.extend(cases)
    return suite


def _add(case: ET.Element, tag: str, message: str, text: str = "", kind: str | None = None) -> None:
    element = ET.SubElement(case, tag, {"message": _clean(message)})
    if kind:
        element.set("type", kind)
    element.text = _clean(text) or None


def _summary(results: Sequence[Result]) -> str:
    more = f" (and {len(results) - 1:,} more)" if len(results) > 1 else ""
    return f"{results[0].place}: {visible(results[0].message)}{more}"


def _full(results: Sequence[Result]) -> str:
    told = [_block(result) for result in results[:_MOST]]
    if len(results) > _MOST:
        told.append(f"and {len(results) - _MOST:,} more")
    return "\n\n".join(told)


def _block(result: Result) -> str:
    row = "" if result.key is None else f" [{visible(result.key)}]"
    return f"{result.place}: {result.level}{row}: {result.told}"


def _clean(text: str) -> str:
    """The text without what XML 1.0 has no way to hold."""
    return _NO_XML.sub("\ufffd", "\n".join(map(visible, text.split("\n"))))
