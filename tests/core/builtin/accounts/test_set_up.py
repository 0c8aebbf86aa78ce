"""The plugins a deployment was set up with hold what they propose; a later one waits for an admin.

One test on two starts of one database, as an operator sees it: install, look, confirm.
"""

from foundation.testing.people import Events, SignIn

SEE = "projects:project:read"


async def test_a_later_plugin_gives_nothing_until_an_admin_confirms(platform, migrate) -> None:
    url = (await migrate("credentials", "projects")).reveal()
    asking = {"FOUNDATION_DATABASE_URL": url, "FOUNDATION_PLUGIN_ROLES": "confirm"}
    first = await platform("credentials", **asking)
    (settled,) = await Events(first)("accounts.rights.decided")
    assert (settled.actor.type, settled.reason) == ("system", "set_up")
    assert "credentials:credential:read to viewer" in settled.detail["granted"]
    assert (await (await SignIn(first)("viewer")).get("/api/creds")).status == 200

    app = await platform("credentials", "projects", **asking)
    admin, vera = await SignIn(app)("admin"), await SignIn(app)("viewer")
    assert (await vera.get("/api/creds")).status == 200
    assert (await vera.get("/api/projects")).status == 403
    assert (await admin.get("/api/projects")).status == 200
    waiting = (await admin.get("/api/roles/proposals")).json["items"]
    assert {(item["permission"], item["role"]) for item in waiting if item["state"] == "open"} == {
        (SEE, "viewer"),
        ("projects:project:write", "operator"),
        ("projects:own:read", "viewer"),
        ("projects:own:write", "viewer"),
        ("projects:credential:attach", "operator"),
    }
    await _is_refused_where_it_must(admin, vera)

    async def decide(**given: object):
        one = {"permission": SEE, "role": "viewer"} | given
        return await admin.post("/api/roles/proposals", {"decisions": [one]})

    assert (await decide(granted=True)).status == 200
    assert (await vera.get("/api/projects")).status == 200
    assert SEE in (await admin.get("/api/roles/viewer")).json["permissions"]
    assert SEE in (await admin.get("/api/roles/operator")).json["permissions"]
    last = (await decide(granted=False)).json["items"]
    assert {item["state"] for item in last if item["permission"] == SEE} == {"refused"}
    assert (await vera.get("/api/projects")).status == 403
    (_, granted, refused) = await Events(app)("accounts.rights.decided")
    assert granted.detail == {"granted": [f"{SEE} to viewer"], "refused": []}
    assert (refused.actor.name, refused.detail["refused"]) == ("Admin", [f"{SEE} to viewer"])


async def _is_refused_where_it_must(admin, vera) -> None:
    unknown = {"permission": SEE, "role": "operator", "granted": True}
    wrong = await admin.post("/api/roles/proposals", {"decisions": [unknown]})
    assert (wrong.status, wrong.pointers) == (422, {"/decisions/0"})
    known = {"permission": SEE, "role": "viewer", "granted": True}
    assert (await vera.post("/api/roles/proposals", {"decisions": [known]})).status == 403


async def test_where_plugins_are_trusted_nobody_is_asked(platform) -> None:
    app = await platform("projects")

    admin = await SignIn(app)("admin")
    assert (await admin.get("/api/roles/proposals")).json["items"] == []
    assert (await (await SignIn(app)("viewer")).get("/api/projects")).status == 200
    assert await Events(app)("accounts.rights") == []
