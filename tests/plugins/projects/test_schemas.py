"""What is taken and answered on the wire of projects."""

import pytest
from pydantic import ValidationError

from foundation_projects.schemas import NewProject, ProjectChange, Projects


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A", "a b", "a_b", "x" * 64])
def test_a_slug_is_short_and_plain(slug):
    with pytest.raises(ValidationError):
        NewProject.model_validate({"name": "Apollo", "slug": slug})


def test_a_description_may_be_left_out():
    assert NewProject.model_validate({"name": "Apollo", "slug": "apollo"}).description == ""


def test_the_slug_of_a_project_does_not_change():
    with pytest.raises(ValidationError):
        ProjectChange.model_validate({"slug": "other"})


@pytest.mark.parametrize("query", [{"sort": "owner"}, {"status": "lost"}, {"limit": "0"}])
def test_a_list_is_asked_for_in_known_words(query):
    with pytest.raises(ValidationError):
        Projects.model_validate(query)
