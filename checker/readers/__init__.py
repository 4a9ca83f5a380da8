"""What a text, a file, a web page or standard input says, as a document: its prose, paragraphs, headline and date."""

from __future__ import annotations

import datetime
import os
import pathlib

import attrs

from checker.model import Document
from checker.readers import html as pages
from checker.readers.files import Unreadable, decoded, is_address, load, looks_like_html
from checker.readers.prose import read_text
from checker.readers.records import read_record

__all__ = ["TEXT_SUFFIXES", "Unreadable", "is_address", "read_file", "read_record", "read_text"]

_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
TEXT_SUFFIXES = frozenset({".txt", ".text"}) | _MARKDOWN_SUFFIXES | pages.SUFFIXES
"""How the names of files end that are texts wherever they are found."""


def read_file(path: str | os.PathLike[str], *, published: datetime.date | None = None) -> Document:
    """The document of a file, of a web address, or of standard input for "-"; raises Unreadable.

    A name that ends in .html, .htm or .xhtml is read as HTML, in .md or .markdown as Markdown, any other as plain text;
    what a server sends, as what the server calls it.
    """
    name = os.fspath(path)
    if is_address(name):
        return _read_address(name, published)
    name, data = load(path)
    suffix = pathlib.PurePath(name).suffix.lower()
    if suffix in pages.SUFFIXES:
        return _read_page(name, data, published)
    return read_text(decoded(name, data), name=name, published=published, markdown=suffix in _MARKDOWN_SUFFIXES)


def _read_address(name: str, published: datetime.date | None) -> Document:
    # Here, because what speaks to servers takes longer to import than all the rest of the readers.
    from checker.readers import addresses

    answer = addresses.fetch(name)
    if answer.kind in pages.KINDS or (not answer.kind and looks_like_html(answer.data)):
        return _read_page(name, answer.data, published, answer.charset, answer.address)
    text = decoded(name, answer.data, pages.charset_of(name, b"", answer.charset), page=True)
    if answer.kind and not answer.kind.startswith("text/"):
        raise Unreadable(name, f"the server calls it {answer.kind}, which is not read")
    return read_text(text, name=name, published=published, markdown=answer.kind == "text/markdown")


def _read_page(
    name: str, data: bytes, published: datetime.date | None, charset: str | None = None, address: str | None = None
) -> Document:
    """The document of a page, whose text is its article's."""
    source = decoded(name, data, pages.charset_of(name, data, charset), page=True)
    page = pages.read_html(name, source, address)
    document = read_text(page.text, name=name, published=published or page.date)
    return attrs.evolve(document, headline=page.headline) if page.headline else document
