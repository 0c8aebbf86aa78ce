"""What a page from data says by itself: nothing may be done, and short forms mean the long ones."""

import dataclasses

import pytest

from foundation.auth.permissions import Permission
from foundation.http.models import Request
from foundation.plugins import resource as module
from foundation.plugins.resource import (
    Action,
    Column,
    DetailGroup,
    Form,
    Resource,
    detail_groups,
    form_of,
)

READ = Permission("things:thing:read", "Read things")
THING = Resource("thing", "things", "/things", "name", READ, (Column("name"),))

SHAPES = [
    thing
    for thing in vars(module).values()
    if dataclasses.is_dataclass(thing) and thing.__module__ == module.__name__
]


class NewThing(Request):
    name: str


@pytest.mark.parametrize("shape", SHAPES)
def test_every_part_of_a_page_is_frozen_and_has_slots(shape):
    assert shape.__dataclass_params__.frozen
    assert "__dict__" not in dir(shape)


def test_a_resource_shows_a_list_and_changes_nothing_by_itself():
    assert (THING.key, THING.page_size) == ("id", 50)
    assert (THING.create, THING.edit, THING.actions) == (None, None, ())


def test_columns_do_not_share_their_badges():
    first, second = Column("a"), Column("b")
    first.badge["x"] = "red"

    assert second.badge == {}


def test_an_action_is_not_dangerous_by_itself():
    assert not Action("archive", "Archive", "POST", "/{id}/archive", READ).danger


def test_an_action_is_about_what_its_path_tells_unless_it_says_so():
    item = Action("archive", "Archive", "POST", "/{id}/archive", READ)

    assert item.about == "item"
    assert dataclasses.replace(item, path="/sweep").about == "page"
    assert dataclasses.replace(item, scope="bulk").about == "bulk"


def test_a_bare_model_is_a_form_without_groups():
    assert form_of(NewThing) == form_of(Form(NewThing))


def test_fields_of_a_detail_without_a_group_come_first():
    group = DetailGroup("More", (Column("b"),))
    shown = detail_groups(dataclasses.replace(THING, detail=(group, Column("a"))))

    assert shown == (DetailGroup("", (Column("a"),)), group)
