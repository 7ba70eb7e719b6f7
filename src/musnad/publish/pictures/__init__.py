"""Pictures: values as SVG, and a chain as HTML. The same value gives the same bytes; nothing is styled in place.

Every picture of nothing is an empty string, so that a template can ask for it as it is.
"""

from musnad.publish.pictures.chain import chain
from musnad.publish.pictures.figures import figures_over_time
from musnad.publish.pictures.flows import who_carries_whom
from musnad.publish.pictures.manner import Manner
from musnad.publish.pictures.pace import pace
from musnad.publish.pictures.svg import standalone, stylesheet

__all__ = ["Manner", "chain", "figures_over_time", "pace", "standalone", "stylesheet", "who_carries_whom"]
