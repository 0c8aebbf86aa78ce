"""An example plugin for Foundation: a job that pulls rows, each exactly once."""

__version__ = "0.1.0"
