"""Stories: views of the record that can always be rebuilt from it.

Articles about the same happening, copies of one text, independent sources, accounts side by side, figures by claimant.
"""

from musnad.stories.ask import (
    articles_of,
    changed_at,
    events_of,
    first_addresses,
    page_of_stories,
    sightings,
    stories,
    stories_of,
    story_of,
)
from musnad.stories.carried import Course, carried
from musnad.stories.groups import Groups, Placed
from musnad.stories.keeping import Keeper, keep_up, rebuild
from musnad.stories.moved import put_into
from musnad.stories.sources import Source, Sources, Utterance, Way, sources_of, utterances
from musnad.stories.told import statement_times
from musnad.stories.types import StoryEvent, StoryHead, Telling

__all__ = [
    "Course",
    "Groups",
    "Keeper",
    "Placed",
    "Source",
    "Sources",
    "StoryEvent",
    "StoryHead",
    "Telling",
    "Utterance",
    "Way",
    "articles_of",
    "carried",
    "changed_at",
    "events_of",
    "first_addresses",
    "keep_up",
    "page_of_stories",
    "put_into",
    "rebuild",
    "sightings",
    "sources_of",
    "statement_times",
    "stories",
    "stories_of",
    "story_of",
    "utterances",
]
