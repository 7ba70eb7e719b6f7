"""The tables of the record, in the one form that SQLite and PostgreSQL share.

Rows are added and never changed (triggers see to that); only ``about``, which tells of the file itself, and what is
followed (``followed``, ``followed_as``, ``hosts``), which says what is to be done next, are written again. What can be
worked out is not stored: a version is superseded when the next one of its address was seen.
"""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator, UserDefinedType


class Utc(TypeDecorator[datetime]):
    """An instant: aware in Python, in UTC; SQLite keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; without the zone where the database has no type for it."""
        if value is None:
            return None
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """With its zone again."""
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Packed(TypeDecorator[str]):
    """A text, compressed. Reading it raises ValueError where the bytes are damaged."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """To bytes."""
        return None if value is None else zlib.compress(value.encode(), 9)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """To the text again."""
        try:
            return None if value is None else zlib.decompress(value).decode()
        except (zlib.error, TypeError) as error:
            raise ValueError(f"its text cannot be unpacked: {error}") from error


class _Held(UserDefinedType[Any]):
    """What a column that was made for JSON holds, as it is: SQLite takes bytes in any."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """As the first form of the record made it."""
        return "JSON"


class PackedJson(TypeDecorator[Any]):
    """A value as JSON, compressed with its usual keys known beforehand. Older rows hold the JSON as it is."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """In SQLite the column that was there before."""
        return dialect.type_descriptor(_Held() if dialect.name == "sqlite" else LargeBinary())

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes:
        """To bytes."""
        packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS, zdict=_KEYS)
        return _PACKED + packer.compress(json_of(value).encode()) + packer.flush()

    def process_result_value(self, value: bytes | str | None, dialect: Dialect) -> Any:
        """To the value again. Raises ValueError where the bytes are damaged."""
        if isinstance(value, bytes) and value.startswith(_PACKED):
            try:
                unpacked = zlib.decompressobj(-zlib.MAX_WBITS, zdict=_KEYS).decompress(value[1:])
            except zlib.error as error:
                raise ValueError(f"its furniture cannot be unpacked: {error}") from error
            return json.loads(unpacked)
        return None if value is None else json.loads(value)


_PACKED = b"\x01"  # JSON never begins so
_KEYS = (
    b'"byline":[{"value":"","evidence":"","agencies":[],"dateline":{"place":null,"precision":"minute","precision":"second",'
    b'"evidence":"record:published"}},"published":{"text":"","wall":"T00:00:00","instant":"+00:00","zone":"",'
    b'"headline":{"value":"","span":[0,,"language":"ar","outlet":{"value":"","evidence":"record:outlet"},'
    b'{"address":"http://www..com/https://'
    b'[{"kind":"headline","span":[0,]},{"kind":"dateline","span":[]},{"kind":"paragraph","span":[]},{"kind":"paragraph","span":['
)
"""What most of it begins with; it must stay as it is, byte for byte, for what was packed with it to be read."""


def json_of(value: Any) -> str:
    """A value as a database keeps it: Arabic as it is, which is a third of the size."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


metadata = MetaData()
_SMALL: dict[str, Any] = {"sqlite_with_rowid": False}
_Json = JSON(none_as_null=True)

about = Table("about", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

pages = Table(
    "pages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

addresses = Table(
    "addresses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False, unique=True),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("reader", String, nullable=False),
    Column("headline", Text),
    Column("outlet", Text),
    Column("outlet_words", Text, nullable=False),
    Column("published_on", Utc),
    Column("text", Packed, nullable=False),
    Column("blocks", PackedJson, nullable=False),
    Column("furniture", PackedJson, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address_id", Integer, ForeignKey("addresses.id"), nullable=False),
    Column("page_id", Integer, ForeignKey("pages.id"), nullable=False),
    Column("article_id", Integer, ForeignKey("articles.id"), nullable=False),
    Column("origin", Text, nullable=False),
    Column("content_type", String),
    Column("charset", String),
    Column("fetched", Boolean, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("added_at", Utc, nullable=False),
    UniqueConstraint("address_id", "seen_at", "page_id", name="versions_once"),
    Index("versions_article", "article_id"),
    Index("versions_page", "page_id"),
)

names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("words", Text, nullable=False),
)

attributions = Table(
    "attributions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", Integer, ForeignKey("articles.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("key", String, nullable=False),
    Column("speaker_id", Integer, ForeignKey("names.id"), nullable=False),
    Column("kind", String, nullable=False),
    Column("act", String, nullable=False),
    Column("polarity", String, nullable=False),
    Column("type", String, nullable=False),
    Column("within", Integer),
    Column("at", Utc),
    Column("said", _Json),
    Column("rule", String, nullable=False),
    Column("score", Float, nullable=False),
    UniqueConstraint("article_id", "number", name="attributions_once"),
    Index("attributions_speaker", "speaker_id", "at"),
)

places = Table(
    "places",
    metadata,
    Column("attribution_id", Integer, ForeignKey("attributions.id"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    **_SMALL,
)

links = Table(
    "links",
    metadata,
    Column("attribution_id", Integer, ForeignKey("attributions.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("name_id", Integer, ForeignKey("names.id")),
    Column("kind", String, nullable=False),
    Column("through", Text),
    Column("start", Integer),
    Column("stop", Integer),
    Column("inferred", Boolean, nullable=False),
    **_SMALL,
)

figures = Table(
    "figures",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("digits_start", Integer, nullable=False),
    Column("digits_stop", Integer, nullable=False),
    Column("value", String),
    Column("low", String),
    Column("high", String),
    Column("hedge", Text),
    Column("unit", String),
    Column("of", Text),
    Column("claimant", Integer),
    Column("as_of", _Json),
    Column("rule", String, nullable=False),
    **_SMALL,
)

doubts = Table(
    "doubts",
    metadata,
    Column("article_id", Integer, ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("what", Text, nullable=False),
    Column("rule", String, nullable=False),
    Column("start", Integer),
    Column("stop", Integer),
    **_SMALL,
)

followed = Table(
    "followed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", Text, nullable=False),
    Column("host", String, nullable=False),
    Column("root_id", Integer, ForeignKey("followed.id")),
    Column("kind", String, nullable=False),
    Column("named", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    Column("outlet", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("state", String, nullable=False),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("digest", String(64)),
    Column("mark", Text, nullable=False),
    Column("misled", Boolean, nullable=False),
    Column("step", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("said", Text, nullable=False),
    Column("found", Integer, nullable=False),
    Column("added_at", Utc, nullable=False),
    Column("tried_at", Utc),
    Column("seen_at", Utc),
    Column("changed_at", Utc),
    Column("due_at", Utc),
    Index("followed_due", "due_at"),
    Index("followed_root", "root_id"),
)

followed_as = Table(
    "followed_as",
    metadata,
    Column("key", Text, primary_key=True),
    Column("followed_id", Integer, ForeignKey("followed.id"), nullable=False),
    **_SMALL,
)

hosts = Table(
    "hosts",
    metadata,
    Column("host", String, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("held_at", Utc, nullable=False),
    Column("free_at", Utc, nullable=False),
    **_SMALL,
)
