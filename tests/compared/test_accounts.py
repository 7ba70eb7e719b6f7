"""Two accounts of one happening: what both say, what one says alone, and what is a contradiction and what only looks so."""

from __future__ import annotations

import pytest

from musnad.stories.accounts import Accounts, accounts
from musnad.stories.sides import side_of
from tests.compared.told import examples, story, telling
from tests.conftest import SHARED

ANKARA = """الرئيسان التركي واليوناني يبحثان ملف الحدود
قالت الرئاسة التركية إن الرئيس التركي بحث مع نظيره اليوناني في اتصال هاتفي ملف الحدود البحرية.
"""
ATHENS = """أثينا وأنقرة على الخط
قالت الحكومة اليونانية إن رئيس الوزراء اليوناني تلقى اتصالا هاتفيا من الرئيس التركي.
"""


def told(turkish: str, greek: str) -> Accounts:
    """The one happening of a story of two pages, to which each side adds a paragraph."""
    [found] = accounts(story(ANKARA + turkish, ATHENS + greek))
    assert (found.event.kind, found.sides) == ("call", ("GR", "TR"))
    return found


AGREED = (
    (
        "أن الجانبين اتفقا على استئناف المحادثات في أنقرة خلال شهر",
        "أن الجانبين اتفقا على استئناف المحادثات خلال شهر في أنقرة",
    ),
    ("أن الرئيس وافق على إدخال المساعدات إلى الجزيرة", "أن الرئيس وافق على إيصال المعونات إلى الجزيرة"),
    ("أن السفن التركية لم تدخل المياه اليونانية", "أن السفن التركية لم تدخل مياها يونانية"),
    ("أن الاتصال استمر نحو أربعين دقيقة", "أن الاتصال استمر أكثر من أربعين دقيقة"),
    ("أن الاتصال استمر تسعين دقيقة كاملة", "أن الاتصال استمر ساعة ونصف كاملة"),
)
OPPOSED = (
    ("أن السفن التركية لم تدخل المياه اليونانية", "أن السفن التركية دخلت المياه اليونانية", "polarity"),
    ("أن الرئيس لم يطلب تأجيل موعد القمة", "أن الرئيس طلب تأجيل موعد القمة", "polarity"),
    ("أن الاتصال استمر أربعين دقيقة", "أن الاتصال استمر عشرين دقيقة", "figure"),
    ("أن الحرس أوقف تسعة صيادين قرب الجزيرة", "أن الحرس أوقف ثلاثة صيادين قرب الجزيرة", "figure"),
)
APART = (
    # Another subject, another time, another condition, a demand, an exception, a hedge that leaves room: no contradiction.
    ("أن السفن التركية لم تدخل المياه اليونانية", "أن السفن اليونانية دخلت المياه التركية"),
    ("أن السفن التركية لن تدخل المياه اليونانية", "أن السفن التركية دخلت المياه اليونانية"),
    ("أن السفن التركية لا تدخل المياه اليونانية إلا بإذن", "أن السفن التركية تدخل المياه اليونانية بإذن"),
    ("أن السفن التركية لم تدخل المياه اليونانية يوم الأحد", "أن السفن التركية دخلت المياه اليونانية يوم الخميس"),
    ("أن القمة لا تزال قائمة في موعدها", "أن القمة قائمة في موعدها"),
    ("أن الحرس أوقف تسعة صيادين قرب الجزيرة", "أن الحرس أوقف ثلاث سفن قرب الجزيرة"),
    ("أن الاتصال استمر نحو أربعين دقيقة", "أن الاتصال استمر 42 دقيقة"),
)


@pytest.mark.parametrize(("turkish", "greek"), AGREED)
def test_both_say_it(turkish: str, greek: str) -> None:
    found = told(f"وأكدت الرئاسة التركية {turkish}.", f"وأكدت الحكومة اليونانية {greek}.")
    said = [(row.first[0].words, row.second[0].words) for row in found.of("both")]
    assert (greek.removeprefix("أن "), turkish.removeprefix("أن ")) in said
    assert not found.of("contradiction")


@pytest.mark.parametrize(("turkish", "greek", "why"), OPPOSED)
def test_contradiction(turkish: str, greek: str, why: str) -> None:
    found = told(f"وأكدت الرئاسة التركية {turkish}.", f"وأكدت الحكومة اليونانية {greek}.")
    [row] = found.of("contradiction")
    assert row.why == why
    assert row.first[0].words == greek.removeprefix("أن ")
    assert row.second[0].words == turkish.removeprefix("أن ")


@pytest.mark.parametrize(("turkish", "greek"), APART)
def test_no_contradiction(turkish: str, greek: str) -> None:
    found = told(f"وأكدت الرئاسة التركية {turkish}.", f"وأكدت الحكومة اليونانية {greek}.")
    assert not found.of("contradiction")


def test_a_denial_contradicts_and_a_refused_demand_does_not() -> None:
    found = told(
        "ونفت الرئاسة التركية أن تكون السفن التركية قد دخلت المياه اليونانية.",
        "وأكدت الحكومة اليونانية أن السفن التركية دخلت المياه اليونانية.",
    )
    assert [row.why for row in found.of("contradiction")] == ["polarity"]
    found = told(
        "وأكدت الرئاسة التركية أن السفن التركية لن تدخل المياه اليونانية.",
        "وطالبت الحكومة اليونانية بعدم دخول السفن التركية المياه اليونانية.",
    )
    assert not found.of("contradiction")


def test_demands_of_one_side_are_points_of_its_own() -> None:
    found = told("", "وطالبت الحكومة اليونانية بوقف الطلعات الجوية، وسحب السفن من الجزر، وفتح المعبر.")
    alone = [row.first[0].words for row in found.of("first")]
    assert alone == ["بوقف الطلعات الجوية", "سحب السفن من الجزر", "فتح المعبر"]
    assert not found.of("second")


def test_what_is_told_after_a_turn_or_by_others_is_not_of_the_call() -> None:
    found = told(
        "وفي سياق آخر، أعلنت الرئاسة التركية أن المصانع ستغلق أبوابها غدا.",
        "وقال خبير يوناني إن الرسالة واضحة تماما للجميع.\nوقالت الحكومة الألمانية إنها ترحب بالخطوة.",
    )
    words = " ".join(point.words for row in found.rows for point in (*row.first, *row.second))
    assert "المصانع" not in words
    assert "الرسالة" not in words
    assert "ترحب" not in words


def test_copies_are_one_statement_and_stay_listed() -> None:
    said = "وأكدت الرئاسة التركية أن السفن التركية غادرت المنطقة صباحا.\n"
    [found] = accounts(story(ANKARA + said, ANKARA + said, ATHENS, copies=[1, 1, 3]))
    [row] = [row for row in found.of("second") if "غادرت" in row.second[0].words]
    assert [point.told.copy_id for point in row.second] == [1, 1]


def test_no_account_of_two_sides() -> None:
    assert accounts([]) == ()
    assert accounts(story(ANKARA)) == ()
    assert accounts(story("الجسر يفتح غدا\nقالت وزيرة النقل هدى منصور إن الجسر سيفتح غدا.")) == ()


def test_call_of_the_examples() -> None:
    [found] = accounts(examples("call-kremlin.html", "call-elysee.html", "call-both.html"))
    assert (found.event.kind, found.sides) == ("call", ("FR", "RU"))
    french = [row.first[0].words for row in found.of("first")]
    russian = [row.second[0].words for row in found.of("second")]
    for words in ("وقف جميع الضربات على المدنيين ومساكنهم", "الحفاظ على المنشآت المدنية كافة"):
        assert words in french
    assert any(words.startswith("تأمين الطرق الرئيسة") for words in french)
    for part in ("الاعتراف بالسيادة الروسية على القرم", "نزع سلاح الدولة الأوكرانية", "ضمان وضعها المحايد"):
        assert any(part in words for words in russian), part
    assert not found.of("contradiction")
    crimea = next(row for row in found.of("second") if "القرم" in row.second[0].words)
    assert [point.told.address for point in crimea.second] == ["call-kremlin.html", "call-both.html"]
    assert {point.teller.name for point in crimea.second} == {"الكرملين"}
    assert not any("السفارة" in words or "العقوبات" in words for words in (*french, *russian))


def test_call_of_the_sample_page() -> None:
    page = SHARED / "pages" / "live-2022-02-28.txt"
    if not page.is_file():
        pytest.skip(f"needs the measuring data in {SHARED}, which is not here")
    import musnad

    [found] = accounts([telling(musnad.read(page), 1)])
    assert (found.event.kind, found.sides) == ("call", ("FR", "RU"))
    assert len(found.of("first")) >= 2
    assert len(found.of("second")) >= 2
    assert not found.of("contradiction")


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("قصر الإليزيه", "FR"),
        ("المتحدث باسم الكرملين", "RU"),
        ("وزير خارجية بيلاروسيا فلاديمير ماكي", "BY"),
        ("الجيش الروسي", "RU"),
        ("سفير روسيا لدى فرنسا", "RU"),
        ("باريس", "FR"),
        ("المندوبة الأمريكية", "US"),
        ("خبير روسي", None),
        ("سكان من أوكرانيا", None),
        ("صحيفة فرنسية", None),
        ("المهندس سالم الكعبي", None),
    ],
)
def test_whose_side(words: str, side: str | None) -> None:
    assert side_of(words) == side
