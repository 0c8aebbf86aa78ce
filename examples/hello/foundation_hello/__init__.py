"""An example plugin for Foundation: notes, in Python only."""

__version__ = "0.1.0"
