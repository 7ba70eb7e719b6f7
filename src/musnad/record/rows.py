"""An article as rows of the record, and back: what comes out equals what went in."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from sqlalchemy import insert, select

from musnad.errors import RecordError
from musnad.model import Article, Attribution, Block, Doubt, Figure, Link, Moment, Span, Speaker, Text
from musnad.record.codec import decode, encode
from musnad.record.kinds import kind_of
from musnad.record.schema import articles, attributions, doubts, figures, links, names, places
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sqlalchemy import ColumnElement, Connection

T = TypeVar("T")
Row = dict[str, Any]
_MANY = 500  # SQLite takes no more than some thousands of parameters
_APART = ("text", "attributions", "figures", "doubts", "origin", "page_id")


def digest_of(value: Row) -> str:
    """The digest of everything that was read, an article as plain values, whatever file and page it was read from."""
    told = {key: held for key, held in value.items() if key not in ("origin", "page_id")}
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")).hexdigest()


def sortable(moment: Moment | None) -> datetime | None:
    """The instant of a moment to put it in order by; one without a zone, or coarser than an hour, counts as UTC."""
    if moment is None:
        return None
    return moment.instant or moment.wall.replace(tzinfo=UTC)


def moment_of(article: Article, one: Attribution) -> Moment | None:
    """When it was said; else the time that is printed on its entry of a live blog; else when the article was published."""
    if one.said_at:
        return one.said_at
    where = one.content or one.cue
    stamped = (block.at for block in article.blocks if block.at and where and block.span.covers(where[0]))
    return next(stamped, article.published)


def article_row(article: Article, value: Row, digest: str, reader: str) -> Row:
    """The row of ``articles``; `value` is the article as plain values."""
    furniture = {key: held for key, held in value.items() if key not in _APART}
    outlet = article.outlet.value if article.outlet else None
    host = urlsplit(article.address).hostname if article.address and "//" in article.address else None
    told = forms(outlet or "") + forms(host or "")
    return {
        "digest": digest,
        "reader": reader,
        "headline": article.headline.value if article.headline else None,
        "outlet": outlet,
        "outlet_words": f" {' '.join(told)} ",
        "published_on": sortable(article.published),
        "text": article.text.words,
        "blocks": value["text"].get("blocks", []),
        "furniture": furniture,
    }


def insert_found(connection: Connection, article_id: int, article: Article, name_id: Callable[[str], int]) -> list[int]:
    """Store attributions with their places and links, figures and doubts; the numbers of the attributions."""
    said: list[Row] = []
    where: list[Row] = []
    hops: list[Row] = []
    keys = kind_of(connection).numbers(connection, attributions, len(article.attributions))
    for number, (key, one) in enumerate(zip(keys, article.attributions, strict=True)):
        speaker = {"id": key, "speaker_id": name_id(one.speaker.name), "at": sortable(moment_of(article, one))}
        said.append(_attribution_row(article_id, number, one) | speaker)
        where += [{"attribution_id": key, **place} for place in _places(one)]
        hops += [
            {"attribution_id": key, "name_id": None if hop.name is None else name_id(hop.name), **row}
            for hop, row in zip(one.chain, _links(one.chain), strict=True)
        ]
    for table, rows in (
        (attributions, said),
        (places, where),
        (links, hops),
        (figures, [_figure_row(article_id, number, one) for number, one in enumerate(article.figures)]),
        (doubts, [_doubt_row(article_id, number, one) for number, one in enumerate(article.doubts)]),
    ):
        if rows:
            connection.execute(insert(table), rows)
    return [row["id"] for row in said]


def load_articles(connection: Connection, wanted: Iterable[int]) -> dict[int, Article]:
    """The articles with these numbers, whole but for `origin` and `page_id`, which a version knows.

    Raises RecordError when one of them is damaged.
    """
    return _by_many(connection, wanted, _load)


def load_heads(connection: Connection, wanted: Iterable[int]) -> dict[int, Article]:
    """The same with text and furniture alone: nothing of what was found in them."""
    return _by_many(connection, wanted, _load_heads)


def load_statements(connection: Connection, wanted: Iterable[int]) -> dict[int, Attribution]:
    """The attributions with these numbers. Raises RecordError when one of them is damaged."""
    return _by_many(connection, wanted, lambda link, ids: dict(_load_attributions(link, attributions.c.id.in_(ids))))


def _by_many(
    connection: Connection, wanted: Iterable[int], load: Callable[[Connection, Sequence[int]], dict[int, T]]
) -> dict[int, T]:
    out: dict[int, T] = {}
    ids = sorted(set(wanted))
    try:
        for at in range(0, len(ids), _MANY):
            out |= load(connection, ids[at : at + _MANY])
    except (ValueError, TypeError, LookupError) as error:
        advice = "`musnad verify` tells what; restore a copy, pages can be added again"
        raise RecordError(f"an article in the record is damaged: {error}", advice=advice) from error
    return out


def _load_heads(connection: Connection, ids: Sequence[int]) -> dict[int, Article]:
    out: dict[int, Article] = {}
    wanted = select(articles.c.id, articles.c.text, articles.c.blocks, articles.c.furniture)
    for number, words, blocks, furniture in connection.execute(wanted.where(articles.c.id.in_(ids))):
        whole = decode(Article, {"text": {"words": ""}, **furniture})
        out[number] = replace(whole, text=Text(words, tuple(decode(Block, block) for block in blocks)))
    return out


def _load(connection: Connection, ids: Sequence[int]) -> dict[int, Article]:
    said: dict[int, list[Attribution]] = defaultdict(list)
    owned = select(attributions.c.id, attributions.c.article_id).where(attributions.c.article_id.in_(ids))
    owner = {row.id: row.article_id for row in connection.execute(owned)}
    for number, one in _load_attributions(connection, attributions.c.article_id.in_(ids)):
        said[owner[number]].append(one)
    counted: dict[int, list[Figure]] = defaultdict(list)
    for row in connection.execute(
        select(figures).where(figures.c.article_id.in_(ids)).order_by(figures.c.article_id, figures.c.number)
    ).mappings():
        counted[row["article_id"]].append(_figure(row))
    left: dict[int, list[Doubt]] = defaultdict(list)
    for row in connection.execute(
        select(doubts).where(doubts.c.article_id.in_(ids)).order_by(doubts.c.article_id, doubts.c.number)
    ).mappings():
        left[row["article_id"]].append(Doubt(row["what"], row["rule"], _span(row["start"], row["stop"])))
    return {
        number: replace(
            head, attributions=tuple(said[number]), figures=tuple(counted[number]), doubts=tuple(left[number])
        )
        for number, head in _load_heads(connection, ids).items()
    }


def _load_attributions(connection: Connection, which: ColumnElement[bool]) -> Iterator[tuple[int, Attribution]]:
    """Attributions with their numbers, in the order of their articles."""
    mine = select(attributions.c.id).where(which)
    where: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    rows = select(places.c.attribution_id, places.c.role, places.c.start, places.c.stop)
    rows = rows.where(places.c.attribution_id.in_(mine)).order_by(places.c.attribution_id, places.c.number)
    for number, role, start, stop in connection.execute(rows):
        where[number][role].append(Span(start, stop))
    hops: dict[int, list[Link]] = defaultdict(list)
    told = select(
        links.c.attribution_id,
        names.c.name,
        links.c.kind,
        links.c.through,
        links.c.start,
        links.c.stop,
        links.c.inferred,
    )
    told = told.outerjoin(names, names.c.id == links.c.name_id).where(links.c.attribution_id.in_(mine))
    for number, name, kind, through, start, stop, inferred in connection.execute(
        told.order_by(links.c.attribution_id, links.c.number)
    ):
        hops[number].append(Link(name, kind, through, _span(start, stop), inferred))
    for row in connection.execute(
        select(attributions, names.c.name)
        .join(names, names.c.id == attributions.c.speaker_id)
        .where(which)
        .order_by(attributions.c.article_id, attributions.c.number)
    ):
        yield row.id, _attribution(row, where[row.id], hops[row.id])


def _attribution(row: Any, where: dict[str, list[Span]], hops: list[Link]) -> Attribution:
    def only(role: str) -> Span | None:
        return where[role][0] if role in where else None

    return Attribution(
        id=row.key,
        cue=tuple(where.get("cue", ())),
        source=only("source"),
        content=tuple(where.get("content", ())),
        type=row.type,
        speaker=Speaker(row.name, row.kind),
        addressee=only("addressee"),
        medium=only("medium"),
        within=row.within,
        said_at=decode(Moment, row.said) if row.said else None,
        act=row.act,
        polarity=row.polarity,
        chain=tuple(hops),
        rule=row.rule,
        score=row.score,
    )


def _attribution_row(article_id: int, number: int, one: Attribution) -> Row:
    return {
        "article_id": article_id,
        "number": number,
        "key": one.id,
        "kind": one.speaker.kind,
        "act": one.act,
        "polarity": one.polarity,
        "type": one.type,
        "within": one.within,
        "said": encode(one.said_at),
        "rule": one.rule,
        "score": one.score,
    }


def _places(one: Attribution) -> Iterable[Row]:
    single = (("source", one.source), ("addressee", one.addressee), ("medium", one.medium))
    several = (("cue", one.cue), ("content", one.content), *((role, (span,)) for role, span in single if span))
    for role, spans in several:
        for number, span in enumerate(spans):
            yield {"role": role, "number": number, "start": span.start, "stop": span.end}


def _links(chain: Sequence[Link]) -> Iterable[Row]:
    for number, hop in enumerate(chain):
        start, stop = (hop.span.start, hop.span.end) if hop.span else (None, None)
        yield {
            "number": number,
            "kind": hop.kind,
            "through": hop.through,
            "start": start,
            "stop": stop,
            "inferred": hop.inferred,
        }


def _figure_row(article_id: int, number: int, one: Figure) -> Row:
    return {
        "article_id": article_id,
        "number": number,
        "start": one.span.start,
        "stop": one.span.end,
        "digits_start": one.number.start,
        "digits_stop": one.number.end,
        "value": _exact(one.value),
        "low": _exact(one.low),
        "high": _exact(one.high),
        "hedge": one.hedge,
        "unit": one.unit,
        "of": one.of,
        "claimant": one.claimant,
        "as_of": encode(one.as_of),
        "rule": one.rule,
    }


def _figure(row: Any) -> Figure:
    return Figure(
        span=Span(row["start"], row["stop"]),
        number=Span(row["digits_start"], row["digits_stop"]),
        value=_number(row["value"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        hedge=row["hedge"],
        unit=row["unit"],
        of=row["of"],
        claimant=row["claimant"],
        as_of=decode(Moment, row["as_of"]) if row["as_of"] else None,
        rule=row["rule"],
    )


def _doubt_row(article_id: int, number: int, one: Doubt) -> Row:
    start, stop = (one.span.start, one.span.end) if one.span else (None, None)
    return {
        "article_id": article_id,
        "number": number,
        "what": one.what,
        "rule": one.rule,
        "start": start,
        "stop": stop,
    }


def _exact(value: float | None) -> str | None:
    """A number as its digits: a database's own numbers would round it, or give a whole one a fraction."""
    return None if value is None else repr(value)


def _number(digits: str | None) -> float | int | None:
    if digits is None:
        return None
    return int(digits) if digits.lstrip("-").isdigit() else float(digits)


def _span(start: int | None, stop: int | None) -> Span | None:
    return None if start is None or stop is None else Span(start, stop)
