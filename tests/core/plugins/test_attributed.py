"""What a port gives runs under the giver's id, async or not, and tells the truth about itself."""

from foundation.plugins.attributed import attributed
from foundation.telemetry.acting import acting, acting_plugin


class Counter:
    unit = "piece"

    def who(self):
        return acting_plugin()

    async def count(self, more: int = 0):
        return acting_plugin(), more


async def test_its_methods_run_as_the_givers_and_the_caller_stays_who_it_was():
    counter = attributed(Counter(), "stock")

    with acting("orders"):
        asked = counter.who(), await counter.count(more=2), acting_plugin()

    assert asked == ("stock", ("stock", 2), "orders")


def test_what_is_no_method_is_given_as_it_is():
    assert attributed(Counter(), "stock").unit == "piece"


def test_a_plain_value_stays_itself():
    assert attributed((1, 2), "stock") == (1, 2)
