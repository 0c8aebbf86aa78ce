"""Whoever offers the scope of projects keeps to these words."""

from typing import get_args

from foundation.auth.projects import ProjectRole
from foundation.plugins.checks.offers import offer_problems, protocol_of
from foundation.plugins.contributions import Offer
from foundation.ports import project_access, project_runs


class Forgets:
    """Offers one of three things to ask."""

    async def look(self, project_id):
        """Know no project."""


def test_an_offer_that_lacks_a_question_is_told_so():
    problems = offer_problems(Offer(project_access, Forgets))

    assert [line.rpartition(" ")[2] for line in problems] == ["require", "visible"]


def test_roles_go_from_least_to_most():
    assert get_args(ProjectRole) == ("viewer", "editor", "owner")
    assert protocol_of(project_runs).__name__ == "ProjectRuns"
