"""What is taken and answered on the wire of credentials."""

import pytest
from pydantic import ValidationError

from foundation_credentials.kinds import FIELD
from foundation_credentials.schemas import (
    CredentialView,
    NewCredential,
    Reveal,
    Revealed,
    ValuesChange,
)

NEW = {"slug": "crm", "name": "CRM", "kind": "basic", "values": {"password": "hunter2"}}


def test_a_new_credential_prints_no_value():
    assert "hunter2" not in repr(NewCredential.model_validate(NEW))


def test_the_api_description_says_that_values_only_go_in():
    values = NewCredential.model_json_schema()["properties"]["values"]

    assert values["patternProperties"][FIELD]["writeOnly"] is True


@pytest.mark.parametrize("name", ["", "a b", "1a", "x" * 65, "../etc", "a/b"])
def test_a_field_has_a_plain_name(name):
    with pytest.raises(ValidationError):
        NewCredential.model_validate(NEW | {"values": {name: "x"}})


def test_an_unknown_kind_is_refused():
    with pytest.raises(ValidationError):
        NewCredential.model_validate(NEW | {"kind": "carrier-pigeon"})


def test_a_change_of_nothing_is_no_change_of_values():
    with pytest.raises(ValidationError):
        ValuesChange.model_validate({"values": {}})


def test_null_clears_a_field():
    assert ValuesChange.model_validate({"values": {"passphrase": None}}).values == {
        "passphrase": None
    }


@pytest.mark.parametrize("reason", ["", "  ", "ab", "x" * 501])
def test_a_reason_says_something(reason):
    with pytest.raises(ValidationError):
        Reveal.model_validate({"field": "password", "reason": reason})


def test_a_revealed_value_is_not_printed():
    assert "hunter2" not in repr(Revealed(value="hunter2"))


def test_a_view_has_no_length_and_no_hash():
    fields = CredentialView.model_json_schema()["$defs"]["FieldView"]["properties"]

    assert set(fields) == {"set", "secret", "value", "broken", "version", "updated_at"}
