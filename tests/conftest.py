"""What holds for every test: no network but this machine, and nothing skipped in CI."""

import os
import sys
from collections.abc import Generator

import pytest

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


class ReachedOut(RuntimeError):
    """A test wanted to talk to another machine."""


def _refuse_other_machines(event: str, args: tuple[object, ...]) -> None:
    """Stop a connection that leaves this machine; an audit hook needs no patching (PEP 578)."""
    if event != "socket.connect":
        return
    address = args[1]
    if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
        raise ReachedOut(f"a test wants to reach {address[0]}; tests talk to this machine only")


def pytest_configure() -> None:
    sys.addaudithook(_refuse_other_machines)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure in CI, so that a missing browser or service is not overlooked."""
    report = yield
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and nothing is skipped in CI"
    return report
