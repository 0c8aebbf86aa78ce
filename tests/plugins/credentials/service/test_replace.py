"""Replace: a complete new set of values; the older one is gone."""

import asyncio

from sqlalchemy import func, select, text

from foundation_credentials.models import SealedField


def _path(credential):
    return f"/api/creds/{credential['id']}/values"


async def test_a_replaced_value_holds_and_the_rest_is_kept(operator, crm, reveal):
    answer = await operator.put(_path(crm), {"values": {"password": "new"}}, if_match=1)

    assert answer.status == 200
    assert answer.json["version"] == 2
    assert answer.json["fields"]["username"]["value"] == "ada"
    assert (await reveal(crm, "password")).json == {"value": "new"}


async def test_a_kept_secret_is_sealed_again_and_keeps_its_date(operator, gate, reveal):
    answer = await operator.put(_path(gate), {"values": {"passphrase": "new"}}, if_match=1)

    kept, replaced = answer.json["fields"]["private_key"], answer.json["fields"]["passphrase"]
    assert kept["version"] == replaced["version"] == 2
    assert kept["updated_at"] == gate["fields"]["private_key"]["updated_at"]
    assert replaced["updated_at"] > kept["updated_at"]
    assert (await reveal(gate, "private_key")).json == {"value": "key"}


async def test_the_older_set_is_kept_as_a_version(operator, gate, database):
    await operator.put(_path(gate), {"values": {"passphrase": "new"}}, if_match=1)

    async with database.reading() as db:
        versions = (await db.scalars(select(SealedField.version).distinct())).all()
    assert sorted(versions) == [1, 2]


async def test_null_clears_an_optional_field(operator, gate, reveal):
    answer = await operator.put(_path(gate), {"values": {"passphrase": None}}, if_match=1)

    assert answer.json["fields"]["passphrase"]["set"] is False
    assert (await reveal(gate, "passphrase")).status == 404


async def test_null_does_not_clear_a_required_field(operator, crm):
    answer = await operator.put(_path(crm), {"values": {"password": None}}, if_match=1)

    assert answer.status == 422
    assert answer.pointers == {"/values/password"}


async def test_a_stale_version_replaces_nothing(operator, crm, reveal):
    await operator.put(_path(crm), {"values": {"password": "first"}}, if_match=1)

    answer = await operator.put(_path(crm), {"values": {"password": "second"}}, if_match=1)

    assert answer.status == 412
    assert "first" not in answer.text
    assert (await reveal(crm, "password")).json == {"value": "first"}


async def test_a_refused_replacement_keeps_what_was(operator, crm, reveal, database):
    answer = await operator.put(_path(crm), {"values": {"nonsense": "x"}}, if_match=1)

    assert answer.status == 422
    assert (await reveal(crm, "password")).json == {"value": "hunter2"}
    async with database.reading() as db:
        assert await db.scalar(select(func.count()).select_from(SealedField)) == 1


async def test_its_event_names_fields_and_the_version(operator, gate, told):
    values = {"private_key": "other", "passphrase": None}
    await operator.put(_path(gate), {"values": values}, if_match=1)

    (event,) = await told("credentials.secret.replaced")
    assert event["detail"] == {
        "replaced": ["private_key"],
        "cleared": ["passphrase"],
        "values_version": 2,
    }


async def test_another_host_asks_for_the_secret_again(operator, warehouse):
    answer = await operator.put(
        _path(warehouse), {"values": {"host": "listener.example"}}, if_match=1
    )

    assert answer.status == 422
    assert answer.json["errors"][0]["code"] == "secret_required"
    assert answer.pointers == {"/values/password"}


async def test_another_host_with_the_secret_is_taken(operator, warehouse):
    values = {"host": "db2.example", "password": "hunter2"}

    answer = await operator.put(_path(warehouse), {"values": values}, if_match=1)

    assert answer.json["fields"]["host"]["value"] == "db2.example"


async def test_the_same_host_asks_for_nothing(operator, warehouse):
    values = {"host": "db.example", "database": "other"}

    assert (await operator.put(_path(warehouse), {"values": values}, if_match=1)).status == 200


async def test_whoever_may_reveal_moves_a_credential_without_its_secret(admin, warehouse, reveal):
    answer = await admin.put(_path(warehouse), {"values": {"port": "5433"}}, if_match=1)

    assert answer.status == 200
    assert (await reveal(warehouse, "password")).json == {"value": "hunter2"}


async def test_a_sign_in_long_ago_does_not_move_a_credential(stale_admin, warehouse):
    answer = await stale_admin.put(_path(warehouse), {"values": {"port": "5433"}}, if_match=1)

    assert answer.status == 422


async def test_a_broken_value_is_replaced_by_giving_it_again(operator, crm, reveal, database):
    await _spoil(database, crm)

    answer = await operator.put(_path(crm), {"values": {"password": "new"}}, if_match=1)

    assert answer.status == 200
    assert (await reveal(crm, "password")).json == {"value": "new"}


async def _spoil(database, credential):
    """Change a sealed value behind the application's back."""
    async with database.transaction() as db:
        await db.execute(
            text("SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)")
        )
        await db.execute(
            text("UPDATE credentials.secrets SET ct = ct || ct WHERE cred_id = :id"),
            {"id": credential["id"]},
        )


async def test_of_two_at_once_one_replaces_and_one_is_told(operator, crm, reveal):
    answers = await asyncio.gather(
        *(
            operator.put(_path(crm), {"values": {"password": value}}, if_match=1)
            for value in ("first", "second")
        )
    )

    assert sorted(answer.status for answer in answers) == [200, 412]
    (winner,) = [i for i, answer in enumerate(answers) if answer.status == 200]
    assert (await reveal(crm, "password")).json == {"value": ("first", "second")[winner]}
