"""The queue that processes share: one for each host, kept with its pages, given back by who is killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from musnad.errors import UsageError
from musnad.record import Record
from musnad.record.queue import Queue
from tests.record import servers
from tests.record.texts import ADDED, DENIED, OTHER, SAID, at, put

JOBS = 60
WORKER = """
import sys, time
from datetime import UTC, datetime
from musnad.record import Record
from musnad.record.queue import Queue
from tests.record import texts
with Record.open(sys.argv[1]) as record:
    queue = Queue(record)
    print("ready", flush=True)
    while True:
        with queue.take(texts.at(12)) as job:
            if job is None:
                break
            texts.put(record, texts.SAID, texts.OTHER, hour=12, address=job.address, title=f"خبر {job.address}")
            time.sleep(0.02)  # as long as it takes to be killed within
            queue.done(job, due=None)
        print(job.address, flush=True)
"""


@pytest.fixture
def shared(address: str) -> Iterator[Record]:
    """An empty record on a server."""
    with Record.open(address, create=True, wait=5) as made:
        yield made


def test_a_job_is_ended_with_its_pages_and_comes_again_when_told(shared: Record) -> None:
    queue = Queue(shared)
    queue.put("https://madar.example/1", due=at(9))
    with queue.take(at(8)) as early:
        assert early is None
    with queue.take(at(9)) as job:
        assert job
        assert (job.address, job.host, job.due, job.failures) == ("https://madar.example/1", "madar.example", at(9), 0)
        put(shared, SAID, OTHER, hour=9, address=job.address)
        queue.done(job, due=at(11), host_free_at=at(12))
    assert shared.versions("https://madar.example/1")
    assert queue.next_due() == at(11)
    with queue.take(at(11)) as job:
        assert job is None, "the host is left alone until 12"
    with queue.take(at(12)) as job:
        assert job
        queue.done(job, due=None)
    assert queue.next_due() is None


def test_one_at_a_host_at_a_time(shared: Record) -> None:
    for number in (1, 2):
        Queue(shared).put(f"https://madar.example/{number}", due=at(8 + number))
    Queue(shared).put("https://sada.example/1", due=at(11))
    with Record.open(shared.place) as other, Queue(shared).take(at(12)) as first, Queue(other).take(at(12)) as second:
        assert first
        assert second
        assert (first.address, second.address) == ("https://madar.example/1", "https://sada.example/1")
        with Record.open(shared.place) as third, Queue(third).take(at(12)) as none:
            assert none is None


def fail(queue: Queue, record: Record, due: datetime, failures: int) -> None:
    with queue.take(due) as job:
        assert job
        assert job.failures == failures
        put(record, SAID, DENIED, OTHER, hour=9, address=job.address)
        raise RuntimeError("in the middle")


def test_what_fails_keeps_nothing_and_pauses(shared: Record) -> None:
    queue = Queue(shared)
    queue.put("https://madar.example/1", due=at(9))
    for failures, pause in ((0, 1), (1, 2), (2, 4)):
        due = queue.next_due()
        assert due
        with pytest.raises(RuntimeError, match="in the middle"):
            fail(queue, shared, due, failures)
        assert queue.next_due() == due + timedelta(minutes=pause)
    assert list(shared.addresses()) == []
    assert shared.verify().problems == ()


def test_a_page_that_fails_within_takes_nothing_else_along(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    from musnad.record import index

    def fails(*_: object) -> None:
        raise RuntimeError("in the middle")

    with record.transaction():
        put(record, SAID, OTHER, address="https://madar.example/1")
        with monkeypatch.context() as broken:
            broken.setattr(index, "index_statements", fails)
            with pytest.raises(RuntimeError, match="in the middle"):
                put(record, DENIED, OTHER, address="https://madar.example/2")
        put(record, ADDED, DENIED, OTHER, address="https://madar.example/3")
        assert len(list(record.addresses())) == 2, "what is asked within sees it"
    assert list(record.addresses()) == ["https://madar.example/1", "https://madar.example/3"]
    assert record.verify().problems == ()


def test_a_record_in_a_file_has_no_queue(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.sqlite", create=True) as record, pytest.raises(UsageError, match="no queue"):
        Queue(record)


def test_no_job_without_a_host_and_no_end_without_a_job(shared: Record) -> None:
    queue = Queue(shared)
    with pytest.raises(UsageError, match="no host"):
        queue.put("bridge.html", due=at(9))
    queue.put("https://madar.example/1", due=at(9))
    with queue.take(at(9)) as job:
        assert job
    with pytest.raises(UsageError, match="no job is taken"):
        queue.done(job, due=None)


def test_two_processes_and_one_killed_nothing_lost_and_nothing_twice(shared: Record) -> None:
    queue = Queue(shared)
    wanted = {f"https://host{number % 6}.example/{number}" for number in range(JOBS)}
    for address in sorted(wanted):
        queue.put(address, due=at(9))
    command = [sys.executable, "-c", WORKER, shared.place]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as one,
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other,
    ):
        assert one.stdout
        assert other.stdout
        assert (one.stdout.readline(), other.stdout.readline()) == ("ready\n", "ready\n")
        told = [one.stdout.readline() for _ in range(5)]
        time.sleep(0.013)
        one.send_signal(signal.SIGKILL)
        told += one.stdout.readlines()
        told += other.communicate(timeout=120)[0].splitlines()
        assert other.returncode == 0
    done = [line.strip() for line in told if line.endswith("\n") or line.startswith("https")]
    while True:  # what was held by the one when the other found nothing
        with queue.take(at(12)) as job:
            if job is None:
                break
            put(shared, SAID, OTHER, hour=12, address=job.address, title=f"خبر {job.address}")
            queue.done(job, due=None)
    assert len(done) == len(set(done)), "nothing twice"
    kept = list(shared.addresses())
    assert sorted(kept) == sorted(wanted), "nothing lost"
    checked = shared.verify()
    assert (checked.problems, checked.versions) == ((), JOBS)
    assert servers.run(shared.place, "SELECT count(*) FROM queue_jobs") == [[0]]
