"""Keep: every write is a whole new version."""

from sqlalchemy import text


async def test_a_write_makes_every_row_anew_and_keeps_since_when_a_field_is(
    operator, gate, database
):
    answer = await operator.put(
        f"/api/creds/{gate['id']}/values", {"values": {"passphrase": "new"}}, if_match=1
    )

    fields = answer.json["fields"]
    assert fields["private_key"]["updated_at"] == gate["fields"]["private_key"]["updated_at"]
    assert fields["passphrase"]["updated_at"] > gate["fields"]["passphrase"]["updated_at"]
    async with database.reading() as db:
        rows = await db.execute(
            text("SELECT version, field FROM credentials.secrets ORDER BY version, field")
        )
        assert [tuple(row) for row in rows] == [
            (1, "passphrase"), (1, "private_key"), (2, "passphrase"), (2, "private_key"),
        ]  # fmt: skip
