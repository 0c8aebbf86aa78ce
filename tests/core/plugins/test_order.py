"""Plugins come after what they require, ties go by id, and circles are named."""

from hypothesis import given
from hypothesis import strategies as st

from foundation.plugins.contributions import Manifest
from foundation.plugins.order import ordered, topological
from foundation.plugins.scan import Candidate, Installed


def candidate(id, requires=(), after=(), builtin=False):
    manifest = Manifest(id, id, ">=1", tuple(requires), tuple(after))
    return Candidate(Installed(id, id, id, "1", builtin), manifest)


def names(*candidates):
    return [one.id for one in ordered(candidates).candidates]


def test_what_is_required_comes_first():
    assert names(candidate("a", ["c>=1"]), candidate("b"), candidate("c")) == ["b", "c", "a"]


def test_after_counts_only_for_what_is_there():
    assert names(candidate("a", after=["z"]), candidate("b", after=["gone"]), candidate("z")) == [
        "b",
        "z",
        "a",
    ]


def test_cores_own_come_before_all_others():
    assert names(candidate("a"), candidate("system", builtin=True)) == ["system", "a"]


def test_a_circle_is_told_from_each_member_and_the_rest_goes_on():
    found = ordered([candidate("a", ["b"]), candidate("b", ["a"]), candidate("c", ["a"])])

    assert [one.id for one in found.candidates] == ["c"]
    assert found.circles == {"a": ("a", "b", "a"), "b": ("b", "a", "b")}


def test_a_plugin_that_requires_itself_is_a_circle():
    assert ordered([candidate("a", ["a"])]).circles == {"a": ("a", "a")}


@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_the_order_does_not_depend_on_how_they_are_found(found):
    before = {name: {"e"} if name in "ab" else set() for name in found}

    assert topological(before, rank=lambda name: (True, name)) == ["c", "d", "e", "a", "b"]
