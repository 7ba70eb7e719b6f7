"""What must hold of every article, whatever its words."""

from __future__ import annotations

from itertools import combinations, pairwise

from musnad.model import Article, Attribution, Span


def spans(a: Attribution) -> list[Span]:
    """All places of an attribution."""
    return [*a.cue, *a.content, *(s for s in (a.source, a.addressee, a.medium) if s is not None)]


def check_places(article: Article) -> None:
    """Every span holds words of one block: in bounds, with no white space at its edges, pieces in order and apart."""
    words = article.text.words
    for a in article.attributions:
        assert a.cue, "an attribution without a cue"
        assert a.content, "an attribution without a content"
        for span in spans(a):
            assert 0 <= span.start < span.end <= len(words)
            quoted = words[span.start : span.end]
            assert quoted == span.of(words) == article.text.of(span)
            assert quoted == quoted.strip(), f"white space at the edge of {quoted!r}"
            assert any(b.span.covers(span) for b in article.blocks), f"{quoted!r} lies in no block"
        for pieces in (a.cue, a.content):
            assert all(one.end <= other.start for one, other in pairwise(pieces)), "out of order"
        assert not any(c.overlaps(s) for c in a.cue for s in a.content), "the cue stands in its own content"


def check_tree(article: Article) -> None:
    """`within` names another attribution whose content holds this one's cue, and following it comes to an end."""
    found = article.attributions
    for index, a in enumerate(found):
        at, seen = a.within, {index}
        while at is not None:
            assert 0 <= at < len(found), "no such attribution"
            assert at not in seen, "a ring"
            seen.add(at)
            at = found[at].within
        if a.within is not None:
            outer = found[a.within].content
            assert all(any(piece.covers(c) for piece in outer) for c in a.cue[:1]), (
                "the outer one does not hold the cue"
            )


def check_nesting(article: Article) -> None:
    """Contents of two attributions nest or lie apart: no piece of one begins in a piece of the other and ends after it."""
    for one, other in combinations(article.attributions, 2):
        for a in one.content:
            for b in other.content:
                crossing = a.start < b.start < a.end < b.end or b.start < a.start < b.end < a.end
                words = article.text.words
                assert not crossing, f"cross: {a.of(words)!r} and {b.of(words)!r}"


def check_chains(article: Article) -> None:
    """A chain ends at the speaker and begins with the outlet, where one is known."""
    for a in article.attributions:
        assert a.chain, "no chain"
        assert a.chain[-1].name == (a.speaker.name or None)
        if article.outlet is not None:
            assert a.chain[0].name == article.outlet.value
        for link in a.chain:
            assert link.span is None or link.span.end <= len(article.text.words)


def check(article: Article) -> None:
    """All of them, and ids that are one's own."""
    check_places(article)
    check_tree(article)
    check_nesting(article)
    check_chains(article)
    ids = [a.id for a in article.attributions]
    assert len(set(ids)) == len(ids), "two attributions have one id"
    assert [a.cue[0].start for a in article.attributions] == sorted(a.cue[0].start for a in article.attributions)
    for doubt in article.doubts:
        assert doubt.span is None or doubt.span.end <= len(article.text.words)
    for figure in article.figures:
        assert figure.claimant is None or figure.claimant < len(article.attributions)
