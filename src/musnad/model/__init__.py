"""The central types: frozen, no I/O, standard library only.

Everything that musnad reads, finds and prints is one of these. Places in a text are :class:`Span` s, half-open pairs of
code points; nothing here normalises the words that were published.
"""

from musnad.model.article import Article, Conflict, Dateline, Image, Named
from musnad.model.attribution import Act, Attribution, Corrected, Link, Polarity, Speaker, SpeakerKind, SpeechType
from musnad.model.doubt import Doubt
from musnad.model.figure import Figure
from musnad.model.moment import DayPart, Moment, Precision
from musnad.model.page import Page
from musnad.model.span import Span
from musnad.model.text import SPOKEN, Block, BlockKind, Text

__all__ = [
    "SPOKEN",
    "Act",
    "Article",
    "Attribution",
    "Block",
    "BlockKind",
    "Conflict",
    "Dateline",
    "DayPart",
    "Doubt",
    "Figure",
    "Image",
    "Corrected",
    "Link",
    "Moment",
    "Named",
    "Page",
    "Polarity",
    "Precision",
    "Span",
    "Speaker",
    "SpeakerKind",
    "SpeechType",
    "Text",
]
