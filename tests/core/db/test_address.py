"""Database addresses: what is taken, what is refused, and that no refusal tells a secret."""

import pytest

from foundation.db.address import BadAddress, Unreachable, direct_engine, engine_url, place
from foundation.secret import Secret


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ("postgresql://u:p@host/name", {}),
        ("postgres://u:p@host/name", {}),
        ("postgresql+asyncpg://u:p@host/name", {}),
        ("postgresql://u:p@host/name?sslmode=require", {"ssl": "require"}),
        (
            "postgresql://u:p@/name?host=/run/pg&connect_timeout=9",
            {"host": "/run/pg", "timeout": "9"},
        ),
    ],
)
def test_what_libpq_takes_is_taken(given, query):
    url = engine_url(Secret(given))

    assert url.drivername == "postgresql+asyncpg"
    assert (url.database, dict(url.query)) == ("name", query)


@pytest.mark.parametrize(
    "given", ["", "hunter2", "mysql://u:hunter2@h/n", "postgresql://u:hunter2@h:x/n"]
)
def test_another_text_is_refused_without_telling_it(given):
    with pytest.raises(BadAddress) as refused:
        engine_url(Secret(given))

    assert "postgresql://" in str(refused.value)
    assert "hunter2" not in str(refused.value)


def test_a_place_names_neither_user_nor_password():
    assert (
        place(Secret("postgresql://bob:hunter2@db.example.org:5433/ops"))
        == "db.example.org:5433/ops"
    )
    assert place(Secret("postgresql://bob:hunter2@/ops?host=/run/pg")) == "/run/pg/ops"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgresql://u:hunter2@127.0.0.1:1/x", "Connection refused"),
        ("postgresql://u:hunter2@/x?host=/nowhere", "No such file or directory"),
    ],
)
async def test_a_server_that_is_not_there_is_unreachable_with_the_reason(url, reason):
    with pytest.raises(Unreachable) as away:
        await _connect(Secret(url))

    assert away.value.reason == reason
    assert away.value.status == 503
    assert away.value.headers == {"Retry-After": "2"}


async def test_a_wrong_password_is_unreachable_and_not_shown(empty_database_url):
    wrong = engine_url(empty_database_url).set(password="hunter2", drivername="postgresql")

    with pytest.raises(Unreachable, match="cannot be reached") as away:
        await _connect(Secret(wrong.render_as_string(hide_password=False)))

    assert "password authentication failed" in away.value.reason
    assert "hunter2" not in away.value.reason


async def test_a_server_that_does_not_answer_is_given_up(silent_port):
    with pytest.raises(Unreachable) as away:
        await _connect(Secret(f"postgresql://u:p@127.0.0.1:{silent_port}/x?connect_timeout=0.2"))

    assert away.value.reason == "no answer within 0.2 s"


async def _connect(url: Secret) -> None:
    engine = direct_engine(url, application_name="foundation/tests", server={})
    async with engine.connect():
        raise AssertionError("it connected")
