"""The shapes of a widget: closed, so that the shell can draw each, and exact."""

import pytest
from pydantic import ValidationError

from foundation.plugins.shapes import Chart, ChartPoint, Figure, Figures, Series, Step


@pytest.mark.parametrize("to", ["//elsewhere.test", "https://elsewhere.test", "s/orders", "/a b"])
def test_a_link_stays_in_foundation(to):
    with pytest.raises(ValidationError):
        Step(title="Look", done=False, to=to)


@pytest.mark.parametrize("to", ["/", "/s/orders?late=true"])
def test_a_link_may_hold_a_filter(to):
    assert Figure(label="Late", value=1, to=to).to == to


def test_an_unknown_field_is_a_fault_of_the_author():
    with pytest.raises(ValidationError):
        Figure.model_validate({"label": "Late", "value": 1, "colour": "red"})


def test_a_series_has_as_many_values_as_there_are_points():
    points = (ChartPoint(label="Mon"), ChartPoint(label="Tue"))

    Chart(unit="orders", points=points, series=(Series(name="a", values=(1, 2)),))
    with pytest.raises(ValidationError):
        Chart(unit="orders", points=points, series=(Series(name="a", values=(1,)),))


def test_a_card_does_not_grow_without_end():
    with pytest.raises(ValidationError):
        Figures(items=tuple(Figure(label=str(n), value=n) for n in range(21)))
