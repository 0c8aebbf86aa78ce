"""The scripts behind the Makefile, loaded by path: they are no package."""

import importlib.util
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "scripts"


def _load(name: str):
    spec = importlib.util.spec_from_file_location(f"scripts_{name}", SCRIPTS / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(SCRIPTS))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(SCRIPTS))
    return module


@pytest.fixture(scope="session")
def node():
    return _load("node")


@pytest.fixture(scope="session")
def prepare():
    return _load("prepare")


@pytest.fixture(scope="session")
def reference():
    return _load("reference")
