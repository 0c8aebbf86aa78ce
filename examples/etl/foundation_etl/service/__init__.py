"""The work of this section."""
