"""What a newcomer runs first: the lock, the commands, the links. Nothing here needs a network."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("run", "test", "check", "bench", "train", "lock", "clean")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PINNED = {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE)}


def requirements() -> list[str]:
    groups = PROJECT["dependency-groups"].values()
    return [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"], *(r for g in groups for r in g)]


@pytest.mark.parametrize("wanted", [*map(Requirement, requirements())], ids=lambda wanted: wanted.name)
def test_every_dependency_is_locked(wanted: Requirement) -> None:
    name = canonicalize_name(wanted.name)
    assert name in PINNED, f"{name} is not in requirements.lock: run `make lock`"
    assert wanted.specifier.contains(PINNED[name]), f"{name} {PINNED[name]} is locked: run `make lock`"


def test_every_locked_version_has_hashes() -> None:
    entries = re.split(r"^(?=[\w.-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_commands_are_told() -> None:
    told = subprocess.run(["make", "-s", "help"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True).stdout
    assert set(COMMANDS) <= {line.split()[0] for line in told.splitlines()}


def test_the_check_of_everything_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", str(script)], check=True)


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "training").rglob("*.md")]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    words = path.read_text(encoding="utf-8")
    links = [*re.findall(r"\]\(([^)\s#]+)", words), *re.findall(r"(?:src|srcset)=\"([^\"]+)\"", words)]
    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []
