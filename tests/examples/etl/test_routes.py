"""The routes of sources, from the first source to its end."""

from uuid import uuid4


async def test_a_source_is_added_loaded_and_read(operator, source):
    loaded = await operator.post(f"/api/etl/{source['id']}/load")
    rows = (await operator.get(f"/api/etl/{source['id']}/rows", query={"limit": "1"})).json

    assert (loaded.status, loaded.json["row_count"]) == (200, 2)
    assert rows["items"] == [{"number": 1, "data": {"name": "Ada", "city": "London"}}]
    assert rows["next"]


async def test_a_source_is_changed_and_deleted_with_its_rows(operator, source):
    url = f"/api/etl/{source['id']}"
    await operator.post(f"{url}/load")
    changed = await operator.patch(url, {"content": "a\n1\n"}, if_match=2)

    assert changed.json["content"] == "a\n1\n"
    assert (await operator.delete(url)).status == 204
    assert (await operator.get(f"{url}/rows")).status == 404


async def test_a_source_that_is_not_there_is_not_found(operator):
    for method, end in (("GET", ""), ("DELETE", ""), ("POST", "/load"), ("GET", "/rows")):
        assert (await operator.send(method, f"/api/etl/{uuid4()}{end}")).status == 404
