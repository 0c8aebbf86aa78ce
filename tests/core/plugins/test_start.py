"""One call starts every plugin that can be started; strict mode starts all or nothing."""

import pytest

from foundation.db.engine import Database
from foundation.plugins import ledger
from foundation.plugins.registry import State
from foundation.plugins.start import PluginsRefused, running_plugins
from foundation.settings import PluginChoice


@pytest.fixture
def start(yard, database):
    """Start what the yard has on a real database."""

    def running(**choice):
        settings = PluginChoice(data=yard.folder, **choice)
        return running_plugins(
            settings, database=database, environ={}, installed=list(yard.installed)
        )

    return running


async def test_isolated_the_others_run_and_the_ledger_knows_why(yard, database, start):
    for id in ("healthy", "import_nope", "lifespan_raises", "misspelt"):
        yard.add(id)

    async with start() as registry:
        states = {plugin.id: plugin.state for plugin in registry.plugins if not plugin.builtin}

    assert states == {
        "healthy": State.STARTED,
        "import_nope": State.IMPORT_ERROR,
        "lifespan_raises": State.FAILED,
        "misspelt": State.INVALID,
    }
    memory = await ledger.remember(database)
    assert memory.rows["misspelt"].state == "invalid"
    assert memory.rows["healthy"].snapshot.prefixes == ("things",)


async def test_a_plugin_that_breaks_keeps_what_it_showed(yard, start):
    yard.write("orders", "@hook\ndef routers():\n    return [Router('orders')]\n")
    async with start():
        pass
    (yard.folder / "foundation_orders" / "plugin.py").write_text(
        "from foundation.sdk import Manifest\n"
        'manifest = Manifest(id="orders", title="Orders", api=">=9")\n'
    )

    async with start() as registry:
        assert registry.away("orders").state is State.INCOMPATIBLE


async def test_strict_lists_all_and_starts_nothing(yard, start):
    for id in ("healthy", "import_nope", "lifespan_raises", "lodash"):
        yard.add(id)

    with pytest.raises(PluginsRefused) as refused:
        async with start(plugins_mode="strict"):
            pass

    assert [line.partition(" ")[0] for line in refused.value.problems] == [
        "import_nope",
        "lifespan_raises",
        "lodash",
    ]


async def test_without_a_database_nothing_is_loaded(yard, unused_address):
    yard.write("orders", f"open({str(yard.folder / 'seen')!r}, 'w').close()\n")
    database = Database(unused_address)
    settings = PluginChoice(data=yard.folder)

    with pytest.raises(Exception):  # noqa: B017, PT011  # whatever the database raises
        async with running_plugins(settings, database=database, environ={}):
            pass

    assert not (yard.folder / "seen").exists()
    await database.dispose()


@pytest.fixture
def unused_address():
    """An address where no database listens."""
    import socket

    from foundation.secret import Secret

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    return Secret(f"postgresql://u:p@127.0.0.1:{port}/x")
