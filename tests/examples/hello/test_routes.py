"""The routes of notes, from the first note to its end."""

import pytest


@pytest.fixture
async def operator(client_as):
    return await client_as("operator")


@pytest.fixture
async def note(operator) -> dict:
    return (await operator.post("/api/hello", {"title": "Hello", "body": "World"})).json


async def test_a_note_is_written_and_read(client_as, note):
    viewer = await client_as("viewer")

    assert (await viewer.get(f"/api/hello/{note['id']}")).json == note
    assert note["body"] == "World"


async def test_notes_are_listed_newest_first(operator, note):
    second = (await operator.post("/api/hello", {"title": "Second"})).json

    assert (await operator.get("/api/hello")).json["items"] == [second, note]


async def test_a_deleted_note_is_gone(operator, note):
    assert (await operator.delete(f"/api/hello/{note['id']}")).status == 204
    assert (await operator.get(f"/api/hello/{note['id']}")).status == 404


async def test_writing_and_deleting_are_told(operator, note, events):
    await operator.delete(f"/api/hello/{note['id']}")

    assert await events.types() == ["hello.note.written", "hello.note.deleted"]


async def test_a_viewer_writes_nothing(client_as, note):
    viewer = await client_as("viewer")

    assert (await viewer.post("/api/hello", {"title": "Mine"})).status == 403
    assert (await viewer.delete(f"/api/hello/{note['id']}")).status == 403


@pytest.mark.parametrize("id", ["01990000-0000-7000-8000-00000000dead", "1"])
async def test_a_note_that_is_not_there_is_not_found(operator, id):
    assert (await operator.get(f"/api/hello/{id}")).status == 404
    assert (await operator.delete(f"/api/hello/{id}")).status == 404


async def test_an_unknown_field_is_named(operator):
    answer = await operator.post("/api/hello", {"title": "Hello", "colour": "red"})

    assert (answer.status, answer.pointers) == (422, {"/colour"})
