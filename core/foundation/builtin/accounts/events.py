"""What happens to people and their sessions, as the audit trail tells it."""

from typing import Annotated

from foundation.audit.events import Detail, EventType, Plain


class Origin(Detail):
    """From where somebody came; *note* says more about a refusal, in words of ours."""

    address: Annotated[str, Plain]
    browser: Annotated[str, Plain]
    note: Annotated[str, Plain] = ""


class Arrival(Detail):
    """From where somebody signed in, and what that made of them."""

    address: Annotated[str, Plain]
    browser: Annotated[str, Plain]
    is_new: Annotated[bool, Plain]
    granted: Annotated[str | None, Plain]


class RoleChange(Detail):
    """The roles of a person before and after."""

    before: Annotated[tuple[str, ...], Plain]
    after: Annotated[tuple[str, ...], Plain]


class Shut(Detail):
    """How many sessions ended with it."""

    sessions: Annotated[int, Plain]


SIGNED_IN = EventType("accounts.signin.succeeded", "Signed in", Arrival, targets=("user",))
SIGNIN_FAILED = EventType("accounts.signin.failed", "Sign-in failed", Origin, severity="high")
STEPPED_UP = EventType("accounts.stepup.succeeded", "Signed in again", Origin, targets=("user",))
STEPUP_FAILED = EventType(
    "accounts.stepup.failed", "Signing in again failed", Origin, severity="high"
)
SESSION_ENDED = EventType("accounts.session.ended", "Session ended", targets=("session",))
ROLE_CHANGED = EventType(
    "accounts.role.changed", "Role changed", RoleChange, severity="high", targets=("user",)
)
DISABLED = EventType(
    "accounts.user.disabled", "User shut out", Shut, severity="high", targets=("user",)
)
ENABLED = EventType("accounts.user.enabled", "User let in", severity="high", targets=("user",))

ALL = (
    SIGNED_IN,
    SIGNIN_FAILED,
    STEPPED_UP,
    STEPUP_FAILED,
    SESSION_ENDED,
    ROLE_CHANGED,
    DISABLED,
    ENABLED,
)
