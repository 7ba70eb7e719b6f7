"""Attributions as data: a text in, quoted words out. ``python -m tests.find.test_cases`` prints the pass rate by rule.

`cases.json` holds the cases by rule; each names only what it is about. ``expect`` lists attributions that must be found
(an empty list: nothing may be), ``absent`` words that must be nobody's cue. ``known_failures.json`` says, for each case
that the finder does not manage yet, why; a case that it manages must be taken off that list.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from musnad.model import Article, Attribution
from musnad.run import read_document
from tests.find.matching import SAME, cue_matches, listed, place, plain, same_name, shared, tokens

_HERE = Path(__file__).parent
RULES: list[dict[str, Any]] = json.loads((_HERE / "cases.json").read_text(encoding="utf-8"))
KNOWN: dict[str, str] = json.loads((_HERE / "known_failures.json").read_text(encoding="utf-8"))
CASES: dict[str, dict[str, Any]] = {
    f"{rule['rule']} / {case['name']}": case for rule in RULES for case in rule["cases"]
}
_HEADLINE = "مقتطفات"
"""What a case without a headline stands under: line 1 of a document is its headline, and this one says nothing."""


def read(case: dict[str, Any]) -> Article:
    """The article of a case: its headline or a plain one, its dateline if it has one, its text."""
    lines = [case.get("headline", _HEADLINE), *([case["dateline"]] if "dateline" in case else []), case["text"]]
    return read_document({"id": case["name"], "text": "\n".join(lines), "outlet": case.get("outlet")})


def failures(case: dict[str, Any]) -> list[str]:
    """What is wrong with what is found in a case, in words; empty where all is right."""
    article = read(case)
    words, found = article.text.words, article.attributions
    if not case["expect"]:
        return [f"nothing should be found, but {_shown(words, a)}" for a in found]
    out = []
    pairs = _paired(words, case["expect"], found)
    for index, wanted in enumerate(case["expect"]):
        if index not in pairs:
            out.append(f"not found: {wanted['cue']}")
            continue
        out += _wrong(words, wanted, found[pairs[index]], pairs)
    for word in case.get("absent", ()):
        out += [f"should not be found: {_shown(words, a)}" for a in found if cue_matches(words, word, a)]
    return out


def _paired(words: str, expected: list[dict[str, Any]], found: tuple[Attribution, ...]) -> dict[int, int]:
    """For each expected attribution the one found with its cue whose content is nearest; none is taken twice."""
    scored = []
    for i, wanted in enumerate(expected):
        content = tokens(words, [place(words, p) for p in listed(wanted.get("content", []))])
        for j, a in enumerate(found):
            if cue_matches(words, wanted["cue"], a):
                exact = any(span.of(words) in listed(wanted["cue"]) for span in a.cue)
                scored.append((shared(content, tokens(words, a.content)) + exact, -i, -j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(scored, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def _wrong(words: str, wanted: dict[str, Any], a: Attribution, pairs: dict[int, int]) -> list[str]:
    cue = listed(wanted["cue"])[0]
    out = []

    def check(good: bool, part: str, have: object) -> None:
        if not good:
            out.append(f"{cue}: {part} should be {wanted.get(part)!r}, is {have!r}")

    def span_check(part: str, have: str | None) -> None:
        want = wanted[part]
        if want is None or have is None:
            check(want is have, part, have)
        else:
            a, b = set(plain(want)), set(plain(have))
            check((a <= b or b <= a) and 2 * len(a & b) >= len(a | b), part, have)

    if "content" in wanted:
        want = tokens(words, [place(words, p) for p in listed(wanted["content"])])
        check(shared(want, tokens(words, a.content)) >= SAME, "content", [s.of(words) for s in a.content])
    if "speaker" in wanted:
        check(same_name(wanted["speaker"], a.speaker.name), "speaker", a.speaker.name)
    for part, span in (("source", a.source), ("addressee", a.addressee), ("medium", a.medium)):
        if part in wanted:
            span_check(part, span.of(words) if span else None)
    for part, have in (("kind", a.speaker.kind), ("type", a.type), ("act", a.act), ("polarity", a.polarity)):
        if part in wanted:
            check(wanted[part] == have, part, have)
    if "within" in wanted:
        check(pairs.get(wanted["within"]) == a.within, "within", a.within)
    if "chain" in wanted:
        names = [link.name or "" for link in a.chain]
        right = len(names) == len(wanted["chain"]) and all(map(same_name, wanted["chain"], names))
        check(right, "chain", names)
    origin = a.chain[-1] if a.chain else None
    if "through" in wanted:
        have = origin.through if origin else None
        check(have is not None and same_name(wanted["through"], have), "through", have)
    if "inferred" in wanted:
        check(origin is not None and origin.inferred == wanted["inferred"], "inferred", origin)
    return out


def _shown(words: str, a: Attribution) -> str:
    return f"{[s.of(words) for s in a.cue]} {a.speaker.name}: {[s.of(words) for s in a.content]}"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=[pytest.mark.xfail(reason=KNOWN[name], strict=True)] if name in KNOWN else [])
        for name in CASES
    ],
)
def test_case(name: str) -> None:
    assert not failures(CASES[name])


def test_known_failures_are_cases_and_have_a_reason() -> None:
    assert not set(KNOWN) - set(CASES)
    assert all(len(reason) > 10 for reason in KNOWN.values())


@pytest.mark.parametrize("name", CASES)
def test_a_case_marks_words_of_its_text(name: str) -> None:
    case = CASES[name]
    words = read(case).text.words
    for wanted in case["expect"]:
        for part in ("cue", "content"):
            for piece in listed(wanted.get(part, [])):
                place(words, piece)
        for part in ("source", "addressee", "medium"):
            if wanted.get(part):
                place(words, wanted[part])


def main() -> None:
    """Print the pass rate by rule, what fails and why, and where `known_failures.json` is out of date."""
    right = 0
    for rule in RULES:
        names = [f"{rule['rule']} / {case['name']}" for case in rule["cases"]]
        wrong = {name: found for name in names if (found := failures(CASES[name]))}
        right += len(names) - len(wrong)
        print(f"{len(names) - len(wrong):3d} of {len(names):3d}  {rule['rule']}")
        for name in names:
            if name in wrong and name not in KNOWN:
                print(f"      FAILS: {name}\n" + "\n".join(f"         {w}" for w in wrong[name]))
            elif name in wrong:
                print(f"      known: {name} ({KNOWN[name]})\n" + "\n".join(f"         {w}" for w in wrong[name]))
            elif name in KNOWN:
                print(f"      NOW RIGHT, take it off the list: {name}")
    print(f"{right:3d} of {len(CASES):3d}  in all, {100 * right / len(CASES):.1f} %")


if __name__ == "__main__":
    main()
