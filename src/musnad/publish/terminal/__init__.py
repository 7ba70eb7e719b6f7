"""An article for a terminal: a pleasure to read, in any terminal."""

from musnad.publish.terminal.article import Legend, article_lines
from musnad.publish.terminal.detect import detect, wants_color
from musnad.publish.terminal.painter import Bidi, Painter

__all__ = ["Bidi", "Legend", "Painter", "article_lines", "detect", "wants_color"]
