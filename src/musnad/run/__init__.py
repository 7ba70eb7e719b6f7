"""Run: the one path that every way of using musnad shares."""
