"""Entities: who is meant by a name, an office or a demonym, at a date."""
