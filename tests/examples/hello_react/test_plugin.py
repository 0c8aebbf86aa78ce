"""The example as a whole: a section with a page that is an ES module."""

from foundation_hello_react import plugin


def test_its_section_shows_a_module_that_it_brings():
    (entry,) = plugin.navigation()

    assert entry.page.module in plugin.frontend().modules


def test_react_is_the_shells():
    assert dict(plugin.frontend().shared) == {"react": "^19"}


async def test_its_section_appears(client_as):
    viewer = await client_as("viewer")

    sections = [each["id"] for each in (await viewer.get("/api/shell")).json["sections"]]

    assert "hello_react" in sections
