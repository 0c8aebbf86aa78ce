"""The plugin of ``tests/fixtures/toil``, as if installed, and people in and out of a project."""

from pathlib import Path

import pytest

TOIL = Path(__file__).parents[3] / "fixtures" / "toil"


@pytest.fixture(autouse=True)
def toil_is_installed(monkeypatch, tmp_path):
    """Let the loader find a plugin with one job."""
    info = tmp_path / "foundation_toil-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: foundation-toil\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[foundation.plugins]\ntoil = foundation_toil.plugin\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.syspath_prepend(TOIL)


@pytest.fixture
async def people(client_as):
    """An admin, a member who is an editor, and an outsider: both with a role of one's own."""
    admin = await client_as("admin")
    held = ["runs:run:read", "runs:run:operate", "runs:schedule:write"]
    held += ["projects:own:write", "toil:hole:dig"]
    role = {"name": "guest", "title": "Guest", "permissions": held}
    assert (await admin.post("/api/roles", role)).status == 201
    project = (await admin.post("/api/projects", {"slug": "apollo", "name": "Apollo"})).json
    found, ids = [admin], []
    for name in ("ada", "olga"):
        client = await client_as(None, name=name)
        id = (await client.get("/api/auth/me")).json["id"]
        version = (await admin.get(f"/api/users/{id}")).json["version"]
        await admin.patch(f"/api/users/{id}", {"role": "guest"}, if_match=version)
        found.append(client)
        ids.append(id)
    path = f"/api/projects/{project['id']}/members"
    added = (await admin.post(path, {"user_id": ids[0], "role": "editor"})).json
    return *found, project, added
