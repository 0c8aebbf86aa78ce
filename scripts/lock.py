"""Locks the requirements: each version with its hashes, for Python 3.11 to 3.14, no address.

Run by `make lock`. A version must be a week old, so that a hijacked release is noticed first.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "requirements"
UV = Path(sys.executable).parent / "uv"

SETS = {
    "runtime": ["core/pyproject.toml", "requirements/runtime.in"],
    "build": ["requirements/build.in"],
    "node": ["requirements/node.in"],
    "dev": [
        "core/pyproject.toml",
        "requirements/runtime.in",
        "requirements/build.in",
        "requirements/dev.in",
    ],
}
"""What each set is made from; dev holds runtime and build as well."""

COMMON = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-annotate",
    "--no-header",
    "--quiet",
    "--exclude-newer=7 days",
]


def lock(name: str) -> None:
    """Write one set; versions of the dev set bind the others, so that they agree."""
    command = [str(UV), "pip", "compile", *COMMON, *SETS[name]]
    if "core/pyproject.toml" in SETS[name]:
        command.append("--extra=embedded")
    if name != "dev":
        command.append("--constraints=requirements/dev.txt")
    out = FOLDER / f"{name}.txt"
    if "--upgrade" in sys.argv:
        command.append("--upgrade")
    subprocess.run(
        [*command, f"--output-file={out}"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    text = out.read_text("utf-8")
    made_from = " ".join(SETS[name])
    out.write_text(f"# Written by `make lock` from {made_from}; do not edit.\n{text}", "utf-8")


def main() -> None:
    """Write all sets, dev first."""
    for name in ("dev", "runtime", "build", "node"):
        lock(name)
        print(f"requirements/{name}.txt")


if __name__ == "__main__":
    main()
