"""A section is free, its page exists, its icon is drawn."""

import dataclasses

import pytest

from foundation.auth.permissions import Permission, Public, SignedIn
from foundation.plugins.checks.navigation import navigation_problems
from foundation.plugins.claims import Claims
from foundation.plugins.contributions import NavEntry
from foundation.plugins.memory import NO_MEMORY
from foundation.plugins.pages import (
    BuiltinPage,
    FramePage,
    ModulePage,
    Placeholder,
    ResourcePage,
)
from foundation.plugins.resource import Column, Resource

READ = Permission("orders:order:read", "Read")
ORDER = Resource("order", "orders", "/orders", "name", READ, (Column("name"),))
ENTRY = NavEntry("orders", "Orders", "box", READ, ResourcePage("order"))


def problems(*entries, builtin=False):
    claims = Claims(installed=frozenset(), memory=NO_MEMORY, sections={"users": "accounts"})
    return navigation_problems(
        entries,
        permissions={READ.name},
        resources=[ORDER],
        modules=["main.js"],
        frames=["frame.html"],
        claims=claims,
        builtin=builtin,
    )


def changed(**changes):
    return dataclasses.replace(ENTRY, **changes)


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        changed(page=ModulePage()),
        changed(page=FramePage(allow=("forms",))),
        changed(page=Placeholder("later", "pip install x")),
        changed(needs=SignedIn("a test")),
        changed(section="users", page=Placeholder("later", "")),
    ],
)
def test_a_right_section_has_no_problem(entry):
    assert problems(entry) == []


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (changed(section="Orders"), "does not match"),
        (changed(title=""), "1 to 40 characters"),
        (changed(icon="unicorn"), "'unicorn' that the shell does not have"),
        (changed(group="top"), "unknown group 'top'"),
        (changed(needs=Permission("orders:x:y", "X")), "does not declare"),
        (changed(needs=Public("nobody")), "has no needs="),
        (changed(needs=None), "has no needs="),
        (changed(page=ResourcePage("cart")), "resource 'cart' that this plugin does not have"),
        (changed(page=ModulePage("other.js")), "module 'other.js' that frontend() does not list"),
        (changed(page=FramePage("other.html")), "frame 'other.html' that frontend() does not list"),
        (changed(page=FramePage(allow=("same-origin",))), "allows its frame 'same-origin'"),
        (changed(page=BuiltinPage("users")), "which only core may"),
        (changed(page=None), "has no page"),
        (changed(section="users"), "already belongs to accounts"),
    ],
)
def test_a_wrong_section_says_what_is_wrong(entry, words):
    (problem,) = problems(entry)

    assert words in problem


def test_a_section_is_claimed_once_by_one_plugin():
    assert problems(ENTRY, ENTRY) == ["section 'orders' is claimed twice"]


def test_core_may_name_a_page_of_the_shell():
    assert problems(changed(page=BuiltinPage("users")), builtin=True) == []
