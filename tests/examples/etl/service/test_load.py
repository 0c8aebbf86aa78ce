"""Load: rows are replaced as one, by CSV or by a query with a credential of the vault."""

from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

import pytest

from foundation.db.address import engine_url
from foundation.ports import CredentialRef, credential_vault
from foundation.sdk import Forbidden, Secret
from foundation.testing.people import Events, SignIn


@dataclass
class InUse:
    ref: CredentialRef
    values: dict


class Vault:
    """Gives the values of the test's own database, and notes what for; or refuses."""

    def __init__(self, url):
        address = engine_url(url)
        host = address.host or address.query["host"]
        found = {
            "host": host,
            "database": address.database,
            "username": address.username or "postgres",
            "password": address.password or "none",
        }
        self.values = {name: Secret(str(value)) for name, value in found.items()}
        self.asked, self.refuses = [], False

    @asynccontextmanager
    async def use(self, credential, *, purpose):
        if self.refuses:
            raise Forbidden("not for you")
        self.asked.append((credential, purpose))
        yield InUse(CredentialRef(credential, "own", "Own", "postgres"), self.values)


@pytest.fixture
async def world(platform, port, migrate):
    """A Foundation with ETL and a vault that opens one database."""
    vault = Vault(await migrate())
    port(credential_vault, vault)
    app = await platform("etl")
    return app, vault, await SignIn(app)("operator")


async def _source(operator, content) -> str:
    new = {
        "name": "Query",
        "kind": "postgres",
        "content": content,
        "credential_id": str(uuid4()),
    }
    answer = await operator.post("/api/etl", new)
    return f"/api/etl/{answer.json['id']}"


async def test_a_query_brings_its_rows_and_says_what_for(world):
    app, vault, operator = world
    url = await _source(operator, "SELECT 1 AS n, 'a:b' AS t, now()::date AS d, true AS yes")

    loaded = await operator.post(f"{url}/load")
    (row,) = (await operator.get(f"{url}/rows")).json["items"]

    assert (loaded.status, loaded.json["row_count"]) == (200, 1), loaded.text
    assert (row["data"]["n"], row["data"]["t"], row["data"]["yes"]) == (1, "a:b", True)
    assert [purpose for _, purpose in vault.asked] == ["load the source Query"]
    (told,) = await Events(app)("etl.source.loaded")
    assert told.detail == {"before": 0, "rows": 1}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * FROM absent", "absent"),
        ("CREATE TABLE public.mine (id int)", "syntax error"),
        ("SELECT lo_create(0) -- writes", "read-only"),
        ("SELECT generate_series(1, 10001)", "more than 10000"),
    ],
)
async def test_what_cannot_be_read_is_told_and_leaves_the_rows(world, query, words):
    _, _, operator = world
    url = await _source(operator, query)

    refused = await operator.post(f"{url}/load")

    assert (refused.status, refused.code) == (409, "etl_cannot_read"), refused.text
    assert words in refused.json["detail"]
    assert (await operator.get(url)).json["loaded_at"] is None


async def test_whoever_may_not_use_the_credential_loads_nothing(world):
    _, vault, operator = world
    url = await _source(operator, "SELECT 1 AS n")
    vault.refuses = True

    assert (await operator.post(f"{url}/load")).status == 403


async def test_without_a_plugin_that_keeps_credentials_a_query_waits(operator):
    url = await _source(operator, "SELECT 1 AS n")

    assert (await operator.post(f"{url}/load")).status == 503


async def test_a_second_loading_replaces_the_rows(operator, source):
    url = f"/api/etl/{source['id']}"
    await operator.post(f"{url}/load")
    await operator.patch(url, {"content": "name\nEve\n"}, if_match=2)
    await operator.post(f"{url}/load")

    rows = (await operator.get(f"{url}/rows")).json["items"]
    assert rows == [{"number": 1, "data": {"name": "Eve"}}]


async def test_the_vault_of_credentials_tells_each_use_and_never_the_value(platform, migrate):
    values = {name: value.reveal() for name, value in Vault(await migrate()).values.items()}
    app = await platform("credentials", "etl")
    operator = await SignIn(app)("operator")
    new = {"slug": "own", "name": "Own", "kind": "postgres", "values": values}
    credential = (await operator.post("/api/creds", new)).json
    admin = await SignIn(app)("admin")
    await admin.post(f"/api/creds/{credential['id']}/grants", {"plugin": "etl"})
    query = {"name": "Query", "kind": "postgres", "content": "SELECT 7 AS n"}
    source = await operator.post("/api/etl", query | {"credential_id": credential["id"]})

    loaded = await operator.post(f"/api/etl/{source.json['id']}/load")

    assert (loaded.status, loaded.json["row_count"]) == (200, 1), loaded.text
    (told,) = await Events(app)("credentials.secret.used")
    assert (told.plugin, told.detail["plugin"]) == ("credentials", "etl")
    assert sorted(told.detail["fields"]) == ["database", "host", "password", "port", "username"]
