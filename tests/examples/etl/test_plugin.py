"""ETL in the place of its placeholder: there while it is installed, a card when it is broken."""

import pytest

from foundation.testing.people import SignIn
from foundation.testing.site import announce, on_path

BROKEN = '''"""Broken."""
from foundation.sdk import Manifest

manifest = Manifest(id="etl", title="ETL", api=">=1.0,<2")

import nope
'''


async def _section(app, role="viewer") -> dict:
    shell = (await (await SignIn(app)(role)).get("/api/shell")).json
    (section,) = [each for each in shell["sections"] if each["id"] == "etl"]
    return section


async def test_with_it_the_placeholder_steps_back_at_the_same_url(platform):
    app = await platform("etl_stub", "etl")

    section = await _section(app)

    assert (section["plugin"], section["ui"]["kind"]) == ("etl", "resource")
    assert section["title"] == "ETL"


async def test_without_it_the_placeholder_is_there(platform):
    section = await _section(await platform("etl_stub"))

    assert (section["plugin"], section["ui"]["kind"]) == ("etl_stub", "placeholder")
    assert "foundation-etl" in section["ui"]["install"]


@pytest.fixture
def broken(tmp_path):
    """A newer version of the same distribution, whose import fails."""
    site = tmp_path / "broken"
    package = site / "foundation_etl_broken"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "plugin.py").write_text(BROKEN)
    announce(site, "foundation-etl", {"etl": "foundation_etl_broken.plugin"}, version="0.2.0")
    return site


async def test_broken_it_shows_its_card_and_gone_the_placeholder_is_back(
    platform, migrate, broken, monkeypatch, site
):
    url = (await migrate("etl_stub", "etl")).reveal()
    settings = {"FOUNDATION_DATABASE_URL": url, "FOUNDATION_PLUGINS_MODE": "isolate"}
    assert (await _section(await platform("etl_stub", "etl", **settings)))["plugin"] == "etl"
    await platform.stop()

    with on_path(broken):  # found first, so it is the one distribution of this name
        app = await platform("etl_stub", "etl", **settings)
        card = await _section(app)
        admin = await SignIn(app)("admin")
        answer = await admin.get("/api/etl")
    await platform.stop()

    assert (card["ui"]["kind"], card["ui"]["state"]) == ("fault", "import_error")
    assert (answer.status, answer.code) == (503, "plugin_import_error")
    gone = await _section(await platform("etl_stub", **settings))
    assert gone["ui"]["kind"] == "placeholder"


async def test_before_its_tables_are_made_it_says_the_command(platform, migrate):
    url = (await migrate("etl_stub")).reveal()
    settings = {"FOUNDATION_DATABASE_URL": url, "FOUNDATION_PLUGINS_MODE": "isolate"}
    app = await platform("etl_stub", "etl", **settings)

    card = await _section(app, "admin")

    assert card["ui"]["state"] == "needs_migration"
    assert card["ui"]["mend"] == "foundation db upgrade --plugin etl"
