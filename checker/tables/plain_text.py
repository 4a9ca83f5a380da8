"""Text files as an engine can take them: UTF-8 with one kind of line end, and not compressed."""

from __future__ import annotations

import codecs
import gzip
import pathlib
import zlib
from collections.abc import Iterator

from checker.dataset import UnusableTable

_PIECE = 1 << 20
_GZIP = b"\x1f\x8b"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def plain(path: pathlib.Path, scratch: pathlib.Path) -> pathlib.Path:
    r"""The file itself, or a copy of its text as UTF-8 with \n at the end of each line, where it is anything else.

    A line of the copy is a line of the file. Raises UnusableTable for what is no text.
    """
    with path.open("rb") as stream:
        is_packed = stream.read(2) == _GZIP
    try:
        with gzip.open(path, "rb") if is_packed else path.open("rb") as stream:
            encoding = "utf-16" if stream.read(2) in _UTF16 else "utf-8-sig"
        ends = _ends(path, encoding, is_packed=is_packed)
        if not is_packed and encoding != "utf-16" and len(ends) < 2:
            return path
        copy = scratch / "text"
        with copy.open("w", encoding="utf-8", newline="") as out:
            out.writelines(_one_end(text) for text in _texts(path, encoding, is_packed=is_packed))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise UnusableTable(f"the compressed file is damaged: {error}") from None
    return copy


def _texts(path: pathlib.Path, encoding: str, *, is_packed: bool) -> Iterator[str]:
    """The text in pieces, none of which ends within a line end; raises UnusableTable for the line that is no text."""
    decoder, line, held = codecs.getincrementaldecoder(encoding)(), 1, ""
    with gzip.open(path, "rb") if is_packed else path.open("rb") as stream:
        while True:
            piece = stream.read(_PIECE)
            try:
                text = held + decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                line += _lines(held) + error.object[: error.start].count(b"\n")
                name = "UTF-16" if encoding == "utf-16" else "UTF-8"
                raise UnusableTable(f"line {line} is not {name}; save the file as UTF-8") from None
            held = "\r" if piece and text.endswith("\r") else ""
            text = text.removesuffix(held)
            if "\0" in text:
                line += _lines(text[: text.index("\0")])
                raise UnusableTable(f"line {line} holds a NUL character: the file is damaged, or no text in UTF-8")
            line += _lines(text)
            if text:
                yield text
            if not piece:
                return


def _ends(path: pathlib.Path, encoding: str, *, is_packed: bool) -> set[str]:
    """The kinds of line end in a file."""
    found = set[str]()
    for text in _texts(path, encoding, is_packed=is_packed):
        pairs = text.count("\r\n")
        counts = {"\r\n": pairs, "\n": text.count("\n") - pairs, "\r": text.count("\r") - pairs}
        found |= {end for end, count in counts.items() if count}
    return found


def _one_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(text: str) -> int:
    return text.count("\n") + text.count("\r") - text.count("\r\n")
