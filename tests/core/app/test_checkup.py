"""The doctor hears what plugins say of their own parts, without a server."""

from foundation.app.checkup import checkup


async def test_each_health_check_of_each_plugin_is_asked(app):
    said = {
        name: (ok, why)
        async for name, ok, why in checkup(app.parts.settings, app.parts.database, {})
    }

    assert said["credentials.values"] == (True, "well")
    assert said["credentials.due"] == (True, "well")
