"""PostgreSQL goes away, stands still, cuts everybody off or is changed: nobody notices, or is told."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import psycopg
import pytest
import redis

from ..e2e.visitor import Visitor
from .acts import create, each_worker_answers, slug, stopped, well
from .load import Load, kept
from .picture import Picture
from .program import until
from .wire import send


@pytest.fixture(scope="module")
def ada(picture: Picture) -> Visitor:
    return picture.visitor("admin")


def test_postgres_is_restarted_people_are_told_to_wait_and_no_worker_is(
    picture: Picture, ada: Visitor
) -> None:
    before = picture.workers()
    made = slug()
    assert create(ada, made).status == 201

    picture.postgres.stop()
    refused = ada.get("/api/projects")
    page = ada.get("/")
    picture.postgres.start(lambda _: None)

    assert refused.status == 503
    assert int(refused.headers["Retry-After"]) >= 1
    assert refused.json["request_id"] == refused.headers["X-Request-Id"]
    assert page.status == 200  # the web app still comes, and shows what is wrong
    until(lambda: well(picture, ada), "each worker has its database again")
    assert picture.workers() == before
    assert made in {row[0] for row in picture.sql("SELECT slug FROM projects.projects")}


def test_postgres_stands_still_and_who_asked_gets_an_answer_all_the_same(
    picture: Picture, ada: Visitor
) -> None:
    before = picture.workers()
    with ThreadPoolExecutor() as someone:
        began = time.monotonic()
        with stopped(picture.postgres_processes()):
            early = someone.submit(create, ada, slug())
            alive = send(picture.ports.https, picture.context, "GET /").status
            time.sleep(1.0)
        paused = time.monotonic() - began

    assert alive == 200
    # A pause shorter than what a connection is waited for is only seen as a slow answer; a machine
    # that is busy itself makes it longer.
    assert early.result().status == 201 or paused > 1.8
    until(lambda: well(picture, ada), "each worker has its database again")
    assert picture.workers() == before


CUT = """
    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
    WHERE application_name LIKE 'foundation/%'
"""


def test_every_connection_is_cut_and_the_next_request_of_each_worker_works(
    picture: Picture, ada: Visitor
) -> None:
    assert each_worker_answers(picture, ada) == {200}  # each has a connection now

    with redis.Redis.from_url(picture.neighbour_url) as neighbour:
        neighbour.flushall()  # so each asks the database who this is
    ((cut,),) = picture.sql(CUT)

    assert cut >= 3
    assert each_worker_answers(picture, ada) == {200}


def test_a_column_is_added_and_a_type_changed_under_load_and_no_request_fails(
    picture: Picture, ada: Visitor
) -> None:
    before = picture.workers()
    load = Load(picture, ada, least=100)
    with load.running():
        for change in (
            "ADD COLUMN spare text",
            "ALTER COLUMN description TYPE varchar(9000)",
            "DROP COLUMN spare",
        ):
            until(partial(altered, picture, change), f"nobody holds it up: {change}")

    assert load.failed == []
    assert kept(picture, load)
    assert picture.workers() == before


def altered(picture: Picture, change: str) -> bool:
    """Whether it was changed; as a migration does, nobody is held up for longer than a moment."""
    try:
        picture.sql("SET lock_timeout = '1s'", f"ALTER TABLE projects.projects {change}")
    except psycopg.errors.LockNotAvailable:
        return False
    return True
