"""Kills: `add` and `follow` ended with SIGKILL at random moments; what was lost, and what is half there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.timing import verdict
from musnad.record import Record
from musnad.replay import Day, Server
from tests.following.test_kill import EXAMPLES, command, killed
from tests.record.test_kill import added_until_killed, collection

MOMENTS = 100


def report() -> Iterator[str]:
    """The lines: 100 moments of each, and what was wrong after them."""
    chance, start = random.Random(20220228), datetime(2022, 2, 28, tzinfo=UTC)
    lost = wrong = 0
    with TemporaryDirectory() as folder:
        documents = collection(Path(folder) / "news.docs.jsonl")
        day = Day(str(EXAMPLES), seconds=60, start=start)
        with Server(day, now=lambda: start + timedelta(seconds=60)) as server:
            for moment in range(2 * MOMENTS):
                record = Path(folder) / f"{moment % 2}-{moment // 20}.sqlite"
                if moment % 2:
                    told = {address for address, _ in killed(command(server, record), chance.uniform(0.2, 2.0))}
                else:
                    added = added_until_killed(documents, record, chance.uniform(0, 0.3), moment // 2 % 2)
                    told = {one["address"] for one in added}
                if record.exists():
                    with Record.open(record, create=True) as held:
                        lost += len(told - set(held.addresses()))
                        wrong += len(held.verify().problems)
                else:
                    lost += len(told)
    yield f"{2 * MOMENTS} kills, half of add, half of follow: {lost} acknowledged pages lost, {wrong} problems of verify"
    yield verdict(not lost and not wrong, "nothing lost, nothing half there")
