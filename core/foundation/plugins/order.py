"""The order of loading: what a plugin requires comes first, and ties go by id.

Shuffled entry points give the same order, so every worker builds the same registry.
"""

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from packaging.requirements import Requirement

from foundation.plugins.scan import Candidate


@dataclass(frozen=True, slots=True)
class Ordered:
    """The candidates that can be ordered, and those that wait for each other in a circle."""

    candidates: tuple[Candidate, ...]
    circles: Mapping[str, tuple[str, ...]]


def ordered(candidates: Iterable[Candidate]) -> Ordered:
    """Order *candidates* by what each requires and comes after; absent names do not count."""
    by_id = {candidate.id: candidate for candidate in candidates}
    before = {id: _before(one) & by_id.keys() for id, one in by_id.items()}
    circles = {id: circle for id in sorted(by_id) if (circle := _circle(id, before))}
    rest = {id: names - circles.keys() for id, names in before.items() if id not in circles}
    names = topological(rest, rank=lambda id: (not by_id[id].installed.builtin, id))
    return Ordered(tuple(by_id[id] for id in names), circles)


def topological(
    before: Mapping[str, Collection[str]], *, rank: Callable[[str], tuple[bool, str]]
) -> list[str]:
    """Return the names so that each comes after those it names; *rank* breaks ties.

    Names in a circle are left out.
    """
    waits = {name: set(others) for name, others in before.items()}
    ready = [rank(name) for name, others in waits.items() if not others]
    heapq.heapify(ready)
    names: list[str] = []
    while ready:
        name = heapq.heappop(ready)[1]
        names.append(name)
        for other, left in waits.items():
            if name in left:
                left.remove(name)
                if not left:
                    heapq.heappush(ready, rank(other))
    return names


def _before(candidate: Candidate) -> set[str]:
    manifest = candidate.manifest
    return {Requirement(text).name for text in (*manifest.requires, *manifest.after)}


def _circle(start: str, before: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return a shortest way from *start* back to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(start, name) for name in sorted(before[start])]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == start:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [(*way, name) for name in sorted(before[way[-1]])]
    return ()
