"""Parts: the lesser parts of an attribution (medium, addressee), its type, and the kind of its speaker."""

from __future__ import annotations

from functools import cache

from musnad.find.antecedents import Known, definite
from musnad.find.drafts import RIGHT, Draft
from musnad.find.lines import MARKS, Line
from musnad.lang import table
from musnad.lang.word import Word
from musnad.model import SpeakerKind, SpeechType

QUOTED_RUN = 3
"""Words in quotation marks that make a quotation; one or two are a name or a term (the marking guidelines)."""
_LONGEST_MEDIUM = 7
_ENDS_MEDIUM = frozenset(("time", "day", "opener", "conj", "hal", "neg", "accord", "saying", "rel", "side"))
_KIND: dict[str, SpeakerKind] = {
    "title": "office",
    "body": "body",
    "agency": "agency",
    "outlet": "outlet",
    "unnamed": "unnamed",
    "document": "unnamed",
}

Tokens = tuple[int, int]


def speech_type(draft: Draft) -> SpeechType:
    """Direct where all of the content but its opening particle stands in quotation marks, indirect where no run of
    three words does, else mixed."""
    line = draft.line
    marked: list[bool] = []
    for first, last in draft.content:
        tokens = [i for i in range(first, last + 1) if line.words[i].form not in MARKS]
        if not marked and tokens and line.words[tokens[0]].kind == "opener":
            tokens = tokens[1:]
        marked += [line.quote[i] > 0 for i in tokens]
    if marked and all(marked):
        return "direct"
    run = longest = 0
    for inside in marked:
        run = run + 1 if inside else 0
        longest = max(longest, run)
    return "mixed" if longest >= QUOTED_RUN else "indirect"


def medium(draft: Draft) -> Tokens | None:
    """The statement, call or tweet in which it was said: after a preposition, between cue and content or just before
    the cue; None where the text does not say. A source that is itself an unnamed document is its own medium."""
    line = draft.line
    for first, last in _between(draft):
        for i in range(first, last):
            word = line.words[i]
            after = line.words[i + 1]
            if word.kind == "prep" and after.kind in ("medium", "document") and not _in(draft.source, i + 1):
                return i + 1, _medium_end(line, i + 1, last)
    if draft.source is not None:
        head = line.words[draft.source[0]]
        if head.kind == "document" and not definite(head):
            return draft.source[0], draft.source[0]
    return None


def _medium_end(line: Line, start: int, last: int) -> int:
    for j in range(start + 1, min(start + _LONGEST_MEDIUM, last + 1)):
        word = line.words[j]
        if (
            word.form in MARKS
            or word.kind in _ENDS_MEDIUM
            or (word.cue is not None and word.cue.shape in ("past", "present"))
        ):
            return j - 1
        if word.kind == "prep" and (
            j + 1 > last or line.words[j + 1].kind in ("time", "day") or line.words[j + 1].form in MARKS
        ):
            return j - 1
    return min(start + _LONGEST_MEDIUM - 1, last)


def addressee(draft: Draft, said_in: Tokens | None) -> Tokens | None:
    """To whom it was said: what follows source or cue and is written with «to», or is the object of a verb that has one."""
    line = draft.line
    if draft.direction != RIGHT or draft.cue.kind not in ("verb", "participle"):
        return None
    content = draft.content[0][0]
    after = draft.source[1] if draft.source is not None and draft.source[0] > draft.cue.last else draft.cue.last
    for i in range(after + 1, content):
        heard = line.words[i]
        if _in(said_in, i):
            return None
        to = heard.joined and heard.joined[0] == _TO and heard.kind in ("agency", "outlet", "title", "unnamed", "body")
        if to or (i == after + 1 and heard.form[:1] == _TO and heard.part in "RHOL?"):
            return i, _phrase_end(line, i, content - 1)
    first = after + 1
    word = line.words[first] if first < content else None
    if (
        word is not None
        and draft.cue.lemma in _objects()
        and word.form not in MARKS
        and word.kind not in ("prep", "time", "day", "adverb")
    ):
        return first, _phrase_end(line, first, content - 1)
    return None


_TO = "\u0644"


@cache
def _objects() -> frozenset[str]:
    """Verbs whose object is who is spoken to."""
    return frozenset(row["verb"] for row in table("ar", "addressed"))


def _phrase_end(line: Line, start: int, last: int) -> int:
    for j in range(start + 1, last + 1):
        word = line.words[j]
        if word.form in MARKS or word.kind in ("prep", "opener", "time", "day", "conj", "rel"):
            return j - 1
    return last


def _between(draft: Draft) -> list[Tokens]:
    """Where a medium may stand: between cue and content, between source and content, and before the cue in its clause."""
    line, cue = draft.line, draft.cue
    content = draft.content[0][0] if draft.direction == RIGHT else line.sentence_end(cue.last) + 1
    begin = max(line.first[line.sentence[cue.first]], cue.first - 9)
    for i in range(cue.first - 2, begin, -1):
        form = line.words[i].cue
        if line.words[i].kind == "opener" or (form is not None and form.shape in ("past", "present")):
            begin = cue.first
            break
    return [(cue.last + 1, min(content, len(line.words)) - 1), (begin, cue.first - 1)]


def _in(place: Tokens | None, token: int) -> bool:
    return place is not None and place[0] <= token <= place[1]


def named(known: Known) -> Tokens:
    """The tokens of a speaker's name, without the marks and the attached preposition's word at its edges."""
    first, last = known.first, known.last
    words = known.line.words
    while first < last and (words[first].form in MARKS and not _paired(known.line, first, last)):
        first += 1
    while last > first and (words[last].form in MARKS and not _paired(known.line, last, first)):
        last -= 1
    return first, last


def _paired(line: Line, mark: int, until: int) -> bool:
    """Whether the quotation or parenthesis that a mark at the edge of a name belongs to lies within the name."""
    step = 1 if until > mark else -1
    for numbers in (line.quote, line.paren):
        if numbers[mark] and mark + step != until:
            inside = range(mark + step, until + step, step)
            partner = next((i for i in inside if line.words[i].form in MARKS and numbers[i] == numbers[mark]), None)
            return partner is not None and partner != until
    return False


def speaker_kind(known: Known) -> SpeakerKind:
    """What a speaker is, from the head of its description and from how it is named."""
    head = known.head
    words = [w for w in known.described if w.form not in MARKS]
    if head.kind == "title" and not definite(head) and len(words) > 1 and words[1].kind == "prep" and not _names(words):
        return "unnamed"
    if head.kind == "title":
        return "person" if len(known.name) < len(words) or _names(words[1:]) else "office"
    if head.kind in _KIND:
        named = head.kind == "document" and len(known.name) < len(words)
        return "body" if named else _KIND[head.kind]
    if len(known.name) < len(words):
        return "person"
    if head.part in ("O", "L", "B"):
        return "body"
    if head.part == "H" and not definite(head):
        return "unnamed"
    if head.part in ("U", "F", "M", "N", "A") and not definite(head) and not _names(words):
        return "unnamed"
    return "person"


def _names(words: list[Word]) -> bool:
    return any(w.part == "R" for w in words)
