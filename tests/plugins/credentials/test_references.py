"""References stand for a whole value, and are told apart from texts that only look like one."""

import pytest

from foundation.sdk import Invalid, Secret
from foundation_credentials import references

OPENED = {"crm": {"password": Secret("hunter2")}}


def _found(document):
    return [(one.pointer, one.slug, one.field) for one in references.find(document)]


def test_both_forms_are_found_wherever_they_stand():
    document = {"a": [{"$cred": "crm", "field": "password"}], "b/c": "${cred:crm-db.user_name}"}

    assert _found(document) == [("/a/0", "crm", "password"), ("/b~1c", "crm-db", "user_name")]


@pytest.mark.parametrize(
    "document",
    [
        "postgres://ada:${cred:crm.password}@db",
        "${cred:${cred:crm.slug}.password}",
        "${cred:crm}",
        "${cred:CRM.password}",
        {"$cred": "crm"},
        {"$cred": "crm", "field": "password", "more": 1},
        {"$cred": ["crm"], "field": "password"},
        {"$cred": "crm", "field": {"$cred": "crm", "field": "x"}},
    ],
)
def test_a119_what_is_no_whole_reference_is_refused_with_its_place(document):
    with pytest.raises(Invalid) as refused:
        _found({"here": document})

    assert [problem.pointer for problem in refused.value.errors] == ["/here"]


def test_a119_a_name_and_an_escaped_text_are_literal():
    document = {"${cred:crm.password}": "$${cred:crm.password}", "n": 1, "none": None}

    assert _found(document) == []
    assert references.replace(document, {}) == {
        "${cred:crm.password}": "${cred:crm.password}",
        "n": 1,
        "none": None,
    }


def test_each_reference_becomes_its_value_and_stays_a_secret():
    document = {"a": "${cred:crm.password}", "b": [{"$cred": "crm", "field": "password"}, "x"]}

    whole = references.replace(document, OPENED)

    assert whole == {"a": Secret("hunter2"), "b": [Secret("hunter2"), "x"]}
    assert "hunter2" not in repr(whole)
