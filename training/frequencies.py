"""Count in how many articles of the ANT corpus each word stands: ``python -m training.frequencies CORPUS.docs.jsonl``.

The table says how little a common word tells (:mod:`musnad.stories.gist`) before a stream has shown it. Words are stems as
they are compared there; those in fewer than three articles are left out.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from pathlib import Path

from musnad.pages import read_document
from musnad.run import read_documents
from musnad.stories.gist import stem, words_of

OUT = Path(__file__).parent.parent / "src" / "musnad" / "lang" / "ar" / "frequencies.tsv.gz"
_LEAST = 3


def main(path: str) -> None:
    """Write the table anew."""
    counts: Counter[str] = Counter()
    articles = 0
    for document in read_documents(path):
        if isinstance(document, dict):
            articles += 1
            counts.update(set(map(stem, words_of(read_document(document)).all)))
    rows = [f"{form}\t{count}" for form, count in sorted(counts.items()) if count >= _LEAST and not form.isdigit()]
    told = "\n".join(["form\tarticles", f"\t{articles}", *rows]) + "\n"
    OUT.write_bytes(gzip.compress(told.encode(), mtime=0))
    print(f"{len(rows):,} words of {articles:,} articles: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
