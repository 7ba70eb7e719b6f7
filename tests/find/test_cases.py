"""Attributions as data: a text in, quoted words out. ``python -m tests.find.test_cases`` prints the pass rate by rule.

`cases.json` holds the cases by rule; each names only what it is about. ``expect`` lists attributions that must be found
(an empty list: nothing may be), ``absent`` words that must be nobody's cue. ``known_failures.json`` says, for each case
that the finder does not manage yet, why; a case that it manages must be taken off that list (``--update`` does so).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from musnad.evaluate.views import jaccard
from musnad.model import Article, Attribution
from musnad.run import read_document
from tests.find.matching import SAME, cue_matches, listed, place, plain, same_name, tokens

_HERE = Path(__file__).parent
RULES: list[dict[str, Any]] = json.loads((_HERE / "cases.json").read_text(encoding="utf-8"))
KNOWN: dict[str, str] = json.loads((_HERE / "known_failures.json").read_text(encoding="utf-8"))
CASES: dict[str, dict[str, Any]] = {
    f"{rule['rule']} / {case['name']}": case for rule in RULES for case in rule["cases"]
}
LEAST_RIGHT = 172
"""Cases that are right at least; raise it when more are, never lower it."""
_PARTS = {"cue", "content", "source", "speaker", "kind", "type", "act", "polarity", "within", "addressee", "medium"}
_PARTS |= {"chain", "through", "inferred"}
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
                scored.append((jaccard(content, tokens(words, a.content)) + exact, -i, -j))
    pairs: dict[int, int] = {}
    for _, i, j in sorted(scored, reverse=True):
        if -i not in pairs and -j not in pairs.values():
            pairs[-i] = -j
    return pairs


def _wrong(words: str, wanted: dict[str, Any], a: Attribution, pairs: dict[int, int]) -> list[str]:
    """What a found attribution has otherwise than the wanted one says; parts that it does not name are not looked at."""
    text = _parts(words, wanted, a)
    within = pairs.get(wanted["within"]) if "within" in wanted else None
    content = tokens(words, [place(words, p) for p in listed(wanted.get("content", []))])
    names = [link.name or "" for link in a.chain]
    last = a.chain[-1]
    right = {
        "content": jaccard(content, tokens(words, a.content)) >= SAME,
        "speaker": same_name(wanted.get("speaker", ""), a.speaker.name),
        "within": within == a.within,
        "chain": len(names) == len(wanted.get("chain", ())) and all(map(same_name, wanted["chain"], names)),
        "through": same_name(wanted.get("through", ""), last.through or ""),
        "inferred": wanted.get("inferred") is last.inferred,
    }
    for part in ("source", "addressee", "medium"):
        right[part] = _same_place(wanted.get(part), text[part])
    for part in ("kind", "type", "act", "polarity"):
        right[part] = wanted.get(part) == text[part]
    cue = listed(wanted["cue"])[0]
    return [f"{cue}: {p} should be {wanted[p]!r}, is {text[p]!r}" for p in wanted if p != "cue" and not right[p]]


def _parts(words: str, wanted: dict[str, Any], a: Attribution) -> dict[str, Any]:
    """The parts of a found attribution in the words of the text."""
    unknown = set(wanted) - _PARTS
    assert not unknown, f"the case is wrong: it names {unknown}"
    place_of = {"source": a.source, "addressee": a.addressee, "medium": a.medium}
    return {
        **{part: span.of(words) if span else None for part, span in place_of.items()},
        "content": [s.of(words) for s in a.content],
        "speaker": a.speaker.name,
        "kind": a.speaker.kind,
        "type": a.type,
        "act": a.act,
        "polarity": a.polarity,
        "within": a.within,
        "chain": [link.name for link in a.chain],
        "through": a.chain[-1].through,
        "inferred": a.chain[-1].inferred,
    }


def _same_place(wanted: str | None, have: str | None) -> bool:
    """Both nothing, or one a part of the other and at least half of it."""
    if wanted is None or have is None:
        return wanted is have
    one, other = set(plain(wanted)), set(plain(have))
    return (one <= other or other <= one) and 2 * len(one & other) >= len(one | other)


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


def test_most_cases_are_right() -> None:
    """A floor that a list of known failures growing longer cannot lower silently."""
    assert len(CASES) - len(KNOWN) >= LEAST_RIGHT


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


def main(arguments: list[str]) -> None:
    """Print the pass rate by rule and what fails; with ``--update`` write `known_failures.json` anew as well.

    Cases that pass are then taken off the list, new failures put on it with what is wrong in them as the reason, for
    a person to replace by why.
    """
    known: dict[str, str] = {}
    for rule in RULES:
        names = [f"{rule['rule']} / {case['name']}" for case in rule["cases"]]
        wrong = {name: found for name in names if (found := failures(CASES[name]))}
        print(f"{len(names) - len(wrong):3d} of {len(names):3d}  {rule['rule']}")
        for name, found in wrong.items():
            known[name] = KNOWN.get(name, "; ".join(found))
            print(
                f"      {'known' if name in KNOWN else 'FAILS'}: {name}\n" + "\n".join(f"         {w}" for w in found)
            )
        for name in names:
            if name in KNOWN and name not in wrong:
                print(f"      NOW RIGHT: {name}")
    right = len(CASES) - len(known)
    print(f"{right:3d} of {len(CASES):3d}  in all, {100 * right / len(CASES):.1f} %")
    if "--update" in arguments:
        lines = json.dumps(known, ensure_ascii=False, indent=1) + "\n"
        (_HERE / "known_failures.json").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
