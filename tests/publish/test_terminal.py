"""Text for terminals: order, shape, width, signs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.model import Article, Doubt, Text
from musnad.publish.terminal import Painter, article_lines, detect
from musnad.publish.terminal.bidi import clusters, is_rtl_at, mirrored, order
from musnad.publish.terminal.pieces import Piece, line_width, printable, width, wrap
from musnad.publish.terminal.shaping import shape
from tests.publish.build import article

SCREEN = [  # the text, and the order on the screen from left to right, in a paragraph from right to left
    ("אבג", "גבא"),
    ("אב 123", "123 בא"),
    ("אב (גד)", "(דג) בא"),
    ("אב abc de גד", "דג abc de בא"),
    ("אב abc.", ".abc בא"),
    ("اب 12.5%", "%12.5 با"),
    ("اب 1-2", "2-1 با"),
    ("اب 3:45", "3:45 با"),
    ("(abc) אב", "בא (abc)"),
    ("«اب»", "«با»"),
]


def screen(words: str) -> str:
    line = clusters(words)
    rtl = is_rtl_at(line, rtl=True)
    return "".join(mirrored(line[at]) if rtl[at] else line[at] for at in order(line, rtl=True))


@pytest.mark.parametrize(("words", "wanted"), SCREEN)
def test_order_on_the_screen(words: str, wanted: str) -> None:
    assert screen(words) == wanted


@given(st.text(alphabet="ابتאב abc12.,:%()«»-+\u064b\u200f", max_size=30), st.booleans())
def test_order_loses_nothing(words: str, rtl: bool) -> None:
    line = clusters(words)
    assert sorted(order(line, rtl=rtl)) == list(range(len(line)))
    assert "".join(line) == words


def test_letters_take_their_joined_forms() -> None:
    assert shape(list("بيت")) == ["\ufe91", "\ufef4", "\ufe96"]
    assert shape(list("دار")) == ["\ufea9", "\ufe8d", "\ufead"]
    assert shape(list("لم")) == ["\ufedf", "\ufee2"]
    assert shape(["لَ", "ا"]) == ["\ufefbَ", ""]


@given(st.text(max_size=60), st.integers(1, 20))
def test_wrapping_fits_and_keeps_every_letter(words: str, room: int) -> None:
    words = printable(words)
    lines = wrap([Piece(words[:7], "a"), Piece(words[7:], "b")], room)
    assert all(line_width(line) <= max(room, 2) for line in lines)
    kept = "".join(piece.words for line in lines for piece in line)
    assert kept.replace(" ", "") == words.replace(" ", "")


def test_widths() -> None:
    assert (width("قَالَ"), width("日本"), width("a\u200f")) == (3, 4, 1)


def test_nothing_steers_the_terminal() -> None:
    assert printable("أ\x1b]0;x\x07\u202eب\x9b31m") == "أ ]0;x ب 31m"


def test_text_reads_when_piped() -> None:
    whole = "\n".join(article_lines(article(), Painter()))
    assert "\x1b" not in whole
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", whole)
    assert "‹نقلت› {وكالة الميناء} [¹عن {وزيرة النقل هدى منصور} ‹قولها› في بيان [²إن «الجسر سيفتح غدا»" in whole
    wide = "\n".join(article_lines(article(), Painter(200)))
    assert "المدار ← وكالة الميناء ⇠ بيان ⇠ هدى منصور" in wide
    assert "2022-02-28 21:02 +02:00" in whole
    assert "19:02 بالتوقيت العالمي" in whole
    assert re.search(r"│ 380 +│", whole)
    assert "bus" not in whole
    assert "cue alone" in whole
    assert whole.index("أخبار") < whole.index("الجسر يفتح غدا")


def test_no_line_is_wider_than_the_terminal() -> None:
    for room in (40, 60, 80, 110):
        for line in article_lines(article(), Painter(room)):
            assert width(line) <= room, line


def test_colours_in_the_place_of_signs() -> None:
    whole = "\n".join(article_lines(article(), Painter(color=True)))
    assert "\x1b[1;35mنقلت\x1b[0m" in whole
    assert "‹" not in whole


def test_isolated_lines_close_what_they_open() -> None:
    for bidi in ("isolate", "direct"):
        for line in article_lines(article(), Painter(bidi=bidi)):
            assert line.count("\u202b") == line.count("\u202c")
            assert sum(map(line.count, "\u2066\u2067\u2068")) == line.count("\u2069")


def test_a_time_with_arabic_words_in_it_is_put_in_order_too() -> None:
    line = [Piece("2022 | 21:02 دمشق", apart=True)]
    assert Painter(20, bidi="visual").line(line).strip() == "ﻖﺸﻣد 21:02 | 2022".replace("د", "\ufea9")


def test_direct_sets_the_terminal_back() -> None:
    lines = list(article_lines(article(), Painter(bidi="direct")))
    assert any(line.startswith("\x1b[2 k") for line in lines)
    assert lines[-1] == "\x1b[1 k"


def test_visual_is_shaped_and_ends_at_the_right() -> None:
    lines = list(article_lines(article(), Painter(80, bidi="visual")))
    body = next(line for line in lines if line.rstrip().endswith("‹\ufe96\ufee0\ufed8\ufee7›"))
    assert width(body) == 80
    assert any("2022-02-28 21:02 +02:00" in line for line in lines)


def test_a_page_without_an_article_says_so() -> None:
    doubtful = Article(Text(""), language="en", direction="ltr", doubts=(Doubt("no paragraph", "text"),))
    whole = "\n".join(article_lines(doubtful, Painter(rtl=False)))
    assert "no article on this page" in whole
    assert "no paragraph" in whole


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"VTE_VERSION": "5202", "TERM": "xterm-256color"}, "isolate"),
        ({"VTE_VERSION": "7200", "TERM": "xterm-256color"}, "direct"),
        ({"VTE_VERSION": "7200", "TERM": "tmux-256color", "TMUX": "/tmp/x"}, "isolate"),
        ({"TERM": "foot"}, "visual"),
        ({"TERM": "linux"}, "visual"),
        ({"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(379)"}, "visual"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "isolate"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, "visual"),
        ({"TERM": "xterm-256color"}, "isolate"),
        ({"TERM": "dumb"}, "plain"),
        ({"TERM": "mlterm"}, "plain"),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "230400"}, "isolate"),
    ],
)
def test_what_the_terminal_says_of_itself(environ: dict[str, str], wanted: str) -> None:
    assert detect(environ, terminal=True) == wanted
    assert detect(environ, terminal=False) == "plain"
