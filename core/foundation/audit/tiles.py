"""Tiles of height 8 (c2sp.org/tlog-tiles): how a tree grows, and how its nodes are found again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from foundation.audit.proof.tree import Frontier, root_of

HEIGHT, WIDTH, HASH = 8, 256, 32

Spot = tuple[int, int]
"""The level and the index of a tile."""


def right_edge(size: int) -> list[Spot]:
    """Return the tiles of a tree of *size* leaves that are not full yet."""
    spots, level = list[Spot](), 0
    while size:
        if size % WIDTH:
            spots.append((level, size // WIDTH))
        size, level = size // WIDTH, level + 1
    return spots


@dataclass(slots=True)
class Growth:
    """A tree that grows at its right edge; *changed* are the tiles to be stored."""

    size: int
    edge: dict[int, bytes]
    changed: dict[Spot, bytes] = field(default_factory=dict)

    @classmethod
    def at(cls, size: int, tiles: Mapping[Spot, bytes]) -> "Growth":
        """Go on from *size* leaves, whose `right_edge` is in *tiles*; raises `KeyError`."""
        edge = {}
        for level, index in right_edge(size):
            width = (size >> (HEIGHT * level)) % WIDTH
            edge[level] = tiles[level, index][: width * HASH]
        return cls(size, edge)

    def push(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        self._add(0, leaf)
        self.size += 1

    def _add(self, level: int, hash: bytes) -> None:
        index = self.size >> (HEIGHT * (level + 1))
        hashes = self.edge.get(level, b"") + hash
        self.changed[level, index] = hashes
        if len(hashes) < WIDTH * HASH:
            self.edge[level] = hashes
            return
        self.edge.pop(level, None)
        self._add(level + 1, root_of(split(hashes)))

    def root(self) -> bytes:
        """Return the root over all leaves."""
        found = Frontier()
        for level in sorted(self.edge, reverse=True):
            for hash in split(self.edge[level]):
                found.push_whole(HEIGHT * level, hash)
        return found.root()


def split(hashes: bytes) -> list[bytes]:
    """Return the hashes of a tile one by one."""
    return [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]


class Missing(Exception):
    """The stored tree lacks a tile that a proof needs: it was tampered with."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """Finds the nodes of a stored tree."""

    tiles: Mapping[Spot, bytes]

    def __call__(self, level: int, index: int) -> bytes:
        """Return the hash of a whole subtree; raises `Missing`."""
        spot, first, count = _place(level, index)
        hashes = self.tiles.get(spot, b"")[first * HASH : (first + count) * HASH]
        if len(hashes) != count * HASH:
            raise Missing(f"tile {spot[0]}/{spot[1]}")
        return root_of(split(hashes))


def spots_of(ask: Callable[[Callable[[int, int], bytes]], object]) -> set[Spot]:
    """Return the tiles that *ask* looks into when it is given something that finds nodes."""
    wanted = set[Spot]()

    def note(level: int, index: int) -> bytes:
        wanted.add(_place(level, index)[0])
        return bytes(HASH)

    ask(note)
    return wanted


def _place(level: int, index: int) -> tuple[Spot, int, int]:
    """Return the tile of a node, and which of its hashes lie below the node."""
    tile, within = divmod(level, HEIGHT)
    count = 1 << within
    first = index * count
    return (tile, first // WIDTH), first % WIDTH, count


def as_tiles(rows: Iterable[tuple[int, int, bytes]]) -> dict[Spot, bytes]:
    """Return rows of level, index and hashes by their spot."""
    return {(level, index): hashes for level, index, hashes in rows}
