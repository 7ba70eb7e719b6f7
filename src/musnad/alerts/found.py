"""What is new in the record that a rule wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import func, select

from musnad import stories as view
from musnad.publish.identity import card_key, first_carrier, permanent_id
from musnad.record import Only, newest
from musnad.record.schema import versions
from musnad.record.words import forms
from musnad.stories.amounts import agree
from musnad.stories.ledger import ledger
from musnad.stories.sides import Sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.model import Attribution
    from musnad.publish.identity import Sightings
    from musnad.record import Record
    from musnad.record.alerts import Alert
    from musnad.stories import Telling, Utterance
    from musnad.stories.counted import Thing
    from musnad.stories.ledger import Claim, Entry, Series


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance that is told of, with the statement by which it was first seen, in its story; `others` are the names that
    it would have if another of those who carry it had been the first."""

    item: str
    others: tuple[str, ...]
    story: int
    headline: str
    utterance: Utterance
    first: tuple[Telling, Attribution]

    @property
    def anchor(self) -> str:
        """Where it stands on the page of its story."""
        telling, attribution = self.first
        return f"#s-{card_key(telling.address, attribution)}"


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that changed: the claim before, and the one that cannot be true together with it.

    revised: by its claimant · edited: on the page where it stood · disputed: by somebody else.
    """

    kind: Literal["revised", "edited", "disputed"]
    entry: Entry
    series: Series
    before: Claim
    after: Claim


@dataclass(frozen=True, slots=True)
class Counted:
    """A change of a figure that is told of."""

    item: str
    story: int
    headline: str
    change: Change
    others: tuple[str, ...] = ()
    anchor: str = ""


def said(record: Record, alert: Alert) -> tuple[Said, ...]:
    """The statements that came after the alert and that it wants, the first that came first; an utterance is told of once,
    however many carry it, and not at all where somebody carried it before."""
    rule = alert.rule
    only = Only(speaker=rule.speaker, outlet=rule.outlet, story=rule.story)
    new = newest(record, rule.words, only, after=alert.after, limit=None)[::-1]
    if not new:
        return ()
    numbers = view.stories_of(record, [one.id for one in new])
    out: dict[str, Said] = {}
    for number in dict.fromkeys(numbers.values()):
        tellings = view.articles_of(record, number)
        sides, seen = Sides(tellings), view.sightings(record, tellings)
        held = {
            (telling.address, attribution.id): (utterance, telling, attribution)
            for utterance in view.utterances(tellings)
            for telling, attribution in utterance.carriers
        }
        for one in (one for one in new if numbers.get(one.id) == number):
            found = held.get((one.address, one.attribution.id))
            if found is None:
                continue
            utterance, telling, attribution = found
            wanted = not rule.side or sides.of_account(telling.article, attribution) == rule.side
            if wanted and not _was_there(utterance, seen, alert.baseline):
                told = _said(utterance, seen, number, tellings)
                out.setdefault(told.item, told)
    return tuple(out.values())


def counted(record: Record, alert: Alert) -> tuple[Counted, ...]:
    """The changes of figures in the story of an alert: a value that its claimant revised, in another article or by editing
    one, or one that cannot be true together with any that stood before it."""
    rule = alert.rule
    if rule.story is None:
        return ()
    tellings = view.articles_of(record, rule.story)
    entries, before = ledger(tellings), ledger(_before(record, alert))
    out: dict[str, Counted] = {}
    for change in (*_changes(entries), *_edits(entries, before)):
        words, name, figure = change.entry.words, _name(change.series), change.after.figure
        if (rule.words and not _has(words, rule.words)) or (rule.speaker and not _has(name, rule.speaker)):
            continue
        if _was_claimed(before, change):
            continue
        part = f"figure:{words}:{name}:{figure.value}:{figure.low}:{figure.high}"
        item = permanent_id(change.after.carried[0].told.address, part)
        out.setdefault(item, Counted(item, rule.story, _headline(tellings), change))
    return tuple(sorted(out.values(), key=lambda one: one.change.after.carried[0].told.seen_at))


def _was_claimed(before: Sequence[Entry], change: Change) -> bool:
    """Whether the claimant had claimed it at the last look: who comes late with the older figure changes nothing."""
    return any(
        agree(claim.figure, change.after.figure)
        for entry in before
        if entry.thing == change.entry.thing
        for series in entry.series
        if _name(series) == _name(change.series)
        for claim in series.claims
    )


def _before(record: Record, alert: Alert) -> tuple[Telling, ...]:
    """The story of an alert as it was when it was looked at last; nothing where it was not there."""
    with record.reading() as connection:
        last = select(func.max(versions.c.seen_at)).where(versions.c.article_id <= alert.looked)
        moment = connection.execute(last).scalar()
    return view.articles_of(record, alert.rule.story or 0, known_at=moment) if moment else ()


def _changes(entries: Sequence[Entry]) -> Iterator[Change]:
    """The claims that change a figure, as the story tells it now."""
    for entry in entries:
        claims = [(claim, series) for series in entry.series for claim in series.claims]
        claims.sort(key=lambda one: one[0].carried[0].at)
        for at, (claim, series) in enumerate(claims):
            earlier = [held for held, _ in claims[:at]]
            if claim.revises:
                yield Change("revised", entry, series, series.claims[series.claims.index(claim) - 1], claim)
            elif earlier and not any(agree(claim.figure, held.figure) for held in earlier):
                yield Change("disputed", entry, series, earlier[-1], claim)


def _edits(entries: Sequence[Entry], before: Sequence[Entry]) -> Iterator[Change]:
    """The claims that stand on a page in place of another of the same thing by the same claimant."""
    had, now = _by_page(before), _by_page(entries)
    for key, claims in now.items():
        earlier = had.get(key, [])
        gone = [held for _, _, held in earlier if not any(agree(held.figure, one.figure) for _, _, one in claims)]
        for entry, series, claim in claims:
            if gone and not any(agree(claim.figure, held.figure) for _, _, held in earlier):
                yield Change("edited", entry, series, gone[-1], claim)


def _by_page(entries: Sequence[Entry]) -> dict[tuple[Thing, str, str], list[tuple[Entry, Series, Claim]]]:
    """The claims by what is counted, who claims it, and the address that carries it."""
    out: dict[tuple[Thing, str, str], list[tuple[Entry, Series, Claim]]] = {}
    for entry in entries:
        for series in entry.series:
            for claim in series.claims:
                for address in dict.fromkeys(one.told.address for one in claim.carried):
                    out.setdefault((entry.thing, _name(series), address), []).append((entry, series, claim))
    return out


def _name(series: Series) -> str:
    return series.speaker.name if series.speaker else ""


def _said(utterance: Utterance, seen: Sightings, number: int, tellings: Sequence[Telling]) -> Said:
    first = first_carrier(utterance, seen)
    names = tuple(permanent_id(telling.address, one.id) for telling, one in utterance.carriers)
    return Said(permanent_id(first[0].address, first[1].id), names, number, _headline(tellings), utterance, first)


def _was_there(utterance: Utterance, seen: Sightings, baseline: int) -> bool:
    """Whether somebody carried it before the alert."""
    first = [seen.get((telling.address, one.id), (None, telling.article_id))[1] for telling, one in utterance.carriers]
    return any(number <= baseline for number in first)


def _headline(tellings: Sequence[Telling]) -> str:
    return next((one.article.headline.value for one in reversed(tellings) if one.article.headline), "")


def _has(words: str, wanted: str) -> bool:
    held = set(forms(words))
    return all(form in held for form in forms(wanted))
