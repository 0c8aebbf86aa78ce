"""Attacks A123, A126: a secret through every path of a real Foundation, and found nowhere afterwards."""

import gzip
import json
import re
import shutil
import time
import zlib
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from foundation.telemetry.live import forms_of

from .foundation_process import ROOT, FoundationProcess
from .visitor import Visitor

CANARY = 'canary/9f1c+"\\é that leaks'
OWN = "canary-of-the-settings"
SINK = "told.ndjson"
GZIP = b"\x1f\x8b\x08"
DROPPED = "held-when-it-fell-27d4"
REFERENCE = "${cred:canary.password}"
LEAKY = ROOT / "tests" / "fixtures" / "leaky" / "foundation_leaky"
INFO = {
    "METADATA": "Metadata-Version: 2.1\nName: foundation-leaky\nVersion: 1\n",
    "entry_points.txt": "[foundation.plugins]\nleaky = foundation_leaky.plugin\n",
}


@pytest.fixture(scope="module")
def leaky(tmp_path_factory):
    """A Foundation that logs everything, with a plugin that says everything."""
    site = Path(tmp_path_factory.mktemp("site"))
    site.chmod(0o755)
    shutil.copytree(LEAKY, site / LEAKY.name, ignore=shutil.ignore_patterns("__pycache__"))
    info = site / "foundation_leaky-1.dist-info"
    info.mkdir()
    for name, text in INFO.items():
        (info / name).write_text(text)
    extra = {
        "FOUNDATION_LOG_LEVEL": "debug",
        "FOUNDATION_WORKERS": "1",
        "FOUNDATION_LEAKY_TOKEN": OWN,
        "FOUNDATION_AUDIT_SINKS": f"told=file://{site / SINK}",
    }
    with FoundationProcess(extra, site=site) as process:
        yield process


def _rows(process: FoundationProcess) -> bytes:
    """Return every row of every table as text and as bytes, packed logs unpacked."""
    lines = next(process.data.rglob("postmaster.pid")).read_text().splitlines()
    word = next(process.data.rglob("pg/password")).read_text().strip()
    place = {"host": lines[4], "port": lines[3], "user": "foundation", "password": word}
    found = bytearray()
    with psycopg.connect(dbname="foundation", **place) as db:
        tables = db.execute(
            "SELECT schemaname, tablename FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        ).fetchall()
        assert ("credentials", "secrets") in tables
        for table in tables:
            for row in db.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(*table))):
                for cell in row:
                    raw = bytes(cell) if isinstance(cell, bytes | memoryview) else b""
                    found += raw + json.dumps(cell, default=str, ensure_ascii=False).encode()
                    if table[1] == "run_log_chunks" and raw:
                        found += zlib.decompress(raw)
                    if raw.startswith(GZIP):
                        found += gzip.decompress(raw)
    return bytes(found)


def _use_it(ada: Visitor) -> list[bytes]:
    """Send the canary down every path; return all that was answered but what was revealed."""
    values = {"username": "ada", "password": CANARY}
    new = {"slug": "canary", "name": "Canary", "kind": "basic", "values": values}
    made = ada.post("/api/creds", new, Idempotency_Key="a-canary-0001")
    url = f"/api/creds/{made.json['id']}"
    mail = {"host": "127.0.0.1", "port": "1", "security": "none"}
    answers = [
        made,
        ada.post("/api/creds", new | {"values": values | {"colour": CANARY}}),
        ada.post("/api/creds", new | {"slug": CANARY}),
        ada.post("/api/creds/test", {"kind": "smtp", "values": values | mail}),
        ada.post(f"{url}/test"),
        ada.post(f"{url}/grants", {"plugin": "leaky"}),
        ada.send("PUT", f"{url}/values", {"values": {"password": CANARY}}, If_Match='"1"'),
        ada.post("/api/leaky/crash"),
        ada.post("/api/runs", {"kind": "leaky.spill", "params": {"password": CANARY + REFERENCE}}),
    ]
    assert [answer.status for answer in answers] == [201, 422, 422, 200, 200, 201, 200, 500, 422]
    why = {"field": "password", "reason": "to see it"}
    assert ada.post(f"{url}/reveal", why).json["value"] == CANARY
    out = {"slugs": ["canary"], "passphrase": "a passphrase for the test", "reason": "to move"}
    bundle = ada.post("/api/creds/export", out)
    assert bundle.status == 200, bundle.body
    seen = (url, "/api/creds", f"{url}/versions", "/api/audit?limit=100", "/api/openapi.json")
    answers += [bundle, *map(ada.get, seen)]
    return [answer.body for answer in answers]


def _run(ada: Visitor, kind: str, **params: str) -> dict:
    asked = ada.post("/api/runs", {"kind": kind, "params": params})
    assert asked.status == 201, asked.body
    ends = time.monotonic() + 180
    while True:
        run: dict = ada.get(f"/api/runs/{asked.json['id']}").json
        if run["finished_at"]:
            return run
        assert time.monotonic() < ends, run
        time.sleep(0.1)


def _uses(ada: Visitor, least: float) -> float:
    """Return how often the plugin has used a credential, once a scrape says *least* or more."""
    ends = time.monotonic() + 180
    counted = re.compile(r'uses_total\{outcome="used",plugin="leaky"\} (.+)')
    while True:  # an answer to a scrape is kept for a moment
        found = counted.search(ada.get("/metrics").body.decode())
        uses = float(found[1]) if found else 0.0
        if uses >= least or time.monotonic() > ends:
            return uses
        time.sleep(0.2)


def test_a123_a_canary_is_found_nowhere_but_sealed(leaky: FoundationProcess) -> None:
    ada = Visitor(leaky.url)
    assert ada.sign_in("admin").status == 303
    said = _use_it(ada)

    runs = {
        end: _run(ada, "leaky.spill", end=end, password=REFERENCE)
        for end in ("result", "error", "crash")
    }

    states = {end: run["state"] for end, run in runs.items()}
    assert states == {"result": "succeeded", "error": "failed", "crash": "failed"}, runs
    logs = {end: ada.get(f"/api/runs/{run['id']}/log") for end, run in runs.items()}
    assert b"***" in logs["result"].body
    assert "cannot sign in with ***" in logs["error"].body.decode()
    assert runs["error"]["error"]["message"].endswith("refused ***")
    used = ada.get("/api/audit?limit=50&type=credentials.secret.used").json["items"]
    by_run = [one for one in used if one["detail"]["purpose"].startswith("run of leaky.spill")]
    assert {one["actor"]["name"] for one in by_run} == {"Ada Admin"}
    said += [json.dumps(runs, ensure_ascii=False).encode(), *(log.body for log in logs.values())]
    said.append(ada.get("/metrics").body)

    leaks = {
        (place, form)
        for place, content in {
            "answers": b"\n".join(said), "log": leaky.log.encode(), "rows": _rows(leaky),
        }.items()
        for value in (CANARY, OWN)
        for form in forms_of(value)
        if form in content
    }  # fmt: skip

    assert leaks == set()
    assert re.search(r'"level":\s*"debug"', leaky.log)


def test_a126_an_exception_while_a_credential_is_in_use_tells_no_value(
    leaky: FoundationProcess,
) -> None:
    """The masks know a value and its usual forms; no locals means that no other form leaves."""
    ada = Visitor(leaky.url)
    ada.sign_in("admin")
    values = {"username": "ada", "password": DROPPED}
    new = {"slug": "dropped", "name": "Dropped", "kind": "basic", "values": values}
    made = ada.post("/api/creds", new).json
    ada.post(f"/api/creds/{made['id']}/grants", {"plugin": "leaky"})

    answer = ada.post("/api/leaky/drop")
    run = _run(ada, "leaky.drop", credential="dropped")

    assert (answer.status, answer.json["code"]) == (500, "internal")
    assert b"dropped" not in answer.body
    assert (run["state"], run["error"]["code"]) == ("failed", "ValueError")
    assert "'password': Secret(***)" in run["error"]["message"]
    assert "in drop" in leaky.log
    assert "RuntimeError: dropped InUse(ref=CredentialRef(" in leaky.log
    told = [answer.body, json.dumps(run).encode(), ada.get(f"/api/runs/{run['id']}/log").body]
    told += [leaky.log.encode(), _rows(leaky)]
    forms = {*forms_of(DROPPED), *forms_of(DROPPED[::-1])}
    assert {form for form in forms if form in b"\n".join(told)} == set()
    assert _uses(ada, 2) >= 2, "one was counted by a worker, one by the run worker"


def test_a_13_9_a_canary_is_in_no_export_and_no_sink(leaky: FoundationProcess) -> None:
    """After all that was done with it above, or here if this test runs alone."""
    ada = Visitor(leaky.url)
    ada.sign_in("admin")
    values = {"username": "ada", "password": CANARY}
    made = ada.post(
        "/api/creds", {"slug": "told", "name": "Told", "kind": "basic", "values": values}
    )
    assert made.status == 201
    why = {"field": "password", "reason": "to see it"}
    assert ada.post(f"/api/creds/{made.json['id']}/reveal", why).json["value"] == CANARY

    runs = {form: _run(ada, "audit.export", form=form) for form in ("ndjson", "csv")}
    taken = [ada.post("/api/audit/export", {"form": form}) for form in ("ndjson", "csv", "ocsf")]
    last = ada.get("/api/audit?limit=1").json["items"][0]["id"]
    ends = time.monotonic() + 180
    while last not in (sunk := Path(f"{leaky.site}/{SINK}").read_text()):
        assert time.monotonic() < ends
        time.sleep(0.2)

    assert {run["state"] for run in runs.values()} == {"succeeded"}, runs
    assert min(run["result"]["value"]["events"] for run in runs.values()) > 5
    assert [answer.status for answer in taken] == [200, 200, 200]
    assert "credentials.secret.revealed" in sunk
    said = b"\n".join([*(answer.body for answer in taken), sunk.encode(), _rows(leaky)])
    assert b"credentials.secret.revealed,Secret" in said, "an export is unpacked"
    assert {form for value in (CANARY, OWN) for form in forms_of(value) if form in said} == set()
