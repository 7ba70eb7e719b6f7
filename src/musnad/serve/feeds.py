"""Feeds of what the pages show: of the coverage, a story, a speaker, an outlet, an agency, a search."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from starlette.exceptions import HTTPException

from musnad import stories as view
from musnad.publish.answers import statement_value
from musnad.publish.chains import drawn, said
from musnad.publish.identity import card_key, first_carrier, permanent_id
from musnad.publish.labels import act_label, labels
from musnad.publish.stories import head_value, utterance_value
from musnad.publish.syndicated import FEED_FORMS, Item, Syndicated
from musnad.publish.times import short
from musnad.record import newest
from musnad.serve.asking import Number, Sought, Wanted
from musnad.serve.pages import piece
from musnad.serve.shown import sequence
from musnad.serve.speech import catalogue, language_of
from musnad.serve.taking import Place, query_of, web_address

if TYPE_CHECKING:
    from fastapi import FastAPI

    from musnad.model import Article, Attribution
    from musnad.record import Record, Statement
    from musnad.serve.records import Records
    from musnad.serve.settings import Serving

Form = Literal["atom", "json"]
Told = Callable[["Record", Place, datetime], Syndicated]

_ITEMS, _STORIES = 100, 40
_TITLE = 100  # characters of what was said
_KEPT = 256
_SETTLED = timedelta(seconds=2)  # an HTTP date has seconds: what changed just now may change again within its second


def add(app: FastAPI, records: Records, serving: Serving) -> None:
    """Give a service the feeds; before the pages of speakers, whose names may hold slashes."""
    router = APIRouter(include_in_schema=False)
    kept = _Kept()

    def answer(request: Request, form: Form, key: object, story: int | None, told: Told) -> Response:
        record, place = records.held(), Place.of(request, serving.public, language_of(request))
        changed = view.changed_at(record, story) or datetime.fromtimestamp(0, UTC)
        kind, text = FEED_FORMS[form]
        asked = [pair for pair in request.query_params.multi_items() if pair[0] != "token"]
        address = place.url(_path(request), urlencode(asked))

        def made() -> bytes:
            return text(told(record, place, changed), address).encode()

        body = kept.get((sequence(record), key, place, address), made)
        return _conditional(request, body, kind, changed)

    @router.get("/feed.{form}")
    def coverage(request: Request, form: Form) -> Response:
        return answer(request, form, "coverage", None, coverage_feed)

    @router.get("/story/{number}/feed.{form}")
    def story(request: Request, number: Number, form: Form) -> Response:
        return answer(request, form, number, number, lambda *held: story_feed(number, *held))

    def searched(request: Request, form: Form, wanted: Wanted, title: str, path: str) -> Response:
        if not wanted.asks:
            raise HTTPException(404)
        return answer(
            request, form, (path, wanted.q, wanted.only), None, lambda *held: found_feed(wanted, title, path, *held)
        )

    @router.get("/search/feed.{form}")
    def search(request: Request, form: Form, wanted: Annotated[Sought, Query()]) -> Response:
        title = " ".join(part for part in (wanted.q, wanted.speaker, wanted.outlet, wanted.agency) if part.strip())
        return searched(request, form, wanted, title, f"/search?{query_of(request)}")

    @router.get("/speaker/{name:path}/feed.{form}")
    def speaker(request: Request, name: str, form: Form) -> Response:
        return searched(request, form, Wanted(speaker=name), name, _page(request))

    @router.get("/outlet/{name:path}/feed.{form}")
    def outlet(request: Request, name: str, form: Form) -> Response:
        return searched(request, form, Wanted(outlet=name), name, _page(request))

    @router.get("/agency/{name:path}/feed.{form}")
    def agency(request: Request, name: str, form: Form) -> Response:
        return searched(request, form, Wanted(agency=name), name, _page(request))

    app.include_router(router)


def coverage_feed(record: Record, place: Place, changed: datetime) -> Syndicated:
    """The stories with the newest articles."""
    heads, _ = view.page_of_stories(record, newest=True, limit=_STORIES)
    first = view.first_addresses(record, [head.id for head in heads])
    words = catalogue(place.language)
    items = []
    for head in heads:
        sources = view.sources_of(view.articles_of(record, head.id))
        html = piece("feed_story.html", place.language, head=head)
        items.append(
            Item(
                id=permanent_id(first.get(head.id, ""), "story"),
                url=place.url(f"/story/{head.id}"),
                title=head.headline or words.get("Untitled", "Untitled"),
                html=html,
                text=" · ".join(head.outlets),
                published=head.seen_first,
                updated=head.seen_last,
                tags=head.outlets,
                value=head_value(head, sources),
            )
        )
    title = words.get("Coverage", "Coverage")
    return Syndicated(_own_id(place, "/"), title, place.url("/"), place.language, changed, tuple(items))


def story_feed(number: int, record: Record, place: Place, changed: datetime) -> Syndicated:
    """What was said in a story, the last seen first. Raises UsageError where there is none."""
    tellings = view.articles_of(record, number)
    items: dict[str, Item] = {}
    seen = view.sightings(record, tellings)
    for one in view.utterances(tellings):
        telling, attribution = first_carrier(one, seen)
        held = Item(
            id=permanent_id(telling.address, attribution.id),
            url=place.url(f"/story/{number}") + f"#s-{card_key(telling.address, attribution)}",
            published=seen.get((telling.address, attribution.id), (telling.seen_at, 0))[0],
            updated=max(carrier.seen_at for carrier, _ in one.carriers),
            via=web_address(telling.address),
            value=utterance_value(one),
            **_told(telling.article, attribution, one.outlets, web_address(telling.address), place.language),
        )
        items.setdefault(held.id, held)
    last = sorted(items.values(), key=lambda item: item.published, reverse=True)[:_ITEMS]
    heads = [one.article.headline.value for one in reversed(tellings) if one.article.headline]
    title = heads[0] if heads else catalogue(place.language).get("Untitled", "Untitled")
    first = view.first_addresses(record, [number]).get(number, f"story-{number}")
    page = place.url(f"/story/{number}")
    return Syndicated(permanent_id(first, "feed"), title, page, place.language, changed, tuple(last))


def found_feed(wanted: Wanted, title: str, path: str, record: Record, place: Place, changed: datetime) -> Syndicated:
    """What a search finds, the last that came first. Raises UsageError for a search that cannot be understood."""
    items: dict[str, Item] = {}
    found = newest(record, wanted.q, wanted.only, limit=_ITEMS)
    numbers = view.stories_of(record, [one.id for one in found])
    for one in found:
        held = _found(one, numbers.get(one.id), place)
        items.setdefault(held.id, held)
    return Syndicated(_own_id(place, path), title, place.url(path), place.language, changed, tuple(items.values()))


def _found(one: Statement, number: int | None, place: Place) -> Item:
    via = web_address(one.address)
    article, attribution = one.article, one.attribution
    outlet = article.outlet.value if article.outlet else one.address
    key = card_key(one.address, attribution)
    return Item(
        id=permanent_id(one.address, attribution.id),
        url=place.url(f"/story/{number}") + f"#s-{key}" if number else via or place.url("/"),
        published=one.seen_at,
        updated=one.seen_at,
        via=via,
        value=statement_value(one),
        **_told(article, attribution, (outlet,), via, place.language),
    )


def _told(
    article: Article, attribution: Attribution, outlets: tuple[str, ...], via: str, language: str
) -> dict[str, Any]:
    words = labels(language)
    name, told = attribution.speaker.name or words["unknown"], said(article, attribution)
    cut = told if len(told) <= _TITLE else told[:_TITLE].rsplit(" ", 1)[0] + "…"
    chain = drawn(attribution.chain, words)
    when = short(attribution.said_at) if attribution.said_at else ""
    html = piece(
        "feed_item.html", language, said=told, quoted=attribution.type != "indirect", chain=chain, when=when, via=via,
        outlets=outlets, tongue=article.language or "ar", way=article.direction,
    )  # fmt: skip
    return {
        "title": f"{name}: {cut}",
        "html": html,
        "text": "\n".join(filter(None, (told, chain))),
        "author": name,
        "language": article.language or "ar",
        "tags": (act_label(words, attribution.act), *outlets),
    }


def _own_id(place: Place, path: str) -> str:
    """Of a feed of a question, which is asked at one service: the name is its address."""
    return permanent_id(place.base, f"{path}#feed")


def _path(request: Request) -> str:
    """The path as it was asked for, with what is encoded in it."""
    return str(request.scope["raw_path"].decode("ascii", "replace"))


def _page(request: Request) -> str:
    return _path(request).rpartition("/")[0]


def _conditional(request: Request, body: bytes, kind: str, changed: datetime) -> Response:
    """The body, or that it is the one that is had (RFC 9110, 13)."""
    tag = f'"{sha256(body).hexdigest()[:24]}"'
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Language, Cookie"}
    settled = datetime.now(UTC) - changed >= _SETTLED
    if settled:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC).replace(microsecond=0), usegmt=True)
    given = request.headers.get("if-none-match")
    if given is not None:
        same = given.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in given.split(",")]
    else:
        same = settled and _unchanged(request.headers.get("if-modified-since", ""), changed)
    if same:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=f"{kind}; charset=utf-8", headers=headers)


def _unchanged(since: str, changed: datetime) -> bool:
    try:
        moment = parsedate_to_datetime(since)
    except ValueError:
        return False
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return changed.replace(microsecond=0) <= moment


class _Kept:
    """The feeds that were made last, each for a number of the record's log."""

    def __init__(self) -> None:
        self._held: OrderedDict[object, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: object, made: Callable[[], bytes]) -> bytes:
        with self._lock:
            found = self._held.get(key)
        if found is None:
            found = made()
            with self._lock:
                self._held[key] = found
                while len(self._held) > _KEPT:
                    self._held.popitem(last=False)
        return found
