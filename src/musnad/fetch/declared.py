"""What is seen from outside: that an input is an address, what a header declares a page to be, that it is too large."""

from __future__ import annotations

import re

from musnad.errors import UnreadablePage

ADDRESS = re.compile(r"[^\w/]*([A-Za-z][A-Za-z0-9+.-]*)://")  # also behind the marks that come along when it is copied
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})


def media_type(header: str | None) -> tuple[str | None, str | None]:
    """The type, in small letters and without parameters, and the charset of a Content-Type; None where not declared.

    >>> media_type("Text/HTML; Charset='windows-1256'; x=y")
    ('text/html', 'windows-1256')
    >>> media_type(None), media_type("text/html; charset=")
    ((None, None), ('text/html', None))
    """
    kind, *parameters = (header or "").split(";")
    charset = None
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and charset is None:
            charset = value.strip().strip("\"'").strip() or None
    return kind.strip().lower() or None, charset


def is_html(kind: str | None, body: bytes) -> bool:
    """Whether a body is HTML by its declared type or, where none is declared, by its first mark.

    >>> is_html("text/html", b""), is_html("application/pdf", b"<html>"), is_html(None, b" <!doctype html>")
    (True, False, True)
    """
    if kind is None:
        return body[:512].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"
    return kind in HTML_TYPES


def too_large(where: str, limit: int) -> UnreadablePage:
    """The error for a page of more than `limit` bytes, once decompressed."""
    return UnreadablePage(
        f"larger than the limit of {limit:,} bytes",
        where=where,
        advice="set MUSNAD_MAX_PAGE_BYTES to a larger number to read it",
    )
