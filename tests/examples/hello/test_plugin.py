"""The example as a whole: a section appears, and the tutorial shows the files as they are."""

import re
from pathlib import Path

from foundation_hello import plugin

ROOT = Path(__file__).parents[3]
TUTORIAL = ROOT / "docs" / "how-to" / "first-section.md"
BLOCK = re.compile(
    r"^`(?P<path>[^`\n]+)`:?\n\n```(?:python|toml)\n(?P<code>.*?)^```$", re.MULTILINE | re.DOTALL
)


async def test_its_section_appears_with_a_page(client_as):
    viewer = await client_as("viewer")

    sections = {each["id"]: each for each in (await viewer.get("/api/shell")).json["sections"]}

    assert sections["hello"]["title"] == "Hello"
    assert sections["hello"]["ui"]["kind"] == "resource"


async def test_only_who_may_write_is_offered_a_form(client_as):
    for role, offered in (("viewer", False), ("operator", True)):
        shell = (await (await client_as(role)).get("/api/shell")).json
        (section,) = [each for each in shell["sections"] if each["id"] == "hello"]
        assert ("create" in section["ui"]["resource"]) is offered


def test_it_is_short_enough_to_copy():
    lines = 0
    for file in Path(plugin.__file__).parent.rglob("*.py"):
        code = re.sub(r'""".*?"""', "", file.read_text("utf-8"), flags=re.DOTALL)
        lines += sum(bool(line.strip()) for line in code.splitlines())

    assert lines < 160


def test_the_tutorial_shows_each_file_as_it_is():
    shown = {found["path"]: found["code"] for found in BLOCK.finditer(TUTORIAL.read_text("utf-8"))}
    example = ROOT / "examples" / "hello"
    files = {
        file.relative_to(example).as_posix(): file.read_text("utf-8")
        for file in (example / "pyproject.toml", *example.rglob("foundation_hello/**/*.py"))
        if file.name != "__init__.py"
    }

    assert shown == files
