"""A version as a line of JSON that has all of it, and back; and the JSON Schema of such a line."""

from __future__ import annotations

import base64
import binascii
import json
import types
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from musnad.errors import BadRecord
from musnad.model import Article, Span
from musnad.publish.answers import instant
from musnad.record.codec import encode
from musnad.record.kept import Kept
from musnad.record.strict import article_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = 1
"""Of data sets that can be imported. A greater one is of a newer musnad, and is refused."""

_ARTICLE: dict[str, tuple[type, bool]] = {"id": (int, True), "digest": (str, True), "reader": (str, True)}
_VERSION: dict[str, tuple[type, bool]] = {
    "number": (int, True),
    "address": (str, True),
    "origin": (str, True),
    "content_type": (str, False),
    "charset": (str, False),
    "fetched": (bool, True),
}
_ABOUT = {
    "form": f"The form of this line: {FORM}.",
    "kind": "version: a state of an address, with its page and its article.",
    "number": "Which version of its address it is, from 1.",
    "address": "The page.",
    "origin": "The file, the place in an archive, or the address that it came from.",
    "content_type": "As the server said.",
    "charset": "As the server said.",
    "fetched": "Whether something says when it was fetched; else it was seen when it was added.",
    "seen_at": "From when on the record knows it, in UTC.",
    "added_at": "When it was added to the first record that had it, in UTC.",
    "superseded_at": "When the next version of the address was seen; null while it stands.",
    "page": "The bytes of the page: their SHA-256, how many, and the bytes compressed by zlib, in base 64.",
    "article": "What was read; several versions of an address that share an article tell it each.",
    "read": "The article with everything found in it; every place is a pair [start, end) of code points of text.words.",
    "first_seen_at": "When the first version that has this article was seen.",
    "reader": "Which musnad read it.",
    "digest": "A SHA-256: of the bytes of a page, or of all that was read of an article.",
    "id": "The number of the article in the record that this was exported from.",
    "size": "How many bytes the page has.",
    "body": "The bytes.",
}


def line_of(one: Kept) -> str:
    """The version as a line of JSON, its end included; the same version always gives the same line."""
    assert one.body is not None
    value: dict[str, Any] = {"form": FORM, "kind": "version"}
    value |= {name: getattr(one, name) for name in _VERSION}
    for name in ("seen_at", "added_at", "superseded_at"):
        moment = getattr(one, name)
        value[name] = instant(moment) if moment else None
    body = base64.b64encode(one.body).decode()
    value["page"] = {"digest": one.page_digest, "size": one.page_size, "body": body}
    value["article"] = {
        "id": one.article_id,
        "digest": one.article_digest,
        "reader": one.reader,
        "first_seen_at": instant(one.article_seen_at),
        "read": _all_fields(one.article),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def version_of(value: Mapping[str, Any], where: str) -> Kept:
    """The version that a line tells, its types checked, its digests not yet. Raises BadRecord where it is none."""
    try:
        page, article = _object(value, "page"), _object(value, "article")
        told = _told(value, _VERSION) | {
            "seen_at": moment_of(value, "seen_at"),
            "added_at": moment_of(value, "added_at"),
        }
        facts = _told(article, _ARTICLE)
        held = _told(page, {"digest": (str, True), "size": (int, True), "body": (str, True)})
        return Kept(
            **told,
            superseded_at=None,
            page_digest=held["digest"],
            page_size=held["size"],
            body=base64.b64decode(held["body"], validate=True),
            article_id=facts["id"],
            article_digest=facts["digest"],
            reader=facts["reader"],
            article_seen_at=moment_of(article, "first_seen_at"),
            article=article_of(article.get("read")),
        )
    except (ValueError, binascii.Error) as error:
        raise BadRecord(str(error), where=where, advice="the rest is taken; correct it or leave it out") from error


def moment_of(value: Mapping[str, Any], name: str) -> datetime:
    """The moment in a cell, in UTC. Raises ValueError where there is none, or one without a zone."""
    held = value.get(name)
    try:
        moment = held if isinstance(held, datetime) else datetime.fromisoformat(cast("str", held))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    raise ValueError(f"{name}: {str(held)[:40]!r} is no moment with its zone in ISO 8601")


def cells(value: Mapping[str, Any], wanted: Mapping[str, tuple[type, bool]]) -> dict[str, Any]:
    """The cells that are wanted, each of its type, or None where it may be. Raises ValueError."""
    return _told(value, wanted)


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a line."""
    definitions: dict[str, Any] = {}
    moment = {"type": "string", "format": "date-time"}
    page = {"digest": _DIGEST, "size": {"type": "integer", "minimum": 0}, "body": _BODY}
    article = {
        "id": {"type": "integer"},
        "digest": _DIGEST,
        "reader": {"type": "string"},
        "first_seen_at": moment,
        "read": _schema_of(Article, definitions),
    }
    version: dict[str, Any] = {"form": {"const": FORM}, "kind": {"const": "version"}}
    version |= {name: _optional(_NAMES[kind], needed) for name, (kind, needed) in _VERSION.items()}
    version |= {"seen_at": moment, "added_at": moment, "superseded_at": {"anyOf": [moment, {"type": "null"}]}}
    version |= {"page": _object_of(page), "article": _object_of(article)}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of a musnad data set",
        **_object_of(version),
        "$defs": definitions,
    }


_NAMES: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", datetime: "string"}
_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_BODY = {"type": "string", "contentEncoding": "base64"}


def _optional(name: str, needed: bool) -> dict[str, Any]:
    return {"type": name if needed else [name, "null"]}


def _object_of(properties: dict[str, Any]) -> dict[str, Any]:
    told = {
        name: {**held, "description": _ABOUT[name]} if name in _ABOUT else held for name, held in properties.items()
    }
    return {"type": "object", "required": list(properties), "properties": told}


def _schema_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Span:
        pair = {"type": "integer", "minimum": 0}
        return {"type": "array", "items": pair, "minItems": 2, "maxItems": 2}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_schema_of(one, definitions) for one in inner]}
    if origin is tuple:
        return {"type": "array", "items": _schema_of(inner[0], definitions)}
    if origin is Literal:
        return {"enum": list(inner)}
    if is_dataclass(kind):
        name = cast("type", kind).__name__
        if name not in definitions:
            definitions[name] = {}
            hints = get_type_hints(cast("type", kind))
            definitions[name] = {
                "type": "object",
                "description": " ".join((kind.__doc__ or "").split("\n\n")[0].split()),
                "required": [field.name for field in fields(kind) if field.default is MISSING],
                "properties": {field.name: _schema_of(hints[field.name], definitions) for field in fields(kind)},
                "additionalProperties": False,
            }
        return {"$ref": f"#/$defs/{name}"}
    return {"type": "null"} if kind is types.NoneType else {"type": _NAMES[kind]}


def _all_fields(value: Any) -> Any:
    """As the codec of the record, with the fields that are at their default: nobody has to know what those are."""
    if isinstance(value, tuple):
        return [_all_fields(item) for item in value]
    if is_dataclass(value) and not isinstance(value, Span):
        left = ("origin", "page_id") if isinstance(value, Article) else ()
        return {
            field.name: _all_fields(getattr(value, field.name)) for field in fields(value) if field.name not in left
        }
    return encode(value)


def _object(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    held = value.get(name)
    if not isinstance(held, dict):
        raise ValueError(f"{name}: there is no such object")
    return held


def _told(value: Mapping[str, Any], wanted: Mapping[str, tuple[type, bool]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, (kind, needed) in wanted.items():
        held = value.get(name)
        if (held is None and needed) or (held is not None and type(held) is not kind):
            raise ValueError(f"{name}: {str(held)[:40]!r} is no {kind.__name__}")
        if isinstance(held, str) and not held.isascii():
            held.encode()  # half of a character is no character
        out[name] = held
    return out
