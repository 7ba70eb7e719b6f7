"""Following: what is due is fetched, read and kept, again and again."""

from musnad.run.following.looked import Plan
from musnad.run.following.loop import Happened, follow
from musnad.run.following.work import RecordWork, Work, alone

__all__ = ["Happened", "Plan", "RecordWork", "Work", "alone", "follow"]
