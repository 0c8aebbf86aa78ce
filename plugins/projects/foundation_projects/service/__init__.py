"""The work of the projects section."""
