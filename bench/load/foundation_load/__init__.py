"""A plugin of the bench alone: runs that are over at once, and one that does not stop talking."""
