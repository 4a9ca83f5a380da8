"""Files and standard input as text, or one line that says why not."""

from __future__ import annotations

import codecs
import math
import os
import pathlib
import re
import stat
import sys

MOST_BYTES = 32_000_000
"""The largest file read: the whole text and its figures are held in memory."""

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (DOC, XLS, PPT)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format 3\0", "an SQLite database"),
)
_ZIPPED = (
    (b"word/document.xml", "a Word document (DOCX)"),
    (b"xl/workbook.xml", "an Excel workbook (XLSX)"),
    (b"ppt/presentation.xml", "a PowerPoint presentation (PPTX)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"application/epub+zip", "an EPUB book"),
)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


class Unreadable(Exception):
    """An input that cannot be read as text: which one, where in it if that is known, and why, in one line."""

    def __init__(self, path: str, message: str, line: int | None = None) -> None:
        super().__init__(path, message, line)
        self.path = path
        self.message = message
        self.line = line

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"


def is_address(name: str) -> bool:
    """Whether a name is an address of the web."""
    return _ADDRESS.match(name) is not None


def load(path: str | os.PathLike[str]) -> tuple[str, bytes]:
    """The name for messages and the bytes of a file, or of standard input for "-"; raises Unreadable."""
    name = os.fspath(path)
    if name == "-":
        return "<stdin>", _standard_input()
    return name, _bytes(name)


def decoded(name: str, data: bytes, charset: str = "UTF-8", *, page: bool = False) -> str:
    """The text that bytes stand for, by their mark or else by a character set; raises Unreadable.

    Only a `page` may be HTML; what is of another kind is refused by its kind.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(name, f"more than {MOST_BYTES // 10**6} MB, which is not read whole: split it")
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if marked is None:
        _refuse_binary(name, data, page=page)
    encoding = marked or charset
    try:
        text = data.decode("utf-8-sig" if encoding == "UTF-8" else encoding)
    except UnicodeDecodeError as error:
        raise _undecodable(name, data, encoding, error.start) from None
    if not text:
        raise Unreadable(name, "the file is empty: nothing to check")
    if "\0" in text:
        raise Unreadable(name, f"binary data, not text (a NUL character at offset {text.index(chr(0))})")
    return text


def _standard_input() -> bytes:
    # None when the process was started without it, whatever its declared type says.
    if not sys.stdin or sys.stdin.closed:
        raise Unreadable("<stdin>", "standard input is closed")
    try:
        return sys.stdin.buffer.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable("<stdin>", f"cannot be read: {error.strerror}") from error


def _bytes(name: str) -> bytes:
    if not name:
        raise Unreadable("''", "an empty name; name a file, or - for standard input")
    try:
        with pathlib.Path(name).open("rb") as file:
            facts = os.fstat(file.fileno())
            if stat.S_ISREG(facts.st_mode) and facts.st_size > MOST_BYTES:
                raise _too_long(name, facts.st_size)
            return file.read(MOST_BYTES + 1)
    except IsADirectoryError:
        raise Unreadable(name, "a directory; name the files in it") from None
    except FileNotFoundError:
        raise Unreadable(name, "there is no such file") from None
    except PermissionError as error:
        # Windows answers so for a directory too.
        what = "a directory; name the files in it" if pathlib.Path(name).is_dir() else "no permission to read it"
        raise Unreadable(name, what) from error
    except (OSError, ValueError) as error:
        what = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise Unreadable(name, f"cannot be read: {what}") from error


def looks_like_html(data: bytes) -> bool:
    """Whether bytes begin as an HTML page does."""
    return _HTML.match(data, 0, 4096) is not None


def _undecodable(name: str, data: bytes, encoding: str, offset: int) -> Unreadable:
    what = f"byte 0x{data[offset]:02X} at offset {offset}" if offset < len(data) else "it breaks off"
    line = data.count(b"\n", 0, offset) + 1 if encoding == "UTF-8" else None
    return Unreadable(name, f"not {encoding} text ({what}); save it as UTF-8", line)


def _refuse_binary(name: str, data: bytes, *, page: bool) -> None:
    what = next((what for magic, what in _MAGIC if data.startswith(magic)), None)
    if data.startswith(b"PK\x03\x04"):
        what = next((what for inside, what in _ZIPPED if inside in data), "a ZIP archive")
    if what:
        raise Unreadable(name, f"{what}, which is not read; save its text to a file and check that")
    if not page and looks_like_html(data):
        raise Unreadable(name, "an HTML page; save it under a name that ends in .html and check that")
    if (at := data.find(b"\0")) >= 0:
        hint = "; if it is UTF-16, save it as UTF-8" if data[at + 2 : at + 3] == b"\0" else ""
        raise Unreadable(name, f"binary data, not text (a NUL byte at offset {at}){hint}")


def _too_long(name: str, size: int) -> Unreadable:
    megabytes, most = math.ceil(size / 1e5) / 10, MOST_BYTES // 10**6
    return Unreadable(name, f"{megabytes:,.10g} MB; texts over {most} MB are not read whole: split it")
