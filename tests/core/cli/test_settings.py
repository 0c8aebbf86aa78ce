"""``foundation settings``: everything that can be set, and never a secret."""

import pytest
from click.testing import CliRunner

from foundation.cli.settings import problems_of, rows, settings
from foundation.settings import Settings

GOOD = {
    "FOUNDATION_PUBLIC_URL": "https://ops.example.org",
    "FOUNDATION_DATABASE_URL": "postgresql://u:canary@db/x",
    "FOUNDATION_SECRET_KEY": "Y2FuYXJ5LWNhbmFyeS1jYW5hcnktY2FuYXJ5LTAwMDA=",
    "FOUNDATION_OIDC_ISSUER": "https://idp.example.org",
    "FOUNDATION_OIDC_CLIENT_ID": "foundation",
}


def by_name(environ):
    return {row.name: row for row in rows(environ)}


def test_every_setting_is_listed_and_described():
    listed = by_name({})

    assert len(listed) == len(Settings.model_fields)
    assert [row.name for row in listed.values() if not row.about] == []


def test_a_secret_is_stars_and_a_plain_value_is_shown():
    listed = by_name(GOOD)

    assert listed["FOUNDATION_SECRET_KEY"].value == "***"
    assert listed["FOUNDATION_DATABASE_URL"].value == "***"
    assert listed["FOUNDATION_OIDC_CLIENT_ID"].value == "foundation"


def test_a_secret_in_a_file_is_shown_by_the_name_of_the_file():
    listed = by_name({"FOUNDATION_SECRET_KEY_FILE": "/run/secrets/key"})

    assert listed["FOUNDATION_SECRET_KEY"].value == "/run/secrets/key"


def test_the_plain_name_of_the_database_counts():
    assert by_name({"DATABASE_URL": "postgresql://x"})["FOUNDATION_DATABASE_URL"].value == "***"


@pytest.mark.parametrize(
    ("name", "default"),
    [
        ("FOUNDATION_PORT", "3000"),
        ("FOUNDATION_PUBLIC_URL", "(required)"),
        ("FOUNDATION_REDIS_URL", "-"),
        ("FOUNDATION_TRUSTED_PROXIES", "-"),
    ],
)
def test_a_default_is_shown(name, default):
    assert by_name({})[name].default == default


def test_good_settings_have_no_problem():
    assert problems_of(GOOD) == []


def test_a_misspelt_setting_is_named_with_the_nearest():
    (problem,) = problems_of({**GOOD, "FOUNDATION_PROT": "80"})

    assert problem == "FOUNDATION_PROT: no such setting; did you mean FOUNDATION_PORT?"


def test_a_plugins_setting_is_not_taken_for_a_misspelt_one():
    assert problems_of({**GOOD, "FOUNDATION_PROJECTS_ANYTHING": "x"}) == []


def test_the_command_lists_all_names_the_wrong_ones_and_tells_no_secret():
    environ = {**GOOD, "FOUNDATION_PORT": "many"}
    shown = CliRunner(env=environ).invoke(settings)

    assert shown.exit_code == 2
    assert "FOUNDATION_PORT: " in shown.output
    assert "FOUNDATION_OIDC_SCOPES" in shown.output
    assert "canary" not in shown.output


def test_only_what_is_set_can_be_asked_for():
    shown = CliRunner(env=GOOD).invoke(settings, ["--set"])

    assert "FOUNDATION_OIDC_CLIENT_ID" in shown.output
    assert "FOUNDATION_OIDC_SCOPES" not in shown.output
