"""Every source file has one test file, at the mirrored path; no test file has lost its source."""

from pathlib import Path

UNTESTED = {"__init__.py", "__main__.py"}
ACROSS = {
    "tests/core/audit/test_acceptance.py": "the acceptance list of the trail, line by line",
    "tests/core/audit/test_workers.py": "processes that record and seal at once, and are killed",
    "tests/core/crypto/test_known_answers.py": "what the algorithms answer, by published vectors",
    "tests/core/runs/test_acceptance.py": "workers killed, replaced and cut off, over all of runs",
    "tests/core/builtin/accounts/service/test_cookies.py": "cookies that are none, parts away",
    "tests/core/builtin/accounts/service/test_false_keys.py": "keys and signatures that lie",
    "tests/core/builtin/accounts/service/test_lies.py": "lies about a sign-in, over all of auth",
    "tests/core/http/test_bad_input.py": "what a route answers, whichever file of http refuses it",
}
"""Test files about no single source file, each with what it is about instead."""


def _places(house) -> list[tuple[Path, Path]]:
    """Return pairs of a source package and the folder that mirrors it."""
    pairs = [(house.root / "core" / "foundation", house.root / "tests" / "core")]
    return pairs + [
        (package, house.root / "tests" / kind / package.parent.name)
        for kind in ("plugins", "examples")
        for package in sorted((house.root / kind).glob("*/foundation_*"))
    ]


def _mirrored(package: Path, tests: Path) -> dict[Path, Path]:
    """Return the test file of each source file of *package* that needs one."""
    return {
        file: tests / file.relative_to(package).parent / f"test_{file.name}"
        for file in sorted(package.rglob("*.py"))
        if file.name not in UNTESTED
        and "migrations" not in file.relative_to(package).parts
        and file.read_text("utf-8").strip()
    }


def test_every_source_file_has_its_test_file(house):
    missing = [
        f"{house.name(file)} wants {house.name(test)}"
        for package, tests in _places(house)
        for file, test in _mirrored(package, tests).items()
        if not test.is_file()
    ]

    assert missing == []


def test_every_mirrored_test_file_has_its_source(house):
    orphans = [
        house.name(test)
        for package, tests in _places(house)
        for test in sorted(tests.rglob("test_*.py"))
        if house.name(test) not in ACROSS and not _source(test, package, tests).exists()
    ]

    assert orphans == []


def _source(test: Path, package: Path, tests: Path) -> Path:
    """Return what *test* is about: a module, or a whole package tested in one file."""
    folder = package / test.relative_to(tests).parent
    name = test.name.removeprefix("test_")
    module = folder / name
    return module if module.exists() else folder / name.removesuffix(".py")


def test_a_source_file_without_a_test_is_seen(tmp_path):
    package, tests = tmp_path / "foundation_x", tmp_path / "tests"
    package.mkdir()
    (package / "service.py").write_text('"""Does things."""\n')

    assert list(_mirrored(package, tests).values()) == [tests / "test_service.py"]


def test_a_revision_and_an_empty_file_need_no_test(tmp_path):
    package = tmp_path / "foundation_x"
    (package / "migrations").mkdir(parents=True)
    (package / "migrations" / "env.py").write_text('"""Runs revisions."""\n')
    (package / "empty.py").write_text("")

    assert _mirrored(package, tmp_path / "tests") == {}
