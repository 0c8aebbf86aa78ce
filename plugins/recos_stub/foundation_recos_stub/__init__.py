"""Keeps the place of Recos in the sidebar of Foundation."""

__version__ = "0.1.0"
