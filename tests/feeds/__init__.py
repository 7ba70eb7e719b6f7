"""Feeds: what they list, and what they may not do."""
