"""Three people, one for each role, and settings that Foundation takes as they are."""

from foundation.auth.development.people import PEOPLE, variables
from foundation.auth.permissions import Role
from foundation.settings import read_settings


def test_there_is_one_person_for_each_role() -> None:
    assert [someone.subject for someone in PEOPLE] == [Role.ADMIN, Role.OPERATOR, Role.VIEWER]
    assert PEOPLE[0].claims == {"sub": "admin", "name": "Ada Admin", "email": "admin@example.org"}


def test_the_settings_are_accepted_in_development() -> None:
    settings = read_settings(
        variables(3001)
        | {
            "FOUNDATION_ENVIRONMENT": "development",
            "FOUNDATION_PUBLIC_URL": "http://localhost:3000",
            "FOUNDATION_DATABASE_URL": "postgresql://x/y",
            "FOUNDATION_SECRET_KEY": "x",
        }
    )

    assert settings.bootstrap_admin == "http://127.0.0.1:3001|admin"
    assert settings.oidc_client_secret is None
