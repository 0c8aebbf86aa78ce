"""Kinds: what each takes, what is secret, and the form that is drawn from it."""

import pytest

from foundation.sdk import Invalid, Secret
from foundation_credentials import kinds
from foundation_credentials.kinds import KINDS


def _secrets(**values):
    return {name: Secret(value) for name, value in values.items()}


def test_plain_and_secret_values_are_told_apart():
    plain, secrets = kinds.parse(KINDS["basic"], _secrets(username="ada", password="hunter2"))

    assert plain == {"username": "ada"}
    assert secrets == {"password": Secret("hunter2")}


def test_an_empty_secret_is_a_value():
    _, secrets = kinds.parse(KINDS["bearer"], _secrets(token=""))

    assert secrets == {"token": Secret("")}


def test_every_wrong_field_is_named_at_once():
    with pytest.raises(Invalid) as refused:
        kinds.parse(KINDS["postgres"], _secrets(host="db", port="many", extra="x"))

    assert {problem.pointer for problem in refused.value.errors} == {
        "/values/port",
        "/values/database",
        "/values/username",
        "/values/password",
        "/values/extra",
    }


def test_a_refusal_repeats_no_value():
    with pytest.raises(Invalid) as refused:
        kinds.parse(KINDS["basic"], _secrets(username="ada", password="hunter2", token="canary"))

    assert "canary" not in repr(refused.value.errors)
    assert "hunter2" not in repr(refused.value.errors)


def test_a_missing_port_is_the_usual_one():
    plain, _ = kinds.parse(
        KINDS["postgres"], _secrets(host="db", database="crm", username="ada", password="x")
    )

    assert plain["port"] == "5432"


def test_a_key_with_windows_line_ends_gets_plain_ones():
    _, secrets = kinds.parse(KINDS["ssh_key"], _secrets(username="ada", private_key="a\r\nb\r\n"))

    assert secrets["private_key"].reveal() == "a\nb\n"


def test_an_absent_passphrase_is_not_set():
    _, secrets = kinds.parse(KINDS["ssh_key"], _secrets(username="ada", private_key="key"))

    assert set(secrets) == {"private_key"}


def test_free_names_are_all_secret():
    plain, secrets = kinds.parse(KINDS["kv"], _secrets(TOKEN="a", title="b"))

    assert plain == {}
    assert secrets == _secrets(TOKEN="a", title="b")


def test_names_and_values_need_at_least_one():
    with pytest.raises(Invalid) as refused:
        kinds.parse(KINDS["kv"], {})

    assert [problem.pointer for problem in refused.value.errors] == ["/values"]


@pytest.mark.parametrize(
    ("kind", "field", "secret"),
    [
        ("basic", "username", False),
        ("basic", "password", True),
        ("ssh_key", "passphrase", True),
        ("kv", "anything", True),
        ("basic", "unknown", True),
    ],
)
def test_a_field_is_secret_unless_it_is_known_to_be_plain(kind, field, secret):
    assert kinds.is_secret(KINDS[kind], field) is secret


def test_host_and_port_say_where_secrets_are_sent():
    named = [
        field
        for field in kinds.fields(KINDS["postgres"])
        if kinds.names_a_host(KINDS["postgres"], field)
    ]

    assert named == ["host", "port"]


def test_a_free_name_is_no_host():
    assert not kinds.names_a_host(KINDS["kv"], "host")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_form_marks_each_secret_field_and_no_other(kind):
    properties = kinds.form(KINDS[kind])["properties"]

    marked = {name for name, field in properties.items() if field.get("writeOnly")}
    assert marked == {
        name for name in kinds.fields(KINDS[kind]) if kinds.is_secret(KINDS[kind], name)
    }
    assert all(properties[name]["x-ui"]["widget"] == "secret" for name in marked)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_form_stays_within_what_can_be_drawn(kind):
    for field in kinds.form(KINDS[kind])["properties"].values():
        assert field["type"] == "string"
        assert field["title"]


def test_a_form_shows_which_fields_name_a_host():
    assert kinds.form(KINDS["postgres"])["properties"]["host"]["x-host"] is True
