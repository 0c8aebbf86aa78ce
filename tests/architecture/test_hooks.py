"""The hooks: few, each with its sentence, its line in the reference, and a test that uses it."""

import inspect
import re

import pytest

from foundation.plugins import hookspecs

MOST = 15

HOOKS = sorted(
    name for name, thing in vars(hookspecs).items() if hasattr(thing, f"{hookspecs.PROJECT}_spec")
)


def test_there_are_at_most_fifteen_hooks():
    assert 0 < len(HOOKS) <= MOST


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_says_when_it_is_asked_and_for_what(name):
    words = (inspect.getdoc(getattr(hookspecs, name)) or "").splitlines()

    assert words
    assert words[0].startswith("Asked ")


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_is_a_plain_function_without_arguments_and_with_a_type(name):
    hook = getattr(hookspecs, name)
    signature = inspect.signature(hook)

    assert not inspect.iscoroutinefunction(hook)
    assert list(signature.parameters) == []
    assert signature.return_annotation is not inspect.Signature.empty


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_has_its_line_in_the_reference(name, house):
    page = (house.root / "docs" / "reference" / "hooks.md").read_text("utf-8")

    assert f"### {name}\n" in page


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_is_implemented_by_some_test(name, house):
    used = re.compile(rf"^@hook\n(?:async )?def {name}\(|\bhookspecs\.{name}\b", re.MULTILINE)
    texts = [file.read_text("utf-8") for file in (house.root / "tests").rglob("*.py")]

    assert any(used.search(text) for text in texts)
