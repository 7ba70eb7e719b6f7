"""The steps from one form of the record to the next, in order, run by Alembic when an older record is opened."""
