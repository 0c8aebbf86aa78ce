"""A link that leaves the own network has to be encrypted, and its other end has to prove itself."""

import pytest

from foundation.cli.links import examine_links, is_near
from foundation.secret import Secret

FAR = "postgresql://u:canary@db.example.org/x"


@pytest.fixture
def states(kit):
    def look(database: str, redis: str | None = None) -> list[str]:
        given = {"redis_url": Secret(redis)} if redis else {}
        found = examine_links(kit.make_settings(database_url=Secret(database), **given))
        assert "canary" not in str(found)
        return [state for _, state, _ in found]

    return look


def test_a_far_database_is_warned_of_unless_its_certificate_is_checked(states) -> None:
    assert states(FAR) == ["warn"]
    assert states(f"{FAR}?sslmode=require") == ["warn"]
    assert states(f"{FAR}?sslmode=verify-full") == ["ok"]
    assert states("postgresql://u:p@/x?host=/run/postgresql") == ["ok"]


def test_a_far_redis_is_warned_of_unless_it_is_encrypted(states) -> None:
    near = "postgresql://u:p@postgres/x"
    assert states(near, "redis://:canary@cache.example.org/0") == ["ok", "warn"]
    assert states(near, "rediss://:canary@cache.example.org/0") == ["ok", "ok"]
    assert states(near, "redis://redis:6379/0") == ["ok", "ok"]


def test_near_is_a_socket_this_machine_or_an_own_network() -> None:
    assert all(map(is_near, ("/run/x", "localhost", "::1", "10.0.0.7", "172.18.0.2", "redis")))
    assert not any(map(is_near, ("8.8.8.8", "db.example.org", "2606:4700::1")))
