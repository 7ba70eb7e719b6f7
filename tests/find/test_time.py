"""Time grows with the length of a text, no faster, on words chosen to hurt."""

from __future__ import annotations

from time import process_time

import pytest

from musnad.find import find
from musnad.pages import read_document

GROWTH = 8
"""Four times the text may cost at most this much more; what grows with the square costs sixteen times."""
LONGEST = 30.0
"""Seconds that the longer of the two texts may take; a machine at work needs a tenth of it."""

LINEAR = {
    "quotation marks": ('"', 25_000),
    "quotation marks that open": ("«", 25_000),
    "pairs of quotation marks": ("«» ", 25_000),
    "quotation marks of all styles": ('«"”“„’', 25_000),
    "conjunctions": ("و ", 50_000),
    "one word of conjunctions": ("و", 25_000),
    "clitics": ("وفبكالوزارة ", 75_000),
    "one word of clitics": ("وبال", 75_000),
    "brackets that open": ("(", 25_000),
    "brackets that close": (")", 25_000),
    "square brackets": ("[", 25_000),
    "brackets in brackets": ("(ال ", 75_000),
    "a sentence without stops": ("وصلت الشاحنات إلى المدينة ومعها الدواء ", 75_000),
    "colons": ("الوزير: ", 75_000),
    "commas": ("، ", 25_000),
    "stops": (". ", 25_000),
    "dots": ("...", 75_000),
    "tatweel": ("ـ", 75_000),
    "vowel signs": ("َ", 75_000),
    "numbers": ("1 ", 25_000),
    "nouns that report": ("تصريح ", 25_000),
    "second cues": ("وفق تعبيره ", 25_000),
    "remarks": ("وجاءت تصريحات بوتين خلال ", 75_000),
    "cues": ("قال ", 10_000),
    "cues in quotation marks": ("«قال إن» ", 25_000),
    "cues before marks that open": ("قال: « ", 10_000),
    "relayed words": ("نقل عن مصدر قوله إن ", 15_000),
    "short lines of speech": ("قال الوزير إن الماء عاد.\n", 75_000),
    "short lines of accords": ("عاد الماء، وفق الوزارة.\n", 75_000),
    "cues and particles": ("وقال إن ", 4_500),
    "accords": ("وفق ", 3_000),
    "accords after contents": ("الماء عاد، وفق الوزارة، ", 5_000),
    "participles": ("مضيفا أن ", 5_500),
    "relative clauses": ("الذي قال إن ", 5_500),
    "contents in contents": ("قال إن الوزير أبلغ أن ", 4_000),
}
"""What is repeated, and up to how many characters; the second text is four times as long."""


def cost(unit: str, length: int) -> float:
    """Seconds of the processor to find what is in a text of `length` characters made of `unit`."""
    article = read_document({"id": "x", "text": "مقتطفات\n" + unit * (length // len(unit))})
    start = process_time()
    find(article)
    return process_time() - start


@pytest.mark.parametrize("name", LINEAR)
def test_time_is_linear(name: str) -> None:
    """A machine that does something else for a moment is forgiven: the better of two measurements counts."""
    unit, length = LINEAR[name]
    cost(unit, 500)
    once = max(cost(unit, length), 0.05)
    longer = cost(unit, 4 * length)
    if longer >= GROWTH * once:
        once, longer = max(cost(unit, length), once), min(cost(unit, 4 * length), longer)
    assert longer < LONGEST
    assert longer < GROWTH * once
