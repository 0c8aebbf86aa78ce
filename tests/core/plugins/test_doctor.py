"""The doctor names what is amiss, each with the command that mends it."""

from datetime import UTC, datetime

import pytest

from foundation.plugins.doctor import Facts, diagnose
from foundation.plugins.quarantine import Kept
from foundation.plugins.registry import Loaded, Registry, State

WHEN = datetime(2026, 5, 1, tzinfo=UTC)
HERE = Registry((Loaded("orders", "foundation-orders", "1", State.STARTED),))
SOUND = {
    "schemas": ("foundation", "orders"),
    "known": {"orders": "started"},
    "claims": {"orders": 3, "accounts": 2},
    "workers": {"host:1": "plan"},
    "kept": (),
}


def found(changed=None, clashes=(), **facts):
    told = diagnose(
        HERE, Facts(**(SOUND | facts)), plan="plan", changed=changed or {}, clashes=clashes
    )
    return [(one.about, one.problem, one.mend) for one in told]


def test_where_all_is_well_nothing_is_found():
    assert found() == []


@pytest.mark.parametrize(
    ("facts", "about", "words", "mend"),
    [
        (
            {"schemas": ("gone",), "known": {"gone": "removed"}},
            "gone",
            "its tables are here",
            "foundation plugin purge gone",
        ),
        ({"schemas": ("odd",)}, "odd", "no plugin", 'DROP SCHEMA "odd", if nobody needs it'),
        ({"claims": {"gone": 1}}, "gone", "holds 1 name", "foundation plugin purge gone"),
        (
            {"workers": {"host:1": "plan", "host:2": "other"}},
            "worker host:2",
            "runs other plugins",
            "kill -HUP <pid of the supervisor>",
        ),
        (
            {"changed": {"foundation-orders": ["a.js", "b", "c", "d"]}},
            "foundation-orders",
            "a.js, b, c and 1 more",
            "pip install --force-reinstall foundation-orders",
        ),
        ({"clashes": ["x needs y"]}, "packages", "x needs y", "pip check"),
        (
            {"kept": (Kept("orders", "routes", "too much", WHEN, WHEN),)},
            "orders",
            "routes is in quarantine: too much",
            "foundation plugin enable orders --rearm",
        ),
    ],
)
def test_each_finding_has_its_command(facts, about, words, mend):
    (one,) = found(**facts)

    assert (one[0], words in one[1], one[2]) == (about, True, mend)
