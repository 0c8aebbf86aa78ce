"""The plugin as a whole: what it adds to Foundation."""

from sqlalchemy import text

from foundation.ports import (
    credential_directory,
    people,
    project_access,
    project_runs,
    tally,
    trail,
)
from foundation.sdk import ModulePage
from foundation_projects import plugin

AUDITED = "SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)"


def test_it_wants_credentials_and_runs_and_starts_without():
    services = plugin.services()

    assert services.wants == (credential_directory, project_runs)
    assert services.needs == (people, trail)
    assert plugin.manifest.requires == ()


def test_it_comes_after_credentials_when_they_are_there():
    assert plugin.manifest.after == ("credentials",)


def test_it_tells_others_who_may_do_what_in_a_project():
    offered = [offer.port for offer in plugin.services().offers]

    assert offered == [project_access, tally("projects")]


def test_its_section_is_for_everybody_who_takes_part():
    (entry,) = plugin.navigation()

    assert (entry.section, entry.needs.name) == ("projects", "projects:own:read")
    assert isinstance(entry.page, ModulePage)


def test_its_revisions_lie_beside_it():
    assert list(plugin.tables().migrations.glob("projects_*.py"))


async def test_the_owner_may_leave_and_is_no_member_any_more(operator, apollo, database):
    async with database.transaction() as db:
        await db.execute(text(AUDITED))
        await db.execute(
            text("DELETE FROM foundation.users WHERE id = :id"), {"id": apollo["owner_id"]}
        )

    async with database.reading() as db:
        assert await db.scalar(text("SELECT owner_id FROM projects.projects")) is None
        assert await db.scalar(text("SELECT count(*) FROM projects.members")) == 0
