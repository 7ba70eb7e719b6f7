"""Whatever is in an archive: a row of errors with its file and offset, and the rest is done."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path

import pytest

from musnad.batch import Asked, Crew, Failed, begin, missing
from musnad.errors import Unwritable, UsageError
from tests.batch.made import archive, done, job, page, pages, record, rows

pytest.importorskip("pyarrow")


def test_each_kind_of_bad_record_is_told_of(tmp_path: Path) -> None:
    good = pages(6)
    bomb = gzip.compress(b"\0" * 40_000_000)
    false = record(page(50), "https://mina.example/false").replace(b"Content-Length: ", b"Content-Length: 9")
    arabic = "<html lang=ar><h1>عنوان الخبر</h1><p>قال الوزير سالم الكعبي إن الجسر يفتح غدا.</p>".encode("cp1256")
    odd = {
        "false length": false,
        "too large": record(b"<p>" + b"x" * 3_000_000, "https://mina.example/large"),
        "error": record(page(51), "https://mina.example/404", status="404 Not Found"),
        "binary": record(b"\x00\x01\x02" * 500, "https://mina.example/binary"),
        "empty": record(b"  ", "https://mina.example/empty"),
        "bomb": record(bomb, "https://mina.example/bomb").replace(b"charset=utf-8", b"x=y\r\nContent-Encoding: gzip"),
        "windows-1256": record(arabic, "https://mina.example/1256").replace(b"utf-8", b"windows-1256"),
        "nothing of a page": record(b"abc", "https://mina.example/a.png", kind="image/png"),
    }
    for name in ("bomb", "windows-1256"):  # the header grew or shrank
        body = odd[name].split(b"\r\n\r\n", 1)[1][:-4]
        head, _, rest = odd[name].partition(b"Content-Length: ")
        odd[name] = head + b"Content-Length: " + str(len(body)).encode() + rest[rest.index(b"\r") :]
    mixed = [one for pair in zip([*good, *good[:2]], odd.values(), strict=True) for one in pair]
    path = archive(tmp_path / "odd.warc.gz", mixed)
    with path.open("ab") as stream:
        stream.write(gzip.compress(pages(9)[8])[:-30])
    whole = done(job(tmp_path / "set", limit=1_000_000), [path])
    told = rows(tmp_path / "set", "errors")
    assert {str(row["file"]) for row in told} == {str(path)}
    assert all(isinstance(row["offset"], int) and row["advice"] for row in told)
    words = " | ".join(str(row["what"]) for row in told)
    for what in ("false", "larger than the limit", "HTTP error (404)", "empty", "cut short", "the same record as"):
        assert what in words
    assert len(told) == 9  # two good ones are there twice
    addresses = [str(row["address"]).rpartition("/")[2] for row in rows(tmp_path / "set", "articles")]
    assert sorted(addresses) == ["0", "0", "1", "1", "1256", "2", "3", "4", "5"]
    assert whole.rows["articles"] == 9


def test_documents_with_bad_lines(tmp_path: Path) -> None:
    def line(number: int) -> str:
        text = f"عنوان\nأعلن مدير الميناء سالم الكعبي أن {number} سفن وصلت."
        return json.dumps({"id": str(number), "text": text, "published": "2022-03-01T10:00:00+03:00"})

    lines = [line(1), "{broken", line(2), '{"id": 3}', "", line(4), '{"id": "5", "text": "\\ud800 نص"}', "[]"]
    path = tmp_path / "news.docs.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    for piece in (40, 10**6):
        output = tmp_path / f"set-{piece}"
        done(job(output), [path], piece=piece)
        errors = rows(output, "errors")
        assert [row["offset"] for row in errors] == [len("\n".join(lines[:at]).encode()) + 1 for at in (1, 3, 7)]
        assert len(rows(output, "articles")) == 4
    packed = tmp_path / "cut.docs.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes())[:-12])
    done(job(tmp_path / "packed"), [packed])
    assert "cannot be read on" in str(rows(tmp_path / "packed", "errors")[-1]["what"])


@pytest.mark.parametrize(
    ("what", "limit", "told"),
    [
        ("while True: pass", 0.5, "took more than 0.5 s of a processor"),
        ("import time; time.sleep(600)", 0.5, "took more than 12.5 s and was stopped"),
        ("import os; os.kill(os.getpid(), 11)", 5, "ended the process that read it (signal 11)"),
    ],
)
def test_a_page_that_hangs_or_kills_is_stopped_and_listed(
    what: str, limit: float, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finder is made to do it, in the worker, by a module that Python loads at its start."""
    (tmp_path / "sitecustomize.py").write_text(
        "import musnad.batch.reading as reading\n"
        "read = reading.furnished\n"
        "def furnished(page, settings):\n"
        "    if (page.address or '').endswith('/3'):\n"
        f"        {what}\n"
        "    return read(page, settings)\n"
        "reading.furnished = furnished\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    path = archive(tmp_path / "news.warc.gz", pages(6))
    done(job(tmp_path / "set", longest=limit), [path], piece=10**9)
    [error] = rows(tmp_path / "set", "errors")
    assert error["kind"] == "Stopped"
    assert told in str(error["what"])
    assert len(rows(tmp_path / "set", "articles")) == 5


def test_an_input_that_is_gone_fails_its_pieces_alone(tmp_path: Path) -> None:
    here = archive(tmp_path / "here.warc.gz", pages(4))
    gone = archive(tmp_path / "gone.warc.gz", pages(4))
    wanted = job(tmp_path / "set")
    plan, failures = begin([str(gone), str(here), str(tmp_path / "never.warc.gz")], wanted)
    assert [failure.where for failure in failures] == [str(tmp_path / "never.warc.gz")]
    moved = gone.rename(tmp_path / "away")
    failed = [one for one in Crew(wanted, 1).run(missing(plan)) if isinstance(one, Failed)]
    assert [one.piece for one in failed] == ["000000"]
    assert "No such file" in failed[0].what
    moved.rename(gone)
    assert [piece.name for piece in missing(plan)] == ["000000"]
    assert done(wanted, [gone, here]).rows["articles"] == 8


def test_a_full_disk_ends_it_cleanly_and_it_goes_on(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    size = "size=600k"
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(disk)], capture_output=True, check=False
    ).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        path = archive(tmp_path / "news.warc.gz", pages(60))
        wanted = job(disk / "set")
        with pytest.raises(Unwritable, match="No space left"):
            done(wanted, [path])
        assert not (disk / "set" / "manifest.json").exists()
        subprocess.run(["mount", "-o", "remount,size=60m", str(disk)], check=True)
        plan, _ = begin([str(path)], wanted)
        assert 0 < len(missing(plan)) < len(plan.pieces)
        assert done(wanted, [path]).rows["articles"] == 60
        assert not (disk / "set" / "_work").exists()
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_what_was_begun_otherwise_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "news.warc.gz", pages(2))
    done(job(tmp_path / "set"), [path])
    with pytest.raises(UsageError, match="other wishes"):
        begin([str(path)], job(tmp_path / "set", asked=Asked(("ar",))))
    archive(path, pages(3))
    with pytest.raises(UsageError, match="when this data set was begun"):
        begin([str(path)], job(tmp_path / "set"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        begin([str(path)], job(tmp_path / "mine"))
