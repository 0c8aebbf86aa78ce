"""The tree agrees with published vectors and with an independent implementation."""

import functools
import hashlib

import pymerkle
import pytest

from foundation.audit.proof import tree

# The leaves and roots of the reference tests of Certificate Transparency (RFC 6962).
INPUTS = [
    bytes.fromhex(each)
    for each in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAVES = [tree.leaf_hash(f"leaf {number}".encode()) for number in range(300)]


def nodes(leaves):
    """Find nodes by computing them."""
    return lambda level, at: tree.root_of(leaves[at << level : (at + 1) << level])


@pytest.fixture(scope="module")
def oracle():
    log = pymerkle.InmemoryTree(algorithm="sha256")
    for number in range(len(LEAVES)):
        log.append_entry(f"leaf {number}".encode())
    return log


def test_published_roots_are_ours():
    hashes = [tree.leaf_hash(each) for each in INPUTS]

    assert [tree.root_of(hashes[: n + 1]).hex() for n in range(8)] == list(ROOTS)
    assert tree.root_of([]) == hashlib.sha256(b"").digest()


def test_published_proofs_are_ours():
    find = nodes([tree.leaf_hash(each) for each in INPUTS])

    assert [step.hex() for step in tree.inclusion_proof(0, 8, find)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert [step.hex() for step in tree.consistency_proof(6, 8, find)] == [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]


def test_every_root_up_to_300_leaves_is_the_oracles(oracle):
    edge = tree.Frontier()
    for size, leaf in enumerate(LEAVES, start=1):
        edge.push(leaf)

        assert edge.root() == oracle.get_root(size)


def test_all_proofs_up_to_300_leaves_lead_to_the_oracles_roots(oracle):
    find = functools.cache(nodes(LEAVES))
    roots = [b"", *(oracle.get_root(size) for size in range(1, 301))]
    for size in range(1, 301):
        for index in range(size):
            proof = tree.inclusion_proof(index, size, find)
            assert tree.is_included(LEAVES[index], index, size, proof, roots[size])
        for old in range(1, size + 1):
            proof = tree.consistency_proof(old, size, find)
            assert tree.is_consistent(old, size, roots[old], roots[size], proof)


def test_a_proof_of_one_leaf_or_tree_proves_no_other(oracle):
    root, find = oracle.get_root(21), nodes(LEAVES)
    for index in range(21):
        proof = tree.inclusion_proof(index, 21, find)
        assert not tree.is_included(LEAVES[index], index + 1, 21, proof, root)
        assert not tree.is_included(LEAVES[index + 1], index, 21, proof, root)
    for old in range(1, 22):
        proof = tree.consistency_proof(old, 21, find)
        assert not tree.is_consistent(old, 21, bytes(32), root, proof)


def test_a_flipped_bit_fails_every_proof():
    find, root = nodes(LEAVES), tree.root_of(LEAVES[:21])
    old = tree.root_of(LEAVES[:13])
    inclusion, consistency = (
        tree.inclusion_proof(5, 21, find),
        tree.consistency_proof(13, 21, find),
    )
    for at in range(len(inclusion) * 256):
        wrong = [bytearray(step) for step in inclusion]
        wrong[at // 256][at % 256 // 8] ^= 1 << at % 8
        assert not tree.is_included(LEAVES[5], 5, 21, [bytes(step) for step in wrong], root)
    for at in range(len(consistency) * 256):
        wrong = [bytearray(step) for step in consistency]
        wrong[at // 256][at % 256 // 8] ^= 1 << at % 8
        assert not tree.is_consistent(13, 21, old, root, [bytes(step) for step in wrong])


@pytest.mark.parametrize("proof", [[], [bytes(32)], [bytes(32)] * 9])
def test_a_proof_of_another_length_fails(proof):
    root = tree.root_of(LEAVES[:21])

    assert not tree.is_included(LEAVES[5], 5, 21, proof, root)
    assert not tree.is_consistent(13, 21, tree.root_of(LEAVES[:13]), root, proof)


def test_there_is_no_proof_of_what_is_not_there():
    with pytest.raises(ValueError, match="no leaf"):
        tree.inclusion_proof(3, 3, nodes(LEAVES))
    with pytest.raises(ValueError, match="no proof"):
        tree.consistency_proof(4, 3, nodes(LEAVES))
