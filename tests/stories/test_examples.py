"""The sample pages of one day: which are one story, which one text, and how many sources stand behind them."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from musnad.publish.chains import said
from musnad.record import Record
from musnad.run import keep_many
from musnad.settings import Settings
from musnad.stories import Telling, articles_of, sources_of, stories, utterances

PAGES = Path(__file__).parents[2] / "examples"
EXPECTED: dict[str, Any] = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))
Tellings = tuple[tuple[Telling, ...], ...]


@pytest.fixture(scope="module", params=[False, True], ids=["in order", "the other way round"])
def day(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Tellings:
    """The stories of the sample pages, each as its tellings."""
    path = tmp_path_factory.mktemp("day") / "record.sqlite"
    pages = sorted((str(page) for page in PAGES.glob("*.html")), reverse=request.param)
    with Record.open(path, create=True) as record:
        assert len(list(keep_many(record, pages, settings=Settings()))) == len(pages)
        return tuple(articles_of(record, head.id) for head in stories(record, limit=100))


def name(telling: Telling) -> str:
    return Path(telling.article.origin).name


def story_with(day: Tellings, page: str) -> tuple[Telling, ...]:
    [found] = [tellings for tellings in day if page in map(name, tellings)]
    return found


def test_one_story_where_it_is_one(day: Tellings) -> None:
    assert sorted(sorted(map(name, tellings)) for tellings in day if len(tellings) > 1) == sorted(EXPECTED["stories"])


def test_one_text_where_it_is_one(day: Tellings) -> None:
    copies: dict[int, list[str]] = defaultdict(list)
    for tellings in day:
        for telling in tellings:
            copies[telling.copy_id].append(name(telling))
    assert [sorted(one) for one in copies.values() if len(one) > 1] == EXPECTED["copies"]


@pytest.mark.parametrize("page", EXPECTED["sources"])
def test_sources_behind_a_story(day: Tellings, page: str) -> None:
    wanted = EXPECTED["sources"][page]
    found = sources_of(story_with(day, page))
    assert len(found.outlets) == wanted["outlets"]
    assert found.texts == wanted["texts"]
    assert [source.name for source in found.sources] == wanted["known"]
    assert found.unknown == wanted["unknown"]


@pytest.mark.parametrize("wanted", EXPECTED["carried"], ids=lambda wanted: wanted["begins"])
def test_a_statement_and_all_that_carry_it(day: Tellings, wanted: dict[str, Any]) -> None:
    [found] = [
        one
        for one in utterances(story_with(day, wanted["page"]))
        if one.carriers[0][1].speaker.name == wanted["speaker"]
        and said(one.carriers[0][0].article, one.carriers[0][1]).startswith(wanted["begins"])
    ]
    assert len(found.outlets) == wanted["outlets"]
    assert found.texts == wanted["texts"]
    assert [list(way.names) for way in found.ways] == wanted["ways"]
    assert all(way.known for way in found.ways)
    assert len(found.origins) == 1
