"""How the suite comes to run."""

from types import SimpleNamespace

import pytest

from foundation.testing.conformance import run

SOURCE = pytest.Config.ArgsSource


class Config(SimpleNamespace):
    def getoption(self, name, default=None):
        return getattr(self.option, name, default)


def _config(names, source=SOURCE.INVOCATION_DIR, mode=None):
    option = SimpleNamespace(foundation_plugin=names, asyncio_mode=mode)
    return Config(args=["mine"], args_source=source, option=option)


def test_without_a_name_nothing_is_added():
    config = _config([])

    run.begin(config)

    assert config.args == ["mine"]


def test_a_name_alone_runs_the_suite_alone():
    config = _config(["projects"])

    run.begin(config)

    assert [file.rpartition("/")[2] for file in config.args] == [f"{a}.py" for a in run.AREAS]
    assert config.option.asyncio_mode == "auto"


def test_beside_files_that_were_named_it_runs_too():
    config = _config(["projects"], SOURCE.ARGS, mode="strict")

    run.begin(config)

    assert config.args[0] == "mine"
    assert len(config.args) == 1 + len(run.AREAS)
    assert config.option.asyncio_mode == "strict"


def test_every_module_of_the_suite_is_run():
    from pathlib import Path

    files = {file.stem for file in Path(run.__file__).parent.glob("*.py")}

    assert files - {"__init__", "run", "subject"} == set(run.AREAS)
