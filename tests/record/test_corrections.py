"""What readers put right, in each kind of database."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from musnad.errors import UsageError
from musnad.model import Article, Attribution, Link, Page, Span, Speaker, Text
from musnad.publish.values import attribution_value
from musnad.record import Only, Record, newest
from musnad.record.schema_corrections import corrected
from musnad.record.schema_stories import story_events
from musnad.run import read
from musnad.stories import articles_of, keep_up, put_into, rebuild, story_of
from musnad.stories.moved import taken_back
from tests.record.texts import ADDED, ADDRESS, DENIED, OTHER, SAID, at, page, put

WORDS = "سيفتح غدا"
RIGHT = ["ليلى الحسن", "person"]
SAHIL = "https://sahil.example/1"


def statement(record: Record, words: str = WORDS) -> int:
    return record.search(words).statements[0].id


def speakers(record: Record, known_at: datetime | None = None) -> list[str]:
    found = record.versions(ADDRESS, known_at=known_at)[-1].article.attributions
    return [one.speaker.name for one in found]


def names(record: Record, name: str, known_at: datetime | None = None) -> list[str]:
    return [one.attribution.speaker.name for one in record.who(name, Only(known_at=known_at))]


def test_a_speaker_is_put_right_wherever_it_is_asked(record: Record) -> None:
    put(record, SAID, DENIED, hour=10)
    keep_up(record)
    number = statement(record)
    was = record.search(WORDS).statements[0].attribution
    told = record.correct(number, "speaker", RIGHT, by="سالم", note="بحسب التسجيل")
    assert (told.address, told.was) == (ADDRESS, was.speaker.name)
    one = record.search(WORDS).statements[0]
    assert (one.id, one.attribution.speaker.name) == (number, "ليلى الحسن")
    assert one.attribution.corrected is not None
    assert one.attribution.corrected.speaker == was.speaker
    assert one.attribution.chain[-1].name == "ليلى الحسن"
    assert attribution_value(one.attribution)["corrected"]["by"] == "سالم"
    assert "corrected" not in attribution_value(was)
    assert names(record, "ليلى الحسن") == ["ليلى الحسن"]
    assert "ليلى الحسن" not in names(record, "هدى منصور")
    assert record.search(WORDS, Only(speaker="هدى منصور")).statements == ()
    assert record.search(WORDS, Only(speaker="ليلى")).statements[0].id == number
    assert [one.id for one in newest(record, only=Only(speaker="ليلى الحسن"))] == [number]
    assert number not in [one.id for one in newest(record, only=Only(speaker="هدى منصور"))]
    assert [one.id for one in newest(record, "سيفتح", Only(speaker="ليلى"), before=number + 1)] == [number]
    assert "ليلى الحسن" in speakers(record)
    assert "ليلى الحسن" in [a.speaker.name for t in articles_of(record, 1) for a in t.article.attributions]
    assert record.verify().problems == ()


def test_it_holds_for_the_page_as_it_is_changed_and_read_again(record: Record) -> None:
    put(record, SAID, hour=10)
    record.correct(statement(record), "speaker", RIGHT, by="سالم")
    put(record, SAID, ADDED, hour=11)
    assert names(record, "ليلى الحسن") == ["ليلى الحسن"]
    assert "ليلى الحسن" in speakers(record)
    put(record, DENIED, OTHER, hour=12)  # its words stand there no more: it is about nothing
    assert "ليلى الحسن" not in speakers(record)
    assert names(record, "ليلى الحسن") == []
    assert len(record.corrections(ADDRESS)) == 1


def test_what_was_known_before_it_was_made_is_as_it_was(record: Record) -> None:
    put(record, SAID, hour=10)
    record.correct(statement(record), "speaker", RIGHT, by="سالم", made_at=datetime(2022, 2, 28, 12, tzinfo=UTC))
    before, after = datetime(2022, 2, 28, 11, tzinfo=UTC), datetime(2022, 2, 28, 13, tzinfo=UTC)
    assert "ليلى الحسن" not in speakers(record, before)
    assert "ليلى الحسن" in speakers(record, after)
    assert names(record, "ليلى الحسن", before) == []
    assert names(record, "هدى منصور", before) != []
    assert names(record, "هدى منصور", after) == []
    assert record.corrections(known_at=before) == []
    assert len(record.corrections(since=before)) == 1


def test_the_last_counts_and_can_be_taken_back(record: Record) -> None:
    put(record, SAID, hour=10)
    number = statement(record)
    read = speakers(record)
    record.correct(number, "speaker", RIGHT, by="سالم")
    record.correct(number, "speaker", ["نادر عزام", "person"], by="هدى")
    assert names(record, "ليلى الحسن") == []
    assert names(record, "نادر عزام") == ["نادر عزام"]
    record.correct(number, "undo", "speaker", by="هدى")
    assert speakers(record) == read
    assert names(record, "نادر عزام") == []
    assert [one.what for one in record.corrections()] == ["speaker", "speaker", "undo"]


def test_a_chain_is_put_right_from_the_origin_on(record: Record) -> None:
    put(record, SAID, hour=10)
    record.correct(statement(record), "chain", [RIGHT, ["واس", "agency"], ["المدار", "outlet"]], by="سالم")
    chain = record.search(WORDS).statements[0].attribution.chain
    assert [(link.name, link.kind) for link in chain] == [
        ("المدار", "outlet"),
        ("واس", "agency"),
        ("ليلى الحسن", "person"),
    ]
    assert all(isinstance(link, Link) for link in chain)


def test_what_nobody_said_is_left_out_and_told(record: Record) -> None:
    put(record, SAID, DENIED, hour=10)
    read = speakers(record)
    record.correct(statement(record), "not_said", by="سالم")
    article = record.versions(ADDRESS)[-1].article
    assert len(article.attributions) == len(read) - 1
    assert any(doubt.rule == "correction" for doubt in article.doubts)
    assert all(one.claimant is None or one.claimant < len(article.attributions) for one in article.figures)
    assert record.search(WORDS).statements == ()
    assert names(record, "هدى منصور") == []


def test_a_name_that_is_new_to_the_record_is_whom_it_means(record: Record) -> None:
    put(record, SAID, DENIED, hour=10)
    before = {entity.names[0]: count for entity, count in record.quoted()}
    record.correct(statement(record), "speaker", ["فلاديمير بوتين", "person"], by="سالم")
    assert names(record, "Putin") == ["فلاديمير بوتين"]
    assert record.search(WORDS, Only(speaker="الرئيس الروسي فلاديمير بوتين")).statements
    assert [(entity.id, count) for entity, count in record.quoted("بوتين")] == [
        (record.who("Putin")[0].speaker_entity, 1)
    ]
    after = {entity.names[0]: count for entity, count in record.quoted()}
    assert sum(after.values()) == sum(before.values())
    assert "هدى منصور" in before
    assert "هدى منصور" not in after
    assert record.verify().problems == ()


def test_what_became_of_corrections(record: Record) -> None:
    put(record, SAID, DENIED, hour=10)
    number, other = statement(record), statement(record, "الأعمال")
    record.correct(number, "speaker", RIGHT, by="سالم")
    record.correct(number, "speaker", ["نادر عزام", "person"], by="هدى")
    record.correct(other, "not_said", by="هدى")
    assert [one.state for one in record.standing()] == ["replaced", "stands", "stands"]
    gone = record.standing()[2].number
    record.take_back(gone, by="سالم", note="سمعتها")
    assert [one.state for one in record.standing()] == ["replaced", "stands", "taken_back", "stands"]
    assert record.search("الأعمال").statements[0].id == other
    put(record, DENIED, hour=11)
    loose = record.standing()[1]
    assert (loose.state, loose.why) == ("loose", "no such words")
    for wrong, words in ((99, "no correction 99"), (record.standing()[3].number, "stays taken back")):
        with pytest.raises(UsageError, match=words):
            record.take_back(wrong, by="سالم")
    with pytest.raises(UsageError, match="signed"):
        record.take_back(gone, by=" ")
    assert record.verify().problems == ()


def test_links_that_are_not_those_of_the_words_are_found(record: Record) -> None:
    put(record, SAID, DENIED, hour=10)
    record.correct(statement(record), "speaker", RIGHT, by="سالم")
    with record.writing() as connection:
        connection.execute(corrected.update().values(attribution_id=statement(record, "الأعمال")))
    [problem] = record.verify().problems
    assert problem.where.startswith("correction ")
    with record.writing() as connection:
        connection.execute(corrected.delete())
    assert len(record.verify().problems) == 1


def test_a_page_goes_back_to_its_story_at_once(record: Record) -> None:
    put(record, SAID, DENIED, hour=10)
    put(record, SAID, DENIED, OTHER, hour=11, address=SAHIL)
    keep_up(record)
    story = story_of(record, SAHIL)
    assert story == story_of(record, ADDRESS)
    told = put_into(record, SAHIL, None, by="سالم")
    own = story_of(record, SAHIL)
    assert own != story
    rebuild(record)
    assert story_of(record, SAHIL) == own
    [one] = record.standing()
    assert one.told == told
    taken_back(record, one.number, by="سالم")
    assert story_of(record, SAHIL) == story
    rebuild(record)
    assert story_of(record, SAHIL) == story_of(record, ADDRESS)
    assert record.verify().problems == ()


def test_the_story_is_told(record: Record) -> None:
    put(record, SAID, hour=10)
    keep_up(record)
    record.correct(statement(record), "speaker", RIGHT, by="سالم")
    with record.reading() as connection:
        events = list(connection.execute(select(story_events.c.event).order_by(story_events.c.id)).scalars())
    assert events == ["created", "corrected"]


@pytest.mark.parametrize(
    ("what", "value"),
    [("speaker", ["؟!", "person"]), ("speaker", ["سالم", "king"]), ("chain", []), ("undo", "date"), ("sing", None)],
)
def test_what_says_nothing_is_refused(record: Record, what: str, value: object) -> None:
    put(record, SAID, hour=10)
    with pytest.raises(UsageError):
        record.correct(statement(record), what, value, by="سالم")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no statement"):
        record.correct(9999, "not_said", by="سالم")
    assert record.corrections() == []


def test_one_of_two_in_the_same_place_is_refused(record: Record) -> None:
    words = "قال سالم الكعبي إن الجسر سيفتح غدا أمام الحافلات"
    twice = tuple(
        Attribution(name, (Span(0, 3),), None, (Span(16, len(words)),), "indirect", Speaker("سالم الكعبي", "person"))
        for name in ("one", "two")
    )
    one = Page(words.encode(), "twice.txt", address=ADDRESS)
    record.add(one, Article(Text(words), address=ADDRESS, attributions=twice))
    with pytest.raises(UsageError, match="very same words"):
        record.correct(statement(record, "الحافلات"), "speaker", RIGHT, by="سالم")
    assert record.corrections() == []


def test_nobody_corrects_without_a_name(record: Record) -> None:
    put(record, SAID, hour=10)
    with pytest.raises(UsageError, match="signed"):
        record.correct(statement(record), "not_said", by="  ")
    assert record.corrections() == []


def test_a_correction_of_another_record_is_taken_once(record: Record) -> None:
    put(record, SAID, hour=10)
    told = record.correct(statement(record), "speaker", RIGHT, by="سالم")
    assert record.recorrect(told) == "known"
    record.correct(statement(record), "undo", "speaker", by="سالم")
    assert record.recorrect(told) == "known"
    assert len(record.corrections()) == 2


def test_a_page_is_put_into_a_story_of_its_own(record: Record) -> None:
    other = f"{ADDRESS}/again"
    put(record, SAID, DENIED, hour=10)
    put(record, SAID, DENIED, hour=11, address=other)
    keep_up(record)
    assert story_of(record, other) == story_of(record, ADDRESS)
    put_into(record, other, None, by="سالم")
    assert story_of(record, other) != story_of(record, ADDRESS)
    rebuild(record)
    assert story_of(record, other) != story_of(record, ADDRESS)
    assert record.verify().problems == ()


def test_one_that_is_made_while_the_page_is_added_holds_for_the_new_version(record: Record) -> None:
    put(record, SAID, hour=10)
    number = statement(record)
    begun, go_on = threading.Event(), threading.Event()

    def wait(_: object) -> None:
        begun.set()
        go_on.wait(10)

    def add() -> None:
        with Record.open(record.place, wait=20) as other:
            one = page(SAID, ADDED, hour=11)
            other.add(one, read(one), now=at(11), along=wait)

    def put_right() -> None:
        with Record.open(record.place, wait=20) as other:
            other.correct(number, "speaker", RIGHT, by="سالم")

    adding = threading.Thread(target=add)
    adding.start()
    assert begun.wait(20)
    correcting = threading.Thread(target=put_right)
    correcting.start()
    correcting.join(1)
    assert correcting.is_alive()  # it waits for the page
    go_on.set()
    adding.join(20)
    correcting.join(20)
    assert names(record, "ليلى الحسن") == ["ليلى الحسن"]
    assert names(record, "هدى منصور") == []
    assert "ليلى الحسن" in speakers(record)
