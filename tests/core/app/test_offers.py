"""What core itself offers."""


async def test_the_api_describes_itself_to_whoever_is_signed_in(client_as, client):
    viewer = await client_as("viewer")
    document = (await viewer.get("/api/openapi.json")).json

    assert document["openapi"] == "3.1.0"
    assert "/api/auth/me" in document["paths"]
    assert (await client.get("/api/openapi.json")).status == 401
