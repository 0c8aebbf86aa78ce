"""What the API shows of plugins and of the parts of the process."""

from datetime import UTC, datetime

import pytest

from foundation.auth.permissions import Permission, Public
from foundation.builtin.system.views import health_view, plugins_view
from foundation.http.router import Router
from foundation.plugins.added import Contributions
from foundation.plugins.contributions import Manifest
from foundation.plugins.memory import Memory, Remembered, SectionSnapshot, Snapshot
from foundation.plugins.registry import Loaded, Refusal, Registry, State
from foundation.plugins.running import Running
from foundation.plugins.shared import SharedMap
from foundation.ports import Part

WHEN = datetime(2026, 5, 1, tzinfo=UTC)


async def nothing(ctx): ...


@pytest.fixture
def items():
    router = Router("orders")
    router.get("/", needs=Public("prices are public"))(nothing)
    router.post("/", needs=Permission("orders:order:write", "Write"))(nothing)
    orders = Loaded(
        "orders",
        "foundation-orders",
        "1.0",
        State.STARTED,
        "Orders",
        manifest=Manifest("orders", "Orders", ">=1", owner="Ada"),
        contributions=Contributions(routers=(router,)),
        refused=(Refusal("page", "imports 'lodash'"),),
        start_ms=3.5,
    )
    down = Loaded("down", "d", "1", State.FAILED, reason="boom", mend="do it", trace="Traceback")
    seen = SectionSnapshot(section="gone", title="Gone", icon="box", group="main", weight=1)
    snapshot = Snapshot(sections=(seen,), prefixes=("gone",))
    rows = {
        "gone": Remembered("gone", "foundation-gone", "2", "Gone", "removed", snapshot, WHEN, WHEN),
        "down": Remembered("down", "d", "1", "Down", "failed", Snapshot(), WHEN, WHEN),
    }
    running = Running(
        Registry((orders, down), Memory(rows)), SharedMap(), "production", ("orders",)
    )
    return {item.id: item for item in plugins_view(running).items}


def test_a_started_plugin_shows_what_it_adds(items):
    orders = items["orders"]

    assert (orders.state, orders.required, orders.owner) == ("started", True, "Ada")
    assert (orders.reason, orders.mend, orders.trace) == (None, None, None)
    assert orders.prefixes == ["orders"]
    assert [(part.part, part.reason) for part in orders.refused] == [("page", "imports 'lodash'")]


def test_open_routes_are_listed_with_their_reason(items):
    (route,) = items["orders"].public

    assert (route.method, route.path, route.reason) == ("GET", "/api/orders", "prices are public")


def test_a_broken_plugin_shows_why_and_since_when(items):
    down = items["down"]

    assert (down.reason, down.mend, down.trace) == ("boom", "do it", "Traceback")
    assert down.since == WHEN.isoformat()


def test_a_plugin_that_is_gone_is_listed_last_with_its_way_back(items):
    assert list(items)[-1] == "gone"
    assert (items["gone"].state, items["gone"].mend) == ("removed", "pip install foundation-gone")
    assert items["gone"].sections == ["gone"]


@pytest.mark.parametrize(
    ("parts", "ready"),
    [
        ([Part("a", ok=True)], True),
        ([Part("a", ok=False, required=False)], True),
        ([Part("a", ok=False), Part("b", ok=True)], False),
        ([], True),
    ],
)
def test_only_required_parts_decide_readiness(parts, ready):
    assert health_view(parts, with_detail=False).ready is ready


def test_details_are_not_for_strangers():
    parts = [Part("redis", ok=False, detail="10.0.0.7 refuses")]

    (stranger,) = health_view(parts, with_detail=False).parts
    (known,) = health_view(parts, with_detail=True).parts

    assert (stranger.detail, known.detail) == (None, "10.0.0.7 refuses")
