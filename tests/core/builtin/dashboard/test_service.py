"""The dashboard of a whole Foundation: facts tick steps off, and each number leads to its list."""

from datetime import UTC, datetime, timedelta


def _cards(answer):
    return {card["id"]: card for card in answer.json["cards"]}


def _steps(answer):
    shown = _cards(answer)["dashboard.first_steps"]["shown"]["steps"]
    return {step["title"]: step["done"] for step in shown}


async def test_the_first_steps_tick_themselves_off_and_are_put_away_for_oneself(client_as, events):
    admin = await client_as("admin")
    assert set(_steps(await admin.get("/api/dashboard")).values()) == {False}

    await client_as("operator")
    project = (await admin.post("/api/projects", {"slug": "apollo", "name": "Apollo"})).json
    new = {"slug": "crm", "name": "CRM", "kind": "bearer", "values": {"token": "hunter2"}}
    crm = (await admin.post("/api/creds", new)).json
    steps = _steps(await admin.get("/api/dashboard"))
    assert (steps["Let a second person in"], steps["Begin a project"]) == (True, True)
    assert steps["Attach a credential to a project"] is False

    for method, is_there in (("DELETE", False), ("DELETE", False), ("PUT", True)):
        assert (await admin.send(method, "/api/dashboard/first-steps")).status == 204
        cards = _cards(await admin.get("/api/dashboard"))
        assert ("dashboard.first_steps" in cards) is is_there
    assert [one.type for one in await events("dashboard")] == [
        "dashboard.steps.dismissed",
        "dashboard.steps.restored",
    ]
    path = f"/api/projects/{project['id']}/credentials"
    await admin.post(path, {"credential_id": crm["id"]})
    await admin.post("/api/runs", {"kind": "feed.pull"})
    left = _cards(await admin.get("/api/dashboard")).get("dashboard.first_steps")
    assert left is None or [s["title"] for s in left["shown"]["steps"] if not s["done"]] == [
        "Start a run"
    ]


async def test_each_number_is_the_length_of_the_list_it_leads_to(client_as, clock):
    admin = await client_as("admin")
    await admin.post("/api/projects", {"slug": "apollo", "name": "Apollo"})
    gemini = (await admin.post("/api/projects", {"slug": "gemini", "name": "Gemini"})).json
    await admin.post(f"/api/projects/{gemini['id']}/archive", if_match=1)
    soon = datetime.now(UTC) + timedelta(days=3)
    for slug, due in (("a", soon), ("b", soon + timedelta(days=300)), ("c", None)):
        new = {"slug": slug, "name": slug, "kind": "bearer", "values": {"token": "hunter2"}}
        made = await admin.post(
            "/api/creds", new | ({"expires_at": due.isoformat()} if due else {})
        )
        assert made.status == 201, made.text
    cards = _cards(await admin.get("/api/dashboard"))

    figures = {one["label"]: one for one in cards["credentials.attention"]["shown"]["items"]}
    assert {label: one["value"] for label, one in figures.items()} == {
        "Unreadable": 0,
        "Overdue": 0,
        "Due in 30 days": 1,
    }
    for one in figures.values():
        listed = await admin.get(one["to"].replace("/s/credentials", "/api/creds"))
        assert len(listed.json["items"]) == one["value"]
    # What a page asks for when it is opened as the figure says.
    lists = {
        "/s/projects": "/api/projects?status=active",
        "/s/credentials": "/api/creds",
        "/settings/plugins": "/api/plugins",
    }
    glance = {one["to"]: one["value"] for one in cards["dashboard.sections"]["shown"]["items"]}
    assert glance.keys() == lists.keys()
    for page, path in lists.items():
        assert glance[page] == len((await admin.get(path)).json["items"]), page
    chart = cards["audit.activity"]["shown"]
    assert len(chart["points"]) == 10
    today = await admin.get(chart["points"][-1]["to"].replace("/s/", "/api/") + "&limit=200")
    counted = sum(series["values"][-1] for series in chart["series"])
    assert 0 < counted <= len(today.json["items"])


async def test_health_comes_first_then_what_to_begin_with_then_what_wants_doing(client_as):
    admin = await client_as("admin")

    cards = [card["id"] for card in (await admin.get("/api/dashboard")).json["cards"]]

    assert cards[:4] == [
        *("dashboard.health", "dashboard.first_steps"),
        *("credentials.attention", "runs.failed"),
    ]
    assert cards.index("runs.failed") < cards.index("audit.activity")


async def test_a_person_sees_no_card_about_what_they_may_not_see(client_as):
    cards = {
        role: set(_cards(await (await client_as(role)).get("/api/dashboard")))
        for role in (None, "viewer", "operator")
    }

    assert cards[None] == {"dashboard.health"}
    assert {"runs.failed", "dashboard.sections"} <= cards["viewer"]
    assert not cards["viewer"] & {"audit.activity", "audit.own", "dashboard.first_steps"}
    assert {"audit.activity", "audit.own", "dashboard.first_steps"} <= cards["operator"]
