"""What is installed against what it says of itself: changed files, and requirements unmet."""

import base64
import hashlib
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution, version

from packaging.requirements import InvalidRequirement, Requirement


def changed_files(dist: str) -> list[str]:
    """Return the files of a distribution that differ from its RECORD, or are gone.

    An editable install lists no files of its own, so none of them can differ.
    """
    try:
        found = distribution(dist)
    except PackageNotFoundError:
        return []
    return [str(file) for file in found.files or () if file.hash and not _is_whole(found, file)]


def _is_whole(found: Distribution, file: object) -> bool:
    said = file.hash  # type: ignore[attr-defined]  # a PackagePath that has one
    try:
        content = found.locate_file(file).read_bytes()  # type: ignore[arg-type,attr-defined]  # it is a path in every finder we meet
    except OSError:
        return False
    digest = hashlib.new(said.mode, content).digest()
    whole: str = said.value
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == whole


def clashes(dists: Iterable[str]) -> list[str]:
    """Return a line for each requirement of *dists* that what is installed does not meet."""
    return [clash for dist in dists for clash in _clashes(dist)]


def _clashes(dist: str) -> list[str]:
    try:
        wanted = distribution(dist).requires or []
    except PackageNotFoundError:
        return []
    found = []
    for text in wanted:
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            found.append(f"{dist} has a requirement that cannot be read: {text}")
            continue
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        found += [f"{dist} {problem}" for problem in _unmet(requirement)]
    return found


def _unmet(requirement: Requirement) -> list[str]:
    try:
        present = version(requirement.name)
    except PackageNotFoundError:
        return [f"needs {requirement}, which is not installed"]
    if requirement.specifier.contains(present, prereleases=True):
        return []
    return [f"needs {requirement}, and version {present} is installed"]
