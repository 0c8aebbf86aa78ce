"""A name is held by one plugin: core's first, then whoever loaded, is installed, or had it."""

import pytest

from foundation.plugins.claims import Claims
from foundation.plugins.memory import NO_MEMORY, Memory, Remembered, Snapshot
from foundation.ports import Port


@pytest.fixture
def claims():
    row = Remembered("creds", "d", "1", "C", "started", Snapshot(prefixes=("vault",)), None, None)
    return Claims(
        installed=frozenset({"orders", "stock", "creds"}),
        memory=Memory({"creds": row}),
        prefixes={"carts": "orders"},
        ports={("stock.counter", 1): "stock"},
    )


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("users", "Foundation's own"),
        ("carts", "belongs to orders"),
        ("stock", "belongs to stock"),
        ("vault", "belongs to creds"),
    ],
)
def test_a_prefix_of_somebody_else_is_held(claims, prefix, words):
    assert words in claims.prefix_holder(prefix, asker="newcomer", builtin=False)


@pytest.mark.parametrize(
    ("prefix", "asker"),
    [("free", "orders"), ("carts", "orders"), ("stock", "stock"), ("vault", "creds")],
)
def test_a_free_prefix_and_ones_own_are_not(claims, prefix, asker):
    assert claims.prefix_holder(prefix, asker=asker, builtin=False) is None


def test_a_prefix_of_a_plugin_that_is_gone_is_free(claims):
    gone = Claims(installed=frozenset({"newcomer"}), memory=claims.memory)

    assert gone.prefix_holder("vault", asker="newcomer", builtin=False) is None


def test_core_may_have_cores_prefixes():
    claims = Claims(installed=frozenset(), memory=NO_MEMORY)

    assert claims.prefix_holder("users", asker="accounts", builtin=True) is None


def test_a_port_is_held_by_name_and_major(claims):
    assert claims.port_holder(Port("stock.counter", 1)) == "stock"
    assert claims.port_holder(Port("stock.counter", 2)) is None
    assert claims.port_holder(Port("core.trail", 1)) == "core"


@pytest.mark.parametrize(
    ("section", "asker", "holder"),
    [("carts", "newcomer", "orders"), ("carts", "orders", None), ("free", "newcomer", None)],
)
def test_a_section_belongs_to_whoever_the_ledger_says_while_that_is_installed(
    section, asker, holder
):
    memory = Memory(claims={("section", "carts"): "orders", ("section", "free"): "gone"})
    claims = Claims(installed=frozenset({"orders"}), memory=memory)

    assert claims.section_holder(section, asker=asker) == holder


def test_a_prefix_in_the_ledger_is_held_even_without_a_snapshot():
    memory = Memory(claims={("prefix", "carts"): "orders"})

    assert memory.holder_of("carts") == "orders"
