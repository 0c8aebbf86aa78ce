"""What holds for every test: no network but this machine, and nothing skipped in CI."""

import os
import sys
from collections.abc import AsyncIterator, Generator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from structlog.testing import capture_logs
from xdist.scheduler import LoadScopeScheduling

from foundation.app import App
from foundation.testing.people import SignIn

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")
SLOW = (
    *("tests/stack/", "tests/e2e/", "tests/tutorial/", "tests/life/"),
    *("tests/core/supervisor/", "tests/core/runs/", "tests/howto/"),
)
"""What runs real processes comes first, so that no worker is left alone with it at the end."""


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
    # How fast inputs are made says how busy the machine is, and nothing about what is tested.
    settings.register_profile(
        "any machine",
        settings.default,  # which CI has made repeatable
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("any machine")


class _ByFile(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Hands out whole files, and all of tests/stack to one worker: it has one picture."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "tests/stack/" if file.startswith("tests/stack/") else file

    def remove_node(self, node: Any) -> str | None:
        """Hand out again what a worker that died has not run; the test it died of is not run again.

        xdist hands out that test too, and files of which nothing is left, for which it waits forever.
        """
        left = {
            scope: {test: False for test, done in unit.items() if not done}
            for scope, unit in self.assigned_work.pop(node).items()
        }
        died_of = next((test for unit in left.values() for test in unit), None)
        if died_of is not None:
            del left[self._split_scope(died_of)][died_of]
        for scope in reversed(left):
            if left[scope]:
                self.workqueue[scope] = left[scope]
                self.workqueue.move_to_end(scope, last=False)
        for other in self.assigned_work:
            self._reschedule(other)
        return died_of

    def schedule(self) -> None:
        """Begin; a worker runs a test when it knows the next one, so give it two files or the end."""
        super().schedule()
        for node in self.nodes:
            self._reschedule(node)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    """Let workers take whole files, in the order of collection."""
    config.option.loadscopereorder = False
    return _ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what is slow, each file in its own order: its tests share one Foundation.

    The rest stays in its random order.
    """
    slow = [item for item in items if item.nodeid.startswith(SLOW)]
    files = [*dict.fromkeys(item.path for item in slow)]
    slow.sort(key=lambda item: (files.index(item.path), item.reportinfo()[1] or 0))
    items[:] = [*slow, *(item for item in items if not item.nodeid.startswith(SLOW))]


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


@pytest.fixture
async def the_next_honest_request_works(app: App, client_as: SignIn) -> AsyncIterator[None]:
    """Send one after the attack that a test tries, and see that nothing before it was a 500.

    Folders whose application is another thing than `app` have one of the same name.
    """
    with capture_logs() as lines:
        yield
        honest = await client_as("viewer", name="honest")
        answer = await honest.get("/api/auth/me")
        assert answer.status == 200
    assert [line for line in lines if line["event"] == "request_failed"] == []
