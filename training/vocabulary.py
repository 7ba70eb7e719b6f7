"""Tabulate the words of the ANT corpus: how often each stands bare and with the article, and what verbs govern.

usage: vocabulary.py CORPUS.docs.jsonl[.gz] [--output FILE]

Writes src/musnad/lang/ar/vocabulary.tsv.gz: a folded form a line with its count class, how much it looks like
a name (never with the article) and, for reporting verbs, how often an opener or a quotation follows. Forms seen fewer
than 4 times are left out.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import re
import sys
from collections import Counter
from pathlib import Path

from musnad.lang.ar.lexicon import Lexicon
from musnad.lang.ar.spelling import fold

LEAST = 4
_TOKEN = re.compile(r"\w+|[^\w\s]")


def main(arguments: list[str]) -> None:
    """Count, classify, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--output", type=Path, default=Path("src/musnad/lang/ar/vocabulary.tsv.gz"))
    given = parser.parse_args(arguments)
    bare: Counter[str] = Counter()
    governed: dict[str, list[int]] = {}
    lexicon = Lexicon(vocabulary={})
    with (
        gzip.open(given.corpus, "rt", encoding="utf-8")
        if given.corpus.suffix == ".gz"
        else given.corpus.open(encoding="utf-8") as file
    ):
        for row in file:
            tokens = _TOKEN.findall(fold(json.loads(row)["text"]).words)
            bare.update(tokens)
            _govern(tokens, lexicon, governed)
    rows = io.StringIO()
    rows.write("form\tcount\tname\n")
    for form, count in sorted(bare.items()):
        if count >= LEAST and form.isalpha() and len(form) > 1:
            article = bare["ال" + form] + bare["لل" + form] + bare["بال" + form] + bare["وال" + form]
            rows.write(f"{form}\t{count}\t{round(9 * count / (count + 3 * article))}\n")
    rows.write(
        "# lemma and shape of reporting verbs: times seen, tenths with an opener or quotation within eight words\n"
    )
    for key, (seen, opened) in sorted(governed.items()):
        rows.write(f"={key}\t{seen}\t{round(9 * opened / seen)}\n")
    given.output.write_bytes(gzip.compress(rows.getvalue().encode(), mtime=0))
    print(f"{given.output}: {rows.getvalue().count(chr(10))} rows")


def _govern(tokens: list[str], lexicon: Lexicon, governed: dict[str, list[int]]) -> None:
    for i, token in enumerate(tokens):
        cue = lexicon.word(token).cue
        if cue is None:
            continue
        pair = governed.setdefault(f"{cue.lemma}|{cue.shape}", [0, 0])
        pair[0] += 1
        for after in tokens[i + 1 : i + 10]:
            word = lexicon.word(after)
            if (word.kind == "opener" and not word.joined) or after in '"“”«:':
                pair[1] += 1
                break
            if after in ".،" or (word.cue is not None and word.cue.shape in ("past", "present")):
                break


if __name__ == "__main__":
    main(sys.argv[1:])
