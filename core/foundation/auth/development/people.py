"""The three people of the development sign-in, and the settings that use it."""

from dataclasses import dataclass

from foundation.auth.permissions import Role

CLIENT_ID = "foundation"


@dataclass(frozen=True, slots=True)
class Someone:
    """One of the three people; the subject is also the role they get."""

    subject: Role
    name: str

    @property
    def claims(self) -> dict[str, object]:
        """What userinfo says of them."""
        email = f"{self.subject}@example.org"
        return {"sub": str(self.subject), "name": self.name, "email": email}


PEOPLE = (
    Someone(Role.ADMIN, "Ada Admin"),
    Someone(Role.OPERATOR, "Oscar Operator"),
    Someone(Role.VIEWER, "Vera Viewer"),
)


def variables(port: int) -> dict[str, str]:
    """Return the settings that make Foundation use this provider on *port*.

    People are known by issuer and subject, so keep the port from one start to the next.
    """
    issuer = f"http://127.0.0.1:{port}"
    return {
        "FOUNDATION_OIDC_ISSUER": issuer,
        "FOUNDATION_OIDC_CLIENT_ID": CLIENT_ID,
        "FOUNDATION_OIDC_AUTH_METHOD": "none",
        "FOUNDATION_BOOTSTRAP_ADMIN": f"{issuer}|{Role.ADMIN}",
        "FOUNDATION_DEVELOPMENT_ROLES": "operator=operator,viewer=viewer",
    }
