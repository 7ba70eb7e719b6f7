"""Articles grouped as they come."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.model import Article
from musnad.stories.copies import shape_of
from musnad.stories.gist import Gist, gist_of, words_of
from musnad.stories.groups import Groups, Placed
from tests.stories.texts import FERRY, MARKET, WEATHER, article, seconds

RETOLD = (
    "روى ركاب العبّارة «نسيم» كيف جنحت بهم قبالة الرصيف الشمالي في السند، وكيف نقلتهم فرق الإنقاذ إلى الشاطئ.",
    "وذكر أحد ركاب العبّارة أن القبطان طلب منهم ارتداء سترات النجاة حين توقفت الدفة عن العمل.",
)
DAY = "2022-02-28T{}:00:00"


def placed(articles: list[tuple[Article, str]], *, window: int = 100, recalled: int = 0) -> list[Placed]:
    """Where each article goes; the first `recalled` of them are taken back from bytes in between."""
    shapes = [shape_of(one) for one, _ in articles]
    groups, out, gists = Groups(shapes.__getitem__, window=window), list[Placed](), list[Gist]()
    for number, (one, at) in enumerate(articles):
        if number == recalled and number:
            groups = Groups(shapes.__getitem__, window=window)
            for earlier in range(number):
                groups.recall(earlier, Gist.unpacked(gists[earlier].packed()), out[earlier])
        gists.append(groups.gist(words_of(one), seconds(at)))
        out.append(groups.place(number, gists[-1], shapes[number], fresh=number))
    return out


def test_one_happening_two_texts_three_outlets() -> None:
    ferry = article(*FERRY, headline="جنوح العبارة نسيم قبالة السند", outlet="أ")
    cut = article(*FERRY[:2], headline="إجلاء ركاب العبارة نسيم", outlet="ب")
    retold = article(*RETOLD, headline="ركاب العبارة نسيم يروون", outlet="ج")
    market = article(*MARKET, headline="سوق للمزارعين في وادي الزيتون", outlet="أ")
    found = placed([(one, DAY.format("10")) for one in (ferry, market, cut, retold)])
    assert found == [Placed(0, 0), Placed(1, 1), Placed(0, 0), Placed(0, 3)]


def test_the_same_template_on_another_day_is_no_copy() -> None:
    days = [
        (article(WEATHER[0], WEATHER[1].format(*figures), WEATHER[2], headline="حالة الطقس", outlet="أ"), at)
        for figures, at in ((("31", "18"), "2022-02-27T06:00:00"), (("33", "19"), "2022-02-28T06:00:00"))
    ]
    first, second = placed(days)
    assert first.copy != second.copy


def test_what_was_long_ago_is_not_joined() -> None:
    ferry = article(*FERRY, headline="جنوح العبارة نسيم قبالة السند", outlet="أ")
    first, second = placed([(ferry, "2022-01-01T06:00:00"), (ferry, DAY.format("10"))])
    assert (first.story, first.copy) != (second.story, second.copy)


def test_memory_holds_no_more_than_the_window() -> None:
    articles = [(article(*FERRY[:2], headline=f"عبارة رقم {n}", outlet=str(n)), DAY.format("10")) for n in range(9)]
    shapes = [shape_of(one) for one, _ in articles]
    groups = Groups(shapes.__getitem__, window=3)
    for number, (one, at) in enumerate(articles):
        groups.place(number, groups.gist(words_of(one), seconds(at)), shapes[number], fresh=number)
    assert len(groups) == 3


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from([FERRY, FERRY[:2], RETOLD, MARKET, MARKET[1:], WEATHER]), min_size=2, max_size=8),
    st.data(),
)
def test_what_was_recalled_goes_on_as_before(texts: list[tuple[str, ...]], data: st.DataObject) -> None:
    articles = [
        (article(*lines, headline=lines[0][:30], outlet=str(n)), DAY.format("10")) for n, lines in enumerate(texts)
    ]
    recalled = data.draw(st.integers(0, len(texts) - 1))
    assert placed(articles, recalled=recalled) == placed(articles)


def test_a_gist_comes_back_from_its_bytes() -> None:
    call = article("أجرى الرئيس ماكرون اتصالا هاتفيا بنظيره بوتين.", "وبحث ماكرون مع بوتين ملف الطاقة.")
    gist = gist_of(words_of(call), seconds(DAY.format("10")), Counter(), 0)
    assert gist.met
    assert Gist.unpacked(gist.packed()) == gist
