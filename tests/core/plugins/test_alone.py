"""One plugin alone: what it names comes with it, its neighbours are not even imported."""

import sys

from foundation.plugins.alone import load_alone
from foundation.plugins.memory import NO_MEMORY

PORT = """
PORT = Port("{offerer}.thing", 1)

@hook
def services():
    return Services({what})
"""


def alone(yard, id, **environ):
    registry = load_alone(
        id,
        yard.choice(),
        installed=yard.installed,
        environ=environ,
        memory=NO_MEMORY,
        dangerous={},
    )
    return {one.id: str(one.state) for one in registry.plugins if not one.builtin}


def test_what_it_requires_comes_after_and_asks_ports_of_is_loaded_and_no_other(yard):
    yard.write("orders", PORT.format(offerer="vault", what="wants=(PORT,)"), more='after=("mail",)')
    yard.write("mail", more='requires=("queue>=1",)')
    yard.write("queue")
    yard.write("vault", PORT.format(offerer="vault", what="offers=(Offer(PORT, lambda _: 1),)"))
    yard.write("stranger")
    yard.add("exits")

    assert alone(yard, "orders") == dict.fromkeys(("queue", "mail", "vault", "orders"), "started")
    assert not {"foundation_stranger", "foundation_exits"} & sys.modules.keys()


def test_what_is_named_and_not_installed_is_missing(yard):
    yard.write("orders", more='requires=("absent",), after=("nobody",)')

    assert alone(yard, "orders") == {"orders": "missing_dependency"}


def test_a_variable_of_a_neighbour_is_no_misspelt_one_of_its_own(yard):
    body = "\nclass Mine(PluginSettings):\n    word: str = ''\n\n@hook\ndef settings():\n"
    yard.write("orders", f"{body}    return Mine\n")
    yard.write("orders_more", f"{body}    return Mine\n")

    assert alone(yard, "orders", FOUNDATION_ORDERS_MORE_WORD="x") == {"orders": "started"}


def test_an_id_that_nobody_has_loads_nothing(yard):
    yard.write("orders")

    assert alone(yard, "sredro") == {}
