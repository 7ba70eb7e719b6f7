"""Batch: archives of any size to tables, on all cores of a machine or on a cluster, from where it was left off.

>>> from musnad.batch import Asked
>>> Asked(languages=("ar",)).sample
1.0
"""

from musnad.batch.asked import Asked
from musnad.batch.crew import Crew
from musnad.batch.finish import Whole, finish
from musnad.batch.job import Failed, Job, Receipt, Step
from musnad.batch.plan import Plan
from musnad.batch.run import begin, missing, part_of
from musnad.batch.taken import is_batch, pages_of_set

__all__ = [
    "Asked",
    "Crew",
    "Failed",
    "Job",
    "Plan",
    "Receipt",
    "Step",
    "Whole",
    "begin",
    "finish",
    "is_batch",
    "missing",
    "pages_of_set",
    "part_of",
]
