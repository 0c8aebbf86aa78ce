"""Keeps the place of ETL in the sidebar of Foundation."""

__version__ = "0.1.0"
