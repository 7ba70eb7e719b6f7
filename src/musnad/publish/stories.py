"""Stories as plain values, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.publish.answers import instant
from musnad.publish.chains import said
from musnad.publish.values import Value, attribution_value, moment_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musnad.stories import Sources, StoryEvent, StoryHead, Telling, Utterance


def head_value(head: StoryHead, sources: Sources) -> Value:
    """A story of the list."""
    return {
        "story": head.id,
        "headline": head.headline,
        "articles": head.articles,
        "texts": head.texts,
        "outlets": list(head.outlets),
        "sources": sources_value(sources),
        "statements": head.statements,
        "first_at": instant(head.first_at),
        "last_at": instant(head.last_at),
        "seen_first": instant(head.seen_first),
        "seen_last": instant(head.seen_last),
    }


def sources_value(sources: Sources) -> Value:
    """How many sources are known, which and by what, and how many texts name none."""
    return {
        "known": [
            {"name": one.name, "outlets": list(one.outlets), "evidence": one.evidence} for one in sources.sources
        ],
        "unknown": sources.unknown,
    }


def story_value(
    number: int,
    tellings: Sequence[Telling],
    sources: Sources,
    utterances: Sequence[Utterance],
    events: Sequence[StoryEvent],
) -> Value:
    """A story with its articles, what was said in it, and what became of it."""
    return {
        "story": number,
        "outlets": list(sources.outlets),
        "texts": sources.texts,
        "sources": sources_value(sources),
        "articles": [_telling(one) for one in tellings],
        "statements": [utterance_value(one) for one in utterances],
        "events": [
            {
                "at": instant(one.at),
                "event": one.event,
                "story": one.story_id,
                "article": one.article_id,
                "other": one.other_id,
            }
            for one in events
        ],
    }


def _telling(one: Telling) -> Value:
    return {
        "article": one.article_id,
        "copy": one.copy_id,
        "headline": one.article.headline.value if one.article.headline else None,
        "outlet": one.outlet,
        "address": one.address,
        "published": moment_value(one.published),
        "seen_at": instant(one.seen_at),
    }


def utterance_value(one: Utterance) -> Value:
    """What was said, as it was first published, with all that carry it."""
    telling, first = one.carriers[0]
    return {
        "statement": attribution_value(first),
        "said": said(telling.article, first),
        "article": telling.article_id,
        "outlets": list(one.outlets),
        "texts": one.texts,
        "origins": list(one.origins),
        "ways": [{"names": list(way.names), "outlets": list(way.outlets), "known": way.known} for way in one.ways],
        "carriers": [{"article": held.article_id, "statement": single.id} for held, single in one.carriers],
    }
