"""What may be wanted, and where it may go."""

from __future__ import annotations

from dataclasses import replace
from email.errors import HeaderParseError
from email.headerregistry import Address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from musnad.errors import UsageError
from musnad.lang import table
from musnad.record.query import read_query
from musnad.record.words import forms
from musnad.stories.sides import side_of

if TYPE_CHECKING:
    from musnad.record.alerts import Rule

_LONGEST = 500


def made(rule: Rule) -> Rule:
    """A rule as it is kept: the side by its code, the target as an address. Raises UsageError where it cannot be one."""
    if not any((rule.words, rule.speaker, rule.outlet, rule.side, rule.story, rule.figures)):
        advice = "say what is wanted: --words, --speaker, --outlet, --side, --story"
        raise UsageError("this alert would tell of everything", advice=advice)
    if rule.figures and rule.story is None:
        raise UsageError("figures are those of a story", advice="name it with --story ID")
    for name, given in (("--speaker", rule.speaker), ("--outlet", rule.outlet)):
        if given and not forms(given):
            raise UsageError(f"{name} {given!r} has no word", advice="give a name")
    if max(map(len, (rule.name, rule.words, rule.speaker, rule.outlet, rule.target))) > _LONGEST:
        raise UsageError(f"something is longer than {_LONGEST} signs", advice="make it shorter")
    read_query(rule.words)
    return replace(rule, target=_target(rule.target), side=_side(rule.side) if rule.side else "")


def address_of(target: str) -> str:
    """The e-mail address of a target; empty for a webhook."""
    return target.removeprefix("mailto:") if target.startswith("mailto:") else ""


def _target(given: str) -> str:
    if given.lower().startswith(("http://", "https://")):
        try:
            parts = urlsplit(given)
            good = bool(parts.hostname) and parts.username is None and parts.port != 0 and given.isprintable()
        except ValueError:
            good = False
        if good and " " not in given:
            return given
        raise UsageError(f"{given!r} is no address of a webhook", advice="write https://HOST/PATH, without a password")
    mail = given.removeprefix("mailto:")
    try:
        address = Address(addr_spec=mail)
        if address.domain and mail.isprintable() and mail.isascii():
            return f"mailto:{mail}"
    except (HeaderParseError, ValueError, IndexError):
        pass
    raise UsageError(f"{given!r} is neither a webhook nor an e-mail address", advice="write https://… or NAME@HOST")


def _side(given: str) -> str:
    codes = {row["side"] for row in table("ar", "sides")}
    found = given.upper() if given.upper() in codes else side_of(given)
    if found is None:
        raise UsageError(
            f"{given!r} is no side that is known", advice="write a state, its code (RU), or an office of it"
        )
    return found
