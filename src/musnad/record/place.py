"""Where the record is kept."""

from __future__ import annotations

from pathlib import Path

_NAME = "record.sqlite"


def record_path(given: str | None = None) -> Path:
    """The file of the record: the one that is given, or else that of this user.

    >>> record_path("news.sqlite").name, record_path().name
    ('news.sqlite', 'record.sqlite')
    """
    if given:
        return Path(given).expanduser()
    from platformdirs import user_data_path

    return user_data_path("musnad", appauthor=False) / _NAME
