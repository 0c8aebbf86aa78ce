"""A manifest is read from the source, and every fault in it is told without running anything."""

import sys

import pytest

from foundation.plugins.contributions import Manifest
from foundation.plugins.manifest import ManifestRefused, read_manifest, source_of


@pytest.fixture
def read(yard):
    """Write a plugin file as it stands and read its manifest."""

    def write_and_read(text, *, id="orders", builtin=False):
        yard.write(id)
        (yard.folder / f"foundation_{id}" / "plugin.py").write_text(text)
        return read_manifest(id, f"foundation_{id}.plugin", builtin=builtin)

    return write_and_read


def test_it_is_read_without_importing_the_plugin(read):
    found = read(
        'raise SystemExit("run")\n'
        'manifest: Manifest = Manifest(id="orders", title="Orders", api=">=1.0,<2",'
        ' requires=("projects>=1.1",), after=("audit",), owner="a@b", docs="x.md")\n'
    )

    assert found == Manifest(
        "orders", "Orders", ">=1.0,<2", ("projects>=1.1",), ("audit",), "a@b", "x.md"
    )
    assert "foundation_orders" not in sys.modules


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("", "has no line manifest = Manifest(...)"),
        ("manifest = None", "has no line"),
        ("manifest = Manifest(", "cannot be read"),
        ('manifest = Manifest("orders", title="O", api=">=1")', "name every field"),
        ('manifest = Manifest(id="orders", title="O", api=">=1", colour="red")', "no field colour"),
        ('manifest = Manifest(id="orders", title="O", **more)', "no field **"),
        ('manifest = Manifest(id="orders", title="O")', "has no api"),
        ('manifest = Manifest(id="orders", title="O" + x, api=">=1")', "title is computed"),
        ('manifest = Manifest(id="orders", title=3, api=">=1")', "title is a text, not 3"),
        ('manifest = Manifest(id="orders", title="O", api=">=1", after="x")', "after is a tuple"),
        ('manifest = Manifest(id="order", title="O", api=">=1")', "says 'orders', the manifest"),
        ('manifest = Manifest(id="orders", title="", api=">=1")', "1 to 40 characters"),
        ('manifest = Manifest(id="orders", title="O", api="one")', "not a version range"),
        ('manifest = Manifest(id="orders", title="O", api=">=1", requires=("a b",))', "'a b'"),
    ],
)
def test_a_wrong_manifest_says_what_is_wrong(read, line, word):
    with pytest.raises(ManifestRefused) as refused:
        read(line + "\n")

    assert word in str(refused.value)


@pytest.mark.parametrize("id", ["pg_things", "public", "foundation", "plugins"])
def test_a_reserved_id_is_for_core_alone(read, id):
    text = f'manifest = Manifest(id="{id}", title="T", api=">=1")\n'

    assert read(text, id=id, builtin=True).id == id
    with pytest.raises(ManifestRefused, match="reserved"):
        read(text, id=id)


@pytest.mark.parametrize("id", ["Orders", "o", "1orders", "x" * 21])
def test_an_id_has_one_form(read, id):
    with pytest.raises(ManifestRefused, match="does not match"):
        read(f'manifest = Manifest(id="{id}", title="T", api=">=1")\n', id=id)


def test_a_package_may_hold_the_plugin_in_its_init(yard):
    folder = yard.folder / "foundation_orders"
    folder.mkdir()
    (folder / "__init__.py").write_text("")

    assert source_of("foundation_orders") == folder / "__init__.py"


@pytest.mark.parametrize("module", ["foundation_nowhere.plugin", "foundation.nowhere"])
def test_a_module_that_is_not_there_is_told(module):
    with pytest.raises(ManifestRefused, match="not installed|does not exist"):
        source_of(module)
