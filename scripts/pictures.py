"""Screenshots of the running product: every page, both themes, three widths; the few of the docs.

    .venv/bin/python scripts/pictures.py                 all of them into test-results/pictures/
    .venv/bin/python scripts/pictures.py --docs          the few of docs/pictures/ and README
    .venv/bin/python scripts/pictures.py --only runs     pages whose name has the word

It starts a Foundation of its own with things to show, and needs Chromium and the built web app.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402  # after the path
from tests.e2e.conftest import FLAGS  # noqa: E402  # after the path
from tests.e2e.foundation_process import FoundationProcess  # noqa: E402  # after the path
from tests.e2e.furniture import furnish  # noqa: E402  # after the path
from tests.e2e.person import Person, Theme  # noqa: E402  # after the path

SIZES = ((1440, 900), (1024, 768), (375, 812))
PAGES = {
    "dashboard": "/",
    "credentials": "/s/credentials",
    "credentials-new": "/s/credentials/new",
    "credential": "/s/credentials/{credential}",
    "projects": "/s/projects",
    "projects-new": "/s/projects/new",
    "project": "/s/projects/{project}",
    "etl": "/s/etl",
    "audit": "/s/audit",
    "runs": "/s/runs",
    "users": "/s/users",
    "invitations": "/s/users/invitations",
    "roles": "/s/users/roles",
    "role-new": "/s/users/roles/new",
    "services": "/s/users/services",
    "settings": "/settings",
    "sessions": "/settings/sessions",
    "tokens": "/settings/tokens",
    "plugins": "/settings/plugins",
    "nowhere": "/s/nowhere",
    "kit": "/dev/kit",
}
DOCS: tuple[tuple[str, str, Theme], ...] = (
    ("dashboard", "/", "light"),
    ("credential", "/s/credentials/{credential}", "light"),
    ("audit", "/s/audit", "dark"),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: where, how wide, in which theme, and its file."""

    path: str
    size: tuple[int, int]
    theme: Theme
    file: Path


def wanted(only: str, out: Path) -> Iterator[Shot]:
    """Give every page in each theme and width whose name has the word *only*."""
    for theme in ("light", "dark"):
        for size in SIZES:
            for name, path in PAGES.items():
                if only in name:
                    yield Shot(path, size, theme, out / f"{name}-{theme}-{size[0]}.png")


@contextmanager
def chromium_path() -> Iterator[str]:
    """Give the system's Chromium, or end with a sentence."""
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        sys.exit("no Chromium here; install it (Debian: apt-get install chromium)")
    yield found


def shoot(shots: list[Shot]) -> None:
    """Start a Foundation, put things into it, and take each of *shots*."""
    with (
        FoundationProcess({"FOUNDATION_WORKERS": "1"}) as running,
        chromium_path() as path,
        sync_playwright() as playwright,
    ):
        things = furnish(running.url)
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        for theme, size in dict.fromkeys((shot.theme, shot.size) for shot in shots):
            with Person(browser, running.url, theme=theme, width=size[0], height=size[1]) as ada:
                ada.sign_in("Ada Admin")
                for shot in shots:
                    if (shot.theme, shot.size) == (theme, size):
                        ada.go(shot.path.format(**things))
                        ada.page.wait_for_timeout(250)
                        shot.file.parent.mkdir(parents=True, exist_ok=True)
                        ada.page.screenshot(path=shot.file)
        browser.close()


def main() -> None:
    """Read what is wanted and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--docs", action="store_true", help="the pictures of the documentation")
    parser.add_argument("--only", default="", help="pages whose name has this word")
    chosen = parser.parse_args()
    if chosen.docs:
        folder = ROOT / "docs" / "pictures"
        shots = [
            Shot(path, (1280, 800), theme, folder / f"{name}.png") for name, path, theme in DOCS
        ]
    else:
        shots = list(wanted(chosen.only, ROOT / "test-results" / "pictures"))
    shoot(shots)
    sys.stdout.write(f"{len(shots)} pictures\n")


if __name__ == "__main__":
    main()
