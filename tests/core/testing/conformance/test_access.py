"""A route that lets in whom it should not is seen."""

from types import SimpleNamespace

import pytest

from foundation.testing.conformance import access


class Open:
    """Answers whoever asks."""

    async def send(self, method, path, **options):
        return SimpleNamespace(status=200)


def _plan(url):
    return SimpleNamespace(route=SimpleNamespace(method="GET"), url=url)


async def test_an_answer_other_than_the_refusal_is_named_with_its_route():
    wrong = await access._wrong(Open(), [_plan("/api/x/{id}")], wanted={401})

    assert wrong == {"GET /api/x/{id}": 200}


@pytest.mark.parametrize("status", [401, 403, 500])
async def test_a_closed_door_and_a_fault_are_named(status):
    class Faulty(Open):
        async def send(self, method, path, **options):
            return SimpleNamespace(status=status)

    assert await access._faults(Faulty(), [_plan("/api/x")]) == {"GET /api/x": status}


def test_a_part_of_a_path_is_some_id():
    assert access._path(_plan("/api/x/{id}/y")) == f"/api/x/{access.ANY_ID}/y"
