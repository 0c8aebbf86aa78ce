"""Its presence on the path makes `trials` the version after an upgrade."""
