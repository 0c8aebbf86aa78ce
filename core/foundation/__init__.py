"""Foundation: an ops shell whose every section is an installable plugin."""

__version__ = "0.1.0"
