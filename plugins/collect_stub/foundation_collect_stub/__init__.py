"""Keeps the place of Collect in the sidebar of Foundation."""

__version__ = "0.1.0"
