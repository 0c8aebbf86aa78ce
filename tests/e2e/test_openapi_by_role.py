"""Schemathesis over the whole OpenAPI, as each role: what is described holds, and nobody gets past it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .foundation_process import FoundationProcess
from .visitor import Visitor

SCHEMATHESIS = Path(sys.executable).parent / "st"
ROLES = ("admin", "operator", "viewer")
COOKIE = "__Host-foundation_session"
STRANGER = "01990000-0000-7000-8000-00000000dead"
# These end the session that the run itself lives by; their own tests end others'.
ENDS_THE_RUN = "^/api/auth/(login|logout|step-up|callback)$"
SETTINGS = f"""
[auth.wfc]
path = "people.json"
user = "%(role)s"
peers = ["admin", "operator", "viewer"]

# A schema cannot say all that a rule asks for: that a cursor is of this list, say.
[checks.positive_data_acceptance]
enabled = false

# Werkzeug names the methods of every path that matches.
[checks.allow_header_conformance]
enabled = false

[checks.missing_required_header]
expected-statuses = [400, 401, 403, 404, 415, 422, 428]

[[operations]]
include-path-regex = "^/api/(me/sessions/end-others|users/end-all-sessions)$"
enabled = false

# The provider that sends a logout token reads the status alone (OpenID Connect Back-Channel 2.8).
[[operations]]
include-path = "/api/auth/backchannel-logout"
checks.content_type_conformance.enabled = false
checks.response_schema_conformance.enabled = false

# An event is nobody's: it and its proof are for everybody who may read the trail.
[[operations]]
include-path-regex = "^/api/audit/(events/.*|.id.)$"
checks.object_level_authorization.enabled = false

[[operations]]
include-path-regex = "sessions/"
[operations.parameters]
"path.id" = "{STRANGER}"
"path.public_id" = "{STRANGER}"
"""


def _covered(paths: set[str]) -> list[str]:
    """Return each path that another one fits too: a method refused there is looked for below that."""

    def fits(path: str, other: str) -> bool:
        pairs = list(zip(path.split("/"), other.split("/"), strict=False))
        same_length = path.count("/") == other.count("/")
        return same_length and all(a == b or b.startswith("{") for a, b in pairs)

    return [path for path in sorted(paths) if any(fits(path, o) for o in paths if o != path)]


def _exception(path: str) -> str:
    return f'\n[[operations]]\ninclude-path = "{path}"\nchecks.unsupported_method.enabled = false\n'


@pytest.fixture(scope="module")
def place(foundation: FoundationProcess, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the description of the API and with the cookies of one person a role."""
    folder = tmp_path_factory.mktemp("openapi")
    people = []
    for role in ROLES:
        visitor = Visitor(foundation.url)
        visitor.sign_in(role)
        cookie = f"{COOKIE}={visitor.cookies[COOKIE]}"
        people.append({"name": role, "fixedHeaders": [{"name": "Cookie", "value": cookie}]})
        if role == "admin":
            (folder / "openapi.json").write_bytes(visitor.get("/api/openapi.json").body)
    (folder / "people.json").write_text(json.dumps({"auth": people}))
    return folder


@pytest.mark.parametrize(
    ("role", "phases"),
    [("admin", "coverage,fuzzing,stateful"), ("operator", "fuzzing"), ("viewer", "fuzzing")],
)
def test_schemathesis_finds_no_fault_as(
    foundation: FoundationProcess, place: Path, role: str, phases: str
) -> None:
    paths = set(json.loads((place / "openapi.json").read_text())["paths"])
    exceptions = "".join(map(_exception, _covered(paths)))
    (place / "schemathesis.toml").write_text(SETTINGS % {"role": role} + exceptions)
    command = [
        *(SCHEMATHESIS, "run", "openapi.json", "--url", foundation.url),
        *("--header", f"Origin: {foundation.url}", "--phases", phases),
        *("--max-examples", "2", "--no-shrink", "--seed", "1", "--continue-on-failure"),
        *("--exclude-path-regex", ENDS_THE_RUN, "--warnings", "off"),
    ]

    done = subprocess.run(
        command,
        cwd=place,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
