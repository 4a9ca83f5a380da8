"""Pages and texts of the web, fetched whole, or one line that says why not."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any

import attrs

from checker.readers.files import MOST_BYTES, Unreadable

PATIENCE = 30.0
"""Seconds within which all of an answer must have come."""

_PIECE = 2**16
_KEPT = "%/:=&?~#+!$,;'@()*[]"
"""What stands for itself in an address, beside letters and digits."""

_HANDLERS = (
    urllib.request.ProxyHandler,
    urllib.request.HTTPHandler,
    urllib.request.HTTPSHandler,
    urllib.request.HTTPDefaultErrorHandler,
    urllib.request.HTTPRedirectHandler,
    urllib.request.HTTPErrorProcessor,
    urllib.request.UnknownHandler,
)
"""Without those for files and FTP, which a server could redirect to."""


@attrs.frozen
class Answer:
    """What a server sent: the bytes, what it calls them ("text/html"; "" if it does not say), its character set."""

    data: bytes
    kind: str
    charset: str | None
    address: str


def fetch(name: str, patience: float = PATIENCE) -> Answer:
    """What stands at an address, redirections followed; raises Unreadable."""
    opener = urllib.request.OpenerDirector()
    for handler in _HANDLERS:
        opener.add_handler(handler())
    try:
        request = urllib.request.Request(  # noqa: S310 - the opener knows no other schemes than http and https
            _spelled(name), headers={"User-Agent": "figcheck", "Accept": "text/html, text/plain;q=0.9, */*;q=0.5"}
        )
        with opener.open(request, timeout=patience) as answer:
            data = _all_of(name, answer, time.monotonic() + patience)
            headers = answer.headers
            kind = headers.get_content_type() if "Content-Type" in headers else ""
            return Answer(data, kind, headers.get_content_charset(), answer.url)
    except urllib.error.HTTPError as error:
        error.close()
        # Of a circle of redirections, Python's library says so in several lines.
        reason = str(error.reason).partition("\n")[0]
        raise Unreadable(name, f"the server answers {error.code} {reason}".rstrip()) from None
    except TimeoutError:
        raise _late(name, patience) from None
    except urllib.error.URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _late(name, patience) from None
        raise Unreadable(name, f"cannot be reached: {_told(error.reason)}") from None
    except (ValueError, http.client.InvalidURL) as error:
        raise Unreadable(name, f"no web address: {_told(error)}") from None
    except (OSError, http.client.HTTPException) as error:
        raise Unreadable(name, f"the answer breaks off: {_told(error) or type(error).__name__}") from None


def _spelled(name: str) -> str:
    """An address as servers take it: ASCII, without the fragment."""
    parts = urllib.parse.urlsplit(name)
    place = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    path, query = (urllib.parse.quote(part, safe=_KEPT) for part in (parts.path, parts.query))
    return urllib.parse.urlunsplit((parts.scheme.lower(), place, path, query, ""))


def _all_of(name: str, answer: http.client.HTTPResponse, until: float) -> bytes:
    pieces: list[bytes] = []
    length = 0
    while piece := answer.read1(_PIECE):
        pieces.append(piece)
        length += len(piece)
        if length > MOST_BYTES:
            raise Unreadable(name, f"more than {MOST_BYTES // 10**6} MB, which is not read whole")
        if time.monotonic() > until:
            raise TimeoutError
    if missing := answer.length:
        raise http.client.IncompleteRead(b"".join(pieces), missing)
    return b"".join(pieces)


def _late(name: str, patience: float) -> Unreadable:
    return Unreadable(name, f"no whole answer within {patience:g} seconds")


def _told(reason: Any) -> str:
    """The reason of a failure in one line."""
    text = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    return " ".join(text.split())
