"""What the trail keeps of credentials: names of fields, never a value."""

import pytest
from pydantic import ValidationError

from foundation_credentials.events import ALL, CREATED, REVEALED


def test_every_event_is_about_a_credential():
    assert {event.targets for event in ALL} == {("credential",)}


def test_what_touches_a_secret_is_of_high_severity():
    high = {event.name for event in ALL if event.severity == "high"}

    assert high == {
        "credentials.bundle.exported",
        "credentials.bundle.imported",
        "credentials.credential.deleted",
        "credentials.credential.shredded",
        "credentials.credential.undeleted",
        "credentials.grant.given",
        "credentials.grant.taken",
        "credentials.secret.open_failed",
        "credentials.secret.replaced",
        "credentials.secret.restored",
        "credentials.secret.revealed",
    }


def test_an_event_has_no_place_for_a_value():
    with pytest.raises(ValidationError):
        REVEALED(field="password", value="hunter2")


def test_a_creation_names_its_fields():
    event = CREATED(slug="crm", kind="basic", fields=("username", "password"))

    assert event.detail.model_dump()["fields"] == ("username", "password")


def test_what_watches_for_secrets_finds_them_by_owasps_words():
    words = {event.name.removeprefix("credentials."): event.owasp for event in ALL}

    assert words["secret.revealed"] == words["secret.used"] == ("sensitive_read",)
    assert words["secret.open_failed"] == ("crypt_decrypt_fail",)
    assert words["credential.created"] == ("sensitive_create",)
    assert words["credential.updated"] == ("sensitive_update",)
    assert words["credential.deleted"] == ("sensitive_delete",)
