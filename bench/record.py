"""The record: how fast it takes articles in, how large it grows, how fast it answers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bench import data
from bench.timing import verdict
from musnad.errors import InputError
from musnad.record import Only, Record
from musnad.run import keep_many
from musnad.settings import Settings

ARTICLES = 1000
ROUNDS = 5
SEARCHES = (
    "المفاوضات", "للمفاوضات", "الاثنين", "الإثنين", "٣٨٠", "مدرسة", "على", "الرئيس", "وزارة الصحة", "السعودية",
    '"مجلس الوزراء"', '"رئيس الوزراء"', "اليمن AND عدن", "النفط OR الغاز", "الملك NOT سلمان", "تعليم*", "الأمم المتحدة",
    "حادث سير", "أسعار الذهب", "الهلال", "صواريخ", "انفجار", "الاتحاد الأوروبي", "إيران نووي", "جامعة الملك", "ارتفاع",
)  # fmt: skip
NAMES = ("الرئيس", "وزير الخارجية", "الملك سلمان", "المتحدث", "وزارة الداخلية", "أوباما", "الأمم المتحدة", "مصدر")


def report() -> Iterator[str]:
    """The lines: taking in, size, questions."""
    with TemporaryDirectory() as folder:
        documents = Path(folder) / "news.docs.jsonl"
        texts = 0
        with documents.open("w", encoding="utf-8") as file:
            for row in islice(_stream(), ARTICLES):
                texts += len(row["text"].encode())
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        with Record.open(Path(folder) / "record.sqlite", create=True) as record:
            yield from _taken_in(record, documents)
            yield from _asked(record)
        size = (Path(folder) / "record.sqlite").stat().st_size
        yield f"on disk {size / 1e6:.1f} MB, {size / texts:.2f} times the text"
        yield verdict(size <= 3 * texts, "at most 3 times the text")


def _stream() -> Iterator[data.Record]:
    return data.records(data.STREAM) if data.here() else iter(data.documents())


def _taken_in(record: Record, documents: Path) -> Iterator[str]:
    moments = [time.process_time()]
    outcomes = keep_many(record, [str(documents)], settings=Settings())
    moments += [time.process_time() for outcome in outcomes if not isinstance(outcome, InputError)]
    count, half = len(moments) - 1, len(moments) // 2
    rate = count / (moments[-1] - moments[0])
    first, second = moments[half] - moments[0], moments[-1] - moments[half]
    yield f"{count} articles read and kept, {rate:.0f} a second of one processor"
    yield verdict(rate >= 60, "at least 60 a second")
    growth = (second / (count - half)) / (first / half)
    yield f"an article of the second half takes {growth:.2f} of the time of one of the first"
    yield verdict(growth <= 1.3, "at most 1.3")
    began = time.process_time()
    again = sum(1 for _ in keep_many(record, [str(documents)], settings=Settings()))
    yield f"again, all known: {again / (time.process_time() - began):.0f} a second"


def _asked(record: Record) -> Iterator[str]:
    for name, questions, most in (
        ("search", [_search(record, words) for words in SEARCHES], (20, 60)),
        ("search with a filter", [_search(record, words, Only(act="say")) for words in SEARCHES], (20, 60)),
        ("who", [_who(record, name) for name in NAMES], (150, 150)),
    ):
        taken = sorted(_milliseconds(question) for _ in range(ROUNDS) for question in questions)
        late = quantiles(taken, n=20)[-1]
        yield f"{name}: median {median(taken):.1f} ms, 95 % under {late:.1f} ms ({len(taken)} questions)"
        yield verdict(median(taken) <= most[0] and late <= most[1], f"median {most[0]} ms, 95 % {most[1]} ms")


def _search(record: Record, words: str, only: Only | None = None) -> Callable[[], object]:
    return lambda: record.search(words, only)


def _who(record: Record, name: str) -> Callable[[], object]:
    return lambda: record.who(name, limit=50)


def _milliseconds(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return 1000 * (time.process_time() - began)
