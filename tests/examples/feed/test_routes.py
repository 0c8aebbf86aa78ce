"""The route of rows."""


async def test_without_a_pull_there_is_no_row(client_as):
    viewer = await client_as("viewer")

    assert (await viewer.get("/api/feed")).json == {"items": [], "next": None}
