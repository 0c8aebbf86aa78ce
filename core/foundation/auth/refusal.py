"""Why a sign-in did not work, as the few words that a visitor, the trail and the log may see."""

from typing import Literal

Reason = Literal[
    "request",
    "not_started",
    "state",
    "expired",
    "iss",
    "provider_denied",
    "provider_login_required",
    "provider_error",
    "exchange",
    "token",
    "userinfo",
    "stale",
    "not_allowed",
    "not_invited",
    "strength",
    "limited",
    "session",
    "unavailable",
]
"""The values of ``/login?e=``; nothing that a provider sends ever becomes one."""


class Refused(Exception):
    """A sign-in is refused for *reason*; *note* says more to the log, in words of ours only."""

    def __init__(self, reason: Reason, note: str = "") -> None:
        super().__init__(f"{reason}: {note}" if note else reason)
        self.reason: Reason = reason
        self.note = note
