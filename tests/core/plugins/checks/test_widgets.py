"""A widget that cannot be drawn is refused at load, by its name."""

import pytest

from foundation.auth.permissions import Permission, Public, SignedIn
from foundation.plugins.checks.widgets import widget_problems
from foundation.plugins.contributions import Widget
from foundation.plugins.shapes import Figures

READ = Permission("orders:order:read", "Read")


async def look(ctx):
    return Figures(items=())


def no_coroutine(ctx):
    return Figures(items=())


def widget(**changed):
    told = {"key": "late", "title": "Late orders", "look": look, "needs": READ} | changed
    return Widget(**told)


def problems(*widgets):
    return widget_problems(widgets, permissions={READ.name})


def test_a_good_widget_is_taken():
    assert problems(widget(), widget(key="all", needs=SignedIn("a test"), to="/s/orders")) == []


def test_a_key_is_given_once():
    assert problems(widget(), widget()) == ["widget 'late' is declared twice"]


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"key": "Late"}, "is not named in lower case"),
        ({"title": ""}, "has a title that is empty or longer than 60 letters"),
        ({"look": no_coroutine}, "looks with something that is no async function"),
        ({"size": "xl"}, "has the size 'xl'; there are s, m and l"),
        ({"to": "//elsewhere.test"}, "leads to '//elsewhere.test', which is no address here"),
        (
            {"needs": Permission("stock:item:read", "Read")},
            "needs 'stock:item:read', which this plugin does not declare",
        ),
        ({"needs": Public("everybody")}, "does not say whom it is for"),
    ],
)
def test_what_is_wrong_is_named(changed, says):
    (told,) = problems(widget(**changed))

    assert told == f"widget {changed.get('key', 'late')!r} {says}"
