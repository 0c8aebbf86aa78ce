"""A plugin is taken whole or not at all, with every problem told at once."""

import pytest

from foundation.plugins.registry import State

THINGS = """
    from foundation.sdk import Context, Permission, Router, SignedIn
    READ = Permission("orders:thing:read", "Read")
    router = Router("orders")

    @router.get("/", needs=READ)
    async def look(ctx: Context) -> None:
        \"\"\"Look.\"\"\"

    @hook
    def permissions():
        return [READ]

    @hook
    def routers():
        return [router]
"""


def test_what_every_hook_gives_is_among_the_contributions(one):
    added = one(THINGS).contributions

    assert [right.name for right in added.permissions] == ["orders:thing:read"]
    assert added.prefixes == ("orders",)


def test_all_problems_are_told_at_once(one):
    broken = one(
        """
        from foundation.sdk import EventType, NavEntry, Permission, Placeholder, SignedIn

        @hook
        def permissions():
            return [Permission("other:thing:read", "Read")]

        @hook
        def audit_events():
            return [EventType("other.thing.done", "Done")]

        @hook
        def navigation():
            return [NavEntry("orders", "Orders", "unicorn", SignedIn("x"), Placeholder("", ""))]
        """
    )

    assert broken.state is State.INVALID
    for word in ("orders:thing:verb", "orders.thing.verbed", "unicorn"):
        assert word in broken.reason


def test_a_refused_plugin_claims_nothing(yard):
    yard.write(
        "aaa",
        THINGS.replace("orders", "aaa").replace('Router("aaa")', 'Router("free")')
        + """
    @hook
    def navigation():
        return 3
    """,
    )
    yard.write("orders", THINGS.replace('Router("orders")', 'Router("free")'))

    registry = yard.load()

    assert registry.find("aaa").state is State.INVALID
    assert registry.find("orders").is_started


def test_two_plugins_wanting_one_variable_are_told_so(yard):
    settings = """
    from foundation.sdk import PluginSettings

    class Mine(PluginSettings):
        {field}: str = ""

    @hook
    def settings():
        return Mine
    """
    yard.write("crm", settings.format(field="stub_url"))
    yard.write("crm_stub", settings.format(field="url"))

    registry = yard.load()

    assert registry.find("crm").is_started
    assert "FOUNDATION_CRM_STUB_URL: belongs to crm already" in registry.find("crm_stub").reason


def test_the_settings_of_a_started_plugin_are_in_the_registry(yard):
    yard.write(
        "orders",
        """
        from foundation.sdk import PluginSettings, Secret

        class Mine(PluginSettings):
            key: Secret

        @hook
        def settings():
            return Mine
        """,
    )

    registry = yard.load(environ={"FOUNDATION_ORDERS_KEY": "hush"})

    assert registry.settings["orders"].key.reveal() == "hush"


@pytest.mark.parametrize("variable", ["FOUNDATION_ORDERS_KEE", "FOUNDATION_ORDERS_OTHER"])
def test_a_variable_that_bears_its_name_and_nobody_reads_is_told(one, variable):
    broken = one("", environ={variable: "x"})

    assert f"{variable}: no such setting" in broken.reason
