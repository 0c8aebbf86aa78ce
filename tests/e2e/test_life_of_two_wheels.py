"""Wheels come, are upgraded, go back and leave on a live system, while all else answers.

A roll of three workers takes some seconds, so each shows a step of every plugin's life.
"""

import asyncio
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from foundation.db.history import Owner, read_history
from foundation.db.migrate import core_owner
from foundation.testing.postgres import TestServer

from .deployment import Deployment
from .life_wheels import CORE_REVISION, etl, keeping
from .visitor import Answer, Visitor

NEXT = "foundation_ffffffff"
OTHERS = ("projects", "creds", "audit")
FIRST, SECOND = [{"name": "first"}], [{"name": "first", "colour": "grey"}]


@pytest.fixture
def live(postgres: TestServer, installed_owners: tuple[Owner, ...]) -> Iterator[Deployment]:
    """Three workers on a database that is up to date."""
    url = asyncio.run(postgres.create(installed_owners))
    with Deployment(url) as deployment:
        deployment.done("db", "upgrade")
        deployment.serve()
        yield deployment
    asyncio.run(postgres.drop(url))


@contextmanager
def asking(visitor: Visitor) -> Iterator[Counter[Any]]:
    """Ask the other sections again and again during the block; count what they answer."""
    answers: Counter[Any] = Counter()
    over = threading.Event()

    def ask() -> None:
        while not over.wait(0.3):
            for name in OTHERS:
                try:
                    answers[visitor.get(f"/api/{name}").status] += 1
                except OSError as cut:
                    answers[repr(cut)] += 1

    asker = threading.Thread(target=ask)
    asker.start()
    try:
        yield answers
    finally:
        over.set()
        asker.join()


def told(answer: Answer) -> tuple[int, str, str]:
    """Return the status, code and command of a problem."""
    return answer.status, answer.json["code"], answer.json["command"]


def items(visitor: Visitor, id: str) -> list[Any]:
    """Return what a plugin keeps."""
    got = visitor.get(f"/api/{id}")
    assert got.status == 200, got.body
    return list(got.json["items"])


def section(visitor: Visitor, id: str) -> tuple[str, str]:
    """Return who has a section, and what kind of page it shows."""
    sections = visitor.get("/api/shell").json["sections"]
    return next((one["plugin"], one["ui"]["kind"]) for one in sections if one["id"] == id)


def test_wheels_live_their_whole_life_beside_sections_that_keep_answering(
    live: Deployment,
) -> None:
    present = read_history(core_owner()).head
    ada = Visitor(live.address)
    ada.sign_in("admin")
    with asking(Visitor(live.address, dict(ada.cookies))) as answers:
        assert section(ada, "etl") == ("etl_stub", "placeholder")
        live.install(keeping("forks", release=1), keeping("spoons", release=2), etl())
        live.done("db", "upgrade")
        live.roll()
        for id in ("forks", "spoons"):
            assert ada.post(f"/api/{id}", {"name": "first"}).status == 201
        assert (items(ada, "forks"), items(ada, "spoons")) == (FIRST, SECOND)
        assert section(ada, "etl") == ("etl", "resource")

        live.done("db", "downgrade", "spoons", "--to", "spoons_00000001", "--yes")
        live.install(
            keeping("forks", release=2), keeping("spoons", release=1), etl("import nope\n", "0.2.0")
        )
        live.roll()
        mend = "foundation db upgrade --plugin forks"
        assert told(ada.get("/api/forks")) == (503, "plugin_needs_migration", mend)
        assert items(ada, "spoons") == FIRST
        assert section(ada, "etl") == ("etl", "fault")

        live.release_core(NEXT, CORE_REVISION.format(revision=NEXT, after=present))
        applied = live.done(*mend.split()[1:])
        assert f"foundation: 1 revision applied, now at {NEXT}" in applied
        live.pip("uninstall", "--yes", "foundation-spoons", "foundation-etl")
        live.roll()
        assert items(ada, "forks") == SECOND
        assert ada.get("/api/spoons").status == 404
        assert section(ada, "etl") == ("etl_stub", "placeholder")
        live.done("db", "downgrade", "foundation", "--to", present, "--yes")
        assert items(ada, "forks") == SECOND
        purged = live.done("plugin", "purge", "spoons", "--yes", "spoons")
        assert "deleted 1 tables with 1 rows" in purged
    assert set(answers) == {200}, answers
    assert answers[200] > 20

    (row,) = ada.get("/api/audit?type=spoons").json["items"]
    assert (row["title"], row["installed"]) == ("Item kept", False)

    live.pip("uninstall", "--yes", "foundation-forks")
    assert live.stop() == 0
    live.done("plugin", "purge", "forks", "--yes", "forks")
    assert live.rows("SELECT 1 FROM pg_namespace WHERE nspname IN ('forks', 'spoons')") == []
