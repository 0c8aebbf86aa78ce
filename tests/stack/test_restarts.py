"""People work while the API is stopped and started, rolled, killed and given a plugin: nobody notices.

The promises (0 failed of 5,000 in a restart, 1 of 4,000 in a roll) are measured by
``bench/restarts.py``; here fewer requests meet the same moments.
"""

import os
import signal

import pytest

from ..e2e.visitor import Visitor
from ..e2e.wheels import Wheel
from ..e2e.wheels import install as pip
from .follower import Follower, sealed
from .load import Load, kept
from .picture import Picture
from .program import ROOT, until


@pytest.fixture(scope="module")
def ada(picture: Picture) -> Visitor:
    return picture.visitor("admin")


def test_the_api_is_stopped_and_started_and_no_request_fails_and_no_page_misses_a_thing(
    picture: Picture, ada: Visitor
) -> None:
    load, page = Load(picture, ada), Follower(picture, ada)
    with page.following():
        until(lambda: metric(picture, "foundation_sse_streams") == 1, "the stream is counted")
        with load.running():
            assert picture.api.stop() == 0, picture.api.said[-3_000:]  # a stream held open: drained
            picture.api.log.write_text("")
            picture.api.start()
            until(picture.serves, "it serves again")
        told = created(picture)
        until(lambda: told[load.made[-1]] in page.heard, "the page hears of the last project")

    assert "each starts alone" not in picture.api.said  # the workers share one import
    assert load.failed == []
    assert load.made
    assert kept(picture, load)
    assert page.ends[:1] == ["drain"]
    whole = sealed(picture)
    begin = whole.index(page.heard[0])
    assert page.heard == whole[begin : begin + len(page.heard)]  # each once, in order, no gap
    assert {told[slug] for slug in load.made} <= set(page.heard)


def created(picture: Picture) -> dict[str, str]:
    """Return by the slug of each project the id of the event that it was created."""
    rows = picture.sql(
        "SELECT p.slug, a.event_id::text FROM projects.projects p JOIN foundation.audit_log a"
        " ON a.target_id = p.id::text AND a.type = 'projects.project.created'"
    )
    return {row[0]: row[1] for row in rows}


def test_a_killed_worker_is_back_and_at_most_its_own_requests_fail(
    picture: Picture, ada: Visitor
) -> None:
    before = picture.workers()
    load = Load(picture, ada)
    with load.running():
        os.kill(before[0], signal.SIGKILL)
        until(lambda: len(set(picture.workers()) - {before[0]}) == 3, "there are three again")
        until(lambda: live(picture) == 3, "all three are ready")

    assert len(load.failed) <= 6, load.failed  # each of six people had at most one request there
    assert set(before[1:]) <= set(picture.workers())  # the others were left alone
    assert kept(picture, load)


def metric(picture: Picture, name: str) -> float:
    """Return a series without labels, as any worker tells it; 0 before it is told."""
    lines = (line.rpartition(" ") for line in picture.metrics().splitlines())
    return next((float(value) for one, _, value in lines if one == name), 0.0)


def live(picture: Picture) -> float:
    return metric(picture, "foundation_workers_live")


def test_a_plugin_is_installed_and_rolled_in_under_load_and_its_section_appears(
    picture: Picture, ada: Visitor
) -> None:
    assert "hello" not in sections(ada)
    install("hello", picture)
    picture.command("db", "upgrade")
    before = set(picture.workers())
    load = Load(picture, ada)
    with load.running():
        picture.api.send(signal.SIGHUP)
        until(lambda: not before & set(picture.workers()), "every worker is a new one")
        until(lambda: live(picture) == 3, "all three are ready")

    assert len(load.failed) <= max(1, load.done // 4_000), load.failed[:5]
    assert kept(picture, load)
    assert "hello" in sections(ada)  # and the session lives on
    said = ada.post("/api/hello", {"title": "From a plugin"})
    assert said.status == 201, said.body


def sections(visitor: Visitor) -> set[str]:
    return {section["id"] for section in visitor.get("/api/shell").json["sections"]}


def install(example: str, picture: Picture) -> None:
    """Have pip install an example's wheel, as on any host."""
    package = ROOT / "examples" / example / f"foundation_{example}"
    sources = [file for file in package.rglob("*") if file.suffix in {".py", ".typed"}]
    files = {str(file.relative_to(package)): file.read_text("utf-8") for file in sources}
    pip([Wheel(example, files)], picture.site)
