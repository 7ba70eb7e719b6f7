"""Publish: an article in the forms that people and programs read.

>>> from musnad.model import Article, Text
>>> json_text(Article(Text(""))).splitlines()[1]
'  "headline": null,'
"""

from musnad.publish.formats import FORMATS, Format, json_text
from musnad.publish.labels import labels
from musnad.publish.terminal.pieces import printable
from musnad.publish.values import article_value, marks_value

__all__ = ["FORMATS", "Format", "article_value", "json_text", "labels", "marks_value", "printable"]
