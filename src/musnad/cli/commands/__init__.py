"""The commands, a module for each group of them; what each does is in the module of its name beside this package."""

from musnad.cli.app import app
from musnad.cli.commands import (
    alerting,
    asking,
    batching,
    comparing,
    correcting,
    entities,
    following,
    reading,
    serving,
    sets,
    stories,
)

__all__ = [
    "alerting",
    "app",
    "asking",
    "batching",
    "comparing",
    "correcting",
    "entities",
    "following",
    "reading",
    "serving",
    "sets",
    "stories",
]
