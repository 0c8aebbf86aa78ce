"""An event type is declared once; calling it makes an event with a checked detail."""

from typing import Annotated
from uuid import UUID

import pytest
from pydantic import ValidationError

from foundation.audit.events import Detail, EventType, Mask, NoDetail, Plain, Target

PROJECT = UUID(int=7)


class Renamed(Detail):
    before: Annotated[str, Plain]
    after: Annotated[str, Mask(2)]


renamed = EventType("projects.project.renamed", "Project renamed", Renamed)
archived = EventType("projects.project.archived", "Project archived")


@pytest.mark.parametrize(
    "name",
    [
        "renamed",
        "projects.renamed",
        "projects.a.b.c",
        "Projects.project.renamed",
        "p.project.x",
        "",
    ],
)
def test_a_name_that_is_not_plugin_thing_verbed_is_refused(name):
    with pytest.raises(ValueError, match=r"plugin\.thing\.verbed"):
        EventType(name, "x")


def test_a_type_belongs_to_the_plugin_it_is_named_after():
    assert renamed.plugin == "projects"


def test_an_event_carries_its_detail_and_what_it_is_about():
    target = Target("project", str(PROJECT), "Ops")

    event = renamed(target, before="a", after="b", project_id=PROJECT)

    assert event.type is renamed
    assert event.target is target
    assert event.detail == Renamed(before="a", after="b")
    assert (event.outcome, event.reason, event.project_id) == ("success", None, PROJECT)


def test_an_event_without_a_detail_has_the_empty_one():
    assert archived().detail == NoDetail()


def test_a_failure_says_why():
    event = archived(outcome="denied", reason="not the owner")

    assert (event.outcome, event.reason) == ("denied", "not the owner")


@pytest.mark.parametrize("detail", [{}, {"before": "a"}, {"before": "a", "after": "b", "more": 1}])
def test_a_detail_that_is_not_the_declared_one_is_refused(detail):
    with pytest.raises(ValidationError):
        renamed(**detail)


def test_a_detail_does_not_change_after_it_was_made():
    detail = Renamed(before="a", after="b")

    with pytest.raises(ValidationError):
        detail.before = "c"  # type: ignore[misc]  # that is the point


def test_a_mask_keeps_four_characters_unless_told_otherwise():
    assert Mask().keep == 4
