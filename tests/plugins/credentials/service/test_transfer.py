"""Transfer: out in a bundle that only its passphrase opens, in from what others write."""

import json

PASS = "a long enough passphrase"
OUT = {"slugs": ["crm"], "passphrase": PASS, "reason": "moving house"}


async def test_a_bundle_moves_a_credential_to_where_its_slug_is_free(
    admin, operator, crm, reveal, told
):
    answer = await admin.post("/api/creds/export", OUT)
    assert answer.status == 200, answer.text
    assert "hunter2" not in answer.text
    await operator.delete(f"/api/creds/{crm['id']}", if_match=1)

    come = {"form": "bundle", "content": answer.json["bundle"], "passphrase": PASS}
    assert (await operator.post("/api/creds/import", come)).json == {
        "created": ["crm"],
        "taken": [],
    }
    assert (await operator.post("/api/creds/import", come)).json == {
        "created": [],
        "taken": ["crm"],
    }

    (again,) = (await operator.get("/api/creds")).json["items"]
    assert (await reveal(again, "password")).json == {"value": "hunter2"}
    (event,) = await told("credentials.bundle.exported")
    assert (event["reason"], event["detail"]["slugs"]) == ("moving house", ["crm"])


async def test_another_passphrase_opens_nothing(admin, operator, crm):
    bundle = (await admin.post("/api/creds/export", OUT)).json["bundle"]
    come = {"form": "bundle", "content": bundle, "passphrase": "another passphrase"}

    assert (await operator.post("/api/creds/import", come)).code == "bundle_refused"


async def test_what_lets_values_out_needs_the_right_to_reveal(operator, stale_admin, crm):
    assert (await operator.post("/api/creds/export", OUT)).status == 403
    assert (await stale_admin.post("/api/creds/export", OUT)).code == "step_up_required"


async def test_what_is_never_revealed_does_not_leave(admin, crm):
    await admin.patch(f"/api/creds/{crm['id']}", {"reveal": "never"}, if_match=1)

    assert (await admin.post("/api/creds/export", OUT)).status == 403


async def test_a_short_passphrase_is_refused(admin, crm):
    answer = await admin.post("/api/creds/export", OUT | {"passphrase": "short"})

    assert (answer.status, answer.pointers) == (422, {"/passphrase"})


async def test_a_file_of_names_and_values_becomes_one_credential(operator, reveal):
    come = {"form": "env", "content": "A=1\nTOKEN='t0ken'\n", "slug": "service"}
    await operator.post("/api/creds/import", come)

    (made,) = (await operator.get("/api/creds")).json["items"]
    assert (made["slug"], made["kind"]) == ("service", "kv")
    assert (await reveal(made, "TOKEN")).json == {"value": "t0ken"}


async def test_connections_of_airflow_become_credentials(operator):
    connections = {
        "warehouse_db": {
            "conn_type": "postgres", "host": "db", "schema": "w", "login": "ada",
            "password": "canary-value", "port": 5433,
        },
        "odd": "custom://ada:canary-value@somewhere/",
    }  # fmt: skip
    answer = await operator.post(
        "/api/creds/import", {"form": "airflow", "content": json.dumps(connections)}
    )

    assert answer.json == {"created": ["warehouse-db", "odd"], "taken": []}
    kinds = {c["slug"]: c["kind"] for c in (await operator.get("/api/creds")).json["items"]}
    assert kinds == {"warehouse-db": "postgres", "odd": "kv"}
    assert "canary-value" not in (await operator.get("/api/creds")).text


async def test_a_wrong_import_repeats_nothing_of_it(operator):
    for form in ("env", "airflow", "bundle"):
        come = {"form": form, "content": "canary value here", "slug": "a", "passphrase": PASS}
        answer = await operator.post("/api/creds/import", come)

        assert answer.status == 422
        assert "canary" not in answer.text
