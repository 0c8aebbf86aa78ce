"""A hook is called once and guarded, and only a value of its own type is taken."""

import pytest

from foundation.auth.permissions import Permission
from foundation.plugins import hookspecs
from foundation.plugins.ask import HOOKS, HookRaised, WrongValue, ask
from foundation.plugins.contributions import Lifespan, Services
from foundation.plugins.settings import PluginSettings

READ = Permission("a:thing:read", "Read")


class Mine(PluginSettings):
    """Settings of a plugin."""


async def _later():
    return ()


def _one_by_one():
    yield READ


def test_every_specified_hook_is_asked_and_no_other():
    mark = f"{hookspecs.PROJECT}_spec"
    specified = {name for name, thing in vars(hookspecs).items() if hasattr(thing, mark)}

    assert set(HOOKS) == specified
    assert len(HOOKS) == len(specified)


def test_rights_and_settings_are_asked_before_the_rest():
    assert HOOKS[:2] == ("permissions", "settings")


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("permissions", [READ], (READ,)),
        ("permissions", (), ()),
        ("settings", Mine, Mine),
        ("services", Services(), Services()),
    ],
)
def test_a_right_value_is_taken(name, value, taken):
    assert ask(name, lambda: value) == taken


@pytest.mark.parametrize(
    ("name", "make", "words"),
    [
        ("permissions", lambda: None, "not a NoneType"),
        ("permissions", lambda: "abc", "not a str"),
        ("permissions", lambda: {READ}, "not a set"),
        ("permissions", lambda: [READ, "x"], "one item is a str"),
        ("permissions", _one_by_one, "not a generator"),
        ("permissions", _later, "returned a coroutine"),
        ("services", lambda: [Services()], "returns Services, not a list"),
        ("lifespan", lambda: Lifespan, "not the class Lifespan"),
        ("settings", Mine, "not a Mine"),
        ("settings", lambda: dict, "not the class dict"),
    ],
)
def test_another_value_is_refused_and_nothing_is_left_unawaited(name, make, words):
    with pytest.raises(WrongValue) as wrong:
        ask(name, make)

    assert words in str(wrong.value)


@pytest.mark.parametrize("error", [KeyError("x"), SystemExit(1)])
def test_what_a_hook_raises_is_kept_as_the_cause(error):
    def hook():
        raise error

    with pytest.raises(HookRaised) as raised:
        ask("permissions", hook)

    assert raised.value.__cause__ is error


def test_an_interrupt_is_not_held():
    def hook():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask("permissions", hook)
