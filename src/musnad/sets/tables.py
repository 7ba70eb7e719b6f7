"""The tables of a data set, each with its columns and what they mean. A table more is an entry more in `TABLES`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from musnad.publish.chains import drawn, said
from musnad.publish.labels import labels_of
from musnad.record.codec import encode
from musnad.record.kept import Kept, kept_names
from musnad.record.rows import sortable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy import Connection

    from musnad.model import Span
    from musnad.record import Only

Kind = Literal["string", "integer", "number", "boolean", "datetime", "json", "bytes"]
Form = Literal["csv", "parquet"]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what its cells are and mean, and whether every row has one. One that is `whole` is in Parquet alone: it
    is there for another record, not for people."""

    name: str
    kind: Kind
    about: str
    required: bool = True
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, its key, and which columns are keys of others.

    Its rows come from each version (`of`, a cell for every column), or from the record as a whole (`rows`). One that is
    `whole` is in Parquet alone.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    refers: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...] = ()
    of: Callable[[Kept], Iterable[Row]] | None = None
    rows: Callable[[Connection, Only], Iterable[Row]] | None = None
    whole: bool = False


def tables_of(form: Form) -> tuple[Table, ...]:
    """The tables that a form has."""
    return tuple(table for table in TABLES if form == "parquet" or not table.whole)


def columns_of(table: Table, form: Form) -> tuple[Column, ...]:
    """The columns that a table has in a form."""
    return tuple(column for column in table.columns if form == "parquet" or not column.whole)


def _versions(one: Kept) -> Iterator[Row]:
    yield (
        one.address, one.seen_at, one.superseded_at, one.number, one.article_id, one.page_digest, one.origin,
        one.content_type, one.charset, one.fetched, one.added_at, one.article_digest, one.article_seen_at,
    )  # fmt: skip


def _pages(one: Kept) -> Iterator[Row]:
    if one.first_of_page:
        yield one.page_digest, one.page_size, one.body


def _articles(one: Kept) -> Iterator[Row]:
    if not one.first_of_article:
        return
    article = one.whole
    value = encode(one.article)
    apart = ("text", "attributions", "figures", "doubts", "origin", "page_id")
    furniture = {name: held for name, held in value.items() if name not in apart}
    line = article.dateline
    yield (
        one.article_id, one.address, _value(article.outlet), _value(article.headline), _value(article.section),
        article.published.iso if article.published else None, sortable(article.published),
        article.modified.iso if article.modified else None,
        "; ".join(name.value for name in article.byline) or None,
        line.place if line else None, "; ".join(line.agencies) or None if line else None,
        article.language, article.direction, one.article_seen_at, one.article_stands, article.text.words, one.reader,
        one.article_digest, _json(value["text"].get("blocks", [])), _json(furniture),
    )  # fmt: skip


def _attributions(one: Kept) -> Iterator[Row]:
    article, words = one.whole, labels_of(one.whole)

    def of(span: Span | None) -> str | None:
        return article.text.of(span) if span else None

    for number, it in _mine(one):
        yield (
            it.speaker.name, it.act, said(article, it), drawn(it.chain, words), _value(article.outlet), one.address,
            it.said_at.iso if it.said_at else None, article.published.iso if article.published else None,
            it.speaker.kind, it.polarity, it.type, _value(article.headline),
            " … ".join(article.text.of(span) for span in it.cue), of(it.source), of(it.addressee), of(it.medium),
            one.article_seen_at, one.article_stands, one.article_id, number, it.id, it.within, it.rule, it.score,
            one.asked is None or number in one.asked, _json(encode(it.said_at)) if it.said_at else None,
        )  # fmt: skip


def _places(one: Kept) -> Iterator[Row]:
    for at, it in _mine(one):
        single = (("source", it.source), ("addressee", it.addressee), ("medium", it.medium))
        several = (("cue", it.cue), ("content", it.content), *((role, (span,)) for role, span in single if span))
        for role, spans in several:
            for number, span in enumerate(spans):
                yield one.article_id, at, role, number, span.start, span.end, one.whole.text.of(span)


def _links(one: Kept) -> Iterator[Row]:
    for at, it in _mine(one):
        for number, link in enumerate(it.chain):
            yield (
                one.article_id, at, number, link.name, link.kind, link.through, *_ends(link.span), link.inferred,
            )  # fmt: skip


def _figures(one: Kept) -> Iterator[Row]:
    if not one.first_of_article:
        return
    for number, it in enumerate(one.whole.figures):
        yield (
            one.article_id, number, one.whole.text.of(it.span), it.value, it.low, it.high, it.hedge, it.unit, it.of,
            it.claimant, it.as_of.iso if it.as_of else None, it.rule, *_ends(it.span), *_ends(it.number),
            _json([it.value, it.low, it.high]), _json(encode(it.as_of)) if it.as_of else None,
        )  # fmt: skip


def _doubts(one: Kept) -> Iterator[Row]:
    if one.first_of_article:
        for number, it in enumerate(one.whole.doubts):
            yield one.article_id, number, it.what, it.rule, *_ends(it.span)


def _names(connection: Connection, only: Only) -> Iterator[Row]:
    """The names, without that of a speaker of whom nothing is known."""
    yield from (row for row in kept_names(connection, only) if row[0])


def _mine(one: Kept) -> Iterator[tuple[int, Any]]:
    """The attributions of an article that was not told before, with their numbers."""
    if one.first_of_article:
        yield from enumerate(one.whole.attributions)


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _value(named: Any) -> str | None:
    return named.value if named else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


_ARTICLE = Column("article_id", "integer", "The article: articles.id.")
_NUMBER = Column("number", "integer", "Its place among those of its article, from 0.")
_AT = Column("attribution", "integer", "The attribution: its number in its article.")
_START = Column("start", "integer", "Where it starts in the text, in code points from 0.")
_STOP = Column("stop", "integer", "Where it ends: the first code point that is no more of it.")
_MAY_START = Column(_START.name, _START.kind, _START.about, required=False)
_MAY_STOP = Column(_STOP.name, _STOP.kind, _STOP.about, required=False)
_RULE = Column("rule", "string", "The rule or learned choice that decided.")
_TO_ARTICLE = ((("article_id",), "articles", ("id",)),)
_TO_ATTRIBUTION = ((("article_id", "attribution"), "attributions", ("article_id", "number")),)
_PERSONS = "person, office, body, agency, outlet or unnamed."

TABLES: tuple[Table, ...] = (
    Table(
        "attributions",
        "Who said what: a row for each attribution, to be read by itself.",
        (
            Column(
                "speaker",
                "string",
                "Who says it, by the fullest name that the article gives: names.name.",
                required=False,
            ),
            Column("act", "string", "What is done by speaking: say, deny, demand, warn and so on."),
            Column("words", "string", "What is said, as printed; pieces are joined by an ellipsis."),
            Column(
                "chain", "string", "Through whom it is known, from the outlet to the speaker, read from right to left."
            ),
            Column("outlet", "string", "Who published it.", required=False),
            Column("address", "string", "The page."),
            Column(
                "said_at", "string", "When it was said, as precisely as the page tells, in ISO 8601.", required=False
            ),
            Column("published_at", "string", "When the page says that it was published, in ISO 8601.", required=False),
            Column("kind", "string", f"What the speaker is: {_PERSONS}"),
            Column("polarity", "string", "affirms or denies: how the speaker stands to the words."),
            Column("type", "string", "direct (in quotation marks), indirect, or mixed."),
            Column("headline", "string", "The headline of the article.", required=False),
            Column("cue", "string", "The words that report."),
            Column(
                "source", "string", "The words that name who speaks; none where the verb alone does.", required=False
            ),
            Column("addressee", "string", "To whom, in the words of the text.", required=False),
            Column("medium", "string", "Through what: a statement, a call, in the words of the text.", required=False),
            Column("seen_at", "datetime", "When the article was first seen, in UTC."),
            Column("stands", "boolean", "Whether the last version of the page still has this article."),
            _ARTICLE,
            _NUMBER,
            Column("key", "string", "Its id, as musnad read prints it."),
            Column("within", "integer", "The number of the attribution in whose words it stands.", required=False),
            _RULE,
            Column("score", "number", "How sure the finder is, from 0 to 1."),
            Column("asked", "boolean", "Whether the filters of the export asked for it.", whole=True),
            Column("said", "json", "The moment of the saying, whole.", required=False, whole=True),
        ),
        ("article_id", "number"),
        (*_TO_ARTICLE, (("speaker",), "names", ("name",))),
        of=_attributions,
    ),
    Table(
        "articles",
        "What was read on the pages: a row for each article; versions of a page may share one.",
        (
            Column("id", "integer", "The number of the article in the record that this was exported from."),
            Column("address", "string", "The page."),
            Column("outlet", "string", "Who published it.", required=False),
            Column("headline", "string", "The headline as shown.", required=False),
            Column("section", "string", "The label of its section.", required=False),
            Column("published_at", "string", "As precisely as the page tells, in ISO 8601.", required=False),
            Column("published_on", "datetime", "The same in UTC, to sort by; no zone counts as UTC.", required=False),
            Column("modified_at", "string", "As published_at.", required=False),
            Column("byline", "string", "Who wrote it, with semicolons between.", required=False),
            Column("place", "string", "Where it was written, as its dateline says.", required=False),
            Column("agencies", "string", "The agencies of its dateline, with semicolons between.", required=False),
            Column("language", "string", "ar, en and so on.", required=False),
            Column("direction", "string", "rtl or ltr."),
            Column("seen_at", "datetime", "When it was first seen, in UTC."),
            Column("stands", "boolean", "Whether the last version of the page still has it."),
            Column(
                "text", "string", "The words as published, a line for each block. Every place counts its code points."
            ),
            Column("reader", "string", "Which musnad read it."),
            Column("digest", "string", "The SHA-256 of all that was read."),
            Column("blocks", "json", "The blocks of the text.", whole=True),
            Column(
                "furniture", "json", "Headline, times, byline, pictures and so on, each with its place.", whole=True
            ),
        ),
        ("id",),
        of=_articles,
    ),
    Table(
        "versions",
        "The states of each address, in the order in which they were added.",
        (
            Column("address", "string", "The page."),
            Column("seen_at", "datetime", "From when on the record knows it, in UTC."),
            Column("superseded_at", "datetime", "When the next was seen; none while it stands.", required=False),
            Column("number", "integer", "Which version of its address it is, from 1."),
            _ARTICLE,
            Column("page_digest", "string", "The SHA-256 of the bytes of the page."),
            Column("origin", "string", "The file, the place in an archive, or the address that it came from."),
            Column("content_type", "string", "As the server said.", required=False),
            Column("charset", "string", "As the server said.", required=False),
            Column(
                "fetched", "boolean", "Whether something says when it was fetched; else it was seen when it was added."
            ),
            Column("added_at", "datetime", "When it was added to the first record that had it, in UTC."),
            Column("article_digest", "string", "articles.digest.", whole=True),
            Column("article_seen_at", "datetime", "articles.seen_at.", whole=True),
        ),
        ("address", "seen_at", "page_digest"),
        _TO_ARTICLE,
        of=_versions,
    ),
    Table(
        "pages",
        "The bytes of the pages.",
        (
            Column("digest", "string", "The SHA-256 of the bytes."),
            Column("size", "integer", "How many bytes there are."),
            Column("body", "bytes", "The bytes, compressed by zlib."),
        ),
        ("digest",),
        of=_pages,
        whole=True,
    ),
    Table(
        "places",
        "Where the parts of the attributions stand.",
        (
            _ARTICLE,
            _AT,
            Column("role", "string", "cue, source, content, addressee or medium."),
            Column("number", "integer", "Which piece of this part it is, from 0."),
            _START,
            _STOP,
            Column("words", "string", "The words of the text there."),
        ),
        ("article_id", "attribution", "role", "number"),
        _TO_ATTRIBUTION,
        of=_places,
    ),
    Table(
        "links",
        "The chains, link by link: from the outlet (0) to whoever said it first.",
        (
            _ARTICLE,
            _AT,
            Column("number", "integer", "Which link of the chain it is, from 0."),
            Column("name", "string", "Who; none where that is not known: names.name.", required=False),
            Column("kind", "string", _PERSONS),
            Column("through", "string", "By which statement, call or post it came.", required=False),
            _MAY_START,
            _MAY_STOP,
            Column("inferred", "boolean", "Whether the text tells it elsewhere than beside the words."),
        ),
        ("article_id", "attribution", "number"),
        (*_TO_ATTRIBUTION, (("name",), "names", ("name",))),
        of=_links,
    ),
    Table(
        "figures",
        "Stated quantities, with who claims them.",
        (
            _ARTICLE,
            _NUMBER,
            Column("words", "string", "As printed."),
            Column("value", "number", "The value; none for a range.", required=False),
            Column("low", "number", "The lower end of a range.", required=False),
            Column("high", "number", "The upper end of a range.", required=False),
            Column("hedge", "string", "The word that loosens it.", required=False),
            Column("unit", "string", "people, km, USD, percent and so on.", required=False),
            Column("of", "string", "What is counted, as printed.", required=False),
            Column(
                "claimant", "integer", "The number of the attribution that claims it; none: nobody.", required=False
            ),
            Column("as_of", "string", "The time that it holds for, in ISO 8601.", required=False),
            _RULE,
            _START,
            _STOP,
            Column("digits_start", "integer", "Where the number itself starts."),
            Column("digits_stop", "integer", "Where the number itself ends."),
            Column("numbers", "json", "value, low and high, exactly.", whole=True),
            Column("as_of_moment", "json", "as_of, whole.", required=False, whole=True),
        ),
        ("article_id", "number"),
        _TO_ARTICLE,
        of=_figures,
    ),
    Table(
        "doubts",
        "What was seen and not decided.",
        (
            _ARTICLE,
            _NUMBER,
            Column("what", "string", "What, in a sentence."),
            Column("rule", "string", "The rule that stopped there."),
            _MAY_START,
            _MAY_STOP,
        ),
        ("article_id", "number"),
        _TO_ARTICLE,
        of=_doubts,
    ),
    Table(
        "names",
        "The names of speakers and of links.",
        (
            Column("name", "string", "The name as it is used in the other tables."),
            Column("words", "string", "The words by which it is searched for."),
        ),
        ("name",),
        rows=_names,
    ),
)
"""In the order in which they are described; people look at the first."""
