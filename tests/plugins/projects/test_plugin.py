"""The plugin as a whole: what it adds to Foundation."""

from sqlalchemy import text

from foundation.ports import credential_directory, tally
from foundation_projects import plugin


def test_it_wants_credentials_and_starts_without():
    services = plugin.services()

    assert services.wants == (credential_directory,)
    assert services.needs == ()
    assert plugin.manifest.requires == ()


def test_it_comes_after_credentials_when_they_are_there():
    assert plugin.manifest.after == ("credentials",)


def test_it_offers_a_figure():
    assert [offer.port for offer in plugin.services().offers] == [tally("projects")]


def test_its_section_shows_its_resource():
    (entry,) = plugin.navigation()

    assert entry.section == "projects"
    assert entry.page.resource == plugin.resources()[0].name


def test_its_revisions_lie_beside_it():
    assert list(plugin.tables().migrations.glob("projects_*.py"))


async def test_the_owner_may_leave(operator, apollo, database):
    async with database.transaction() as db:
        await db.execute(
            text("SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)")
        )
        await db.execute(
            text("DELETE FROM foundation.users WHERE id = :id"), {"id": apollo["owner_id"]}
        )

    async with database.reading() as db:
        assert await db.scalar(text("SELECT owner_id FROM projects.projects")) is None
