"""A subscription has a name, names events of others, and an async handler."""

import pytest

from foundation.plugins.checks.subscriptions import subscription_problems
from foundation.sdk import Subscription


async def hear(ctx, event): ...


def test_a_right_subscription_has_no_problem():
    right = Subscription("mirror", ("projects.project.created", "nobody.was.here"), hear)

    assert subscription_problems("crm", [right]) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (Subscription("Mirror", ("projects.project.created",), hear), "lower case"),
        (Subscription("mirror", (), hear), "names no event"),
        (Subscription("mirror", ("projects",), hear), "not x.thing.verbed"),
        (Subscription("mirror", ("crm.customer.added",), hear), "its own event"),
        (Subscription("mirror", ("a.b.c",), print), "no async function"),
        (Subscription("mirror", ("a.b.c",), hear, timeout_s=0), "timeout_s below 1"),
    ],
)
def test_a_wrong_one_says_what_is_wrong(wrong, words):
    (problem,) = subscription_problems("crm", [wrong])

    assert words in problem


def test_a_name_is_declared_once():
    one = Subscription("mirror", ("a.b.c",), hear)

    assert subscription_problems("crm", [one, one]) == ["subscription 'mirror' is declared twice"]
