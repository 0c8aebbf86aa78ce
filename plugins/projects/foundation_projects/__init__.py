"""Projects for Foundation: what a team works on and what it may use."""

__version__ = "0.1.0"
