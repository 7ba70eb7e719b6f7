"""Files, folders and standard input: what is a page is read, what goes wrong is told in its place."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from musnad.errors import InputError, Refused, UnreadablePage, UsageError
from musnad.fetch import open_inputs
from musnad.model import Page
from musnad.settings import Settings, load
from tests.fetch.conftest import Reply, Site
from tests.fetch.records import pages

SMALL = Settings(max_page_bytes=10_000)
WORDS = "<p>نفت الشركة ما نسب إليها</p>".encode()


def read(*inputs: str | Path, stdin: bytes = b"", settings: Settings = SMALL) -> list[Page | InputError]:
    return list(open_inputs([str(i) for i in inputs], settings=settings, stdin=io.BytesIO(stdin)))


def bodies(outcomes: list[Page | InputError]) -> list[bytes | str]:
    return [o.body if isinstance(o, Page) else o.what for o in outcomes]


def test_no_inputs() -> None:
    assert read() == []


@pytest.mark.parametrize("name", ["صفحة.html", "a.txt", "no suffix", "a.html.gz", "gz without its name"])
def test_files(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(WORDS) if "gz" in name else WORDS)
    [page] = read(path)
    assert isinstance(page, Page)
    assert (page.body, page.origin, page.address, page.fetched_at) == (WORDS, str(path), None, None)


def test_gzip_members_follow_each_other(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(WORDS[:9]) + gzip.compress(b"") + gzip.compress(WORDS[9:]) + bytes(100))
    assert bodies(read(path)) == [WORDS]


def test_the_rest_goes_on(tmp_path: Path) -> None:
    good, empty = tmp_path / "good.html", tmp_path / "empty.html"
    good.write_bytes(WORDS)
    empty.write_bytes(b" \n")
    outcomes = read(tmp_path / "missing.html", empty, "ftp://x.example/a", "nul\0", "", good)
    assert [type(o) for o in outcomes] == [InputError, UnreadablePage, Refused, InputError, InputError, Page]
    for error in outcomes[:-1]:
        assert isinstance(error, InputError)
        assert error.what
        assert error.advice
    assert str(tmp_path / "missing.html") in str(outcomes[0])
    assert "no such file" in str(outcomes[0])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"x" * 10_001, "10,000 bytes"),
        (gzip.compress(b"x" * 10_001, mtime=0), "10,000 bytes"),
        (gzip.compress(b"x" * 50_000_000, mtime=0), "10,000 bytes"),
        (gzip.compress(WORDS, mtime=0)[:-9], "cut short"),
        (gzip.compress(WORDS, mtime=0)[:10] + b"\xff" * 50, "damaged"),
        (gzip.compress(b""), "empty"),
        (b"%PDF-1.7 ...", "PDF"),
    ],
    ids=["large", "large once unpacked", "bomb", "cut short", "damaged", "empty", "another kind"],
)
def test_files_that_are_no_page(tmp_path: Path, body: bytes, said: str) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(body)
    [error] = read(path)
    assert isinstance(error, UnreadablePage)
    assert said in error.what
    assert error.where == str(path)


def test_a_page_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"x" * 10_000)
    assert bodies(read(path)) == [b"x" * 10_000]


def test_documents_are_no_page(tmp_path: Path) -> None:
    path = tmp_path / "x.docs.jsonl"
    path.write_text("{}")
    [error] = read(path)
    assert "musnad mark" in str(error)


def test_folders(tmp_path: Path) -> None:
    for name in (
        "b.html",
        "a/2.htm",
        "a/1.TXT",
        "a/x.docs.jsonl",
        "a/.hidden.html",
        ".git/c.html",
        "c.jpg",
        "d.xhtml.gz",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(gzip.compress(name.encode()) if name.endswith("gz") else name.encode())
    (tmp_path / "e.warc").write_bytes(b"".join(pages(2)))
    (tmp_path / "ring").symlink_to(tmp_path)
    (tmp_path / "e.html").symlink_to(tmp_path / "b.html")
    assert bodies(read(tmp_path))[:-2] == [b"a/1.TXT", b"a/2.htm", b"b.html", b"d.xhtml.gz", b"b.html"]
    assert [o.origin for o in read(tmp_path) if isinstance(o, Page)][-2].startswith(str(tmp_path / "e.warc@"))


def test_a_folder_of_good_ones_and_bad_ones(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(WORDS)
    (tmp_path / "b.html").symlink_to(tmp_path / "nowhere")
    (tmp_path / "c.html").symlink_to(tmp_path / "c.html")
    (tmp_path / "d.html").mkdir()
    (tmp_path / "e.html").write_bytes(WORDS)
    os.mkfifo(tmp_path / "f.html")  # must not keep us waiting
    outcomes = read(tmp_path)
    assert [type(o) for o in outcomes] == [Page, InputError, InputError, Page]
    assert "no such file" in str(outcomes[1])
    assert "ring" in str(outcomes[2])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permissions(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(WORDS)
    (tmp_path / "b.html").write_bytes(WORDS)
    (tmp_path / "b.html").chmod(0)
    (tmp_path / "c").mkdir(mode=0)
    outcomes = read(tmp_path)
    assert bodies(outcomes) == [WORDS, "permission denied", "permission denied"]


@pytest.mark.parametrize("name", ["", "only/.hidden", "only/a.docx"])
def test_a_folder_without_pages(tmp_path: Path, name: str) -> None:
    if name:
        (tmp_path / "only").mkdir()
        (tmp_path / name).write_bytes(WORDS)
    [error] = read(tmp_path)
    assert isinstance(error, InputError)
    assert error.what == "no page in this folder"
    assert ".html" in error.advice


def test_standard_input() -> None:
    assert bodies(read("-", stdin=WORDS)) == [WORDS]
    assert bodies(read("-", stdin=gzip.compress(WORDS))) == [WORDS]
    assert bodies(read("-", "-", stdin=WORDS)) == [WORDS, "standard input can be read only once"]
    assert bodies(read("-", stdin=b"")) == ["the page is empty"]
    assert bodies(read("-", stdin=b"x" * 20_000)) == ["larger than the limit of 10,000 bytes"]


def test_a_pipe_that_gives_little_at_a_time() -> None:
    class Pipe(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(7, size) if size and size > 0 else size)

    for data in (WORDS * 50, gzip.compress(WORDS * 50)):
        assert bodies(list(open_inputs(["-"], settings=SMALL, stdin=Pipe(data)))) == [WORDS * 50]


def test_names_that_are_no_utf8(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xe3\xe6.html")
    Path(path).write_bytes(WORDS)
    for outcome in read(path, tmp_path):
        assert isinstance(outcome, Page)
        outcome.origin.encode()


def test_it_is_lazy(tmp_path: Path) -> None:
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    first.write_bytes(WORDS)
    outcomes = open_inputs([str(first), str(second)], settings=SMALL)
    next(outcomes)
    second.write_bytes(b"late")
    assert bodies(list(outcomes)) == [b"late"]


def test_addresses_beside_files(tmp_path: Path, site: Site, settings: Settings) -> None:
    (tmp_path / "a.html").write_bytes(WORDS)
    site.replies["/a"] = Reply()
    outcomes = read(f"{site.url}/a", f"{site.url}/missing", tmp_path / "a.html", f" {site.url}/a", settings=settings)
    assert [type(o).__name__ for o in outcomes] == ["Page", "FetchError", "Page", "Page"]
    assert site.asked.count("/robots.txt") == 1


def test_settings_of_fetching(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSNAD_FETCH_DEADLINE", "7.5")
    assert load().fetch_deadline == 7.5
    monkeypatch.setenv("MUSNAD_USER_AGENT", "مسند")
    with pytest.raises(UsageError, match="MUSNAD_USER_AGENT"):
        load()
    monkeypatch.delenv("MUSNAD_USER_AGENT")
    monkeypatch.setenv("MUSNAD_FETCH_DEADLINE", "soon")
    with pytest.raises(UsageError, match="MUSNAD_FETCH_DEADLINE"):
        load()


def test_httpx_is_imported_only_for_addresses() -> None:
    code = "import sys, musnad.fetch; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
