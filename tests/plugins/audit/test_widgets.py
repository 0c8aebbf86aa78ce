"""The widgets of the trail: days that lead to their events, and one's own doing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace

from foundation.audit.activity import Day
from foundation_audit.permissions import READ
from foundation_audit.widgets import ALL, by_day

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass
class Counted:
    """Two days."""

    async def by_day(self, *, now, days):
        assert (now, days) == (NOW, 10)
        return [Day(date(2026, 2, 28), 3, 1), Day(date(2026, 3, 1), 0, 0)]


async def test_each_day_leads_to_its_own_events():
    clock = SimpleNamespace(now=lambda: NOW)

    chart = await by_day(SimpleNamespace(clock=clock, get=lambda port: Counted()))

    assert [point.label for point in chart.points] == ["2026-02-28", "2026-03-01"]
    assert chart.points[0].to == ("/s/audit?since=2026-02-28T00:00:00Z&until=2026-03-01T00:00:00Z")
    assert [(one.tone, one.values) for one in chart.series] == [("info", (3, 0)), ("bad", (1, 0))]


def test_they_are_for_those_who_may_read_the_trail():
    assert {widget.needs for widget in ALL} == {READ}
    assert [widget.key for widget in ALL if widget.shared] == ["activity"]
