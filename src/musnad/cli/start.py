"""What stands around every command: streams, errors, signals and exit codes."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys

import typer
from typer.main import get_command

from musnad.cli.commands import app
from musnad.cli.say import complain, tell
from musnad.errors import MusnadError, UsageError

OK, FAILED, USAGE, INTERRUPTED, NOBODY_READS = 0, 1, 2, 130, 141


def start(arguments: list[str]) -> int:
    """Run one command; every error that a person can do something about is one line on standard error."""
    # A page leaves no cycles: looking for them cost an eighth of the time of a corpus.
    gc.set_threshold(100_000, 50, 100)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # whatever the locale says: what we print is UTF-8
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        return _hush()
    except KeyboardInterrupt:
        tell("interrupted")
        return INTERRUPTED
    except UsageError as error:
        complain(error)
        return USAGE
    except MusnadError as error:
        complain(error)
        return FAILED
    except OSError as error:
        tell(f"cannot go on: {error}")
        return FAILED
    return code


def _run(arguments: list[str]) -> int:
    try:
        result = get_command(app)(args=arguments, prog_name="musnad", standalone_mode=False)
    except typer.Abort as stop:
        raise KeyboardInterrupt from stop
    except typer.Exit as stop:
        return int(stop.exit_code)
    except SystemExit as stop:  # typer's own way with a broken pipe
        if isinstance(stop.__context__, BrokenPipeError):
            raise BrokenPipeError from stop
        raise
    except Exception as error:
        show = getattr(error, "show", None)  # an error of the command line's own: an unknown option, a missing argument
        if show is None:
            raise
        show()
        return USAGE
    if result == INTERRUPTED:  # so typer tells of Ctrl-C
        raise KeyboardInterrupt
    return int(result or OK)


def _hush() -> int:
    """The reader of a pipe has gone: say nothing, and keep Python from trying to flush at its end."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NOBODY_READS
