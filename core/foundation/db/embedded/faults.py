"""Why the embedded server does not run, in one line that says what to do."""


class CannotServe(Exception):
    """The embedded PostgreSQL cannot be used; the message is for the person who starts it."""
