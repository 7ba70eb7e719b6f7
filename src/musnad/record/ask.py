"""Questions to the record: what was said with these words, and by whom."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, func, select, tuple_

from musnad.errors import UsageError
from musnad.model import Span
from musnad.record import corrections
from musnad.record import query as asked
from musnad.record.identified import identified, known_speaker, said_of
from musnad.record.identity import Identities
from musnad.record.kinds import kind_of
from musnad.record.rows import load_articles, load_heads, load_statements, moment_of
from musnad.record.schema import addresses, articles, attributions, links, names, pages, versions
from musnad.record.schema_corrections import corrected
from musnad.record.schema_stories import story_articles
from musnad.record.types import Found, Mention, Only, Statement
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from musnad.model import Article, Attribution
    from musnad.record.identity import Spoken
    from musnad.record.query import Query

_BEST = 2_000
"""Words that more statements hold are very common: only so many of the best are joined with their pages at first."""

_RANKED = 20_000
"""Of statements with very common words, so many are ranked, those that were added last."""

_MORE = 100
"""Statements of a speaker that are looked at beyond four times those that are wanted."""


def search(connection: Connection, words: str, only: Only | None, limit: int) -> Found:
    """As :meth:`musnad.record.Record.search`."""
    only = only or Only()
    query = asked.read_query(words)
    if query is None and only == Only(known_at=only.known_at):
        raise UsageError(
            "there is no word to search for", advice="give words, or say which statements: --speaker, --since"
        )
    rows = _statements(connection, query, only, limit + 1)
    statements = _made(connection, rows[:limit], query, only.known_at)
    room = limit - len(statements)
    if query is None or only.of_statements or len(rows) > limit:
        return Found(statements, (), len(rows) > limit)
    others = _mentions(connection, query, only, {row.article_id for row in rows}, room + 1)
    return Found(statements, _mentioned(connection, others[:room], query), len(others) > room)


def newest(
    connection: Connection, words: str, only: Only | None, before: int | None, after: int | None, limit: int | None
) -> tuple[Statement, ...]:
    """As :func:`musnad.record.newest`."""
    only = only or Only()
    query = asked.read_query(words)
    spoken = known_speaker(connection, only)
    speaker = _speaker(only.speaker if spoken is None else "")
    wanted = _ranked(None, only, spoken).order_by(None).order_by(attributions.c.id.desc())
    if query is not None or speaker is not None:
        hits = kind_of(connection).statements_with(query, speaker).order_by(None).subquery()
        wanted = wanted.where(attributions.c.id.in_(select(hits.c.id)))
    if before is not None:
        wanted = wanted.where(attributions.c.id < before)
    if after is not None:
        wanted = wanted.where(attributions.c.article_id > after)
    out, others = _other_speakers(connection, only)
    rows = connection.execute(wanted.limit(limit and limit + len(out))).all()
    kept = [row for row in rows if row.id not in out]
    kept += [
        row
        for row in _read_of(connection, query, only, others - {row.id for row in kept})
        if (before is None or row.id < before) and (after is None or row.article_id > after)
    ]
    kept.sort(key=lambda row: row.id, reverse=True)
    return _made(connection, kept[:limit], query, only.known_at)


def who(connection: Connection, name: str, only: Only | None, limit: int | None) -> tuple[Statement, ...]:
    """As :meth:`musnad.record.Record.who`."""
    if not forms(name):
        raise UsageError(f"there is no name in {name!r}", advice="give the name of a person, an office or a body")
    only = replace(only or Only(), speaker=name)
    return _made(connection, _statements(connection, None, only, limit), None, only.known_at)


def about(connection: Connection, name: str, only: Only | None, limit: int | None) -> tuple[Statement, ...]:
    """As :meth:`musnad.record.Record.about`."""
    only = only or Only()
    query = said_of(connection, name, only)
    found = [] if query is None else _statements(connection, query, only, None if limit is None else 20 * limit + 200)
    spoken = known_speaker(connection, replace(only, speaker=name))
    own = set() if spoken is None else {spoken.entity}
    made = _made(connection, sorted(found, key=lambda row: row.at, reverse=True), query, only.known_at)
    within = (one for one in made if any(c.covers(f) for f in one.found for c in one.attribution.content))
    return tuple(one for one in within if one.speaker_entity not in own)[:limit]


def _statements(connection: Connection, query: Query | None, only: Only, limit: int | None) -> Sequence[Any]:
    """The rows of statements, by the speakers that they have after what was put right: ranked by the query, newest first
    without one."""
    out, others = _other_speakers(connection, only)
    if not out and not others:
        return _read(connection, query, only, limit)
    rows = [row for row in _read(connection, query, only, limit and limit + len(out)) if row.id not in out]
    rows += _read_of(connection, query, only, others - {row.id for row in rows})
    if query is None:
        rows.sort(key=lambda row: row.at, reverse=True)
    return rows[:limit]


def _other_speakers(connection: Connection, only: Only) -> tuple[set[int], set[int]]:
    """By what was put right: the statements that are read to be of the speaker who is asked for and are not, or that
    nobody said; and those that are that speaker's and were read otherwise."""
    other = corrections.overlay(connection, only.known_at)
    wanted = _named_so(connection, other, only) if other and only.speaker else set()
    return {number for number, name in other.items() if name is None or (only.speaker and number not in wanted)}, wanted


def _named_so(connection: Connection, other: Mapping[int, str | None], only: Only) -> set[int]:
    """Those of the statements that have another speaker now, whose speaker is the one that is asked for."""
    spoken = known_speaker(connection, only)
    if spoken is not None:
        means = Identities(connection, only.known_at).of_names(name for name in other.values() if name)
        same = {name for name, held in means.items() if any(one.entity == spoken.entity for one in held)}
    else:
        same = set()
    words = set(forms(only.speaker))
    return {number for number, name in other.items() if name and (name in same or words <= set(forms(name)))}


def _read_of(connection: Connection, query: Query | None, only: Only, wanted: set[int]) -> list[Any]:
    """The rows of these statements, whoever was read to say them."""
    if not wanted:
        return []
    hits = kind_of(connection).statements_with(query, None).order_by(None) if query is not None else None
    rows = _ranked(hits, replace(only, speaker=""), None).where(attributions.c.id.in_(sorted(wanted)))
    return list(connection.execute(rows).all())


def _read(connection: Connection, query: Query | None, only: Only, limit: int | None) -> Sequence[Any]:
    """The rows of statements by the speakers that were read.

    What very many hold is cut before it is joined with pages; where too few are left of it, everything is looked at.
    """
    spoken = known_speaker(connection, only)
    speaker = _speaker(only.speaker if spoken is None else "")
    if limit is not None:
        cut = None
        if query is not None:
            cut = _best(connection, query, speaker, only, spoken, limit)
        elif spoken is not None:
            cut = _latest(only, spoken, limit)
        rows = connection.execute(cut.limit(limit)).all() if cut is not None else ()
        if len(rows) == limit:
            return rows
    hits = None
    if query is not None or speaker is not None:
        hits = kind_of(connection).statements_with(query, speaker).order_by(None)
    return connection.execute(_ranked(hits, only, spoken).limit(limit)).all()


def _best(
    connection: Connection, query: Query, speaker: Query | None, only: Only, spoken: Spoken | None, limit: int
) -> Select[Any] | None:
    """The best of words that very many statements hold, ranked on the index alone; None where so many do not."""
    kind = kind_of(connection)
    matching = kind.statements_with(query, speaker, newest=_BEST + 1).subquery()
    many = connection.execute(select(func.count()).select_from(matching)).scalar_one() > _BEST
    if not many or limit >= _BEST:
        return None
    return _ranked(kind.statements_with(query, speaker, newest=_RANKED).limit(_BEST), only, spoken)


def _latest(only: Only, spoken: Spoken, limit: int) -> Select[Any]:
    """The newest of a speaker, found among statements alone; more than are wanted, since some stand no longer."""
    seen = select(func.min(versions.c.seen_at)).where(versions.c.article_id == attributions.c.article_id)
    at = func.coalesce(attributions.c.at, seen.scalar_subquery())
    newest = (
        select(attributions.c.id)
        .where(spoken.condition(at), *of_statement(only))
        .order_by(at.desc(), attributions.c.article_id.desc(), attributions.c.number)
        .limit(4 * limit + _MORE)
        .subquery()
    )
    return _ranked(None, only, spoken).where(attributions.c.id.in_(select(newest.c.id)))


def _ranked(hits: Select[Any] | None, only: Only, spoken: Spoken | None) -> Select[Any]:
    """Statements with their articles and pages, in order; of `hits` alone, where they are given."""
    at = func.coalesce(attributions.c.at, first_seen())
    wanted = (
        select(attributions.c.id, attributions.c.number, *_columns(at))
        .select_from(attributions)
        .join(articles, articles.c.id == attributions.c.article_id)
        .join(versions, versions.c.article_id == articles.c.id)
        .join(addresses, addresses.c.id == versions.c.address_id)
        .join(pages, pages.c.id == versions.c.page_id)
        .where(stands(only.known_at), *of_statement(only), *of_article(only, at))
    )
    if spoken is not None:
        wanted = wanted.where(spoken.condition(at))
    order = [at.desc(), attributions.c.article_id.desc(), attributions.c.number]
    if hits is not None:
        found = hits.subquery()
        wanted = wanted.join(found, found.c.id == attributions.c.id)
        order.insert(0, found.c.rank.asc())
    return wanted.order_by(*order)


def _mentions(connection: Connection, query: Query, only: Only, told: set[int], limit: int) -> Sequence[Any]:
    """The rows of articles that hold the words, but for those of which a statement was told."""
    at = func.coalesce(articles.c.published_on, first_seen())
    hits = kind_of(connection).articles_with(query).order_by(None).subquery()
    wanted = (
        select(*_columns(at))
        .select_from(articles)
        .join(versions, versions.c.article_id == articles.c.id)
        .join(addresses, addresses.c.id == versions.c.address_id)
        .join(pages, pages.c.id == versions.c.page_id)
        .join(hits, hits.c.id == articles.c.id)
        .where(
            articles.c.id.not_in(told),
            stands(only.known_at),
            *of_article(only, at),
        )
        .order_by(hits.c.rank, at.desc())
        .limit(limit)
    )
    return connection.execute(wanted).all()


def _columns(at: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    first = first_seen().label("seen_at")
    return (
        articles.c.id.label("article_id"),
        addresses.c.address,
        pages.c.digest,
        versions.c.origin,
        first,
        at.label("at"),
    )


def first_seen() -> Any:
    """When the article was first seen: it may stand in several versions, where only other bytes changed."""
    earlier = versions.alias("earlier")
    return select(func.min(earlier.c.seen_at)).where(earlier.c.article_id == articles.c.id).scalar_subquery()


def stands(known_at: datetime | None) -> ColumnElement[bool]:
    """Whether a version is the last of its address, as far as was known at that moment."""
    later = versions.alias("later")
    newer = and_(
        later.c.address_id == versions.c.address_id,
        tuple_(later.c.seen_at, later.c.id) > tuple_(versions.c.seen_at, versions.c.id),
    )
    if known_at is None:
        return ~select(later.c.id).where(newer).exists()
    then = select(later.c.id).where(newer, later.c.seen_at <= known_at).exists()
    return and_(versions.c.seen_at <= known_at, ~then)


def of_statement(only: Only) -> Iterator[ColumnElement[bool]]:
    """What `only` asks of an attribution, but for its speaker, for whom there is the index."""
    if only.act:
        yield attributions.c.act == only.act
    if only.kind:
        yield attributions.c.kind == only.kind
    if only.polarity:
        yield attributions.c.polarity == only.polarity
    if only.agency:
        hop = select(links.c.attribution_id).join(names, names.c.id == links.c.name_id)
        hop = hop.where(links.c.attribution_id == attributions.c.id, links.c.kind == "agency")
        yield hop.where(has_words(names.c.words, only.agency)).exists()


def of_article(only: Only, at: ColumnElement[Any]) -> Iterator[ColumnElement[bool]]:
    """What `only` asks of an article, and of the instant `at` by which it, or a statement of it, is put in order."""
    if only.outlet:
        yield has_words(articles.c.outlet_words, only.outlet)
    if only.story is not None:
        yield articles.c.id.in_(select(story_articles.c.article_id).where(story_articles.c.story_id == only.story))
    if only.since:
        yield at >= only.since
    if only.until:
        yield at < only.until


def has_words(held: ColumnElement[str], words: str) -> ColumnElement[bool]:
    """Whether all the words are among those that are held, between spaces, as they are searched for."""
    wanted = forms(words)
    if not wanted:
        raise UsageError(f"there is no word in {words!r}", advice="give a name")
    return and_(*(held.contains(f" {form} ", autoescape=True) for form in wanted))


def _speaker(name: str) -> Query | None:
    """The words of a name, as the index of statements is asked for them; None for everybody."""
    if not name:
        return None
    query = asked.all_of(name)
    if query is None:
        raise UsageError(f"there is no name in {name!r}", advice="give the name of a person, an office or a body")
    return query


def _made(
    connection: Connection, rows: Sequence[Any], query: Query | None, known_at: datetime | None
) -> tuple[Statement, ...]:
    heads = load_heads(connection, (row.article_id for row in rows))
    said = _put_right(connection, rows, load_statements(connection, (row.id for row in rows)), known_at)
    out: list[Statement] = []
    for row in rows:
        article = _of_version(heads[row.article_id], row)
        one = said[row.id]
        within = [*one.content, *([one.source] if one.source else [])]
        found = asked.places(query, article.text.words, within) if query is not None else ()
        moment = moment_of(article, one)
        out.append(Statement(row.id, article, one, row.address, row.seen_at, row.at, moment, found))
    return identified(connection, out, known_at)


def _put_right(
    connection: Connection, rows: Sequence[Any], said: dict[int, Attribution], known_at: datetime | None
) -> dict[int, Attribution]:
    """The statements with what was put right in them: only where something was are their articles read whole."""
    about = select(corrected.c.attribution_id).where(corrected.c.attribution_id.in_(list(said))).distinct()
    touched = set(connection.execute(about).scalars()) if said else set()
    if not touched:
        return said
    held = {row.article_id: row.address for row in rows if row.id in touched}
    read = load_articles(connection, held)
    whole = corrections.apply(connection, {number: (held[number], one) for number, one in read.items()}, known_at)
    right = {number: {one.id: one for one in article.attributions} for number, article in whole.items()}
    return said | {
        row.id: right[row.article_id].get(said[row.id].id, said[row.id]) for row in rows if row.id in touched
    }


def _mentioned(connection: Connection, rows: Sequence[Any], query: Query) -> tuple[Mention, ...]:
    heads = load_heads(connection, (row.article_id for row in rows))
    out: list[Mention] = []
    for row in rows:
        article = _of_version(heads[row.article_id], row)
        words = article.text.words
        found = asked.places(query, words, [Span(0, len(words))] if words else [])
        out.append(Mention(article, row.address, row.seen_at, row.at, found))
    return tuple(out)


def _of_version(article: Article, row: Any) -> Article:
    return replace(article, origin=row.origin, page_id=row.digest)
