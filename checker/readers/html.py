"""HTML pages as the text of their article, with the headline and the date that the page gives.

What is the article, and what navigation, advertisement or comment, is trafilatura's to say. What it would merge into
false figures is mended in the page before: raised digits ("10<sup>6</sup>"), marks of footnotes, what is struck out.
"""

from __future__ import annotations

import codecs
import datetime
import logging
import re
from collections.abc import Iterator
from typing import Any

import attrs

from checker.model import Span
from checker.readers.files import Unreadable
from checker.readers.text import HIDDEN

SUFFIXES = frozenset({".html", ".htm", ".xhtml"})
KINDS = frozenset({"text/html", "application/xhtml+xml"})
"""What servers call a page."""

_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,400}?\bcharset|\?xml\b[^>]{0,200}?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN = 4096
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
"""What browsers take a declared character set to mean (WHATWG, Encoding Standard): by Python's names for it."""

_LEFT_OUT = "//del|//s|//strike|//nav|//template|//*[@role='navigation']"
_RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_EXPONENT = re.compile(r"[+\-−]?\d{1,3}")
_BASE = re.compile(r"(?:(?<![\d.,])10|(?<![^\W\d_])[^\W\d_]{1,3})\Z")
"""Before a raised number that is an exponent: ten, or the sign of a unit; after a word or a number it is a footnote."""

_RULE_OF_TABLE = re.compile(r"[|\s:-]*\Z")
_WORD = re.compile(r"\w+")

for _name in ("trafilatura", "htmldate", "courlan", "justext"):
    # What they find to say of a page is for their developers; without a handler Python would print it.
    logging.getLogger(_name).addHandler(logging.NullHandler())


@attrs.frozen
class Page:
    """The text of a page's article, a paragraph apart from the next by an empty line; its headline and its date."""

    text: str
    headline: Span | None
    date: datetime.date | None


def charset_of(name: str, data: bytes, told: str | None = None) -> str:
    """The character set of a page: as its server told, else as it declares, else UTF-8; raises Unreadable."""
    declared = _DECLARED.search(data, 0, _DECLARED_WITHIN)
    said = told or (declared[1].decode("ascii") if declared else "UTF-8")
    try:
        known = codecs.lookup(said).name
        b"    ".decode(known, "replace")  # refuses what is a codec of Python's and no character set
    except (LookupError, ValueError):
        raise Unreadable(name, f"the page is said to be in '{said}', a character set that is not known") from None
    meant = _MEANT.get(known, known)
    return "UTF-8" if meant == "utf-8" else meant


def read_html(name: str, source: str, address: str | None = None) -> Page:
    """The article of a page; raises Unreadable where it has none, or where trafilatura is not installed."""
    try:
        import lxml.html
        import trafilatura
    except ImportError as error:
        lacking = (error.name or "a library of trafilatura's").removesuffix(".html")
        raise Unreadable(name, f"HTML needs {lacking}, which is not installed: pip install 'figcheck[html]'") from None

    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(source.encode("utf-8"), parser=parser)
    except lxml.etree.ParserError:
        raise _empty(name) from None
    _mend(tree)
    found: Any = trafilatura.bare_extraction(
        tree,
        url=address,
        include_comments=False,
        with_metadata=True,
        # A date guessed from the text or from a copyright line would be held against its weekdays.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    lines = list(_lines(found.text or "")) if found is not None else []
    if not lines:
        raise _empty(name)
    headline = None
    title = " ".join((found.title or "").split())
    if title:
        if not _same(title, lines[0]):
            lines.insert(0, title)
        headline = Span(0, len(lines[0])) if len(lines) > 1 else None
    return Page("\n\n".join(lines), headline, _date(found.date))


def _empty(name: str) -> Unreadable:
    return Unreadable(name, "no text of an article is found in the page: nothing to check")


def _mend(tree: Any) -> None:
    """Take out of a page what its reader does not take for text, and write raised digits as characters."""
    for element in tree.xpath(_LEFT_OUT):
        _drop(element, "")
    for element in tree.xpath("//sup"):
        raised = "".join(element.itertext()).strip()
        if _EXPONENT.fullmatch(raised) and element.find(".//a") is None and _BASE.search(_before(element)):
            _drop(element, raised.translate(_RAISED))
        elif element.find(".//a") is not None or re.fullmatch(r"[\W\d]*", raised):
            _drop(element, "")
    for element in tree.xpath("//code|//kbd|//samp"):
        _drop(element, HIDDEN)


def _before(element: Any) -> str:
    """The text right before an element, as far as it stands in the same parent."""
    previous = element.getprevious()
    if previous is None:
        return element.getparent().text or ""
    return previous.tail or "".join(previous.itertext())


def _drop(element: Any, instead: str) -> None:
    """Put some text in the place of an element."""
    parent, tail = element.getparent(), instead + (element.tail or "")
    if parent is None:
        return
    previous = element.getprevious()
    if previous is None:
        parent.text = (parent.text or "") + tail
    else:
        previous.tail = (previous.tail or "") + tail
    element.tail = None
    parent.remove(element)


def _lines(text: str) -> Iterator[str]:
    """The paragraphs, items of lists and rows of tables, without the marks that trafilatura puts around them."""
    for line in text.splitlines():
        bare = " ".join(line.split())
        if _RULE_OF_TABLE.match(bare):
            continue
        yield bare.strip("| ") if bare.startswith("|") else bare.removeprefix("- ")


def _same(title: str, line: str) -> bool:
    """Whether a line says what the title does, which may have the site's name beside it."""
    one, other = (" ".join(_WORD.findall(text.casefold())) for text in (title, line))
    return one == other or (len(other) >= len(one) // 2 and one.startswith(f"{other} "))


def _date(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None
