"""The answers over a story as plain values, for programs: accounts, figures, wordings, each word with its place."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from musnad.publish.answers import instant
from musnad.publish.values import Value, attribution_value, moment_value, pair
from musnad.stories.sides import side_name
from musnad.stories.told import outlet_of

if TYPE_CHECKING:
    from musnad.model import Figure, Span
    from musnad.stories import Telling
    from musnad.stories.accounts import Accounts, Point, Row
    from musnad.stories.drift import Difference, Drift, Variant, Wording
    from musnad.stories.ledger import Carried, Claim, Entry, Series


def accounts_value(accounts: Accounts) -> Value:
    """The two accounts of a happening; ``rows`` in their order, ``first`` and ``second`` as the sides are."""
    return {
        "event": accounts.event.kind,
        "day": accounts.day.isoformat(),
        "sides": [{"side": side, "name": side_name(side)} for side in accounts.sides],
        "rows": [_row(row) for row in accounts.rows],
    }


def entry_value(entry: Entry) -> Value:
    """What is counted, with a series for each claimant; ``claimant`` is null where nobody claims it."""
    thing = entry.thing
    return {
        "counted": entry.words,
        "noun": thing.noun or None,
        "of": sorted(thing.of),
        "became": sorted(thing.became),
        "where": sorted(thing.where),
        "role": thing.role or None,
        "unit": thing.unit or None,
        "disputed": entry.disputed,
        "series": [_series(series) for series in entry.series],
    }


def drift_value(drift: Drift) -> Value:
    """An utterance in its wordings; the places of ``there`` are in the text of the first wording, of ``here`` in its own."""
    return {
        "speaker": drift.speaker,
        "flags": list(drift.flags),
        "quoted": drift.quoted,
        "first": [_wording(wording) for wording in drift.first],
        "variants": [_variant(drift, variant) for variant in drift.variants],
    }


def _row(row: Row) -> Value:
    return {
        "fate": row.fate,
        "why": row.why,
        "first": [_point(point) for point in row.first],
        "second": [_point(point) for point in row.second],
    }


def _point(point: Point) -> Value:
    return {
        "side": point.side,
        "teller": point.teller.name,
        "speaker": point.speaker,
        "at": instant(point.at),
        **_place(point.told, point.span),
        "statement": attribution_value(point.attribution),
    }


def _series(series: Series) -> Value:
    speaker = series.speaker
    return {
        "claimant": {"name": speaker.name, "kind": speaker.kind} if speaker else None,
        "claims": [claim_value(claim) for claim in series.claims],
    }


def claim_value(claim: Claim) -> Value:
    """One value of one claimant, with the places that carry it."""
    figure = claim.figure
    return {
        **_amount(figure),
        "revises": claim.revises,
        "outlets": list(claim.outlets),
        "texts": claim.texts,
        "carried": [_carried(one) for one in claim.carried],
    }


def _amount(figure: Figure) -> Value:
    return {
        "value": figure.value,
        "low": None if figure.low == -inf else figure.low,
        "high": None if figure.high == inf else figure.high,
        "hedge": figure.hedge,
        "unit": figure.unit,
    }


def _carried(one: Carried) -> Value:
    return {
        "at": instant(one.at),
        "as_of": moment_value(one.moment),
        **_place(one.told, one.figure.span),
        "number": pair(one.figure.number),
        "statement": attribution_value(one.attribution) if one.attribution else None,
    }


def _wording(wording: Wording) -> Value:
    return {
        "at": instant(wording.at),
        **_place(wording.told, wording.span),
        "statement": attribution_value(wording.attribution),
    }


def _variant(drift: Drift, variant: Variant) -> Value:
    return {
        "flags": list(variant.flags),
        "wordings": [_wording(wording) for wording in variant.wordings],
        "differences": [_difference(drift, variant, one) for one in variant.differences],
    }


def _difference(drift: Drift, variant: Variant, one: Difference) -> Value:
    mine, theirs = drift.first[0], variant.wordings[0]
    return {
        "there": _words(mine.told, one.there),
        "here": _words(theirs.told, one.here),
        "at": one.at,
        "flags": list(one.flags),
    }


def _words(told: Telling, span: Span | None) -> Value | None:
    return {"span": pair(span), "words": span.of(told.article.text.words)} if span else None


def _place(told: Telling, span: Span) -> Value:
    """Where words stand: the address of the article, its outlet, the text that it is a copy of, the span and its words."""
    return {
        "address": told.address,
        "outlet": outlet_of(told),
        "copy": told.copy_id,
        "span": pair(span),
        "words": span.of(told.article.text.words),
    }
