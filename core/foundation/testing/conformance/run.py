"""How ``pytest --foundation-plugin NAME`` comes to run the conformance suite."""

from pathlib import Path

import pytest

AREAS = ("names", "cost", "routes", "data", "audit", "pages", "access", "removal")
"""The modules of the suite, in the order they run."""


def add_option(parser: pytest.Parser) -> None:
    """Let pytest take ``--foundation-plugin NAME``."""
    group = parser.getgroup("foundation")
    group.addoption(
        "--foundation-plugin",
        metavar="NAME",
        action="append",
        default=[],
        help="also check that this installed plugin keeps what every plugin must; may be repeated",
    )


def begin(config: pytest.Config) -> None:
    """If a plugin is named, put the suite beside what pytest was told, or in its place."""
    if not config.getoption("foundation_plugin"):
        return
    files = [str(Path(__file__).with_name(f"{area}.py")) for area in AREAS]
    told = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
    config.args = [*told, *files]
    if config.getoption("asyncio_mode", None) is None:
        config.option.asyncio_mode = "auto"


def parametrize(metafunc: pytest.Metafunc) -> None:
    """Let each check of the suite run once for each named plugin."""
    names = metafunc.config.getoption("foundation_plugin")
    if names and "subject" in metafunc.fixturenames:
        metafunc.parametrize("subject", names, indirect=True, scope="session")
