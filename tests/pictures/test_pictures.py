"""What is drawn, what it says of itself, and that nothing from outside gets out of its text."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from musnad.model import Link
from musnad.publish.pictures import Manner, chain, figures_over_time, pace, standalone, stylesheet, who_carries_whom
from musnad.publish.pictures.svg import fitted, width_of
from musnad.stories import Course, carried, statement_times
from tests.pictures.made import DAY, HOSTILE, NAMES, crowded, entry, figure, many, telling

AGENCY, MINISTER = Link("وكالة الميناء", "agency"), Link("هدى منصور", "person")
SAYS = "إن الجسر الجديد سيفتح غدا أمام حافلات النقل العام"
OTHER = "إن سبب تأخر القطار الشمالي هو ثلوج الجبال العالية"


def test_courses_are_those_counted_by_hand() -> None:
    story = [
        telling(1, "المدار", (SAYS, (AGENCY, MINISTER)), (OTHER, (MINISTER,))),
        telling(2, "الضفة", (SAYS, (AGENCY, MINISTER))),
        telling(3, "الضفة", (SAYS, (AGENCY, MINISTER))),
        telling(4, "السهل", (SAYS, (MINISTER,))),
    ]
    name, wire = "هدى منصور", "وكالة الميناء"
    assert set(carried(story)) == {
        Course(name, (wire,), "المدار", 1),
        Course(name, (), "المدار", 1),
        Course(name, (wire,), "الضفة", 1),
        Course(name, (), "السهل", 1),
    }


def test_an_unnamed_hop_is_not_known() -> None:
    [course] = carried([telling(1, "المدار", (SAYS, (Link(None, "agency"), MINISTER)))])
    assert course == Course("هدى منصور", (None,), "المدار", 1)


def test_nothing_to_draw_is_empty() -> None:
    drawn = [pace([]), who_carries_whom([]), figures_over_time(entry()), figures_over_time(entry(("أ", ()))), chain([])]
    assert drawn == [Markup("")] * 5
    assert standalone(Markup("")) == ""
    assert carried([]) == statement_times([]) == ()


def test_a_chain_runs_from_who_said_it_to_who_published_it() -> None:
    links = [Link("المدار", "outlet"), AGENCY, Link("هدى منصور", "person", through="اتصال هاتفي", inferred=True)]
    told = chain(links)
    assert re.findall(r"<bdi>(.*?)</bdi>", told) == ["هدى منصور", "اتصال هاتفي", "وكالة الميناء", "المدار"]
    assert re.findall("[←⇠→⇢]", told) == ["⇠", "⇠", "←"]
    assert re.findall("[←⇠→⇢]", chain(links, Manner("en"))) == ["⇢", "⇢", "→"]
    assert told.startswith('<ol class="chain" dir="rtl" aria-label=')


def test_pace_counts_each_statement_once() -> None:
    told = pace([DAY, DAY, DAY + timedelta(hours=23)])
    root = ElementTree.fromstring(told)
    assert (root.findtext("{*}title") or "").endswith(": 3، من 1 آذار 06:00 إلى 2 آذار 05:00")
    heights = [float(bar.get("height", "")) for bar in root.findall(".//{*}rect")]
    assert heights == [26, 13]


def test_months_and_digits_are_the_readers() -> None:
    at = datetime.fromisoformat("2022-02-28T22:30+00:00")
    assert Manner(zone="Asia/Damascus").moment(at) == "1 آذار 00:30"
    assert Manner(locale="ar_EG", digits="arab").day(at) == "٢٨ فبراير"
    assert Manner("en").moment(at) == "28 Feb 22:30"


def test_description_has_every_value_of_every_claimant() -> None:
    root = ElementTree.fromstring(figures_over_time(crowded()))
    told = root.findtext("{*}desc") or ""
    assert all(name in told for name in NAMES)
    assert "40–70" in told


def pictures(name: str) -> list[Markup]:
    return [
        who_carries_whom([Course(name, (name,), name, 2), Course(None, (name, None), name, 1)]),
        figures_over_time(
            entry((name, ((1, figure(3)), (2, figure(None, 4, 9)))), (None, ((1, figure(3)),)), words=name)
        ),
        chain([Link(name, "outlet"), Link(name, "person", through=name)]),
    ]


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.just(HOSTILE), st.text(max_size=80)))
def test_no_name_becomes_markup(name: str) -> None:
    known = {"svg", "title", "desc", "g", "text", "rect", "line", "circle", "polygon", "polyline", "path"}
    known |= {"ol", "li", "bdi", "span"}
    for drawn in pictures(name):
        root = ElementTree.fromstring(drawn)
        elements = list(root.iter())
        assert {element.tag.rpartition("}")[2] for element in elements} <= known
        names = {key for element in elements for key in element.attrib}
        assert not [key for key in names if key == "style" or key.startswith("on")]
        assert "\u202e" not in drawn


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1e4), st.floats(-1e12, 1e12)), min_size=1, max_size=8), st.sampled_from([350, 900])
)
def test_any_values_can_be_drawn_inside(claims: list[tuple[float, float]], width: int) -> None:
    told = entry(("هدى", tuple((hours, figure(value)) for hours, value in claims)))
    root = ElementTree.fromstring(figures_over_time(told, width=width))
    places = [float(mark.get("cx", "")) for mark in root.findall(".//{*}circle")]
    assert places
    assert all(0 <= place <= width for place in places)


def test_the_same_value_gives_the_same_bytes() -> None:
    assert who_carries_whom(many()) == who_carries_whom(tuple(reversed(many())))
    assert figures_over_time(crowded()) == figures_over_time(crowded())


@given(st.text(max_size=60), st.floats(20, 400))
def test_words_fit_their_room(words: str, room: float) -> None:
    assert width_of(fitted(words, 12, room), 12) <= room


def test_a_file_has_its_stylesheet_inside() -> None:
    text = standalone(pace([DAY]))
    assert ElementTree.fromstring(text.encode()).findtext("{*}style") == stylesheet()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_colours_have_contrast(theme: str) -> None:
    blocks = re.findall(r":root[^{]*\{([^{}]*)\}", stylesheet())
    colours = dict(re.findall(r"--pic-(\w+): (#\w{6})", blocks[0 if theme == "light" else -1]))
    quiet = {"ground", "grid", "line", "node"}  # the grid is only an aid; axes and nodes have to be seen, not read
    for name, colour in colours.items():
        least = 3 if name in ("line", "node") else 0 if name in quiet else 4.5
        assert contrast(colour, colours["ground"]) >= least, name


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
