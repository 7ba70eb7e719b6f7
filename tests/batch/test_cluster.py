"""A real cluster of two nodes on this machine: a head and a worker, of which one is killed in the middle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.batch import Failed, Receipt, begin, finish, missing
from musnad.batch.cluster import on_ray
from tests.batch.made import archive, contents, done, job, pages

ray = pytest.importorskip("ray")
pytestmark = pytest.mark.filterwarnings("ignore")
PORT = 26379


def _ray(*arguments: str, env: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "ray.scripts.scripts", "start", "--block", "--disable-usage-stats", *arguments]
    return subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


@pytest.fixture
def cluster() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a cluster and the process of its second node. The first has no core for work but one."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(place for place in sys.path if place)}
    env |= {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "1", "RAY_health_check_failure_threshold": "3"}
    env |= {"RAY_health_check_period_ms": "500", "RAY_health_check_timeout_ms": "1000"}
    size = ["--num-cpus", "1", "--object-store-memory", "80000000"]
    address = f"127.0.0.1:{PORT}"
    head = _ray(
        "--head", "--port", str(PORT), "--node-ip-address", "127.0.0.1", "--include-dashboard=false", *size, env=env
    )
    time.sleep(6)
    node = _ray("--address", address, *size, env=env)
    try:
        deadline = time.monotonic() + 60
        nodes = 0
        while nodes < 2 and time.monotonic() < deadline:
            time.sleep(1)
            try:
                ray.init(address=address, log_to_driver=False, logging_level="ERROR")
                nodes = sum(one["Alive"] for one in ray.nodes())
            except (ConnectionError, RuntimeError):
                continue
            finally:
                ray.shutdown()
        assert nodes == 2
        yield address, node
    finally:
        for process in (node, head):
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_one_node_is_killed_and_nothing_is_lost_or_twice(
    cluster: tuple[str, subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    address, node = cluster
    path = archive(tmp_path / "news.warc.gz", pages(60))
    done(job(tmp_path / "here"), [path])
    there = job(tmp_path / "there")
    plan, _ = begin([str(path)], there, piece=4_000)
    receipts = 0
    for event in on_ray(there, missing(plan), address=address):
        assert not isinstance(event, Failed), event
        if isinstance(event, Receipt):
            receipts += 1
            if receipts == 2:
                os.killpg(node.pid, signal.SIGKILL)
    assert receipts == len(plan.pieces) > 4
    assert not finish(plan).missing
    assert contents(tmp_path / "there") == contents(tmp_path / "here")
