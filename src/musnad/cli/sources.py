"""``musnad sources``: the feeds that are followed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from musnad.cli.answering import LANGUAGE, Answering, opened
from musnad.cli.say import complain
from musnad.errors import FetchError, InputError, UsageError
from musnad.feeds import Feed, Listed, canonical, host_of, key_of, look, read_list
from musnad.model import Page
from musnad.publish.feeds import checked_value, followed_value
from musnad.publish.labels import feed_labels
from musnad.publish.terminal.feeds import checked_lines, followed_lines
from musnad.record.following import Followed, Following
from musnad.run.following.work import utc_now
from musnad.settings import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.fetch.web import Fetcher


def named_feeds(feeds: Sequence[str], listed: str | None) -> tuple[list[Listed], bool]:
    """The feeds of the command line and of a list, each once; and whether some were told of that are none."""
    found: dict[str, Listed] = {}
    bad = False
    for feed in feeds:
        address = canonical(feed)
        if address is None:
            bad = True
            complain(InputError("is no http(s) address", where=feed, advice="a list of feeds is given with --sources"))
        else:
            found.setdefault(key_of(address), Listed(address))
    if listed is not None:
        try:
            for one in read_list(listed):
                if isinstance(one, InputError):
                    bad = True
                    complain(one)
                else:
                    found[key_of(one.address)] = one
        except InputError as error:
            bad = True
            complain(error)
    return list(found.values()), bad


def kept(following: Following, feed: Listed) -> Followed:
    """The feed among those that are followed, where it is added if it is not there."""
    return following.add(
        feed.address,
        key_of(feed.address),
        host_of(feed.address),
        now=utc_now(),
        name=feed.name,
        outlet=feed.outlet,
        language=feed.language,
    )


def add_feeds(
    feeds: Sequence[str], listed: str | None, *, record: str | None, name: str, outlet: str, language: str
) -> int:
    """Add them; 1 when some are no addresses."""
    if not feeds and listed is None:
        raise UsageError("no feed was named", advice="give addresses, or --sources FILE")
    found, bad = named_feeds(feeds, listed)
    with opened(record, create=True) as held:
        following = Following(held)
        for feed in found:
            kept(
                following,
                replace(feed, name=name or feed.name, outlet=outlet or feed.outlet, language=language or feed.language),
            )
        print(f"{len(found)} added or renewed, {len(following.feeds())} followed; the record is {held.where}")
    return int(bad)


def list_feeds(*, record: str | None, answering: Answering) -> int:
    """Print them, in the order in which they came."""
    with opened(record) as held:
        feeds = Following(held).feeds()
    labels = feed_labels(LANGUAGE)
    answering.give([followed_value(feed) for feed in feeds], lambda painter, _: followed_lines(feeds, painter, labels))
    return 0


def remove_feeds(feeds: Sequence[str], *, record: str | None) -> int:
    """Follow them no longer; 1 when one is not followed."""
    missing = False
    with opened(record) as held:
        following = Following(held)
        for feed in feeds:
            address = canonical(feed)
            if address is None or following.remove(key_of(address)) is None:
                missing = True
                complain(InputError("is not followed", where=feed, advice="`musnad sources list` has those that are"))
    return int(missing)


def check_feeds(
    feeds: Sequence[str],
    listed: str | None,
    *,
    limit: int,
    record: str | None,
    allow_private: bool,
    answering: Answering,
) -> int:
    """Fetch each and print what it is; 1 when one could not be had or is no feed."""
    from musnad.fetch.web import Fetcher

    found, bad = named_feeds(feeds, listed)
    if not feeds and listed is None:
        with opened(record) as held:
            found = [Listed(feed.address) for feed in Following(held).feeds()]
    checked: list[tuple[Listed, str, Feed]] = []
    with Fetcher(replace(load(), allow_private=allow_private)) as fetcher:
        for one in found:
            try:
                checked.append((one, *_looked(fetcher, one.address)))
            except InputError as error:
                bad = True
                complain(error)
    values = [checked_value(one.address, moved, feed, limit) for one, moved, feed in checked]
    labels = feed_labels(LANGUAGE)
    lines = [(one.address, moved, feed) for one, moved, feed in checked]
    answering.give(values, lambda painter, _: checked_lines(lines, limit, painter, labels))
    return int(bad)


def _looked(fetcher: Fetcher, address: str) -> tuple[str, Feed]:
    from musnad.fetch.web import meaning

    reply = fetcher.ask(address)
    if reply.status != 200:
        raise FetchError(meaning(reply.status), where=address, advice="check the address")
    page = Page(reply.body, address, reply.url, utc_now(), reply.content_type, reply.charset)
    return reply.moved or "", look(page)
