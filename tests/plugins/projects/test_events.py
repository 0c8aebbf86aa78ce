"""What the trail keeps of projects."""

import pytest
from pydantic import ValidationError

from foundation_projects.events import ALL, ATTACHED


def test_every_event_is_about_a_project():
    assert {event.targets for event in ALL} == {("project",)}


def test_an_attachment_names_the_credential():
    event = ATTACHED(credential_id="1", credential_slug="crm")

    assert event.detail.model_dump() == {"credential_id": "1", "credential_slug": "crm"}


def test_an_attachment_without_a_credential_is_no_event():
    with pytest.raises(ValidationError):
        ATTACHED()
