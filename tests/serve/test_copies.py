"""Copies of a record made while it is served and added to, as docs/deployment.md says."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.record import servers
from tests.serve.conftest import add
from tests.serve.test_follow import started


def test_a_copy_made_while_it_is_served_is_whole(tmp_path: Path) -> None:
    place, copy, small = (str(tmp_path / name) for name in ("record.sqlite", "copy.sqlite", "small.sqlite"))
    add(place, 6, 2)
    with started("--record", place):
        adding = threading.Thread(target=add, args=(place, 10, 2, 6))
        adding.start()
        with closing(sqlite3.connect(place)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        with closing(sqlite3.connect(place)) as source:
            source.execute("VACUUM INTO ?", (small,))
        adding.join()
    for one in (copy, small):
        verified = subprocess.run(
            [sys.executable, "-m", "musnad", "verify", "--record", one], capture_output=True, timeout=60
        )
        assert verified.returncode == 0, verified.stdout
        with started("--record", one) as (_, client):
            assert client.get("/story/1").status_code == 200


def test_a_dump_of_postgresql_is_restored_whole(postgresql: Path, tmp_path: Path) -> None:
    dump, restore = tool("pg_dump"), tool("pg_restore")
    place, other = servers.database(postgresql), servers.database(postgresql)
    add(place, 6, 2)
    names = [one.partition("@/")[2].partition("?")[0] for one in (place, other)]
    given = ["-h", str(postgresql), "-U", "postgres"]
    file = str(tmp_path / "record.dump")
    with started("--record", place):
        subprocess.run([dump, *given, "-Fc", "-f", file, names[0]], check=True, timeout=60)
    subprocess.run([restore, *given, "--exit-on-error", "-d", names[1], file], check=True, timeout=60)
    verified = subprocess.run(
        [sys.executable, "-m", "musnad", "verify", "--record", other], capture_output=True, timeout=60
    )
    assert verified.returncode == 0, verified.stdout
    add(other, 1, 1, 6)
    with started("--record", other) as (_, client):
        assert client.get("/api/v1/stories").json()[0]["articles"] == 7


def tool(name: str) -> str:
    """A program of PostgreSQL: that of pgserver, else the one in PATH."""
    import pgserver

    mine = Path(pgserver.__file__).parent / "pginstall" / "bin" / name
    found = str(mine) if mine.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"needs {name}, which is not here")
    return found
