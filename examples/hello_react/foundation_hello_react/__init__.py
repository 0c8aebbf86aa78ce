"""An example plugin for Foundation: a page in React."""

__version__ = "0.1.0"
