"""The page of sources."""

from foundation.plugins.forms import form_schema
from foundation_etl import pages


def test_the_credential_is_chosen_from_those_there_are():
    field = form_schema(pages.SOURCE.create)["properties"]["credential_id"]

    assert field["x-ui"] == {"widget": "ref", "ref": "/api/creds"}


def test_the_rows_of_a_source_are_below_it():
    (tab,) = pages.SOURCE.tabs

    assert tab.resource.path == "/etl/{id}/rows"
