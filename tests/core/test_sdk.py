"""The SDK is a list of names from inside core, each of which a plugin may rely on."""

import ast
import inspect

from foundation import sdk


def _imported() -> set[str]:
    tree = ast.parse(inspect.getsource(sdk))
    return {
        alias.asname or alias.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_it_exports_all_that_it_imports_and_makes_nothing_of_its_own():
    assert set(sdk.__all__) == _imported()


def test_its_names_are_listed_once():
    assert len(set(sdk.__all__)) == len(sdk.__all__)


def test_every_class_and_function_of_it_has_a_docstring():
    things = {name: getattr(sdk, name) for name in sdk.__all__}
    silent = [
        name
        for name, thing in things.items()
        if (inspect.isclass(thing) or inspect.isfunction(thing)) and not inspect.getdoc(thing)
    ]

    assert silent == []
