"""A small ETL for Foundation: rows from CSV or from a PostgreSQL query, on demand."""

__version__ = "0.1.0"
