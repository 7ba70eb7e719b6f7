"""Alerts: what is told of, once for each utterance; delivered at least once, under the same id."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from musnad.alerts import Sending, begin, deliver, look, made, run
from musnad.alerts.mail import Mail
from musnad.alerts.run import WAITS
from musnad.alerts.webhook import Webhooks, secret_of, signature
from musnad.errors import UsageError
from musnad.model import Page
from musnad.record import Record
from musnad.record.alerts import LEASE, Alerts, Rule
from musnad.run.path import read
from musnad.settings import load
from tests.alerts.servers import Hook, hook, post
from tests.record import servers

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BEGINS = "جنحت عبارة الركاب «نسيم» فجر اليوم قبالة ميناء السند، وعلى متنها اثنان وأربعون راكبا من قرى الضفة الشمالية."
HARBOUR = "قال مدير الميناء سالم الكعبي إن العبارة اصطدمت بحاجز رملي لم يكن على الخرائط."
CAPTAIN = "قالت القبطان هدى منصور: «لم يصب أحد من الركاب بأذى»."
TUGS = "قال مدير الميناء سالم الكعبي إن القاطرات ستسحب العبارة غدا إلى الرصيف."
KREMLIN = "قال المتحدث باسم الكرملين دميتري بيسكوف إن موسكو سترسل سفينة إنقاذ إلى الميناء."


class Desk:
    """A record to which pages are added, at moments that the test chooses."""

    def __init__(self, record: Record) -> None:
        self.record, self.now = record, datetime(2022, 3, 1, 9, 0, tzinfo=UTC)

    def write(self, name: str, outlet: str, *paragraphs: str, headline: str = "جنوح عبارة ركاب قبالة السند") -> None:
        self.now += timedelta(minutes=1)
        body = "".join(f"<p>{words}</p>" for words in paragraphs)
        html = (
            f'<!doctype html><html lang="ar"><head><title>{headline}</title>'
            f'<meta property="og:site_name" content="{outlet}">'
            f'<meta property="article:published_time" content="{self.now.isoformat()}">'
            f"</head><body><article><h1>{headline}</h1>{body}</article></body></html>"
        )
        page = Page(html.encode(), name, f"https://{name}.example/1", self.now, "text/html", "utf-8")
        self.record.add(page, read(page))


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    if request.param == "postgresql":
        with servers.server() as socket, Record.open(servers.database(socket), create=True) as record:
            yield Desk(record)
    else:
        with Record.open(tmp_path / "r.sqlite", create=True) as record:
            yield Desk(record)


@pytest.fixture
def there() -> Iterator[Hook]:
    with hook() as held:
        yield held


def _sending(clock: list[datetime]) -> Sending:
    webhooks = Webhooks(SECRET, replace(load(), allow_private=True))
    return Sending(webhooks, base="https://desk.example", clock=lambda: clock[0])


def test_an_utterance_is_told_of_once_with_its_chain_and_a_link(desk: Desk, there: Hook) -> None:
    desk.write("madar", "المدار", BEGINS, HARBOUR)
    begin(desk.record, made(Rule("الميناء", there.url, words="العبارة OR الركاب")))
    sending = _sending([datetime.now(UTC)])
    assert look(desk.record, sending) == 0  # it stood there before
    desk.write("difaf", "الضفاف", BEGINS, HARBOUR, CAPTAIN)
    assert look(desk.record, sending) == 1  # what the harbour said is only carried once more
    assert look(desk.record, sending) == 0
    assert [tried.said for tried in deliver(desk.record, sending)] == [""]
    desk.write("sahel", "الساحل", BEGINS, CAPTAIN)
    desk.write("difaf", "الضفاف", BEGINS, HARBOUR, CAPTAIN, "وأضيفت فقرة أخرى إلى الخبر بعد الظهر.")
    assert look(desk.record, sending) == 0
    ((headers, body),) = there.came
    value = json.loads(body)
    assert value["type"] == "musnad.statement"
    data = value["data"]
    assert (data["speaker"], data["outlets"]) == ("القبطان هدى منصور", ["الضفاف"])
    assert data["chain"].startswith("الضفاف ← ")
    assert data["link"].startswith(f"https://desk.example/story/{data['story']['story']}#s-")
    assert data["alert"]["name"] == "الميناء"
    assert "لم يصب أحد" in data["utterance"]["said"]
    signed = signature(secret_of(SECRET), headers["webhook-id"], int(headers["webhook-timestamp"]), body)
    assert headers["webhook-signature"] == signed


@pytest.mark.parametrize(
    ("rule", "speakers"),
    [
        (Rule("", "", speaker="الكعبي"), ["سالم الكعبي"]),
        (Rule("", "", side="روسيا"), ["دميتري بيسكوف"]),
        (Rule("", "", words="الركاب", speaker="منصور"), ["هدى منصور"]),
        (Rule("", "", words="الجسر"), []),
        (Rule("", "", outlet="المدار"), ["سالم الكعبي", "هدى منصور", "دميتري بيسكوف"]),
        (Rule("", "", outlet="الضفاف"), []),
    ],
)
def test_all_of_a_rule_has_to_be_true(tmp_path: Path, rule: Rule, speakers: list[str]) -> None:
    with Record.open(tmp_path / "r.sqlite", create=True) as record, hook() as there:
        begin(record, made(replace(rule, target=there.url)))
        Desk(record).write("madar", "المدار", BEGINS, HARBOUR, CAPTAIN, KREMLIN)
        sending = _sending([datetime.now(UTC)])
        look(record, sending)
        assert all(not tried.said for tried in deliver(record, sending))
        told = sorted(json.loads(body)["data"]["speaker"].removeprefix("القبطان ") for _, body in there.came)
        assert told == sorted(speakers)


def test_a_figure_that_changes_is_told_of(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.sqlite", create=True) as record, hook() as there:
        desk, sending = Desk(record), _sending([datetime.now(UTC)])
        told = "قال وزير الصحة كريم الراضي إن {} قتيلا سقطوا في انهيار الجسر."
        desk.write("madar", "المدار", BEGINS, told.format(12), headline="انهيار جسر السند")
        assert look(record, sending) == 0
        alert = begin(record, made(Rule("الأرقام", there.url, story=1, figures=True)))
        assert look(record, sending) == 0
        desk.write("madar", "المدار", BEGINS, told.format(19), headline="انهيار جسر السند")
        desk.write("difaf", "الضفاف", BEGINS, told.format(12), headline="انهيار جسر السند")
        desk.write("sahel", "الساحل", BEGINS, told.format(19), headline="انهيار جسر السند")
        assert look(record, sending) == 1
        assert look(record, sending) == 0
        list(deliver(record, sending))
        data = json.loads(there.came[0][1])["data"]
        assert data["alert"]["id"] == alert.id
        assert "19" in data["is"]
        assert "12" in data["was"]
        assert data["change"] == "edited"
        assert data["speaker"] == "كريم الراضي"


def test_a_figure_that_somebody_revises_in_another_article(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.sqlite", create=True) as record, hook() as there:
        desk, sending = Desk(record), _sending([datetime.now(UTC)])
        told = "وأعلنت وزارة الصحة أن عدد قتلى انهيار جسر السند بلغ {} قتيلا."
        desk.write("madar", "المدار", BEGINS, told.format(12), headline="انهيار جسر السند")
        begin(record, made(Rule("", there.url, story=1, figures=True, speaker="الصحة")))
        begin(record, made(Rule("", there.url, story=1, figures=True, words="الجرحى")))
        desk.write("difaf", "الضفاف", BEGINS, told.format(19), headline="انهيار جسر السند")
        assert look(record, sending) == 1
        list(deliver(record, sending))
        data = json.loads(there.came[0][1])["data"]
        assert (data["change"], data["speaker"]) == ("revised", "وزارة الصحة")
        assert "19" in data["is"]


def test_what_is_not_taken_is_tried_again_under_its_id(desk: Desk, there: Hook) -> None:
    begin(desk.record, made(Rule("", there.url, speaker="الكعبي")))
    desk.write("madar", "المدار", BEGINS, HARBOUR)
    clock = [datetime(2022, 3, 1, 12, 0, tzinfo=UTC)]
    sending = _sending(clock)
    look(desk.record, sending)
    there.answers, there.headers = [500, 429, 302], {"Retry-After": "90", "Location": "http://127.0.0.1:1/"}
    waits = []
    for _ in range(4):
        (tried,) = deliver(desk.record, sending)
        assert list(deliver(desk.record, sending)) == []  # not before its time
        if tried.again is None:
            assert tried.said == ""
            break
        waits.append((tried.again - clock[0]).total_seconds())
        clock[0] = tried.again
    assert waits == [90, 90, WAITS[2]]
    assert len(there.ids) == 4
    assert len(set(there.ids)) == 1
    assert Alerts(desk.record).tallies()[1].delivered == 1


def test_what_nobody_takes_is_given_up_and_told(tmp_path: Path, there: Hook) -> None:
    with Record.open(tmp_path / "r.sqlite", create=True) as record:
        begin(record, made(Rule("", there.url, speaker="الكعبي")))
        begin(record, made(Rule("", there.url + "/gone", speaker="منصور")))
        Desk(record).write("madar", "المدار", BEGINS, HARBOUR, CAPTAIN)
        clock = [datetime(2022, 3, 1, 12, 0, tzinfo=UTC)]
        sending = _sending(clock)
        look(record, sending)
        there.answers = [500, 410, *[500] * 20]
        tries = 0
        while tried := list(deliver(record, sending)):
            tries += len(tried)
            clock[0] = max([one.again for one in tried if one.again], default=clock[0])
        assert tries == 1 + 1 + len(WAITS)
        assert (clock[0] - datetime(2022, 3, 1, 12, 0, tzinfo=UTC)).total_seconds() == sum(WAITS)
        tallies = Alerts(record).tallies()
        assert [(tallies[number].failed, tallies[number].waiting) for number in (1, 2)] == [(1, 0), (1, 0)]
        assert tallies[2].said == "answered 410"


def test_a_target_that_is_down_does_not_hold_up_the_others(tmp_path: Path, there: Hook) -> None:
    with Record.open(tmp_path / "r.sqlite", create=True) as record, hook() as other:
        begin(record, made(Rule("", there.url, outlet="المدار")))
        begin(record, made(Rule("", other.url, outlet="المدار")))
        Desk(record).write("madar", "المدار", BEGINS, HARBOUR, CAPTAIN, KREMLIN)
        sending = _sending([datetime.now(UTC)])
        assert look(record, sending) == 6
        there.answers = [500] * 3
        list(deliver(record, sending))
        assert (len(there.came), len(other.came)) == (1, 3)


def test_a_kill_in_the_middle_delivers_again(tmp_path: Path, there: Hook) -> None:
    with Record.open(tmp_path / "r.sqlite", create=True) as record:
        begin(record, made(Rule("", there.url, speaker="الكعبي")))
        Desk(record).write("madar", "المدار", BEGINS, HARBOUR)
        clock = [datetime(2022, 3, 1, 12, 0, tzinfo=UTC)]
        sending = _sending(clock)
        look(record, sending)
        alerts = Alerts(record)
        (one,) = alerts.due(now=clock[0])
        assert alerts.take(one, now=clock[0])
        sending.send(one)  # and before that is written down, the process is killed
        assert not alerts.take(one, now=clock[0])  # another process does not have it meanwhile
        assert list(deliver(record, sending)) == []
        clock[0] += LEASE
        assert [tried.said for tried in deliver(record, sending)] == [""]
        assert len(there.came) == 2
        assert len(set(there.ids)) == 1


def test_a_letter(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.sqlite", create=True) as record, post() as there:
        begin(record, made(Rule("تنبيه\nBcc: all@evil.example", "desk@news.example", speaker="الكعبي")))
        begin(record, made(Rule("", "nobody@news.example", speaker="منصور")))
        Desk(record).write("madar", "المدار <b>", BEGINS, HARBOUR, CAPTAIN)
        clock = [datetime(2022, 3, 1, 12, 0, tzinfo=UTC)]
        sending = Sending(None, Mail(there.url, "musnad@desk.example"), "https://desk.example", clock=lambda: clock[0])
        look(record, sending)
        there.answers = ["451 later", "550 no such"]
        first = list(deliver(record, sending))
        assert sorted(tried.again is None for tried in first) == [False, True]
        clock[0] += timedelta(seconds=WAITS[0])
        assert [tried.said for tried in deliver(record, sending)] == [""]
        (letter,) = there.letters
        assert letter["From"] == "musnad@desk.example"
        assert letter["Bcc"] is None
        told = "سالم الكعبي" if letter["To"] == "desk@news.example" else "هدى منصور"
        assert told in letter["Subject"]
        plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
        assert plain
        assert html
        assert told in plain.get_content()
        assert "https://desk.example/story/1#s-" in plain.get_content()
        assert 'dir="rtl"' in html.get_content()
        assert "<b>" not in html.get_content()
        (delivered,) = [one.delivery.id for one in first if one.again]
        assert letter["Message-ID"] == f"<{delivered.rpartition(':')[2]}@musnad.invalid>"


def test_it_goes_on_until_it_is_stopped(tmp_path: Path, there: Hook) -> None:
    path = tmp_path / "r.sqlite"
    with Record.open(path, create=True) as record:
        begin(record, made(Rule("", there.url, speaker="الكعبي")))
    stop, found = threading.Event(), threading.Event()

    def work() -> None:
        with Record.open(path) as record:
            sending = Sending(Webhooks(SECRET, replace(load(), allow_private=True)))
            for _ in run(record, sending, stop=stop, every=0.05):
                found.set()

    thread = threading.Thread(target=work)
    thread.start()
    with Record.open(path) as record:
        Desk(record).write("madar", "المدار", BEGINS, HARBOUR)
    assert found.wait(20)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert len(there.came) == 1


def test_no_private_address_is_sent_to(tmp_path: Path, there: Hook) -> None:
    with Record.open(tmp_path / "r.sqlite", create=True) as record:
        begin(record, made(Rule("", there.url, speaker="الكعبي")))
        Desk(record).write("madar", "المدار", BEGINS, HARBOUR)
        sending = Sending(Webhooks(SECRET, load()))
        look(record, sending)
        (tried,) = deliver(record, sending)
        assert "private" in tried.said or "loopback" in tried.said
        assert there.came == []


def test_signatures_are_those_of_the_standard() -> None:
    """The example of its own libraries (github.com/standard-webhooks)."""
    signed = signature(secret_of(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


BAD = (
    Rule("", "https://desk.example"), Rule("", "https://desk.example", figures=True), Rule("", "desk", words="x"),
    Rule("", "ftp://desk.example", words="x"), Rule("", "https://u:p@desk.example", words="x"),
    Rule("", "a@b\nBcc: c@d", words="x"), Rule("", "https://desk.example", side="لا أحد"),
    Rule("", "https://desk.example", speaker="؟"), Rule("", "https://desk.example", words='"'),
    Rule("", "https://desk.example", words="x" * 501), Rule("", "https://[", words="x"),
)  # fmt: skip


@pytest.mark.parametrize("rule", BAD)
def test_what_is_no_rule(rule: Rule) -> None:
    with pytest.raises(UsageError):
        made(rule)


def test_the_commands(tmp_path: Path, there: Hook) -> None:
    environment = {
        "PATH": "",
        "PYTHONPATH": "src",
        "MUSNAD_ALERTS_SECRET": SECRET,
        "MUSNAD_RECORD": str(tmp_path / "r.sqlite"),
    }
    with Record.open(tmp_path / "r.sqlite", create=True) as record:

        def command(*words: str, code: int = 0) -> str:
            line = [sys.executable, "-m", "musnad", "alerts", *words]
            done = subprocess.run(line, env=environment, capture_output=True, text=True, timeout=120, check=False)
            assert done.returncode == code, done.stderr
            return done.stdout + done.stderr

        assert "musnad alerts add" in command("list")
        command("run", "--once", code=2)
        assert "alert 1" in command("add", there.url, "--speaker", "الكعبي", "--name", "الميناء")
        assert "has taken a trial" in command("test", "1", "--allow-private")
        assert json.loads(there.came[0][1])["type"] == "musnad.test"
        Desk(record).write("madar", "المدار", BEGINS, HARBOUR)
        assert "الميناء →" in command("run", "--once", "--allow-private")
        (value,) = map(json.loads, command("list", "--format", "jsonl").splitlines())
        assert (value["name"], value["delivered"], value["waiting"], value["speaker"]) == ("الميناء", 1, 0, "الكعبي")
        there.answers = [500]
        Desk(record).write(
            "difaf", "الضفاف", BEGINS, "قال مدير الميناء سالم الكعبي إن القاطرات ستسحب العبارة غدا إلى الرصيف."
        )
        assert "answered 500" in command("run", "--once", "--allow-private", code=1)
        command("remove", "9", code=1)
        command("remove", "1")
        assert command("list", "--format", "json").strip() == "[]"
        environment["MUSNAD_ALERTS_SECRET"] = "short"
        command("add", there.url, "--speaker", "الكعبي")
        assert "openssl" in command("run", "--once", code=2)


def test_an_older_record_is_brought_forward(tmp_path: Path, there: Hook) -> None:
    path = tmp_path / "r.sqlite"
    with Record.open(path, create=True) as record:
        Desk(record).write("madar", "المدار", BEGINS, HARBOUR)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executescript(
            "DROP TABLE alert_deliveries; DROP TABLE alerts; DROP TABLE corrected; DROP TABLE corrections; "
            "UPDATE alembic_version SET version_num = '0006'"
        )
    with Record.open(path) as record:
        begin(record, made(Rule("", there.url, speaker="منصور")))
        Desk(record).write("difaf", "الضفاف", BEGINS, CAPTAIN)
        assert look(record, _sending([datetime.now(UTC)])) == 1
