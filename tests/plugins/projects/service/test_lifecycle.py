"""Lifecycle: projects are begun, changed, archived and restored."""


def _path(project, tail=""):
    return f"/api/projects/{project['id']}{tail}"


async def test_a_new_project_is_active_and_its_makers(operator):
    answer = await operator.post("/api/projects", {"slug": "apollo", "name": " Apollo "})

    assert answer.status == 201
    assert answer.json["name"] == "Apollo"
    assert answer.json["status"] == "active"
    assert answer.json["owner_id"] is not None
    assert answer.headers["etag"] == '"1"'


async def test_a_slug_is_given_once(operator, apollo):
    answer = await operator.post("/api/projects", {"slug": "apollo", "name": "Another"})

    assert (answer.status, answer.code) == (409, "slug_taken")


async def test_the_same_request_sent_twice_creates_once(operator):
    new = {"slug": "apollo", "name": "Apollo"}
    first = await operator.post("/api/projects", new, idempotency_key="k1")
    again = await operator.post("/api/projects", new, idempotency_key="k1")

    assert (again.status, again.json) == (201, first.json)


async def test_a_change_makes_a_new_version(operator, apollo):
    answer = await operator.patch(_path(apollo), {"description": "To the moon"}, if_match=1)

    assert answer.json["description"] == "To the moon"
    assert answer.json["name"] == "Apollo"
    assert answer.json["version"] == 2


async def test_a_stale_version_changes_nothing_and_shows_the_present(operator, apollo):
    await operator.patch(_path(apollo), {"name": "First"}, if_match=1)

    answer = await operator.patch(_path(apollo), {"name": "Second"}, if_match=1)

    assert answer.status == 412
    assert answer.json["current"]["name"] == "First"


async def test_a_change_to_the_same_is_none(operator, apollo, told):
    answer = await operator.patch(_path(apollo), {"name": "Apollo"}, if_match=1)

    assert answer.json["version"] == 1
    assert await told("projects.project.updated") == []


async def test_an_archived_project_changes_no_more(operator, apollo):
    assert (await operator.post(_path(apollo, "/archive"), if_match=1)).json["status"] == "archived"

    for answer in (
        await operator.patch(_path(apollo), {"name": "X"}, if_match=2),
        await operator.post(_path(apollo, "/archive"), if_match=1),
    ):
        assert (answer.status, answer.code) == (409, "project_archived")


async def test_a_restored_project_changes_again(operator, apollo):
    await operator.post(_path(apollo, "/archive"), if_match=1)

    restored = await operator.post(_path(apollo, "/restore"), if_match=2)

    assert restored.json["status"] == "active"
    assert (await operator.patch(_path(apollo), {"name": "X"}, if_match=3)).status == 200


async def test_only_an_archived_project_is_restored(operator, apollo):
    answer = await operator.post(_path(apollo, "/restore"), if_match=1)

    assert (answer.status, answer.code) == (409, "project_active")


async def test_each_step_is_told(operator, apollo, told):
    await operator.patch(_path(apollo), {"name": "Apollo 11"}, if_match=1)
    await operator.post(_path(apollo, "/archive"), if_match=2)
    await operator.post(_path(apollo, "/restore"), if_match=3)

    events = await told("projects")
    assert [event["type"].removeprefix("projects.project.") for event in events] == [
        "created",
        "updated",
        "archived",
        "restored",
    ]
    assert {event["target"]["id"] for event in events} == {apollo["id"]}


async def test_what_is_refused_is_not_told(operator, apollo, told):
    await operator.post(_path(apollo, "/restore"), if_match=2)

    assert [event["type"] for event in await told("projects")] == ["projects.project.created"]


async def test_projects_are_listed_as_asked(operator, viewer, apollo):
    mercury = (
        await operator.post("/api/projects", {"slug": "m", "name": "Mercury", "tags": ["old"]})
    ).json
    await operator.post("/api/projects", {"slug": "g", "name": "Gemini", "tags": ["old", "b"]})
    await operator.post(_path(mercury, "/archive"), if_match=1)
    for query, names in (
        ({}, ["Apollo", "Gemini", "Mercury"]),
        ({"sort": "-name"}, ["Mercury", "Gemini", "Apollo"]),
        ({"sort": "created_at"}, ["Apollo", "Mercury", "Gemini"]),
        ({"sort": "-created_at"}, ["Gemini", "Mercury", "Apollo"]),
        ({"status": "archived"}, ["Mercury"]),
        ({"status": "active", "q": "GEM"}, ["Gemini"]),
        ({"tag": "old"}, ["Gemini", "Mercury"]),
        ({"owner": apollo["owner_id"], "status": "active"}, ["Apollo", "Gemini"]),
        ({"owner": mercury["id"]}, []),
        ({"q": "%"}, []),
    ):
        answer = await viewer.get("/api/projects", query=query)

        assert [item["name"] for item in answer.json["items"]] == names, query
    facets = (await viewer.get("/api/projects/facets")).json
    assert facets["tags"] == [{"tag": "b", "projects": 1}, {"tag": "old", "projects": 2}]
    assert facets["owners"] == [{"id": apollo["owner_id"], "name": "Operator", "projects": 3}]


async def test_a_view_says_what_one_is_and_may(operator, viewer, admin, apollo):
    seen = [(await who.get(_path(apollo))).json for who in (operator, viewer, admin)]

    assert [one["role"] for one in seen] == ["owner", None, None]
    assert seen[0]["may"] == ["edit", "attach", "archive", "members"]
    assert (seen[1]["may"], seen[2]["may"]) == ([], seen[0]["may"])
    assert seen[1]["owner"]["name"] == "Operator"
    away = (await operator.post(_path(apollo, "/archive"), if_match=1)).json
    assert away["may"] == ["attach", "archive", "members", "purge"]


async def test_a_list_goes_on_where_its_page_ended(operator, viewer):
    for name in ("A", "B", "C"):
        await operator.post("/api/projects", {"slug": name.lower(), "name": name})
    query = {"limit": "2", "sort": "-name"}

    first = await viewer.get("/api/projects", query=query)
    rest = await viewer.get("/api/projects", query=query | {"cursor": first.json["next"]})

    assert [item["name"] for item in (*first.json["items"], *rest.json["items"])] == ["C", "B", "A"]
    assert rest.json["next"] is None
