"""A page's words reach the server's log under its plugin's id, and cannot fill it."""

import structlog

from foundation.builtin.system.page_log import Pace

LINE = {"level": "error", "message": "the page could not be mounted", "data": "TypeError: x"}


async def test_a_page_writes_one_line_with_the_id_of_its_plugin(client_as):
    viewer = await client_as("viewer")

    with structlog.testing.capture_logs() as lines:
        got = await viewer.post("/api/plugins/projects/log", json=LINE)

    (said,) = [line for line in lines if line["event"] == "page.said"]
    assert got.status == 204
    assert (said["plugin"], said["log_level"]) == ("projects", "error")
    assert (said["said"], said["data"]) == (LINE["message"], LINE["data"])


async def test_a_stranger_writes_nothing(client):
    assert (await client.post("/api/plugins/projects/log", json=LINE)).status == 401


async def test_a_plugin_that_is_not_here_has_no_log(client_as):
    viewer = await client_as("viewer")

    assert (await viewer.post("/api/plugins/nowhere/log", json=LINE)).status == 404


async def test_a_line_of_another_shape_is_refused(client_as):
    viewer = await client_as("viewer")
    odd = {**LINE, "message": "x" * 1001}

    assert (await viewer.post("/api/plugins/projects/log", json=odd)).status == 422


def test_a_person_writes_so_many_lines_a_minute_and_others_all_the_same():
    pace = Pace(most=2)

    assert [pace.take("ada", now) for now in (0, 1, 2)] == [True, True, False]
    assert pace.take("otto", 2)
    assert pace.take("ada", 60)


def test_those_who_stopped_are_forgotten():
    pace = Pace(most=2)
    for number in range(100):
        pace.take(str(number), 0)

    pace.take("0", 61)

    assert len(pace._minutes) == 1
