"""Sets: a record as data that others can use, and data back as a record.

>>> sorted(FORMS)
['annotations', 'csv', 'jsonl', 'jsonld', 'ninjs', 'parquet']
"""

from musnad.sets.export import FORMS, export
from musnad.sets.take import take

__all__ = ["FORMS", "export", "take"]
