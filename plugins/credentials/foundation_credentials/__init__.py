"""Credentials for Foundation: sealed at rest, shown only to those who may."""

__version__ = "0.1.0"
