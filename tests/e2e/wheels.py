"""Wheels made by the tests: a zip with its RECORD, installed by pip as any other."""

import base64
import hashlib
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Wheel:
    """A plugin's distribution: its id, its version, and its files by their path in the package."""

    id: str
    files: Mapping[str, str]
    version: str = "1.0"

    def write(self, folder: Path) -> Path:
        """Write the wheel into *folder*; return its path."""
        package, info = f"foundation_{self.id}", f"foundation_{self.id}-{self.version}.dist-info"
        members = {f"{package}/{name}": text for name, text in self.files.items()}
        members.setdefault(f"{package}/__init__.py", "")
        members[f"{info}/METADATA"] = (
            f"Metadata-Version: 2.1\nName: foundation-{self.id.replace('_', '-')}\n"
            f"Version: {self.version}\n"
        )
        members[f"{info}/WHEEL"] = (
            "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        members[f"{info}/entry_points.txt"] = (
            f"[foundation.plugins]\n{self.id} = {package}.plugin\n"
        )
        record = "".join(f"{name},{_hash(text)},{len(text)}\n" for name, text in members.items())
        members[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n"
        path = folder / f"{package}-{self.version}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            for name, text in members.items():
                wheel.writestr(name, text)
        return path


def install(wheels: Iterable[Wheel], site: Path) -> None:
    """Install *wheels* into *site*, over what is there of them."""
    folder = site.parent / "built"
    folder.mkdir(exist_ok=True)
    paths = [wheel.write(folder) for wheel in wheels]
    for path in paths:  # pip takes the older one away by itself, but not from a folder of its own
        for older in site.glob(f"{path.name.partition('-')[0]}-*.dist-info"):
            shutil.rmtree(older)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    options = ["--no-deps", "--no-index", "--upgrade", "--target", str(site)]
    subprocess.run([*pip, "install", *options, *paths], check=True)


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
