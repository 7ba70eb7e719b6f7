"""What the tables cannot say: zones, doubts, English, and what must hold for every string."""

from __future__ import annotations

import time
from datetime import datetime

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.lang import table
from musnad.model import Moment
from musnad.times import find_moments, find_times, read_moment, read_times, same_time, weekday_conflict, zone_of
from musnad.times.machine import read_machine

REFERENCE = Moment("", datetime(2022, 2, 28, 21, 2), "minute", zone="Asia/Damascus")
REGIONS = ("ar", "ar_SY", "ar_LB", "ar_IQ", "ar_JO", "ar_PS", "ar_EG", "ar_SA", "ar_MA", "ar_DZ", "ar_TN", "ar_MR")


@pytest.mark.parametrize("region", REGIONS)
def test_every_month_of_cldr_is_read(region: str) -> None:
    for number, name in Locale.parse(region).months["format"]["wide"].items():
        moment = read_moment(f"7 {name} 2021")
        assert moment is not None, name
        assert moment.wall == datetime(2021, number, 7), name


def test_every_weekday_of_cldr_is_read() -> None:
    for number, name in Locale.parse("ar").days["format"]["wide"].items():
        moment = read_moment(f"{name} المقبل", reference=REFERENCE)
        assert moment is not None, name
        assert moment.wall.weekday() == number


@pytest.mark.parametrize("code", ["ar", "en"])
@pytest.mark.parametrize("name", ["times", "months", "zones"])
def test_tables_have_examples_and_no_empty_forms(code: str, name: str) -> None:
    rows = table(code, name)
    assert rows
    for row in rows:
        assert row["example"], row
        assert all(form.strip() == form and form for form in row["forms"].split("|")), row


@pytest.mark.parametrize(
    ("place", "zone"),
    [
        ("دمشق", "Asia/Damascus"),
        ("مكة المكرمة", "Asia/Riyadh"),
        ("مكه المكرمه", "Asia/Riyadh"),
        ("القاهرة", "Africa/Cairo"),
        ("بيروت", "Asia/Beirut"),
        ("عمّان", "Asia/Amman"),
        ("عُمان", "Asia/Muscat"),
        ("سلطنة عمان", "Asia/Muscat"),
        ("أبوظبي", "Asia/Dubai"),
        ("أبو ظبي", "Asia/Dubai"),
        ("الدوحة", "Asia/Qatar"),
        ("تونس", "Africa/Tunis"),
        ("الرباط", "Africa/Casablanca"),
        ("موسكو", "Europe/Moscow"),
        ("كييف", "Europe/Kyiv"),
        ("واشنطن", "America/New_York"),
        ("غرينتش", "UTC"),
        ("جرينتش", "UTC"),
        ("Beirut", "Asia/Beirut"),
        ("روسيا", None),
        ("المريخ", None),
        ("", None),
    ],
)
def test_zone_of(place: str, zone: str | None) -> None:
    assert zone_of(place) == zone


def test_a_zone_has_its_offset_on_that_date() -> None:
    winter, summer = read_moment("2022.02.28 | 21:02 دمشق"), read_moment("2022.07.28 | 21:02 دمشق")
    assert winter is not None
    assert summer is not None
    assert str(winter.instant) == "2022-02-28 19:02:00+00:00"
    assert str(summer.instant) == "2022-07-28 18:02:00+00:00"


def test_a_zone_that_is_not_printed_is_inferred() -> None:
    moment = read_moment("28 شباط 2022 - 21:02", zone="Asia/Beirut")
    assert moment is not None
    assert (moment.zone, moment.inferred) == ("Asia/Beirut", True)
    printed = read_moment("28 شباط 2022 - 21:02 دمشق", zone="Asia/Beirut")
    assert printed is not None
    assert (printed.zone, printed.inferred) == ("Asia/Damascus", False)


def test_today_is_the_day_of_the_zone_of_the_page() -> None:
    late = Moment("", datetime(2022, 2, 28, 23, 30), "minute", zone="UTC")
    [moment] = find_moments("قال اليوم الثلاثاء إنه عائد", reference=late, zone="Asia/Damascus")
    assert moment.iso == "2022-03-01"


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("الثلاثاء 28 شباط 2022", "times/weekday"),
        ("الإثنين 28 شباط 2022", None),
        ("29 رمضان 1443 هـ الموافق 28 فبراير 2022 م", "times/hijri"),
        ("28 رجب 1443 هـ الموافق 28 فبراير 2022 م", None),
        ("28 شباط 2022، 1 آذار 2022", "times/two"),
        ("نشر في 28 شباط 2022، آخر تحديث 1 آذار 2022", None),
        ("28/2/2022 21:02 بتوقيت دمشق، 20:02 بتوقيت غرينتش", "times/clocks"),
        ("28/2/2022 21:02 بتوقيت دمشق، 19:02 بتوقيت غرينتش", None),
        ("28/2/2022 21:02 بتوقيت دمشق - 22:30 بتوقيت مكة", "times/clocks"),
        ("28/2/2022 21:02 بتوقيت دمشق - 22:02 بتوقيت مكة", None),
    ],
)
def test_doubts_of_printed_lines(words: str, rule: str | None) -> None:
    read = read_times(words)
    assert read.moments
    assert [doubt.rule for doubt in read.doubts] == ([rule] if rule else [])


def test_published_is_chosen_before_updated() -> None:
    moment = read_moment("آخر تحديث: 1 آذار 2022 | نشر في: 28 شباط 2022")
    assert moment is not None
    assert moment.iso == "2022-02-28"


def test_weekday_beside_words_for_a_day() -> None:
    times = find_times("قال أمس الإثنين إنه عائد", reference=REFERENCE)
    assert [doubt.rule for doubt in times.doubts] == ["times/weekday"]
    assert times.moments[0].iso == "2022-02-28"
    assert weekday_conflict("أمس الإثنين", reference=REFERENCE) is not None
    assert weekday_conflict("أمس الأحد", reference=REFERENCE) is None
    assert weekday_conflict("كلام") is None


def test_without_a_reference_only_what_is_printed_in_full() -> None:
    found = find_moments("قال اليوم إنه عاد في 3 آذار 2021 ثم سافر أمس الأول وفي عام 2014 وفي نيسان")
    assert [moment.iso for moment in found] == ["2021-03-03", "2014"]


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("He spoke on Monday in Geneva.", "2022-02-28"),
        ("He spoke last Thursday.", "2022-02-24"),
        ("They meet next week.", "2022-03-07"),
        ("Prices rose last month.", "2022-01"),
        ("It fell three days ago.", "2022-02-25"),
        ("They meet within two days.", "2022-03-02"),
        ("The port blew up on 4 August 2020.", "2020-08-04"),
        ("The port blew up on August 4, 2020.", "2020-08-04"),
        ("It starts at 18:00 GMT.", "2022-02-28T18:00:00+00:00"),
        ("It may rain and he will march on.", None),
        ("In a second the sun was gone.", None),
    ],
)
def test_english(words: str, iso: str | None) -> None:
    found = find_moments(words, language="en", reference=REFERENCE)
    assert [moment.iso for moment in found] == ([iso] if iso else [])


def test_an_english_date_that_could_be_two_is_none() -> None:
    assert read_moment("03/04/2022", language="en") is None
    assert read_moment("03/24/2022", language="en") is not None


def test_same_time_reads_as_far_as_both_say() -> None:
    day, minute = read_moment("28 شباط 2022"), read_moment("2022-02-28T21:02:00")
    assert day is not None
    assert minute is not None
    assert same_time(day, minute)


WORDS = [form for name in ("times", "months", "zones") for row in table("ar", name) for form in row["forms"].split("|")]
PIECES = st.one_of(
    st.sampled_from([*WORDS, "28", "2022", "1443", "21:02", "21", "12", "هـ", "ـ", "ً", "و", "\u200f", "\n", "02", "0"]),
    st.sampled_from(list("/-.:|،,()+ \u00a0")),
    st.text(max_size=4),
)
TEXTS = st.lists(PIECES, max_size=25).map(" ".join) | st.lists(PIECES, max_size=25).map("".join) | st.text()


@settings(deadline=None, max_examples=400)
@given(TEXTS, st.booleans(), st.sampled_from(["ar", "en"]))
def test_any_string(words: str, reference: bool, code: str) -> None:
    times = find_times(words, language=code, reference=REFERENCE if reference else None, zone="Asia/Beirut")
    last = 0
    for moment in times.moments:
        assert moment.span is not None
        assert last <= moment.span.start < moment.span.end <= len(words)
        assert moment.span.of(words) == moment.text
        assert moment.iso
        assert moment.instant is None or moment.instant.tzinfo is not None
        last = moment.span.end
    for read in read_times(words, language=code, reference=REFERENCE if reference else None).moments:
        assert read.span is not None
        assert read.span.of(words) == read.text
        assert read.iso
        assert read.instant is None or read.instant.tzinfo is not None


@settings(deadline=None)
@given(st.text(alphabet="0123456789-:TZ+. ", max_size=40))
def test_any_metadata(words: str) -> None:
    moment = read_machine(words)
    assert moment is None or (moment.iso and 1900 <= moment.wall.year <= 2100)


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1972, 1, 1), max_value=datetime(2099, 12, 31)))
def test_iso_comes_back(moment: datetime) -> None:
    read = read_moment(moment.isoformat(timespec="seconds") + "+02:00")
    assert read is not None
    assert read.wall == moment.replace(microsecond=0)


@pytest.mark.parametrize(
    "unit",
    [
        "اليوم ", "الإثنين، ", "28/", "28 شباط ", "21:02 ", "في وقت سابق ", "(", "مساء ", "شباط/", "منذ قبل بعد ", "1.1.",
        "الساعة ", "عام 2014 ", "من ", "، ", "أمس الأول من ", "الأيام الثلاثة ", "2022 ", "بتوقيت ", "ـ", "ا\u064b",
    ],
)  # fmt: skip
def test_time_is_linear(unit: str) -> None:
    def seconds(count: int) -> float:
        words = unit * count
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            find_moments(words, reference=REFERENCE)
            best = min(best, time.process_time() - start)
        return best

    seconds(50)
    small, large = seconds(500), seconds(4000)
    assert large < 8 * small * 3 + 0.2, f"{large / small:.0f} times as long for 8 times the text"
