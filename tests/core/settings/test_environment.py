"""Settings read out of an environment."""

from pathlib import Path

import pytest

from foundation.secret import Secret
from foundation.settings import (
    Settings,
    SettingsRefused,
    read_choice,
    read_settings,
    unknown_variables,
    variable,
)

from .complete import CANARY, COMPLETE, refused


def test_a_complete_set_is_read():
    settings = read_settings(COMPLETE)

    assert settings.public_url == "https://ops.example.org"
    assert settings.database_url == Secret("postgresql://u:p@db/foundation")
    assert settings.data == Path("/srv/foundation")


def test_everything_that_is_missing_is_told_at_once():
    with pytest.raises(SettingsRefused) as caught:
        read_settings({})

    assert caught.value.problems == (
        "FOUNDATION_PUBLIC_URL: is missing",
        "FOUNDATION_DATABASE_URL: is missing",
        "FOUNDATION_SECRET_KEY: is missing",
        "FOUNDATION_OIDC_ISSUER: is missing",
        "FOUNDATION_OIDC_CLIENT_ID: is missing",
    )


def test_every_wrong_setting_is_one_line_that_names_its_variable():
    problems = refused(port="99999", workers="many", public_url="ftp://x", log_level=CANARY)

    assert [line.partition(":")[0] for line in problems] == [
        "FOUNDATION_PUBLIC_URL",
        "FOUNDATION_PORT",
        "FOUNDATION_WORKERS",
        "FOUNDATION_LOG_LEVEL",
    ]
    assert all("\n" not in line for line in problems)


def test_no_value_is_shown_in_a_problem():
    problems = refused(port=CANARY, public_url=CANARY, log_level=CANARY, oidc_auth_method=CANARY)

    assert len(problems) == 4
    assert CANARY not in "\n".join(problems)


def test_a_secret_is_read_from_a_file_without_its_last_newline(tmp_path):
    file = tmp_path / "key"
    file.write_text("first\nsecond\n")
    environ = {k: v for k, v in COMPLETE.items() if k != "FOUNDATION_SECRET_KEY"}

    settings = read_settings({**environ, "FOUNDATION_SECRET_KEY_FILE": str(file)})

    assert settings.secret_key.reveal() == "first\nsecond"


def test_a_secret_given_twice_is_refused(tmp_path):
    file = tmp_path / "key"
    file.write_text("x")

    assert refused(secret_key_file=str(file)) == (
        "FOUNDATION_SECRET_KEY: given twice, as itself and as FOUNDATION_SECRET_KEY_FILE; keep one",
    )


def test_a_secret_file_that_cannot_be_read_is_told_with_the_reason(tmp_path):
    problems = refused(oidc_client_secret_file=str(tmp_path / "absent"))

    assert problems == (
        "FOUNDATION_OIDC_CLIENT_SECRET_FILE: cannot be read: No such file or directory",
    )


def test_a_secret_file_that_is_not_text_is_told_so(tmp_path):
    (tmp_path / "key").write_bytes(b"\xff\xfe")

    problems = refused(oidc_client_secret_file=str(tmp_path / "key"))

    assert problems == ("FOUNDATION_OIDC_CLIENT_SECRET_FILE: cannot be read: it is not text",)


def test_the_names_that_the_whole_field_uses_are_read_too():
    environ = {k: v for k, v in COMPLETE.items() if k != "FOUNDATION_DATABASE_URL"}

    settings = read_settings(
        {**environ, "DATABASE_URL": "postgresql://a", "REDIS_URL": "redis://b"}
    )

    assert settings.database_url == Secret("postgresql://a")
    assert settings.redis_url == Secret("redis://b")


def test_the_prefixed_name_wins_over_the_plain_one():
    settings = read_settings({**COMPLETE, "DATABASE_URL": "postgresql://other"})

    assert settings.database_url == Secret("postgresql://u:p@db/foundation")


def test_a_list_is_given_with_commas():
    settings = read_settings({**COMPLETE, "FOUNDATION_PLUGINS_DISABLED": "etl_stub, recos_stub,"})

    assert settings.plugins_disabled == ("etl_stub", "recos_stub")


def test_a_wrong_choice_of_plugins_is_told_by_its_variable():
    with pytest.raises(SettingsRefused, match="FOUNDATION_PLUGINS_MODE"):
        read_choice({"FOUNDATION_PLUGINS_MODE": "loose"})


def test_a_field_is_named_in_capitals_with_the_prefix():
    assert variable("oidc_issuer") == "FOUNDATION_OIDC_ISSUER"


def test_a_misspelt_variable_is_told_with_the_nearest_name():
    known = [variable(name) for name in Settings.model_fields]
    environ = {"FOUNDATION_WORKRES": "3", "FOUNDATION_SECRET_KEY_FILE": "/x", "PATH": "/bin"}

    assert unknown_variables(environ, known) == [
        "FOUNDATION_WORKRES: no such setting; did you mean FOUNDATION_WORKERS?"
    ]


def test_a_variable_like_no_other_gets_no_hint():
    assert unknown_variables({"FOUNDATION_QQ": ""}, ["FOUNDATION_PUBLIC_URL"]) == [
        "FOUNDATION_QQ: no such setting"
    ]
