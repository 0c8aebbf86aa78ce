"""The repository as the architecture tests see it: its root and its Python and web files."""

from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class House:
    """The repository: where it is, and which of its files are source."""

    root: Path

    def packages(self) -> list[Path]:
        """Return the import package of core, of every plugin and of every example."""
        found = [self.root / "core" / "foundation"]
        for folder in ("plugins", "examples"):
            found += sorted((self.root / folder).glob("*/foundation_*"))
        return [package for package in found if package.is_dir()]

    def sources(self) -> list[Path]:
        """Return the product's Python files, without what Alembic keeps for ever."""
        return [
            file
            for package in self.packages()
            for file in sorted(package.rglob("*.py"))
            if "versions" not in file.parts
        ]

    def tests(self) -> list[Path]:
        """Return the Python files of the tests, without the broken plugins they load."""
        folder = self.root / "tests"
        fixtures = folder / "fixtures"
        return [file for file in sorted(folder.rglob("*.py")) if fixtures not in file.parents]

    def scripts(self) -> list[Path]:
        """Return the scripts behind the Makefile."""
        return sorted([*self.root.glob("scripts/*.py"), *self.root.glob("bench/*.py")])

    def web(self) -> list[Path]:
        """Return the TypeScript and style files of the shell and of the plugins' pages."""
        roots = [self.root / "web" / "src", self.root / "web" / "test"]
        roots += sorted((self.root / "plugins").glob("*/ui"))
        roots += sorted((self.root / "examples").glob("*/ui"))
        return [
            file
            for folder in roots
            for file in sorted(folder.rglob("*"))
            if file.suffix in {".ts", ".tsx"} and ".gen." not in file.name
        ]

    def name(self, file: Path) -> str:
        """Return the path of *file* from the root, for messages."""
        return file.relative_to(self.root).as_posix()


@pytest.fixture(scope="session")
def house() -> House:
    return House(ROOT)
