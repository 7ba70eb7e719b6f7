"""musnad: who said what in Arabic news, and through whom we know it.

>>> import musnad
>>> article = musnad.read('''الجسر الجديد يفتح غدا
...
... حلب - وكالات
...
... قال المهندس سالم الكعبي إن الجسر سيفتح غدا أمام السيارات.
... ''')
>>> said = article.attributions[0]
>>> said.cue[0].of(article.text.words), said.speaker.name
('قال', 'سالم الكعبي')
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from musnad.errors import InputError, MusnadError, UsageError
    from musnad.model import Article, Attribution, Figure, Page, Span
    from musnad.settings import Settings

__version__ = "0.1.0"
__all__ = [
    "Article",
    "Attribution",
    "Figure",
    "InputError",
    "MusnadError",
    "Page",
    "Settings",
    "Span",
    "UsageError",
    "__version__",
    "read",
    "read_many",
]
_HOMES = {
    "musnad.errors": ("InputError", "MusnadError", "UsageError"),
    "musnad.model": ("Article", "Attribution", "Figure", "Page", "Span"),
    "musnad.settings": ("Settings",),
}


def read(source: str | bytes | os.PathLike[str] | Page, *, settings: Settings | None = None) -> Article:
    """The article of one page, with its attributions and their chains, its figures, and what was left undecided.

    `source` is the bytes of a page, HTML or text as a string, a path, or an http(s) address, which is fetched; a string on
    one line without a space or ``<`` is taken for a path. `settings` are limits (:func:`musnad.settings.load` when
    None). A page without an article gives one with an empty text and a doubt that says so.

    Raises UnreadablePage for what is no page, InputError for a file that cannot be opened, FetchError for an address
    that does not answer, UsageError for a folder or archive of several pages: those are for :func:`read_many`.

    >>> import musnad
    >>> html = "<h1>افتتاح الجسر</h1><p>قالت وزيرة النقل هدى منصور إن الجسر «سيفتح غدا» أمام السيارات والحافلات.</p>"
    >>> article = musnad.read("<html><body><article>" + html + "</article></body></html>")
    >>> article.attributions[0].content[0].of(article.text.words)
    'إن الجسر «سيفتح غدا» أمام السيارات والحافلات'
    """
    from musnad.run import read_any

    return read_any(source, settings=settings)


def read_many(inputs: Sequence[str], *, settings: Settings | None = None) -> Iterator[Article | InputError]:
    """The articles of files, folders, WARC archives, addresses and ``-``, one after another, as they are asked for.

    What cannot be read comes in its place as an InputError that says what, where and what to do; it is not raised.

    >>> import musnad
    >>> [type(outcome).__name__ for outcome in musnad.read_many(["no such file.html"])]
    ['InputError']
    """
    from musnad import run
    from musnad.settings import load

    return run.read_many(inputs, settings=settings or load())


def __getattr__(name: str) -> object:
    """The types, imported when they are first asked for: ``import musnad`` alone costs nothing."""
    from importlib import import_module

    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module 'musnad' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
