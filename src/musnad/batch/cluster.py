"""The same pieces on a Ray cluster: a task a piece, and in each the worker that a single machine has.

The output has to be a folder that all machines share, the inputs have to be there for all of them.
"""

from __future__ import annotations

import socket
from collections import deque
from typing import TYPE_CHECKING, Any

from musnad.batch.crew import Crew
from musnad.batch.job import Failed, Receipt, Step
from musnad.errors import MusnadError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.batch.job import Event, Job, Piece

_AHEAD = 2
"""Tasks a core that wait at the cluster: enough that no core waits, few enough that ten thousand pieces stay here."""

_PATIENCE = 10.0  # seconds for the cluster to answer

_AGAIN = 20  # machines that may be lost under one piece


def on_ray(job: Job, pieces: Sequence[Piece], *, address: str) -> Iterator[Event]:
    """Do the pieces on the cluster at `address`; what became of each. A machine that is lost costs what it was at.

    Raises UsageError where Ray is not installed or there is no cluster, Unwritable as :meth:`Crew.run`.
    """
    ray = _ray(address)
    task = ray.remote(num_cpus=1, max_retries=_AGAIN)(alone)
    ahead = max(1, int(_AHEAD * ray.cluster_resources().get("CPU", 1)))
    waiting = deque(pieces)
    sent: dict[Any, Piece] = {}
    try:
        while waiting or sent:
            while waiting and len(sent) < ahead:
                piece = waiting.popleft()
                sent[task.remote(job, piece)] = piece
            ready, _ = ray.wait(list(sent), num_returns=1)
            for one in ready:
                piece = sent.pop(one)
                yield from _come(ray, one, piece)
    finally:
        for one in sent:
            ray.cancel(one, force=True)
        ray.shutdown()


def alone(job: Job, piece: Piece) -> Receipt | Failed | MusnadError:
    """One piece by one worker: what runs on the machines of the cluster."""
    try:
        ends = [event for event in Crew(job, 1).run([piece]) if not isinstance(event, Step)]
    except MusnadError as error:
        return error
    return ends[-1]


def _come(ray: Any, one: Any, piece: Piece) -> Iterator[Event]:
    try:
        told = ray.get(one)
    except ray.exceptions.RayError as error:
        yield Failed(piece.name, f"{piece.ranges[0].file}: {' '.join(str(error).split())[:200]}")
        return
    if isinstance(told, MusnadError):
        raise told
    if isinstance(told, Receipt):
        yield Step(told.pages)
    yield told


def _ray(address: str) -> Any:
    try:
        import ray
    except ImportError as error:
        raise UsageError("Ray is not installed", advice="pip install 'musnad[batch,cluster]'") from error
    try:
        _reach(address)
        ray.init(address=address, log_to_driver=False, logging_level="ERROR")
    except (OSError, RuntimeError, ValueError) as error:
        told = " ".join(str(error).split())[:200]
        raise UsageError(f"no Ray cluster answers: {told}", where=address, advice="ray start --head") from error
    return ray


def _reach(address: str) -> None:
    """Raises OSError where nothing listens at an address: Ray itself tries for minutes, and then ends the process."""
    host, _, port = address.rpartition(":")
    if host and port.isdecimal() and "://" not in address:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
