"""What readers put right in the record: who spoke, through whom it came, or that nobody said it.

A correction is added and never changed; of several of one part the last counts, and one can be taken back. It speaks of a
page by its address and of a statement by its words with what stands around them, so that it holds for the page as it is
changed and read again. Where those words are found no more, or not only once, it is about nothing and is listed as such.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from sqlalchemy import insert, select

from musnad.errors import UsageError
from musnad.model import Corrected, Doubt, Link, Span, Speaker, SpeakerKind
from musnad.record.anchors import Anchor, Orphan, anchor_of, find_again
from musnad.record.kinds import kind_of
from musnad.record.meanings import name_number
from musnad.record.rows import load_articles
from musnad.record.schema import addresses, attributions, versions
from musnad.record.schema_corrections import corrected, corrections
from musnad.record.schema_stories import story_articles, story_events
from musnad.record.words import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from musnad.model import Article, Attribution
    from musnad.record.types import Taken

What = Literal["speaker", "chain", "not_said", "story", "undo"]
"""What is put right: who spoke (value: a name and a kind) · through whom it came (value: such pairs, the origin first) ·
that it was not said (no value) · with which other page its page goes (value: the address, None for a story of its own) ·
what was put right before, taken back (value: one of the others)."""

_PARTS = ("speaker", "chain", "not_said", "story")
_ALIKE = 0.8  # of the letters of two stretches must be in both, for a statement whose edges are read elsewhere now
_LONGEST = 500
_RULE = "correction"


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody put right in a statement of the page at `address`: `anchor` are its words, `was` the speaker as read.
    `value` is as :data:`What` says, plain lists and words. `made_at` is in UTC."""

    what: What
    address: str
    anchor: Anchor
    was: str
    value: Any
    by: str
    made_at: datetime
    note: str = ""


def correct(
    connection: Connection, statement: int, what: What, value: Any, by: str, note: str, made_at: datetime | None = None
) -> Correction:
    """As :meth:`musnad.record.Record.correct`."""
    row = place_in(connection, statement)
    article = load_articles(connection, [row.article_id])[row.article_id]
    one = next(held for held in article.attributions if held.id == row.key)
    if not one.content:
        raise UsageError("nothing is said in this statement", advice="correct another one")
    told = Correction(
        what, row.address, anchor_of(article.text.words, _stretch(one)), one.speaker.name,
        checked(what, value, one), by.strip()[:_LONGEST], made_at or datetime.now(UTC), note.strip()[:_LONGEST],
    )  # fmt: skip
    at = place_of(article, told)
    if isinstance(at, Orphan) or article.attributions[at].id != one.id:
        raise UsageError(
            "another statement has the very same words in the same place",
            advice="it cannot be told apart, and was not kept",
        )
    if not told.by:
        raise UsageError("nobody has signed it", advice="say who corrects")
    keep(connection, told)
    return told


def place_in(connection: Connection, statement: int) -> Any:
    """The article of a statement, its key in it, and the address. Raises UsageError where there is no such statement."""
    row = connection.execute(
        select(attributions.c.article_id, attributions.c.key, addresses.c.address)
        .join(versions, versions.c.article_id == attributions.c.article_id)
        .join(addresses, addresses.c.id == versions.c.address_id)
        .where(attributions.c.id == statement)
        .limit(1)
    ).first()
    if row is None:
        raise UsageError(f"there is no statement {statement}", advice="`musnad search` gives the numbers of statements")
    return row


def checked(what: str, value: Any, one: Attribution | None = None) -> Any:
    """The value of a correction as it is kept. Raises UsageError for one that says nothing."""
    if what not in get_args(What):
        raise UsageError(f"{what!r} is nothing that can be put right", advice=f"one of {', '.join(get_args(What))}")
    if what == "not_said":
        return None
    if what == "story":
        if value is not None and not (isinstance(value, str) and value.strip()):
            raise UsageError(
                "a page goes with another page, by its address", advice="or with none, in a story of its own"
            )
        return value
    if what == "undo":
        if value not in _PARTS:
            raise UsageError("it must be said what is taken back", advice=f"one of {', '.join(_PARTS)}")
        return value
    if what == "speaker":
        return _named(value, one.speaker.kind if one else None)
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= 20:
        advice = "write them from the origin on: 'Speaker < Agency < Outlet'"
        raise UsageError("a chain has 1 to 20 names", advice=advice)
    known = {link.name: link.kind for link in one.chain} if one else {}
    return [_named(name, known.get(_name_in(name))) for name in value]


def chain_of(words: str) -> list[str | list[str]]:
    """The names of a chain as a person writes it, the origin first, each with its kind where that is written.

    >>> chain_of("ليلى الحسن < agency:واس < المدار")
    ['ليلى الحسن', ['واس', 'agency'], 'المدار']
    """
    out: list[str | list[str]] = []
    for part in words.split("<"):
        kind, _, name = part.strip().partition(":")
        out.append([name.strip(), kind] if name and kind in get_args(SpeakerKind) else part.strip())
    return out


def keep(connection: Connection, told: Correction) -> None:
    """Keep a correction, and log it with the stories that tell what it is about."""
    known = select(addresses.c.id).where(addresses.c.address == told.address)
    for number in connection.execute(known).scalars():  # else a version that is being added now would not be linked
        kind_of(connection).hold_address(connection, number)
    row = {name: getattr(told, name) for name in ("what", "address", "was", "value", "by", "made_at", "note")}
    row |= {"exact": told.anchor.exact, "before": told.anchor.before, "after": told.anchor.after}
    key = connection.execute(insert(corrections), row).inserted_primary_key
    assert key is not None
    for name in sorted(_names_in(told)):
        name_number(connection, name)
    wanted = select(versions.c.article_id).join(addresses, addresses.c.id == versions.c.address_id).distinct()
    ids = list(connection.execute(wanted.where(addresses.c.address == told.address)).scalars())
    stories: set[int] = set()
    for number, article in load_articles(connection, ids).items():
        _link(connection, int(key[0]), told, number, article)
        placed = select(story_articles.c.story_id).where(story_articles.c.article_id == number)
        for story in connection.execute(placed).scalars():
            if story not in stories:
                stories.add(story)
                event = {"at": told.made_at, "event": "corrected", "story_id": story, "article_id": number}
                connection.execute(insert(story_events), event)


def retell(connection: Connection, told: Correction) -> Taken:
    """Keep a correction out of another record as it was made there; one that is known here changes nothing."""
    if any(one == told for one in made(connection, [told.address])):
        return "known"
    keep(connection, told)
    return "decided"


def made(
    connection: Connection, of: Iterable[str] | None = None, *, since: datetime | None = None,
    known_at: datetime | None = None,
) -> list[Correction]:  # fmt: skip
    """The corrections of these addresses (None: all), the first made first; made since then, or known then."""
    return [one for _, one in numbered(connection, of, since=since, known_at=known_at)]


def numbered(
    connection: Connection, of: Iterable[str] | None, *, since: datetime | None = None, known_at: datetime | None = None
) -> list[tuple[int, Correction]]:
    """As :func:`made`, each with its number."""
    wanted = select(corrections).order_by(corrections.c.made_at, corrections.c.id)
    if of is not None:
        wanted = wanted.where(corrections.c.address.in_(list(of)))
    if since is not None:
        wanted = wanted.where(corrections.c.made_at >= since)
    if known_at is not None:
        wanted = wanted.where(corrections.c.made_at <= known_at)
    out: list[tuple[int, Correction]] = []
    for row in connection.execute(wanted):
        anchor = Anchor(row.exact, row.before, row.after)
        told = Correction(row.what, row.address, anchor, row.was, row.value, row.by, row.made_at, row.note)
        out.append((row.id, told))
    return out


def apply(
    connection: Connection, held: Mapping[int, tuple[str, Article]], known_at: datetime | None
) -> dict[int, Article]:
    """Articles with what was put right in them, by their numbers; each is given with its address."""
    out = {number: article for number, (_, article) in held.items()}
    if connection.execute(select(corrections.c.id).limit(1)).first() is None:
        return out
    told: dict[str, list[Correction]] = defaultdict(list)
    known = sorted({address for address, _ in held.values()})
    for at in range(0, len(known), _LONGEST):
        for one in made(connection, known[at : at + _LONGEST], known_at=known_at):
            told[one.address].append(one)
    return {
        number: put_right(article, told[address]) if address in told else article
        for number, (address, article) in held.items()
    }


def put_right(article: Article, told: Sequence[Correction]) -> Article:
    """An article with these corrections, the last of each part of a statement; what nobody said is left out with a Doubt."""
    stand: dict[int, dict[str, Correction]] = defaultdict(dict)
    for one in told:
        at = place_of(article, one)
        if isinstance(at, Orphan):
            continue
        if one.what == "undo":
            stand[at].pop(one.value, None)
        else:
            stand[at][one.what] = one
    said = list(article.attributions)
    for at, parts in stand.items():
        said[at] = _corrected(said[at], parts)
    out = {at for at, parts in stand.items() if "not_said" in parts}
    return replace(_without(replace(article, attributions=tuple(said)), out, stand))


def place_of(article: Article, one: Correction) -> int | Orphan:
    """The number of the statement that a correction is about, or an Orphan with the reason why none is.

    It is the one whose words are those of the anchor, where the text still has them there; or, where its edges are read
    elsewhere now, the only one that has most of them.
    """
    found = find_again(one.anchor, article.text.words)
    if isinstance(found, Orphan):
        return found
    shares = {at: _shared(_stretch(held), found) for at, held in enumerate(article.attributions) if held.content}
    best = [at for at, share in shares.items() if share == 1] or [at for at, share in shares.items() if share >= _ALIKE]
    if len(best) > 1:
        best = [at for at in best if article.attributions[at].speaker.name == one.was] or best
    return best[0] if len(best) == 1 else Orphan(one.anchor, "several places" if best else "no such words", len(best))


def link_article(connection: Connection, address: str, number: int, article: Article) -> None:
    """Have an article that was just added found by what was put right before at its address."""
    for key, told in numbered(connection, [address]):
        _link(connection, key, told, number, article)


def overlay(connection: Connection, known_at: datetime | None) -> dict[int, str | None]:
    """The statements that have another speaker than was read, by their numbers; None where nobody said it."""
    wanted = select(corrected.c.attribution_id, corrections.c.what, corrections.c.value).join(
        corrections, corrections.c.id == corrected.c.correction_id
    )
    if known_at is not None:
        wanted = wanted.where(corrections.c.made_at <= known_at)
    stand: dict[int, dict[str, Any]] = defaultdict(dict)
    for number, what, value in connection.execute(wanted.order_by(corrections.c.made_at, corrections.c.id)):
        if what == "undo":
            stand[number].pop(value, None)
        else:
            stand[number][what] = value
    return {
        number: None if "not_said" in parts else parts["speaker"][0]
        for number, parts in stand.items()
        if "not_said" in parts or "speaker" in parts
    }


def _link(connection: Connection, key: int, told: Correction, number: int, article: Article) -> None:
    at = place_of(article, told)
    if isinstance(at, Orphan):
        return
    which = select(attributions.c.id).where(
        attributions.c.article_id == number, attributions.c.key == article.attributions[at].id
    )
    for statement in connection.execute(which).scalars():
        connection.execute(insert(corrected), {"correction_id": key, "attribution_id": statement})


def _corrected(one: Attribution, parts: Mapping[str, Correction]) -> Attribution:
    if not parts:
        return one
    last = max(parts.values(), key=lambda told: told.made_at)
    mark = Corrected(last.by, last.made_at, one.speaker, one.chain, last.note)
    chain, speaker = one.chain, one.speaker
    if "speaker" in parts:
        speaker = Speaker(*parts["speaker"].value)
        if chain and chain[-1].name == one.speaker.name:
            chain = (*chain[:-1], replace(chain[-1], name=speaker.name, kind=speaker.kind))
    if "chain" in parts:
        known = {link.name: link for link in one.chain}
        told = reversed(parts["chain"].value)
        chain = tuple(replace(known.get(name) or Link(name, kind), kind=kind) for name, kind in told)
    return replace(one, speaker=speaker, chain=chain, rule=_RULE, score=1.0, corrected=mark)


def _without(article: Article, out: set[int], stand: Mapping[int, Mapping[str, Correction]]) -> Article:
    """The article without these statements; what stood within one of them stands in what that stood in."""
    if not out:
        return article
    doubts = [
        Doubt(f"not said, says {stand[at]['not_said'].by}", _RULE, _stretch(article.attributions[at]))
        for at in sorted(out)
    ]
    numbers = {at: new for new, at in enumerate(at for at in range(len(article.attributions)) if at not in out)}

    def outside(at: int | None) -> int | None:
        while at is not None and at in out:
            at = article.attributions[at].within
        return None if at is None else numbers[at]

    kept = (replace(article.attributions[at], within=outside(article.attributions[at].within)) for at in numbers)
    figures = tuple(replace(one, claimant=numbers.get(one.claimant) if one.claimant is not None else None)
                    for one in article.figures)  # fmt: skip
    return replace(article, attributions=tuple(kept), figures=figures, doubts=(*article.doubts, *doubts))


def _stretch(one: Attribution) -> Span:
    return Span(one.content[0].start, one.content[-1].end)


def _shared(one: Span, other: Span) -> float:
    """How much of the longer stretch both have."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(both, 0) / max(one.end - one.start, other.end - other.start, 1)


def _names_in(told: Correction) -> set[str]:
    """The names that a correction gives."""
    given = {"speaker": [told.value], "chain": told.value}.get(told.what, ())
    return {name for name, _ in given}


def _name_in(value: Any) -> str:
    return str(value[0] if isinstance(value, list | tuple) else value).strip()


def _named(value: Any, kind: SpeakerKind | None) -> list[str]:
    """A name and its kind: as given, else the one that was read."""
    name = _name_in(value)
    given = value[1] if isinstance(value, list | tuple) and len(value) > 1 else None
    if not forms(name) or len(name) > _LONGEST or not name.isprintable():
        raise UsageError(f"there is no name in {name[:40]!r}", advice="give the name of a person, an office or a body")
    if given is not None and given not in get_args(SpeakerKind):
        raise UsageError(f"{given!r} is no kind of speaker", advice=f"one of {', '.join(get_args(SpeakerKind))}")
    return [name, given or kind or "body"]
