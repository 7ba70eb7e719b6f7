"""Stories: views of the record that can always be rebuilt from it.

Articles about the same happening, copies of one text, independent sources, accounts side by side, figures by claimant.
"""

from musnad.stories.ask import articles_of, events_of, stories, story_of
from musnad.stories.groups import Groups, Placed
from musnad.stories.keeping import Keeper, keep_up
from musnad.stories.types import StoryEvent, StoryHead, Telling

__all__ = [
    "Groups",
    "Keeper",
    "Placed",
    "StoryEvent",
    "StoryHead",
    "Telling",
    "articles_of",
    "events_of",
    "keep_up",
    "stories",
    "story_of",
]
