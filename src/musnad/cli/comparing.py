"""``musnad accounts``, ``figures`` and ``drift``: what each prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.cli.answering import LANGUAGE, Answering, opened
from musnad.errors import UsageError
from musnad.publish import compared
from musnad.publish.labels import compared_labels
from musnad.publish.terminal.compared import account_lines, drift_lines, ledger_lines
from musnad.stories import articles_of, story_of
from musnad.stories.accounts import accounts
from musnad.stories.drift import drift
from musnad.stories.ledger import ledger

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from musnad.stories import Telling


def accounts_of(names: Sequence[str], *, record: str | None, known_at: datetime | None, answering: Answering) -> int:
    """Print the accounts of the happenings of stories."""
    found = accounts(_told(names, record, known_at))
    values = [compared.accounts_value(one) for one in found]
    answering.give(values, lambda painter, _: account_lines(found, painter, compared_labels(LANGUAGE)))
    return 0


def figures_of(
    names: Sequence[str], *, record: str | None, known_at: datetime | None, limit: int, answering: Answering
) -> int:
    """Print the ledger of stories, at most that many things that are counted."""
    found = ledger(_told(names, record, known_at))[:limit]
    values = [compared.entry_value(one) for one in found]
    answering.give(values, lambda painter, _: ledger_lines(found, painter, compared_labels(LANGUAGE)))
    return 0


def drift_of(names: Sequence[str], *, record: str | None, known_at: datetime | None, answering: Answering) -> int:
    """Print the utterances of stories whose wording differs between outlets."""
    found = drift(_told(names, record, known_at))
    values = [compared.drift_value(one) for one in found]
    answering.give(values, lambda painter, _: drift_lines(found, painter, compared_labels(LANGUAGE)))
    return 0


def _told(names: Sequence[str], record: str | None, known_at: datetime | None) -> tuple[Telling, ...]:
    """The articles of stories, each named by its number or by the address of one of its pages; each article once.

    Raises UsageError for a story that is none, and for an address that the record does not have.
    """
    out: dict[int, Telling] = {}
    with opened(record) as held:
        for name in names:
            number = int(name) if name.isdecimal() else story_of(held, name, known_at=known_at)
            if number is None:
                advice = "give the number of a story, or an address in the record"
                raise UsageError(f"no story has the page {name!r}", advice=advice)
            out |= {told.article_id: told for told in articles_of(held, number, known_at=known_at)}
    return tuple(sorted(out.values(), key=lambda told: (told.at, told.article_id)))
