"""The plugin as a whole: what it adds, and that a secret is found nowhere."""

import base64
import hashlib
from urllib.parse import quote

from sqlalchemy import text

from foundation.ports import credential_directory, credential_vault, tally
from foundation.telemetry import live, metrics
from foundation.telemetry.render import Renderer
from foundation_credentials import plugin

CANARY = "canary-7f3a9c-\u00e9\u00df-value"
SECOND = "canary-second-51bd-value"


def test_it_offers_the_directory_the_vault_and_a_figure():
    offered = [offer.port for offer in plugin.services().offers]

    assert offered == [credential_directory, credential_vault, tally("credentials")]


def test_its_revisions_lie_beside_it():
    assert list(plugin.tables().migrations.glob("credentials_*.py"))


def test_its_section_is_for_those_who_may_read():
    (entry,) = plugin.navigation()

    assert entry.section == "credentials"
    assert entry.needs in plugin.permissions()


async def test_a_secret_is_found_in_no_table_answer_log_line_or_metric(
    admin, new, told, database, capfd
):
    answers = await _a_secrets_life(admin, new)
    written = capfd.readouterr()

    for name, trace in _traces().items():
        assert trace not in "".join(answers), name
        assert trace not in written.out + written.err, name
        assert trace not in metrics.render().decode(), name
        assert await _tables_with(database, trace) == [], name


async def test_the_search_for_a_secret_would_find_it(admin, new, database):
    values = {"username": CANARY, "password": "x"}
    await admin.post("/api/creds", new | {"values": values, "description": CANARY.encode().hex()})

    places = ["credentials.creds", "credentials.versions"]
    assert await _tables_with(database, CANARY) == places
    assert await _tables_with(database, CANARY.encode().hex()) == ["credentials.creds"]


async def _a_secrets_life(admin, new) -> list[str]:
    """Create, look, fail, replace, reveal, attach; return every answer that may hold no secret."""
    values = {"username": "ada", "password": CANARY}
    made = await admin.post("/api/creds", new | {"values": values}, idempotency_key="k1")
    path = f"/api/creds/{made.json['id']}"
    wrong = await admin.post("/api/creds", new | {"slug": CANARY, "values": {"token": CANARY}})
    broken = await admin.send("POST", "/api/creds", body=b'{"values": {"a": "%s"' % CANARY.encode())
    changed = await admin.put(f"{path}/values", {"values": {"password": SECOND}}, if_match=1)
    assert changed.status == 200
    shown = await admin.post(f"{path}/reveal", {"field": "password", "reason": "a test"})
    assert shown.json == {"value": SECOND}
    project = await admin.post("/api/projects", {"slug": "apollo", "name": "Apollo"})
    attached = f"/api/projects/{project.json['id']}/credentials"
    answers = [made, wrong, broken, changed]
    answers.append(await admin.post(attached, {"credential_id": made.json["id"]}))
    looked_at = (path, "/api/creds", "/api/creds/kinds", attached, "/api/audit", "/api/projects")
    answers += [await admin.get(url) for url in (*looked_at, "/api/openapi.json", "/api/shell")]
    answers.append(await admin.delete(path, if_match=2))
    return [answer.text for answer in answers]


def _traces() -> dict[str, str]:
    """Return what would give a secret away: itself, encoded, or a hash to try words on."""
    traces = {}
    for secret in (CANARY, SECOND):
        raw = secret.encode()
        traces[secret] = secret
        traces[f"hex of {secret}"] = raw.hex()
        traces[f"json of {secret}"] = secret.encode("ascii", "backslashreplace").decode()
        for shift in range(3):
            whole = base64.b64encode(b"\0" * shift + raw).decode()
            traces[f"base64 of {secret}, shifted by {shift}"] = whole[4:-4]
        for algorithm in ("md5", "sha1", "sha256", "sha512"):
            traces[f"{algorithm} of {secret}"] = hashlib.new(algorithm, raw).hexdigest()
    return traces


async def _tables_with(database, trace: str) -> list[str]:
    """Search every row of every table, each column as text; bytes are text in hex."""
    async with database.reading() as db:
        tables = await db.scalars(
            text("""
                SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
            """)
        )
        names = list(tables)
        assert "credentials.secrets" in names
        assert "foundation.audit_log" in names
        return [
            name
            for name in names
            if await db.scalar(
                text("SELECT count(*) FROM " + name + " AS t WHERE strpos(t::text, :trace) > 0"),
                {"trace": trace},
            )
        ]


async def test_a109_a123_a_canary_is_nowhere_after_use_tests_failures_and_export(
    admin, new, grant, vault_for, database
):
    renderer = Renderer(live=live.install())
    values = {"username": "ada", "password": CANARY, "url": "http://127.0.0.1:1/"}
    made = (await admin.post("/api/creds", new | {"values": values})).json
    await grant(made, "etl")
    place = {"host": "127.0.0.1", "port": "1", "database": "x", "username": "ada"}
    trial = {"kind": "postgres", "values": {**place, "password": CANARY}}
    bundle = {"slugs": ["crm"], "passphrase": "a long passphrase", "reason": f"about {CANARY}"}
    answers = [
        await admin.post(f"/api/creds/{made['id']}/test"),
        await admin.post("/api/creds/test", trial),
        await admin.post("/api/creds/export", bundle),
    ]
    written = await _what_a_failing_driver_logs(renderer, vault_for)
    answers += [await admin.get(url) for url in ("/api/creds", "/api/audit", "/api/openapi.json")]
    live._LIVE.set(None)

    assert [answer.status for answer in answers] == [200] * 6
    assert "a driver that echoes ***" in written
    for name, trace in _traces().items():
        assert trace not in written, name
        assert trace not in "".join(answer.text for answer in answers), name
        assert await _tables_with(database, trace) == [], name


async def _what_a_failing_driver_logs(renderer: Renderer, vault_for) -> str:
    """Use the credential, log its value in every careless way, and fail with it in hand."""
    async with vault_for("etl") as vault, vault.use("crm", purpose="a canary") as used:
        secret = used.values["password"].reveal()
        pair = base64.b64encode(f"ada:{secret}".encode()).decode()
        said = {"value": secret, "basic": pair, "url": f"?p={quote(secret)}", "used": used}
        written = renderer.render("debug", f"connecting with {secret}", said)
        try:
            raise RuntimeError(f"a driver that echoes {secret}")
        except RuntimeError as fault:
            written += renderer.render("error", "a126", {"exc_info": fault})
    return written.decode()
