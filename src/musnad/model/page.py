"""Page: what was fetched, before anything is read from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of a page, where they come from and when they were fetched; a changed page is a new Page.

    `origin` names the file, the WARC file and offset (``news.warc.gz@1024``), ``-`` for standard input, or the address.
    `charset` is what the server declared, if it did: a witness, not the truth. `content_type` likewise. Raises ValueError
    when `fetched_at` carries no time zone.
    """

    body: bytes
    origin: str
    address: str | None = None
    fetched_at: datetime | None = None
    content_type: str | None = None
    charset: str | None = None

    def __post_init__(self) -> None:
        if self.fetched_at is not None and self.fetched_at.tzinfo is None:
            raise ValueError(f"{self.origin}: fetched_at must carry a time zone")

    @property
    def id(self) -> str:
        """The digest of the body: 64 hexadecimal digits of SHA-256; the same bytes always have the same id."""
        return hashlib.sha256(self.body).hexdigest()
