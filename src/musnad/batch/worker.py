"""A process that does pieces, one after another: ``python -m musnad.batch.worker FD``. It ends with whoever started it."""

from __future__ import annotations

import gc
import signal
import sys
import time
from multiprocessing.connection import Connection

from musnad.batch.job import Failed, Job, Piece, Receipt
from musnad.batch.reading import warm
from musnad.batch.work import do
from musnad.errors import MusnadError, Unwritable, UsageError

_PAUSES = (1.0, 5.0, 25.0)
"""Seconds before an input that could not be read is tried again: stores in the cloud say no now and then."""


def main(number: int) -> None:
    """Do what comes over the connection until nobody is at its other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of a terminal; the first ends the others
    gc.set_threshold(100_000, 50, 100)
    with Connection(number) as connection:
        try:
            job: Job = connection.recv()
            warm(job.settings)
            while True:
                piece, without = connection.recv()
                connection.send(_done(connection, piece, job, without))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return


def _done(connection: Connection, piece: Piece, job: Job, without: dict[str, str]) -> Receipt | Failed | MusnadError:
    for pause in (*_PAUSES, None):
        try:
            return do(piece, job, without=without, tell=connection.send)
        except (Unwritable, UsageError) as error:
            return error
        except (BrokenPipeError, ConnectionResetError):
            raise
        except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
            return Failed(piece.name, f"{error.filename}: {error.strerror}")
        except Exception as error:  # each file system of fsspec has errors of its own
            if pause is None:
                where = piece.ranges[0].file
                return Failed(piece.name, f"{where}: {type(error).__name__}: {error}")
            time.sleep(pause)
    raise AssertionError


if __name__ == "__main__":
    main(int(sys.argv[1]))
