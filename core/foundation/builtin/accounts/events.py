"""What happens to people and their sessions, as the audit trail tells it."""

from typing import Annotated

from foundation.audit.events import Detail, EventType, Plain
from foundation.http.denials import ACCESS_DENIED, CSRF_REFUSED, SESSION_REPLAYED
from foundation.http.leaks import TOKEN_LEAKED


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
    """How many sessions it ended, or forgot."""

    sessions: Annotated[int, Plain]


class Minted(Detail):
    """What a new token or invitation is good for, and until when; never its value."""

    name: Annotated[str, Plain]
    gives: Annotated[tuple[str, ...], Plain]
    until: Annotated[str, Plain]


class RoleContent(Detail):
    """What a role of one's own holds, before and after."""

    before: Annotated[tuple[str, ...], Plain] = ()
    after: Annotated[tuple[str, ...], Plain] = ()


class Decided(Detail):
    """Which rights that plugins propose hold for built-in roles from now on, and which do not."""

    granted: Annotated[tuple[str, ...], Plain] = ()
    refused: Annotated[tuple[str, ...], Plain] = ()


class Ending(Detail):
    """Whose token ends, within how many days, and when exactly."""

    owner: Annotated[str, Plain]
    days: Annotated[int, Plain]
    until: Annotated[str, Plain]


class Owner(Detail):
    """Who answers for a service account."""

    owner: Annotated[str, Plain]


SIGNED_IN = EventType(
    "accounts.signin.succeeded",
    "Signed in",
    Arrival,
    targets=("user",),
    owasp=("authn_login_success", "session_created"),
)
SIGNIN_FAILED = EventType(
    "accounts.signin.failed", "Sign-in failed", Origin, severity="high", owasp=("authn_login_fail",)
)
STEPPED_UP = EventType(
    "accounts.stepup.succeeded",
    "Signed in again",
    Origin,
    targets=("user",),
    owasp=("authn_login_success", "session_renewed"),
)
STEPUP_FAILED = EventType(
    "accounts.stepup.failed",
    "Signing in again failed",
    Origin,
    severity="high",
    owasp=("authn_login_fail",),
)
SESSION_ENDED = EventType(
    "accounts.session.ended", "Session ended", targets=("session",), owasp=("session_expired",)
)
ROLE_CHANGED = EventType(
    "accounts.role.changed",
    "Role changed",
    RoleChange,
    severity="high",
    targets=("user",),
    owasp=("privilege_permissions_changed",),
)
DISABLED = EventType(
    "accounts.user.disabled",
    "User shut out",
    Shut,
    severity="high",
    targets=("user",),
    owasp=("user_archived",),
)
DELETED = EventType(
    "accounts.user.deleted",
    "User deleted",
    severity="critical",
    targets=("user",),
    owasp=("user_deleted",),
)
ENABLED = EventType(
    "accounts.user.enabled",
    "User let in",
    severity="high",
    targets=("user",),
    owasp=("user_updated",),
)
EVERYBODY_OUT = EventType(
    "accounts.sessions.ended",
    "Everybody signed out",
    Shut,
    severity="critical",
    owasp=("session_expired",),
)
SESSIONS_FORGOTTEN = EventType(
    "accounts.sessions.forgotten", "Sessions that were long over forgotten", Shut, severity="low"
)
LOGOUT_REFUSED = EventType(
    "accounts.logout.refused", "The provider's sign-out was refused", Origin, severity="high"
)
SESSION_MINTED = EventType(
    "accounts.session.minted",
    "Session made on the host",
    severity="critical",
    targets=("user",),
    owasp=("authz_admin", "session_created"),
)
TOKEN_CREATED = EventType(
    "accounts.token.created",
    "API token made",
    Minted,
    severity="high",
    targets=("token",),
    owasp=("authn_token_created",),
)
TOKEN_REVOKED = EventType(
    "accounts.token.revoked",
    "API token revoked",
    targets=("token",),
    owasp=("authn_token_revoked",),
)
ROLE_CREATED = EventType(
    "accounts.role.created",
    "Role made",
    RoleContent,
    severity="high",
    targets=("role",),
    owasp=("privilege_permissions_changed",),
)
ROLE_UPDATED = EventType(
    "accounts.role.updated",
    "Role's rights changed",
    RoleContent,
    severity="high",
    targets=("role",),
    owasp=("privilege_permissions_changed",),
)
ROLE_DELETED = EventType(
    "accounts.role.deleted",
    "Role deleted",
    RoleContent,
    severity="high",
    targets=("role",),
    owasp=("privilege_permissions_changed",),
)
RIGHTS_DECIDED = EventType(
    "accounts.rights.decided",
    "Rights that plugins propose decided",
    Decided,
    severity="high",
    owasp=("privilege_permissions_changed",),
)
TOKEN_EXPIRING = EventType(
    "accounts.token.expiring", "API token ends soon", Ending, targets=("token",)
)
BOOTSTRAP_ISSUED = EventType(
    "accounts.bootstrap.issued",
    "Code for the first admin made",
    severity="critical",
    owasp=("authz_admin",),
)
BOOTSTRAPPED = EventType(
    "accounts.admin.bootstrapped",
    "First admin",
    severity="critical",
    targets=("user",),
    owasp=("privilege_permissions_changed",),
)
ADMIN_GRANTED = EventType(
    "accounts.admin.granted",
    "Admin made on the host",
    severity="critical",
    targets=("user",),
    owasp=("authz_admin", "privilege_permissions_changed"),
)
INVITED = EventType(
    "accounts.invitation.created", "Somebody invited", Minted, severity="high",
    targets=("invitation",),
)  # fmt: skip
UNINVITED = EventType("accounts.invitation.revoked", "Invitation revoked", targets=("invitation",))
ACCEPTED = EventType(
    "accounts.invitation.accepted", "Invitation accepted", severity="high", targets=("invitation",)
)
SERVICE_CREATED = EventType(
    "accounts.service.created",
    "Service account made",
    Owner,
    severity="high",
    targets=("user",),
    owasp=("user_created",),
)
SERVICE_UPDATED = EventType(
    "accounts.service.updated",
    "Service account changed",
    Owner,
    severity="high",
    targets=("user",),
    owasp=("user_updated",),
)
GROUPS_UNDECIDED = EventType(
    "accounts.groups.undecided", "Groups left roles as they were", Origin, severity="high",
    targets=("user",),
)  # fmt: skip

ALL = (
    SIGNED_IN,
    SIGNIN_FAILED,
    STEPPED_UP,
    STEPUP_FAILED,
    SESSION_ENDED,
    ROLE_CHANGED,
    DISABLED,
    ENABLED,
    DELETED,
    EVERYBODY_OUT,
    SESSIONS_FORGOTTEN,
    LOGOUT_REFUSED,
    SESSION_MINTED,
    TOKEN_CREATED,
    TOKEN_REVOKED,
    TOKEN_LEAKED,
    ROLE_CREATED,
    ROLE_UPDATED,
    ROLE_DELETED,
    RIGHTS_DECIDED,
    TOKEN_EXPIRING,
    BOOTSTRAP_ISSUED,
    BOOTSTRAPPED,
    ADMIN_GRANTED,
    INVITED,
    UNINVITED,
    ACCEPTED,
    SERVICE_CREATED,
    SERVICE_UPDATED,
    GROUPS_UNDECIDED,
    ACCESS_DENIED,
    CSRF_REFUSED,
    SESSION_REPLAYED,
)
