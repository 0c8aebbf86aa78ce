"""Lifespans are entered in order and left in reverse; one that fails takes only its own with it."""

import asyncio
import time
from contextlib import asynccontextmanager

import pytest

from foundation.plugins.added import Contributions
from foundation.plugins.contributions import Lifespan, Manifest
from foundation.plugins.lifespan import entered
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.settings import PluginSettings


class Mine(PluginSettings):
    url: str = "x"


@pytest.fixture
def log():
    """What happened, in order."""
    return []


@pytest.fixture
def holding(log):
    """Make a plugin that notes when it is entered and left."""

    def make(id, *, fails=None, requires=(), timeout_s=5, on_leave=None):
        @asynccontextmanager
        async def enter(platform):
            if fails:
                await fails()
            log.append(f"+{platform.plugin} {platform.settings(Mine).url}")
            yield
            log.append(f"-{id}")
            if on_leave:
                await on_leave()

        added = Contributions(lifespan=Lifespan(enter, timeout_s), settings=Mine(url=id[0]))
        manifest = Manifest(id, id, ">=1", requires)
        return Loaded(id, id, "1", State.STARTED, manifest=manifest, contributions=added)

    return make


async def raise_it():
    raise ConnectionError("the queue refuses")


async def hang():
    await asyncio.sleep(60)


async def test_they_are_left_in_reverse(holding, log):
    async with entered(Registry((holding("a"), holding("b")))) as registry:
        assert len(registry.started) == 2

    assert log == ["+a a", "+b b", "-b", "-a"]


@pytest.mark.parametrize(
    ("fails", "words"),
    [(raise_it, "ConnectionError: the queue refuses"), (hang, "did not start within 0.05 s")],
)
async def test_one_that_raises_or_hangs_is_failed_and_the_others_run(holding, log, fails, words):
    plugins = (
        holding("a", fails=fails, timeout_s=0.05),
        holding("b"),
        holding("c", requires=("a",)),
    )

    async with entered(Registry(plugins)) as registry:
        failed = registry.find("a")

        assert (failed.state, words in failed.reason) == (State.FAILED, True)
        assert registry.find("c").state is State.MISSING_DEPENDENCY

    assert log == ["+b b", "-b"]


async def test_one_that_leaves_badly_keeps_nobody_from_leaving(holding, log):
    plugins = (
        holding("a"),
        holding("b", on_leave=hang, timeout_s=0.05),
        holding("c", on_leave=raise_it),
    )
    began = time.monotonic()

    async with entered(Registry(plugins)):
        pass

    assert log[-3:] == ["-c", "-b", "-a"]
    assert time.monotonic() - began < 30  # and did not wait for who hangs


async def test_all_are_left_when_the_start_fails_later(holding, log):
    with pytest.raises(RuntimeError, match="later"):
        async with entered(Registry((holding("a"),))):
            raise RuntimeError("later")

    assert log == ["+a a", "-a"]


async def test_a_plugin_without_one_is_left_alone():
    plain = Loaded("a", "a", "1", State.STARTED)

    async with entered(Registry((plain,))) as registry:
        assert registry.find("a") is plain


@pytest.mark.parametrize(
    ("id", "words"), [("lifespan_raises", "the queue refuses"), ("lifespan_hangs", "within 1 s")]
)
async def test_the_broken_ones_are_failed_in_time(yard, id, words):
    yard.add(id)
    yard.add("healthy")

    async with entered(yard.load()) as registry:
        assert registry.find(id).state is State.FAILED
        assert words in registry.find(id).reason
        assert registry.find("healthy").is_started


async def test_settings_it_did_not_declare_are_refused(holding):
    class Other(PluginSettings):
        """Not the one that was declared."""

    @asynccontextmanager
    async def enter(platform):
        platform.settings(Other)
        yield

    plugin = Loaded(
        "a", "a", "1", State.STARTED, contributions=Contributions(lifespan=Lifespan(enter))
    )

    async with entered(Registry((plugin,))) as registry:
        assert "declares no settings of the type Other" in registry.find("a").reason
