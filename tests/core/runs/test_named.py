"""A handler gets the credentials that its run or its settings name, and no others."""

import pytest

from foundation.runs.named import names, within


@pytest.mark.parametrize(
    "document",
    [
        {"credential": "crm"},
        {"a": [{"b": "crm"}]},
        {"a": "${cred:crm.password}"},
        {"a": {"$cred": "crm", "field": "password"}},
    ],
)
def test_a_credential_is_named_by_a_text_or_a_reference(document):
    assert names(document, "crm")


@pytest.mark.parametrize("document", [{}, {"crm": 1}, {"a": "crm2"}, {"a": "${cred:crm2.x}"}])
def test_anything_else_names_nothing(document):
    assert not names(document, "crm")


def test_references_come_from_the_run_or_the_settings_whole():
    params = {"a": "${cred:crm.password}", "b": {"$cred": "db", "field": "password"}}

    assert within({"of": ["${cred:crm.password}", "text", 7]}, {}, params)
    assert within({"x": params["b"]}, params)
    assert not within("${cred:crm.username}", params)
    assert not within({"$cred": "db", "field": "host"}, params)
