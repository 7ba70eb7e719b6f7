"""Pictures of a story."""
