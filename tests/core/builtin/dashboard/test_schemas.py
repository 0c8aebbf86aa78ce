"""What the dashboard reads is what the API declares."""

import re
from pathlib import Path

import pytest

from foundation.builtin.dashboard.schemas import CardView, DashboardView

WIRE = Path(__file__).parents[4] / "web" / "src" / "sections" / "dashboard" / "types.ts"


@pytest.mark.parametrize(("view", "name"), [(DashboardView, "DashboardView"), (CardView, "Card")])
def test_the_shell_reads_no_field_that_is_not_sent(view, name):
    declared = re.search(rf"type {name} = \{{(.*?)\}};", WIRE.read_text("utf-8"), re.DOTALL).group(
        1
    )
    read = set(re.findall(r"(\w+)\??:", declared))

    assert read
    assert read <= view.model_fields.keys()
