"""First steps: one card out of all plugins' checklists."""

from foundation.builtin.dashboard.steps import steps_of
from foundation.plugins.board import Card
from foundation.plugins.shapes import Checklist, Figures, Step


def _card(shown, error=""):
    return Card("orders", None, shown, error)


def test_the_steps_of_all_checklists_stand_in_the_order_of_the_cards():
    first, second = (Step(title=title, done=False, to="/") for title in ("A", "B"))
    cards = [
        _card(Checklist(steps=(first,))),
        _card(Figures(items=())),
        _card(None, "failed"),
        _card(Checklist(steps=(second,))),
    ]

    assert steps_of(cards) == (first, second)
