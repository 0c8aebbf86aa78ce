"""A hook is a plain, marked function without arguments, and its name is known."""

import pytest

from foundation.plugins.registry import State


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("@hook\ndef navigatoin(): ...", "no hook 'navigatoin'; did you mean 'navigation'?"),
        ("@hook\ndef zzz(): ...", "there is no hook 'zzz'"),
        ("@hook\nasync def permissions(): ...", "permissions is async"),
        ("@hook\ndef permissions():\n    yield 1", "permissions is a generator"),
        ("@hook\nasync def permissions():\n    yield 1", "permissions is an async generator"),
        ("@hook\ndef permissions(app): ...", "permissions takes arguments"),
        ("@hook(tryfirst=True)\ndef permissions(): ...", "permissions uses tryfirst="),
        ("@hook(optionalhook=True)\ndef permissions(): ...", "permissions uses optionalhook="),
        ("@hook(wrapper=True)\ndef permissions():\n    yield", "permissions uses wrapper="),
        ("@hook(specname='tables')\ndef permissions(): ...", "permissions uses specname="),
        ("def permissions(): ...", "named like a hook but not marked"),
    ],
)
def test_a_misused_hook_makes_its_plugin_invalid(one, body, words):
    broken = one(body)

    assert broken.state is State.INVALID
    assert words in broken.reason


def test_all_misuses_are_told_at_once(one):
    broken = one("@hook\ndef x1(): ...\n@hook\nasync def tables(): ...\ndef routers(): ...\n")

    assert [word for word in ("'x1'", "tables", "routers") if word not in broken.reason] == []


def test_a_module_named_like_a_hook_is_no_hook(one):
    assert one("import types\npermissions = types.ModuleType('permissions')").is_started
