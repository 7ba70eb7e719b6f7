"""The answers of the record as plain values, for programs."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from musnad.publish.chains import said
from musnad.publish.values import Value, article_value, attribution_value, moment_value, pair, pairs

if TYPE_CHECKING:
    from datetime import datetime

    from musnad.record import Added, Change, Checked, Comparison, Correction, Found, Mention, Statement, Version
    from musnad.record.standing import Standing


def added_value(added: Added) -> Value:
    """What became of a page, as ``musnad add --format jsonl`` prints it."""
    return {
        "outcome": added.outcome,
        "address": added.address,
        "digest": added.digest,
        "origin": added.origin,
        "seen_at": instant(added.seen_at),
        "attributions": added.attributions,
    }


def statement_value(statement: Statement) -> Value:
    """A statement with its article; ``said`` are the words of its content, ``found`` places in the article's text."""
    value = attribution_value(statement.attribution)
    value["speaker"]["entity"] = statement.speaker_entity
    for link, entity in zip(value["chain"], statement.link_entities, strict=False):
        link["entity"] = entity
    return {
        "number": statement.id,
        "statement": value,
        "said": said(statement.article, statement.attribution),
        "at": instant(statement.at),
        "moment": moment_value(statement.moment),
        **_article(statement),
        "found": [[*pair_, statement.article.text.words[slice(*pair_)]] for pair_ in pairs(statement.found)],
    }


def mention_value(mention: Mention) -> Value:
    """An article that was found by words outside its statements; ``statement`` is null."""
    return {
        "statement": None,
        "at": instant(mention.at),
        **_article(mention),
        "found": [[*pair_, mention.article.text.words[slice(*pair_)]] for pair_ in pairs(mention.found)],
    }


def found_values(found: Found) -> list[Value]:
    """What a search found, the best first."""
    return [*map(statement_value, found.statements), *map(mention_value, found.mentions)]


def version_value(version: Version, comparison: Comparison | None) -> Value:
    """A version with its article whole, and what changed from the one before; null for the first."""
    return {
        "address": version.address,
        "digest": version.digest,
        "origin": version.origin,
        "seen_at": instant(version.seen_at),
        "added_at": instant(version.added_at),
        "superseded_at": instant(version.superseded_at) if version.superseded_at else None,
        "changes": None if comparison is None else comparison_value(comparison),
        "article": article_value(version.article),
    }


def comparison_value(comparison: Comparison) -> Value:
    """What changed between two versions; statements that are the same are only counted."""
    words = comparison.after.text.words
    return {
        "counts": dict(comparison.counts),
        "headline": list(comparison.headline) if comparison.headline else None,
        "notices": [
            {"kind": notice.kind, "span": pair(notice.span), "words": notice.span.of(words)}
            for notice in comparison.notices
        ],
        "statements": [_change(comparison, change) for change in comparison.changes if change.fate != "same"],
        "lines_new": [span.of(words) for span in comparison.lines_new],
        "lines_gone": [span.of(comparison.before.text.words) for span in comparison.lines_gone],
    }


def correction_value(told: Correction) -> Value:
    """What somebody put right, with the words of the statement and the page that it is about."""
    return {
        "what": told.what,
        "address": told.address,
        "exact": told.anchor.exact,
        "was": told.was,
        "value": told.value,
        "by": told.by,
        "made_at": instant(told.made_at),
        "note": told.note,
    }


def standing_value(one: Standing) -> Value:
    """What somebody put right, with its number and what became of it; ``why`` of one that is about nothing any more."""
    told = {"number": one.number, **correction_value(one.told), "state": one.state}
    return told | {"why": one.why} if one.why else told


def checked_value(checked: Checked) -> Value:
    """What a check went through and what is wrong."""
    return {
        "pages": checked.pages,
        "versions": checked.versions,
        "articles": checked.articles,
        "attributions": checked.attributions,
        "places": checked.places,
        "problems": [{"where": problem.where, "what": problem.what} for problem in checked.problems],
    }


def instant(moment: datetime) -> str:
    """A moment in UTC, in ISO 8601.

    >>> from datetime import UTC, datetime
    >>> instant(datetime(2022, 2, 28, 19, 2, tzinfo=UTC))
    '2022-02-28T19:02:00Z'
    """
    stem = moment.astimezone(UTC).replace(tzinfo=None)
    return stem.isoformat(timespec="microseconds" if stem.microsecond else "seconds") + "Z"


def _article(held: Statement | Mention) -> Value:
    article = held.article
    return {
        "headline": article.headline.value if article.headline else None,
        "outlet": article.outlet.value if article.outlet else None,
        "address": held.address,
        "published": moment_value(article.published),
        "seen_at": instant(held.seen_at),
        "origin": article.origin,
        "page_id": article.page_id,
    }


def _change(comparison: Comparison, change: Change) -> Value:
    value: Value = {"fate": change.fate}
    for name, article, one in (
        ("before", comparison.before, change.before),
        ("after", comparison.after, change.after),
    ):
        value[name] = None if one is None else {**attribution_value(one), "said": said(article, one)}
    value["changed"] = list(change.changed)
    if change.fate == "gone":
        value["stands"] = pair(change.stands)
        value["orphan"] = change.orphan.reason if change.orphan else None
    return value
