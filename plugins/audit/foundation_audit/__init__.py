"""The audit trail of Foundation, readable."""

__version__ = "0.1.0"
