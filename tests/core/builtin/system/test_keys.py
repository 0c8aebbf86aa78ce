"""The state of the vault's keys, for admins and without a byte of any key."""


async def test_an_admin_sees_keys_and_the_processes_that_have_them(client_as):
    admin = await client_as("admin")

    answer = await admin.get("/api/keys")

    (key,) = answer.json["keys"]
    assert (key["kid"], key["state"], len(key["fingerprint"])) == ("test", "active", 16)
    (process,) = answer.json["processes"]
    assert (process["kids"], process["active"]) == (["test"], "test")


async def test_nobody_else_does(client_as):
    operator = await client_as("operator")

    assert (await operator.get("/api/keys")).status == 403
