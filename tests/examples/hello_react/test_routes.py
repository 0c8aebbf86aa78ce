"""The one route of the example."""


async def test_whoever_asks_is_greeted_by_name(client_as):
    ada = await client_as("viewer", name="ada")

    answer = await ada.get("/api/hello-react/greeting")

    assert answer.json["text"] == "Hello, Ada"
    assert answer.json["said_at"].endswith("Z")


async def test_a_stranger_is_not_greeted(client):
    assert (await client.get("/api/hello-react/greeting")).status == 401
