"""The application: every part built once, handed to what needs it, and let go at the end."""

from foundation.app.build import running, serving
from foundation.app.parts import App, Description, NotMigrated, Parts

__all__ = ["App", "Description", "NotMigrated", "Parts", "running", "serving"]
