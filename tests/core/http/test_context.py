"""A context hands a handler what it may use, and nothing changes in it."""

import dataclasses
from types import SimpleNamespace

import pytest

from foundation.audit.events import EventType
from foundation.auth.principal import ANONYMOUS
from foundation.clock import SystemClock
from foundation.http.context import Caller, Context
from foundation.plugins.settings import PluginSettings
from foundation.ports import Port

GREETER = Port[str]("hello.greeter", 1)


class OurSettings(PluginSettings):
    greeting: str = "hi"


class FakeLog:
    """A logger that remembers what it was bound to."""

    def __init__(self, **bound: str) -> None:
        self.bound = bound

    def bind(self, **more: str) -> "FakeLog":
        return FakeLog(**self.bound, **more)


class FakeServices:
    """Answers with what it was asked."""

    def get(self, ctx, port):
        return ("get", ctx.plugin, port.name)

    def find(self, ctx, port):
        return ("find", ctx.plugin, port.name)

    def settings(self, plugin, model):
        return ("settings", plugin, model)

    def keyring(self, plugin):
        return ("keyring", plugin)


@pytest.fixture
def recorded() -> list[object]:
    return []


@pytest.fixture
def ctx(recorded) -> Context:
    return Context(
        request_id="r1",
        principal=ANONYMOUS,
        plugin="projects",
        db=SimpleNamespace(),
        clock=SystemClock(),
        log=FakeLog(request_id="r1"),
        caller=Caller("203.0.113.9"),
        services=FakeServices(),
        recorder=lambda ctx, event: recorded.append((ctx.plugin, event)),
    )


def test_an_event_is_recorded_in_the_name_of_the_plugin_that_runs(ctx, recorded):
    event = EventType("projects.project.archived", "Archived")()

    ctx.record(event)

    assert recorded == [("projects", event)]


def test_ports_settings_and_keys_are_asked_for_this_plugin(ctx):
    assert ctx.get(GREETER) == ("get", "projects", "hello.greeter")
    assert ctx.find(GREETER) == ("find", "projects", "hello.greeter")
    assert ctx.settings(OurSettings) == ("settings", "projects", OurSettings)
    assert ctx.keyring == ("keyring", "projects")


def test_acting_as_another_plugin_changes_name_log_and_keys(ctx):
    other = ctx.acting_as("credentials")

    assert (other.plugin, other.keyring) == ("credentials", ("keyring", "credentials"))
    assert other.log.bound == {"request_id": "r1", "plugin": "credentials"}
    assert (other.request_id, other.principal, other.db) == (ctx.request_id, ANONYMOUS, ctx.db)
    assert ctx.plugin == "projects"


def test_nothing_in_a_context_is_replaced(ctx):
    with pytest.raises(dataclasses.FrozenInstanceError):
        ctx.principal = None


def test_an_unknown_client_brings_no_cookies():
    caller = Caller("203.0.113.9")

    assert (caller.user_agent, dict(caller.cookies), caller.query) == ("", {}, "")
