"""Stories: copies, groups, sources, and the view of them in a record."""
