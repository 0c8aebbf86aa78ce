"""The connections of every part are summed, and a server without room for them is refused."""

from pathlib import Path

import pytest
import yaml

from foundation.cli.room import examine_room, room_of, wanted
from foundation.settings import read_settings

DEPLOY = Path(__file__).parents[3] / "deploy"
RESERVED = 3
"""What PostgreSQL keeps back for its superuser unless told otherwise."""


@pytest.fixture
def settings(foundation_environ):
    return lambda **more: read_settings(foundation_environ | more)


def test_every_part_counts_at_the_moment_of_a_roll(settings):
    three = wanted(settings())
    more = wanted(settings(FOUNDATION_WORKERS="4", FOUNDATION_RUN_SLOTS="3"))

    assert (three["3 workers"], three["one that is rolled in"]) == (27, 9)
    assert sum(more.values()) - sum(three.values()) == 9 + 1


def test_a_server_of_twenty_connections_is_refused_with_what_each_part_wants(settings):
    what, state, why = examine_room(settings(), 20)

    assert (what, state) == ("connections", "bad")
    assert "3 workers 27" in why
    assert "lower FOUNDATION_WORKERS" in why


def test_the_server_of_compose_has_room_for_all_of_it(settings):
    words = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]["db"][
        "command"
    ]
    (most,) = [int(word.partition("=")[2]) for word in words if word.startswith("max_connections=")]

    assert examine_room(settings(), most - RESERVED)[1] == "ok"
    assert examine_room(settings(), sum(wanted(settings()).values()) - 1)[1] == "bad"


async def test_what_the_server_keeps_back_is_not_counted(core_database):
    async with core_database.reading() as db:
        there = await room_of(db)
        said = (await (await db.connection()).exec_driver_sql("SHOW max_connections")).scalar_one()

    assert there == int(said) - RESERVED
