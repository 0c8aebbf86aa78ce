"""The example as a whole: its section takes the place of the placeholder, its job can be started."""


async def test_its_section_and_its_job_appear(client_as):
    operator = await client_as("operator")

    sections = {each["id"]: each for each in (await operator.get("/api/shell")).json["sections"]}
    jobs = {each["kind"]: each for each in (await operator.get("/api/runs/jobs")).json["items"]}

    assert sections["feed"]["ui"]["kind"] == "resource"
    assert jobs["feed.pull"]["may_start"] is True
    assert jobs["feed.pull"]["form"]["properties"]["rows"]["default"] == 100
