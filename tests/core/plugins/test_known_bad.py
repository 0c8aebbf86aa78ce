"""A version that is known bad is refused before its code runs, unless the settings allow it."""

import sys

import pytest

from foundation.plugins.known_bad import BUNDLED, find_bad, read_known_bad
from foundation.plugins.registry import State
from foundation.settings import SettingsRefused

LIST = """
[[bad]]
dist = "Foundation_Orders"
range = ">=1.0,<1.2"
reason = "loses orders"
thread = "https://example.org/17"
good = "1.2"
"""


@pytest.fixture
def listed(tmp_path):
    file = tmp_path / "bad.toml"
    file.write_text(LIST)
    return file


def test_the_bundled_list_can_be_read(yard):
    assert BUNDLED.is_file()
    assert read_known_bad(yard.choice()) == ()


@pytest.mark.parametrize(("version", "is_bad"), [("0.9", False), ("1.1", True), ("1.2", False)])
def test_a_version_in_the_range_is_found_however_its_name_is_spelt(yard, listed, version, is_bad):
    known = read_known_bad(yard.choice(plugins_known_bad=listed))

    assert (find_bad(known, "foundation-orders", version) is not None) is is_bad


def test_a_known_bad_plugin_is_incompatible_and_not_imported(yard, listed):
    yard.write("orders", version="1.1")

    orders = yard.load(plugins_known_bad=listed).find("orders")

    assert orders.state is State.INCOMPATIBLE
    assert "loses orders (https://example.org/17)" in orders.reason
    assert orders.mend == 'pip install --upgrade "Foundation_Orders>=1.2"'
    assert "foundation_orders" not in sys.modules


def test_an_allowed_one_starts_and_says_why_it_should_not(yard, listed):
    yard.write("orders", version="1.1")

    orders = yard.load(plugins_known_bad=listed, plugins_allow_known_bad=("orders",)).find("orders")

    assert orders.is_started
    assert "loses orders" in orders.allowed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[bad]", "cannot be read"),
        ('[[bad]]\ndist = "x"\nrange = "about 2"\nreason = "y"', "give a range such as"),
        ('[[bad]]\ndist = "x"', "range"),
        (None, "No such file"),
    ],
)
def test_a_list_that_cannot_be_read_is_a_wrong_setting(yard, tmp_path, text, words):
    file = tmp_path / "list.toml"
    if text is not None:
        file.write_text(text)

    with pytest.raises(SettingsRefused) as refused:
        read_known_bad(yard.choice(plugins_known_bad=file))

    (line,) = refused.value.problems
    assert line.startswith("FOUNDATION_PLUGINS_KNOWN_BAD: ")
    assert words in line
