"""The body of the shell is what web/src/sdk/types.ts says, and holds only what the person may see."""

import re
from pathlib import Path

import pytest

from foundation import ids
from foundation.auth.principal import Principal
from foundation.plugins.running import Running
from foundation.plugins.shared import SharedMap
from foundation.plugins.shell import shell_view

TYPES = Path(__file__).parents[3] / "web" / "src" / "sdk" / "types.ts"


@pytest.fixture
def body(yard):
    """The JSON of the shell for somebody who may see the healthy plugin."""
    yard.add("healthy")
    running = Running(yard.load(), SharedMap({"react": "19.2.0"}, 1, 1, "b1"), "development", ())
    permissions = frozenset({"healthy:thing:read"})
    person = Principal("user", ids.uuid7(), "Ada", "a@b.c", permissions=permissions)
    return shell_view(running, person).model_dump(mode="json", by_alias=True)


def fields(interface):
    """Return the names an interface of the TypeScript contract must have."""
    text = TYPES.read_text("utf-8")
    inside = re.search(rf"interface {interface} \{{(.*?)(?:\n\}}| \}}\n)", text, re.DOTALL).group(1)
    return set(re.findall(r"(?:^|[;{\n])\s*(\w+):", re.sub(r"\{[^}]*\}", "", inside)))


def test_it_says_what_runs_and_who_asks(body):
    assert body["product"]["build"] == "b1"
    assert body["product"]["environment"] == "development"
    assert body["shared"] == {"react": "19.2.0"}
    assert (body["me"]["name"], body["me"]["can"]) == ("Ada", ["healthy:thing:read"])


def test_its_sections_are_those_of_the_person(body):
    assert "healthy" in {section["id"] for section in body["sections"]}
    assert "plugins" not in {section["id"] for section in body["sections"]}


@pytest.mark.parametrize(
    ("interface", "part"),
    [
        ("Shell", lambda body: body),
        ("Me", lambda body: body["me"]),
        ("Section", lambda body: body["sections"][0]),
    ],
)
def test_it_has_every_field_the_shell_reads(body, interface, part):
    wanted = fields(interface)

    assert wanted
    assert wanted <= part(body).keys()


def test_it_names_the_permission_of_a_section_that_is_closed(body):
    closed = {one["id"]: one["needs"] for one in body["closed"]}

    assert closed["plugins"] == "system:plugin:read"
    assert "healthy" not in closed


def test_somebody_without_any_role_learns_nothing_of_what_is_installed(yard):
    yard.add("healthy")
    running = Running(yard.load(), SharedMap({}, 1, 1, "b"), "production", ())
    nobody = Principal("user", ids.uuid7(), "Ada", "a@b.c")

    assert shell_view(running, nobody).closed == []


def test_it_brings_the_words_of_the_language_asked_for(yard):
    words = {"fr": {"Projects": "Projets"}}
    running = Running(yard.load(), SharedMap({}, 1, 1, "b"), "production", (), words=words)
    person = Principal("user", ids.uuid7(), "Ada", "a@b.c")

    assert shell_view(running, person, language="fr").words == {"Projects": "Projets"}
    assert shell_view(running, person).words == {}
