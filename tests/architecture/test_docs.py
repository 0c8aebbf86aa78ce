"""The docs equal the code: reference pages, links, decisions, and a README that stays short."""

import re
import subprocess
import sys

import pytest

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")


def _pages(house):
    pages = [*sorted((house.root / "docs").rglob("*.md")), *sorted(house.root.glob("*.md"))]
    pages += sorted(house.root.glob("plugins/*/README.md"))
    return [*pages, *sorted(house.root.glob("examples/*/README.md"))]


def test_the_reference_pages_equal_the_code(house):
    result = subprocess.run(
        [sys.executable, house.root / "scripts" / "reference.py", "--check"],
        cwd=house.root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (result.returncode, result.stdout) == (0, ""), f"run make docs\n{result.stderr}"


def test_every_link_leads_somewhere(house):
    broken = [
        f"{house.name(page)}: {target}"
        for page in _pages(house)
        for target in LINK.findall(page.read_text("utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]

    assert broken == []


def test_the_readme_has_at_most_ninety_lines(house):
    assert len((house.root / "README.md").read_text("utf-8").splitlines()) <= 90


def test_every_decision_is_listed_and_has_its_parts(house):
    folder = house.root / "docs" / "decisions"
    listed = set(LINK.findall((folder / "README.md").read_text("utf-8"))) - {"template.md"}
    pages = {page.name: page.read_text("utf-8") for page in folder.glob("0*.md")}

    assert listed == set(pages)
    for name, text in pages.items():
        parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences", "Alternatives"], name
        assert re.search(r"^Status: (proposed|accepted|replaced by \d{4})$", text, re.MULTILINE)


def test_decisions_are_numbered_without_a_gap(house):
    numbers = sorted(int(p.name[:4]) for p in (house.root / "docs" / "decisions").glob("0*.md"))

    assert numbers == list(range(1, len(numbers) + 1))


def test_a_fragment_of_the_change_log_is_one_sentence_of_a_known_kind(house):
    for file in (house.root / "docs" / "changes").glob("*.*.md"):
        kind = file.name.split(".")[1]
        text = file.read_text("utf-8").strip()

        assert kind in {"added", "changed", "fixed", "removed", "security", "migration"}, file.name
        assert len(text.splitlines()) <= 2, file.name
        assert text.endswith("."), file.name


ADDRESS = re.compile(
    r"--(?:extra-)?index-url|--find-links|\"resolved\":|@ (?:https?|file):|[\"' ]/\w"
)
"""An option, a field or a reference that says where something is from; or an absolute path."""


@pytest.mark.parametrize(
    "pattern",
    ["requirements/*", "web/package-lock.json", "bench/*/package-lock.json", ".pre-commit*"],
)
def test_no_lock_names_an_address_or_a_path_of_a_machine(pattern, house):
    named = [
        f"{house.name(file)}:{number}"
        for file in house.root.glob(pattern)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if ADDRESS.search(line)
    ]

    assert named == []


def test_every_locked_version_has_a_hash(house):
    for file in (house.root / "requirements").glob("*.txt"):
        text = file.read_text("utf-8")
        names = re.findall(r"^[a-z0-9].*==.*$", text, re.MULTILINE)

        assert names
        assert [line for line in names if not line.endswith("\\")] == []
        assert text.count("--hash=sha256:") >= len(names)


def test_every_command_of_the_makefile_has_its_line_of_why(house):
    lines = (house.root / "Makefile").read_text("utf-8").splitlines()
    targets = [n for n, line in enumerate(lines) if re.match(r"[a-z]+:", line)]

    assert [lines[n] for n in targets if not lines[n - 1].startswith("# ")] == []
