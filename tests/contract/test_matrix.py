"""The matrix in docs/reference/permissions.md is what the product does, asked route by route."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from foundation import ids
from foundation.testing.people import anonymous

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "permissions.md"
ROW = re.compile(r"^\| `(GET|POST|PUT|PATCH|DELETE) (/api/\S*)` \|(.*)\|$", re.MULTILINE)
LEAVES = "POST /api/auth/logout"
WHO = ("stranger", "no role", "viewer", "operator", "admin", "token")


def rows() -> dict[str, tuple[str, ...]]:
    """Return what each route says to each of `WHO`."""
    return {
        f"{method} {path}": tuple(cell.strip() for cell in cells.split("|"))
        for method, path, cells in ROW.findall(PAGE.read_text("utf-8"))
    }


@pytest.fixture(scope="module", autouse=True)
def examples_are_installed() -> None:
    """Let none be: the matrix is of what is bundled."""


@pytest.fixture
async def people(app, client_as):
    """One client for each column of the matrix, signed in now; and the same, hours ago."""
    fresh = {"stranger": anonymous(app), "no role": await client_as(None)}
    stale = {"stranger": anonymous(app)}
    for role in ("viewer", "operator", "admin"):
        fresh[role] = await client_as(role)
    for who, role in (("no role", None), *((one, one) for one in WHO[2:5])):
        stale[who] = await client_as(role, signed_in_ago=timedelta(hours=1))
    scopes = [right.name for right in app.registry.permissions if not right.sensitive]
    made = await fresh["admin"].post("/api/me/tokens", {"name": "all", "scopes": scopes})
    for some in (fresh, stale):
        some["token"] = anonymous(app)
        some["token"].headers["authorization"] = f"Bearer {made.json['token']}"
    return fresh, stale


async def ask(client, route: str):
    """Ask for *route* about nothing, with a body that no route takes: only the door answers."""
    method, _, path = route.partition(" ")
    about = re.sub(r"\{[a-z_]+\}", str(ids.uuid7()), path)
    body = {"json": {"nobodys": 1}} if method != "GET" else {}
    version = {"if_match": 99} if method in {"PUT", "PATCH", "DELETE"} else {}
    return await client.send(method, about, **body, **version)


def test_every_route_has_a_row(app) -> None:
    assert {f"{plan.route.method} {plan.url}" for plan in app.plans} == set(rows())


async def test_each_route_lets_in_whom_the_matrix_names(people) -> None:
    fresh, stale = people
    for route, cells in rows().items():
        if route == LEAVES:
            continue
        for who, cell in zip(WHO, cells, strict=True):
            got = await ask(fresh[who], route)
            refused = got.code if got.status in {401, 403} else ""
            want = "" if cell else "unauthenticated" if who == "stranger" else "forbidden"
            assert refused == want, (route, who, got.status, got.code)
            if cell == "fresh":
                late = await ask(stale[who], route)
                assert late.code == "step_up_required", (route, who, late.status)
