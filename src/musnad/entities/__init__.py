"""Entities: who is meant by a name, on a day; the registry that ships with musnad.

>>> from datetime import date
>>> from musnad.entities import resolve
>>> resolve("وزير الخارجية الأمريكي", on=date(2022, 2, 28)).id
'person:antony-blinken'
"""

from musnad.entities.names import key
from musnad.entities.registry import Registry, fingerprint, registry
from musnad.entities.resolve import meant, resolve
from musnad.entities.types import Entity, EntityKind, Term, Undecided

__all__ = [
    "Entity",
    "EntityKind",
    "Registry",
    "Term",
    "Undecided",
    "fingerprint",
    "key",
    "meant",
    "registry",
    "resolve",
]
