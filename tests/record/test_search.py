"""What is found, by which spelling, and what is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.errors import UsageError
from musnad.model import Article, Page, Span
from musnad.record import Found, Mention, Only, Record, Statement, ask
from musnad.record.database import writing
from musnad.record.fts5 import to_fts5
from musnad.record.index import is_current, rebuild
from musnad.record.query import places, read_query
from musnad.record.words import forms, plain, tokens
from musnad.run import read_document
from tests.publish import build
from tests.record.texts import ADDED, ADDRESS, DENIED, OTHER, SAID, at, put

PAIRS = (
    ("الإثنين", "الاثنين"),
    ("المفاوضات", "مفاوضات"),
    ("المفاوضات", "للمفاوضات"),
    ("مفاوضات", "للمفاوضات"),
    ("٣٨٠", "380"),
    ("على", "علي"),
    ("مدرسة", "مدرسه"),
    ("قـــال", "قال"),
    ("قَالَ", "قال"),
    ("المفاوضات", "وبالمفاوضات"),
    ("رئيس", "لرئيس"),
    ("رئيس", "ورئيس"),
    ("لجنة", "للجنة"),
    ("اللجنة", "للجنة"),
    ("لبنان", "للبنان"),
    ("الألمانية", "والألمانية"),
    ("مسئول", "مسيول"),
    ("١٬٢٣٤", "1234"),
    ("Reuters", "REUTERS"),
)
APART = (("بلدية", "لديه"), ("الله", "له"), ("والده", "ده"), ("وزير", "زير"), ("380", "38"), ("حلب", "حلبة"))


def document(words: str, number: int = 1, **more: str) -> tuple[Page, Article]:
    """A document of a collection, and its page."""
    given = {"id": str(number), "text": f"عنوان الخبر\n{words}", "url": f"https://madar.example/{number}", **more}
    return Page(words.encode(), f"{number}", given["url"]), read_document(given)


def both(found: Found) -> list[Statement | Mention]:
    """Everything that was found."""
    return [*found.statements, *found.mentions]


def add(record: Record, words: str, number: int = 1, **more: str) -> None:
    one, article = document(words, number, **more)
    record.add(one, article, now=at(12))


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_spellings_that_are_one_word_find_one_another(record: Record, one: str, other: str) -> None:
    assert forms(one) == forms(other)
    for number, words in enumerate((one, other)):
        add(record, f"وأكد الوزير سالم الكعبي أن {words} عند النهر.", number)
    for words in (one, other):
        found = record.search(words)
        assert len(found.statements) + len(found.mentions) == 2
        told = {span.of(held.article.text.words) for held in both(found) for span in held.found}
        assert told == {one, other}, "the words are shown as they were published"


@pytest.mark.parametrize(("one", "other"), APART)
def test_words_that_are_two_do_not(one: str, other: str) -> None:
    assert forms(one) != forms(other)


@given(st.text(alphabet="ابتولكفهةىيأإآءرسمنقع", min_size=1, max_size=12))
def test_a_form_has_no_other_form(word: str) -> None:
    for form in forms(word):
        assert plain(form) == form


@given(st.text(alphabet=st.sampled_from("ابول ـَ٣3,.«»\nxX\u200f"), max_size=60))
def test_places_of_words_are_places_of_the_text(words: str) -> None:
    told = tokens(words)
    assert [token.form for token in told] == forms(words)
    last = 0
    for token in told:
        assert last <= token.span.start < token.span.end <= len(words)
        last = token.span.end
        assert forms(token.span.of(words)) == [token.form]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("الجسر", {1, 2}),
        ("الجسر الحافلات", {1}),
        ("الجسر AND الحافلات", {1}),
        ("الحافلات OR القطارات", {1, 3}),
        ("الجسر NOT الحافلات", {2}),
        ("(الحافلات OR القطارات) NOT الجسر", {3}),
        ('"الجسر القديم"', {2}),
        ('"القديم الجسر"', set()),
        ("«الجسر القديم»", {2}),
        ("قطار*", {3}),
        ('NOT* OR "AND" OR قطارات', {3}),
        ("حافلات - ،", {1}),
    ],
)
def test_queries(record: Record, query: str, found: set[int]) -> None:
    add(record, "وأكد الوزير سالم الكعبي أن الجسر مفتوح أمام الحافلات.", 1)
    add(record, "وأكد الوزير سالم الكعبي أن الجسر القديم مغلق.", 2)
    add(record, "وأكد الوزير سالم الكعبي أن القطارات متوقفة.", 3)
    asked = record.search(query)
    held = both(asked)
    assert {int(one.address.rpartition("/")[2]) for one in held} == found
    assert all(one.found for one in held)


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("", "no word"),
        ("،", "no word"),
        ("NOT الجسر", "only what is not wanted"),
        ("الجسر OR", "OR stands without"),
        ("AND الجسر", "AND stands without"),
        ("الجسر AND AND النهر", "AND stands without"),
        ("الجسر NOT", "NOT stands without"),
        ("(الجسر", "not closed"),
        ("الجسر)", "closed that was not opened"),
        ("()", "no word between"),
        ('"الجسر', "no other half"),
        ("(" * 60 + "الجسر" + ")" * 60, "more than 64"),
        ("(" * 40 + "الجسر", "nested too deeply"),
        ("الجسر " * 70, "more than 64"),
    ],
)
def test_queries_that_nobody_can_understand(record: Record, query: str, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        record.search(query)


@given(st.text(alphabet=st.sampled_from("ab ()\"«»ANDORT*:^-{}+'جسر"), max_size=30))
def test_no_query_breaks_the_database(query: str) -> None:
    import sqlite3

    try:
        asked = read_query(query)
    except UsageError:
        return
    if asked is None:
        return
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(words, content='', tokenize=\"ascii tokenchars '.'\")")
    connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (to_fts5(asked),)).fetchall()
    connection.close()
    places(asked, query, [Span(0, len(query))])


def test_statements_come_before_articles(record: Record) -> None:
    add(record, "وأكد الوزير سالم الكعبي أن الجسر مفتوح.", 1)
    add(record, "وقف المارة عند الجسر ينظرون.", 2)
    found = record.search("الجسر")
    assert [one.address[-1] for one in found.statements] == ["1"]
    assert [one.address[-1] for one in found.mentions] == ["2"]
    assert not found.more
    assert record.search("الجسر", limit=1).more


def test_filters(record: Record) -> None:
    given = build.article()
    record.add(Page(b"1", "a.html", ADDRESS), given, now=at(23))
    add(
        record, "ونفى الوزير سالم الكعبي أن يكون الجسر مغلقا.", 2, outlet="صدى الساحل", published="2022-03-02T10:00:00Z"
    )

    def told(only: Only) -> set[str]:
        found = record.search("", only)
        assert found.mentions == ()
        return {one.attribution.speaker.name for one in found.statements}

    everybody = {"وكالة الميناء", "هدى منصور", "سالم الكعبي"}
    assert told(Only(since=at(0) - timedelta(days=300))) == everybody
    assert told(Only(speaker="منصور هدي")) == {"هدى منصور"}
    assert told(Only(outlet="المدار")) == {"وكالة الميناء", "هدى منصور"}
    assert told(Only(outlet="example.com")) == {"وكالة الميناء", "هدى منصور"}
    assert told(Only(outlet="مدا")) == set(), "words of a name, not pieces of words"
    assert told(Only(agency="الميناء")) == {"وكالة الميناء", "هدى منصور"}
    assert told(Only(act="deny")) == {"سالم الكعبي"}
    assert told(Only(kind="agency")) == {"وكالة الميناء"}
    assert told(Only(polarity="denies")) <= everybody
    assert told(Only(since=at(0) + timedelta(days=1))) == {"سالم الكعبي"}
    assert told(Only(until=at(0) + timedelta(days=1))) == {"وكالة الميناء", "هدى منصور"}
    assert told(Only(until=at(19, 2))) == set(), "said at 19:02 UTC, and the bound is without"
    assert told(Only(since=at(19, 2), until=at(19, 3))) == {"وكالة الميناء", "هدى منصور"}
    assert {s.address for s in record.search("الجسر", Only(act="deny")).statements} == {"https://madar.example/2"}


@pytest.mark.parametrize("only", [Only(speaker="،"), Only(outlet="-"), Only(agency="؟")])
def test_a_filter_without_a_word_is_told(record: Record, only: Only) -> None:
    with pytest.raises(UsageError):
        record.search("الجسر", only)


def test_who_said_what_newest_first(record: Record) -> None:
    for number, day in ((1, "2022-02-27"), (2, "2022-03-01"), (3, "2022-02-28")):
        add(record, f"وأكد المهندس كريم الهادي أن الدفعة {number} وصلت.", number, published=f"{day}T10:00:00Z")
    said = record.who("كَريم الهادى")
    assert [one.address[-1] for one in said] == ["2", "3", "1"]
    assert {one.attribution.speaker.name for one in said} == {"كريم الهادي"}
    assert [link.name for link in said[0].attribution.chain][-1] == "كريم الهادي"
    assert [one.address[-1] for one in record.who("الهادي", limit=1)] == ["2"]
    assert record.who("الهادي سالم") == ()
    with pytest.raises(UsageError, match="no name"):
        record.who("؟")


def test_what_stands_is_found_and_what_stood_when_asked_for(record: Record) -> None:
    put(record, SAID, DENIED, OTHER, hour=9)
    put(record, SAID, ADDED, OTHER, hour=12)
    assert record.who("سالم الكعبي") == ()
    assert record.who("سالم الكعبي", Only(known_at=at(10)))
    assert record.who("سالم الكعبي", Only(known_at=at(8))) == ()
    assert not record.search("المفاوضات", Only(known_at=at(10))).statements
    assert record.search("المفاوضات").statements
    assert both(record.search("الضفة")) == []


def test_an_index_made_with_other_forms_is_made_again(record: Record) -> None:
    put(record, SAID, DENIED, OTHER)
    before = record.search("الجسر")
    with writing(record._access._engine) as connection:
        connection.exec_driver_sql("UPDATE about SET value = 'older' WHERE key = 'forms'")
        assert not is_current(connection)
    record.close()
    with Record.open(record.place) as again:
        assert again.search("الجسر") == before
        assert again.verify().problems == ()
        with writing(again._access._engine) as connection:
            rebuild(connection)
        assert again.verify().problems == ()


@pytest.mark.parametrize("words", ["الجسر", "الجسر OR الميناء", "قال"])
def test_words_that_very_many_hold_find_the_same_best(
    record: Record, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        put(record, SAID, OTHER, hour=9, address=f"https://madar.example/{number}")
    put(record, SAID, DENIED, hour=10, address="https://madar.example/3")
    for only in (Only(), Only(outlet="المدار"), Only(since=at(8)), Only(known_at=at(9, 30)), Only(speaker="هدى منصور")):
        whole = record.search(words, only, limit=4)
        newest = record.who("هدى منصور", only, limit=3)
        with monkeypatch.context() as patched:
            patched.setattr(ask, "_BEST", 8)
            assert record.search(words, only, limit=4) == whole
        assert newest == record.who("هدى منصور", only)[:3]


def test_of_words_that_very_many_hold_the_last_are_ranked(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        put(record, SAID, hour=9, address=f"https://madar.example/{number}")
    monkeypatch.setattr(ask, "_BEST", 4)
    monkeypatch.setattr(ask, "_RANKED", 5)
    found = record.search("الجسر", limit=3).statements
    assert {one.address[-2:] for one in found} <= {"/7", "/8", "/9", "10", "11"}
    everything = record.search("الجسر", limit=12).statements
    assert "https://madar.example/0" in {one.address for one in everything}, "more is wanted than is ranked"
