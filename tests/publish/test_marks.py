"""Cutting a text at the edges of its marks."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from musnad.model import Article, Attribution, Span, Speaker, Text
from musnad.publish.marks import blocks_marked, cut, depths, marks
from tests.publish.build import article


def test_every_character_is_in_one_stretch() -> None:
    whole = article()
    for block, parts in blocks_marked(whole):
        assert "".join(whole.text.words[p.start : p.end] for p in parts) == whole.text.of(block.span)


def test_the_innermost_mark_says_what_words_are() -> None:
    whole = article()
    found = {
        whole.text.words[part.start : part.end]: part.innermost for _, parts in blocks_marked(whole) for part in parts
    }
    roles = {words: (mark.role, mark.index, mark.depth) for words, mark in found.items() if mark}
    assert roles["نقلت"] == ("cue", 0, 0)
    assert roles["وزيرة النقل هدى منصور"] == ("source", 1, 1)
    assert roles["قولها"] == ("cue", 1, 1)
    assert roles["بيان"] == ("medium", 1, 1)


def test_a_text_without_blocks_is_a_paragraph() -> None:
    [(block, parts)] = blocks_marked(Article(Text("قال الوزير")))
    assert (block.kind, len(parts)) == ("paragraph", 1)


def test_a_ring_of_attributions_ends() -> None:
    one, two = article().attributions
    assert len(depths([replace(one, within=1), two])) == 2


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=8))
def test_whatever_the_marks_nothing_is_lost(places: list[tuple[int, int]]) -> None:
    words = "".join(chr(0x627 + n % 20) for n in range(45))
    found = tuple(
        Attribution("x", (Span(s, s + n),), None, (Span(s + n, s + n + 3),), "direct", Speaker("", "unnamed"))
        for s, n in places
    )
    parts = list(cut(marks(Article(Text(words), attributions=found)), 0, len(words)))
    assert "".join(words[p.start : p.end] for p in parts) == words
    assert all(m.start <= p.start and p.end <= m.end for p in parts for m in p.marks)
