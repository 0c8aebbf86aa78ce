"""Tiles: a tree that grows in pieces is the tree of all its leaves, and every node is found."""

import pytest

from foundation.audit.proof import tree
from foundation.audit.tiles import Growth, Missing, Nodes, as_tiles, right_edge, spots_of

LEAVES = [tree.leaf_hash(str(number).encode()) for number in range(66_000)]


def grown(*sizes):
    """Grow in steps, each from what the one before stored."""
    stored, size = {}, 0
    growth = Growth.at(0, {})
    for end in sizes:
        growth = Growth.at(size, stored)
        for leaf in LEAVES[size:end]:
            growth.push(leaf)
        stored |= growth.changed
        size = end
    return growth, stored


@pytest.mark.parametrize(
    "sizes", [(1,), (255, 256), (256, 257), (3, 300, 512), (65_536,), (66_000,)]
)
def test_the_root_is_that_of_all_leaves(sizes):
    growth, _ = grown(*sizes)

    assert growth.root() == tree.root_of(LEAVES[: sizes[-1]])
    assert growth.size == sizes[-1]


def test_the_steps_do_not_matter():
    assert grown(1_000)[1] == grown(1, 255, 256, 257, 600, 1_000)[1]


def test_proofs_from_tiles_hold():
    growth, stored = grown(66_000)
    root = growth.root()
    for index in (0, 255, 256, 65_535, 65_536, 65_999):
        proof = tree.inclusion_proof(index, 66_000, Nodes(stored))
        assert tree.is_included(LEAVES[index], index, 66_000, proof, root)
    proof = tree.consistency_proof(700, 66_000, Nodes(stored))
    assert tree.is_consistent(700, 66_000, tree.root_of(LEAVES[:700]), root, proof)


def test_a_proof_of_an_older_size_comes_from_the_tiles_of_the_newer_tree():
    _, stored = grown(1_000)
    proof = tree.inclusion_proof(5, 300, Nodes(stored))

    assert tree.is_included(LEAVES[5], 5, 300, proof, tree.root_of(LEAVES[:300]))


def test_it_is_known_beforehand_which_tiles_a_proof_needs():
    _, stored = grown(66_000)
    wanted = spots_of(lambda node: tree.inclusion_proof(65_999, 66_000, node))

    assert wanted <= stored.keys()
    some = Nodes({spot: stored[spot] for spot in wanted})
    assert tree.inclusion_proof(65_999, 66_000, some)


def test_a_missing_or_short_tile_is_told():
    with pytest.raises(Missing, match="tile 0/1"):
        Nodes({})(0, 300)
    with pytest.raises(Missing):
        Nodes({(0, 0): bytes(32)})(1, 0)
    with pytest.raises(KeyError):
        Growth.at(3, {})


def test_the_right_edge_is_what_is_not_full():
    assert right_edge(0) == []
    assert right_edge(256) == [(1, 0)]
    assert right_edge(257) == [(0, 1), (1, 0)]
    assert right_edge(65_536) == [(2, 0)]


def test_rows_become_tiles():
    assert as_tiles([(0, 1, b"x")]) == {(0, 1): b"x"}
