"""What a user of musnad takes on: no package that it needs at run time is under the GPL or its kin."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, metadata, requires

from packaging.requirements import Requirement

_STRONG = re.compile(r"\b[AL]?GPL\b|General Public License", re.IGNORECASE)
_CHOICE = re.compile(r"\bOR\b")


def needed(name: str, seen: set[str]) -> set[str]:
    """The package and everything that it needs here, extras left out."""
    if name not in seen:
        seen.add(name)
        for requirement in map(Requirement, requires(name) or []):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                needed(requirement.name.lower(), seen)
    return seen


def licence(name: str) -> str:
    told = metadata(name)
    classified = [line for line in told.get_all("Classifier") or [] if line.startswith("License")]
    stated = [(told.get_all(field) or [""])[0] for field in ("License-Expression", "License")]
    return " ".join([*stated, *classified]).strip()


def refused(told: str) -> bool:
    return bool(_STRONG.search(told)) and not _CHOICE.search(told)


def test_no_gpl_at_run_time() -> None:
    try:
        packages = needed("musnad", set())
    except PackageNotFoundError as missing:
        raise AssertionError(f"{missing} is needed and not installed") from missing
    assert len(packages) > 10
    assert {name: licence(name) for name in packages if refused(licence(name))} == {}


def test_every_licence_is_told() -> None:
    assert {name for name in needed("musnad", set()) if not licence(name)} == set()
