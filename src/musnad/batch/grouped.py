"""Stories and copies of a whole data set: its articles as a stream, day by day, placed as a record places them."""

from __future__ import annotations

import json
import zlib
from collections import OrderedDict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from musnad.batch.tables import STORIES, Wanted
from musnad.batch.writing import write_rows
from musnad.model import Article, Block, Text
from musnad.record.codec import decode
from musnad.sets.parquet import arrow
from musnad.stories.copies import shape_of
from musnad.stories.gist import words_of
from musnad.stories.groups import WINDOW, Groups

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from musnad.sets.tables import Row
    from musnad.stories.copies import Shape

_COLUMNS = ("id", "address", "published_on", "seen_at", "text", "blocks", "furniture")
_READ = 200  # articles that are held beside those of the window


def grouped(output: Path, tell: Callable[[int], None]) -> Iterator[tuple[str, tuple[str, int, int], str]]:
    """Write a file of the table ``stories`` for each day; of each its name, its digest, size and rows, and their sum.

    A story and a text are called by the number of their first article. What comes later never changes what came before, and
    memory holds the last :data:`musnad.stories.groups.WINDOW` articles. `tell` is told of each hundred or so.
    """
    stream = _Stream()
    for day in sorted(path for path in (output / "articles").glob("day=*") if path.is_dir()):
        rows: list[Row] = []
        for path in sorted(day.glob("*.parquet")):
            for batch in arrow().parquet.ParquetFile(str(path)).iter_batches(_READ, columns=list(_COLUMNS)):
                rows += [stream.place(one) for one in batch.to_pylist()]
                tell(len(batch))
        name = f"stories/{day.name}/stories.parquet"
        yield name, *write_rows(output, name, Wanted(STORIES), rows)


class _Stream:
    """The articles that came, as far back as new ones are compared with them."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, bytes] = OrderedDict()
        self._story_at: OrderedDict[str, int] = OrderedDict()
        self._groups = Groups(self._shape)
        self._last = 0.0

    def place(self, row: dict[str, Any]) -> Row:
        """The row of ``stories`` of an article; one that stands at an address of an earlier one goes with it."""
        number, article = row["id"], _article(row["text"], row["blocks"], row["furniture"])
        moment = row["published_on"] or row["seen_at"]
        self._last = moment.timestamp() if moment else self._last
        words = words_of(article)
        gist, shape = self._groups.gist(words, self._last), shape_of(article, words)
        earlier = self._story_at.pop(row["address"], None)
        placed = self._groups.place(number, gist, shape, fresh=number, story=earlier)
        self._story_at[row["address"]] = placed.story
        self._held[number] = zlib.compress(json.dumps([row["text"], row["blocks"], row["furniture"]]).encode(), 1)
        for held in (self._held, self._story_at):
            if len(held) > WINDOW + 1:
                held.popitem(last=False)
        return number, placed.story, placed.copy

    def _shape(self, number: int) -> Shape:
        return shape_of(_article(*json.loads(zlib.decompress(self._held[number]))))


def _article(words: str, blocks: str, furniture: str) -> Article:
    whole = decode(Article, {"text": {"words": ""}, **json.loads(furniture)})
    return replace(whole, text=Text(words, tuple(decode(Block, block) for block in json.loads(blocks))))
