"""Look: lists and details that show all but the values."""

import pytest
from sqlalchemy import text


@pytest.fixture
async def three(operator, new) -> list[str]:
    for slug, name in (("b", "Beta"), ("c", "Gamma"), ("a", "Alpha")):
        await operator.post("/api/creds", new | {"slug": slug, "name": name})
    values = {"values": {"token": "hunter2"}, "kind": "bearer"}
    await operator.post("/api/creds", new | {"slug": "d", "name": "Delta 100%"} | values)
    return ["Alpha", "Beta", "Delta 100%", "Gamma"]


def _names(answer):
    return [item["name"] for item in answer.json["items"]]


async def test_credentials_are_listed_by_name(viewer, three):
    assert _names(await viewer.get("/api/creds")) == three


async def test_a_list_goes_on_where_its_page_ended(viewer, three):
    first = await viewer.get("/api/creds", query={"limit": "3"})
    second = await viewer.get("/api/creds", query={"limit": "3", "cursor": first.json["next"]})

    assert _names(first) + _names(second) == three
    assert second.json["next"] is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "ET"}, ["Beta"]),
        ({"q": "%"}, ["Delta 100%"]),
        ({"q": "_"}, []),
        ({"kind": "bearer"}, ["Delta 100%"]),
        ({"kind": "bearer", "q": "beta"}, []),
    ],
)
async def test_a_list_is_narrowed(viewer, three, query, found):
    assert _names(await viewer.get("/api/creds", query=query)) == found


async def test_neither_list_nor_detail_holds_a_secret(admin, crm):
    for path in ("/api/creds", f"/api/creds/{crm['id']}"):
        answer = await admin.get(path)

        assert answer.status == 200
        assert "hunter2" not in answer.text


async def test_a_detail_shows_fields_that_are_not_set(viewer, operator, gate):
    await operator.put(
        f"/api/creds/{gate['id']}/values", {"values": {"passphrase": None}}, if_match=1
    )

    fields = (await viewer.get(f"/api/creds/{gate['id']}")).json["fields"]

    assert fields["passphrase"] == {
        "set": False,
        "secret": True,
        "value": None,
        "broken": False,
        "version": None,
        "updated_at": None,
    }


async def test_a_detail_has_the_version_as_its_tag(viewer, crm):
    answer = await viewer.get(f"/api/creds/{crm['id']}")

    assert answer.headers["etag"] == '"1"'


@pytest.mark.parametrize("id", ["01990000-0000-7000-8000-00000000dead", "1", "kind", "%00"])
async def test_what_is_not_there_is_not_found(viewer, id):
    assert (await viewer.get(f"/api/creds/{id}")).status == 404


async def test_each_kind_has_a_title_and_a_form(viewer):
    kinds = {item["kind"]: item for item in (await viewer.get("/api/creds/kinds")).json["items"]}

    assert kinds["basic"]["title"] == "User name and password"
    assert kinds["basic"]["schema"]["properties"]["password"]["writeOnly"] is True


async def test_a_cursor_of_another_list_is_refused(viewer, three):
    first = await viewer.get("/api/creds", query={"limit": "1"})

    answer = await viewer.get("/api/creds", query={"cursor": first.json["next"], "q": "a"})

    assert answer.status == 400


async def test_a_list_of_a_thousand_credentials_opens_no_value(admin, crm, database, app):
    columns = "slug, name, kind, description, plain, values_version, values_at, version, tags, notes, reveal"
    async with database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        copied = columns.replace("slug", "slug || n", 1)
        await db.execute(
            text(
                f"INSERT INTO credentials.creds (id, {columns})"
                f" SELECT gen_random_uuid(), {copied}"
                " FROM credentials.creds, generate_series(1, 999) AS n"
            )
        )
        await db.execute(
            text(
                "INSERT INTO credentials.secrets SELECT c.id, s.version, s.field, s.fmt, s.kid,"
                " s.wnonce, 'no key', s.nonce, 'no text', s.state, s.updated_at"
                " FROM credentials.secrets AS s, credentials.creds AS c WHERE c.id != s.cred_id"
            )
        )
    app.parts.ring.for_plugin("credentials")  # a ring that would open, if anybody asked

    cursor, seen = "", 0
    while cursor is not None:
        query = {"limit": "200"} | ({"cursor": cursor} if cursor else {})
        answer = await admin.get("/api/creds", query=query)
        assert answer.status == 200
        seen, cursor = seen + len(answer.json["items"]), answer.json["next"]
        assert not any(one["fields"]["password"]["broken"] for one in answer.json["items"])
    assert seen == 1000
