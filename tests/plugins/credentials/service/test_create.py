"""Create: complete, checked, sealed, recorded, and said back without a value."""

import asyncio

import pytest


async def test_a_new_credential_is_answered_without_its_secret(operator, new):
    answer = await operator.post("/api/creds", new)

    assert answer.status == 201
    assert answer.headers["etag"] == '"1"'
    assert answer.json["fields"]["username"]["value"] == "ada"
    assert answer.json["fields"]["password"]["set"] is True
    assert "hunter2" not in answer.text


async def test_its_event_names_fields_and_no_value(operator, new, told):
    await operator.post("/api/creds", new)

    (event,) = await told("credentials.credential.created")
    assert event["detail"] == {"slug": "crm", "kind": "basic", "fields": ["username", "password"]}
    assert event["target"]["title"] == "CRM"


async def test_a_slug_is_given_once(operator, new, crm):
    answer = await operator.post("/api/creds", new | {"name": "Another"})

    assert (answer.status, answer.code) == (409, "slug_taken")


async def test_every_wrong_value_is_named(operator, new):
    answer = await operator.post("/api/creds", new | {"values": {"username": "", "extra": "x"}})

    assert answer.status == 422
    assert answer.pointers == {"/values/username", "/values/password", "/values/extra"}


async def test_a_refusal_does_not_repeat_a_value(operator, new):
    values = {"username": "ada", "password": "hunter2", "extra": "canary-in-a-wrong-field"}
    answer = await operator.post("/api/creds", new | {"values": values})

    assert answer.status == 422
    assert "canary" not in answer.text
    assert "hunter2" not in answer.text


async def test_nothing_is_kept_of_a_refused_credential(operator, new, told):
    await operator.post("/api/creds", new | {"values": {}})

    assert (await operator.get("/api/creds")).json["items"] == []
    assert await told("credentials") == []


async def test_stars_are_refused_unless_they_are_meant(operator, new, reveal):
    values = {"username": "ada", "password": "********"}

    refused = await operator.post("/api/creds", new | {"values": values})
    meant = await operator.post("/api/creds", new | {"values": values, "allow_mask_like": True})

    assert refused.pointers == {"/values/password"}
    assert (await reveal(meant.json, "password")).json == {"value": "********"}


async def test_an_empty_secret_is_kept_as_one(operator, new, reveal):
    created = await operator.post("/api/creds", new | {"values": {"username": "a", "password": ""}})

    assert (await reveal(created.json, "password")).json == {"value": ""}


async def test_values_of_more_than_64_kib_are_too_large(operator, new):
    values = {"username": "ada", "password": "x" * 65_536}

    answer = await operator.post("/api/creds", new | {"values": values})

    assert answer.status == 413


@pytest.mark.parametrize("text", ["", "a", "x" * 31, "p\u00e4ss \U0001f511", 'quo"te\\'])
async def test_a_value_comes_back_as_it_went_in(operator, new, reveal, text):
    created = await operator.post(
        "/api/creds", new | {"values": {"username": "ada", "password": text}}
    )

    assert (await reveal(created.json, "password")).json == {"value": text}


async def test_the_same_request_sent_twice_creates_once(operator, new):
    first = await operator.post("/api/creds", new, idempotency_key="k1")
    again = await operator.post("/api/creds", new, idempotency_key="k1")

    assert again.status == 201
    assert again.json == first.json


async def test_two_at_once_do_not_share_a_slug(operator, new):
    answers = await asyncio.gather(*(operator.post("/api/creds", new) for _ in range(4)))

    assert sorted(answer.status for answer in answers) == [201, 409, 409, 409]
    assert len((await operator.get("/api/creds")).json["items"]) == 1


class TestWithoutAKeyRing:
    """The vault is sealed: nothing is written under a key that nobody will have."""

    @pytest.fixture
    def foundation_environ(self, foundation_environ):
        return foundation_environ | {"FOUNDATION_KEYRING_FILE": "/nowhere/keyring"}

    async def test_a_sealed_vault_takes_no_credential(self, operator, new):
        answer = await operator.post("/api/creds", new)

        assert (answer.status, answer.code) == (503, "vault_sealed")

    async def test_a_sealed_vault_still_lists(self, operator, new):
        await operator.post("/api/creds", new)

        assert (await operator.get("/api/creds")).json["items"] == []


async def test_a121_a_value_is_text_and_no_file(operator, new):
    def values(password):
        return new | {"values": {"username": "ada", "password": password}}

    assert (await operator.post("/api/creds", values("x" * 66_000))).status == 413
    for binary in ("a\0b", "\ud800"):
        answer = await operator.post("/api/creds", values(binary))
        assert answer.status in {400, 422}, answer.text
