"""The tree of errors. Each message names what, where and what to do.

MusnadError
├── InputError          one input cannot be read; the rest of a batch goes on
│   ├── UnreadablePage  the bytes are there but are no page (binary, empty, too large)
│   ├── FetchError      an address did not give a page
│   │   └── Refused     we may not or will not fetch it (robots.txt, a private address, another scheme)
│   ├── BadRecord       a record of a WARC file or a line of a JSONL file is broken
│   └── Stopped         a page took longer than its limit, or ended the process that read it
├── Unwritable          what was made cannot be written where it should be: the disk is full, or gone
├── RecordError         the record cannot be opened, read or written
│   ├── NoRecord        there is no record at that place
│   ├── NotARecord      the file there is something else
│   ├── NewerRecord     a newer version of musnad made it
│   ├── LostRecord      the server that keeps it does not answer
│   └── BusyRecord      another process is writing, and went on for longer than we wait
└── UsageError          the command was asked for something it cannot do
"""

from __future__ import annotations


class MusnadError(Exception):
    """The root: `where` names the input (file, address, line), `advice` what a person can do about it."""

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        self.what, self.where, self.advice = what, where, advice
        super().__init__(": ".join(p for p in (where, what) if p) + (f" ({advice})" if advice else ""))


class InputError(MusnadError):
    """One input cannot be read. A batch reports it and goes on."""


class UnreadablePage(InputError):  # noqa: N818 - reads as a sentence where it is caught
    """The bytes are there but hold no page: binary, empty, or larger than the limit."""


class FetchError(InputError):
    """An address did not give a page."""


class Refused(FetchError):  # noqa: N818
    """The address may not be fetched: robots.txt forbids it, it is private, or its scheme is not http(s)."""


class BadRecord(InputError):  # noqa: N818
    """A record of a WARC file or a line of a JSONL file is broken; `where` has the file and the offset or line."""


class Stopped(InputError):  # noqa: N818
    """A page took longer than its limit, or ended the process that read it."""


class Repeated(InputError):  # noqa: N818
    """A record that an archive holds a second time."""


class Unwritable(MusnadError):  # noqa: N818
    """What was made cannot be written where it should be: the disk is full, or the mount is gone. What was told is there."""


class RecordError(MusnadError):
    """The record cannot be opened, read or written."""


class NoRecord(RecordError):  # noqa: N818
    """There is no record at that place."""


class NotARecord(RecordError):  # noqa: N818
    """The file at that place is no record."""


class NewerRecord(RecordError):  # noqa: N818
    """A newer version of musnad made the record: this one might misread it, and does not try."""


class LostRecord(RecordError):  # noqa: N818
    """The server that keeps the record does not answer, or is gone in the middle; what was acknowledged is kept."""


class BusyRecord(RecordError):  # noqa: N818
    """Another process is writing to the record, and has not ended within the time that we wait."""


class UsageError(MusnadError):
    """The command was asked for something that it cannot do."""
