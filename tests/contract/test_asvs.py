"""What OWASP ASVS asks for and no other test shows: of the sources, and of every answer."""

import ast
import re
import ssl
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import text

from foundation import tls
from foundation.auth.permissions import Public

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    [*ROOT.glob("core/foundation/**/*.py"), *ROOT.glob("plugins/*/foundation_*/**/*.py")]
)
PUBLIC = {
    "GET /api/auth/callback",
    "GET /api/auth/here",
    "GET /api/health",
    "POST /api/auth/backchannel-logout",
    "POST /api/auth/login",
    "POST /api/auth/logout",
}
READERS = {"marshal", "pickle", "shelve", "yaml", "dill", "jsonpickle"}
PACING = {
    "core/foundation/audit/keeper.py",
    "core/foundation/audit/sinks/courier.py",
    "core/foundation/db/anew.py",
    "core/foundation/runs/states.py",
    "core/foundation/db/listen.py",
    "core/foundation/runs/worker.py",
}
"""Only how long to wait before another try is left to plain chance there."""
SPEAKERS = {"AsyncClient", "AsyncHTTPTransport", "SMTP"}
BOUND = {"transport", "verify"}
WEAK = {"md5", "sha1", "MD5", "SHA1", "DES", "TripleDES", "ARC4", "ECB", "CBC", "Blowfish"}


@cache
def every_node():
    """Return each node of each source with where it stands; read once for all tests."""
    assert len(SOURCES) > 150
    return [
        (f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}", node)
        for file in SOURCES
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call | ast.Import | ast.ImportFrom | ast.Attribute)
    ]


def nodes(kind):
    return [(where, node) for where, node in every_node() if isinstance(node, kind)]


def imported():
    for where, node in nodes(ast.Import | ast.ImportFrom):
        module = getattr(node, "module", None)
        for alias in node.names:
            yield where, module or alias.name, alias.name


def called():
    for where, node in nodes(ast.Call):
        yield (
            where,
            ast.unparse(node.func),
            {word.arg: ast.unparse(word.value) for word in node.keywords},
        )


def test_no_command_goes_through_a_shell():
    shells = {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"}
    found = [
        where for where, name, words in called() if name in shells or words.get("shell") == "True"
    ]

    assert found == []


def test_nothing_is_read_that_could_bring_code():
    found = [where for where, module, _ in imported() if module.split(".")[0] in READERS]
    found += [where for where, name, _ in called() if name in {"eval", "exec"}]

    assert found == []


def test_no_statement_is_put_together_from_text():
    speaking = {
        where.partition(":")[0]
        for where, module, name in imported()
        if module.startswith("sqlalchemy") and name in {"text", "sqlalchemy"}
    }
    found = [
        where
        for where, node in nodes(ast.Call)
        if ast.unparse(node.func) in {"text", "sa.text", "sqlalchemy.text"}
        if where.partition(":")[0] in speaking
        if node.args and not isinstance(node.args[0], ast.Constant | ast.Name | ast.Attribute)
    ]
    found += [where for where, name, _ in called() if name.endswith(".exec_driver_sql")]

    # Migrations and the embedded server name schemas that come from manifests, each quoted.
    assert [where for where in found if "/db/" not in where] == []


def test_no_weak_hash_or_cipher_is_used():
    found = [where for where, _, name in imported() if name in WEAK]
    found += [where for where, node in nodes(ast.Attribute) if node.attr in WEAK]

    assert found == []


def test_the_only_ciphers_are_aes_gcm_and_aes_gcm_siv():
    found = {
        name
        for _, module, name in imported()
        if module.startswith("cryptography.hazmat.primitives.ciphers")
    }

    assert found == {"AESGCM", "AESGCMSIV"}


def test_chance_comes_from_the_system_wherever_it_protects():
    found = {where.partition(":")[0] for where, module, _ in imported() if module == "random"}

    assert found <= PACING


def test_no_certificate_goes_unchecked():
    found = [
        where
        for where, _, words in called()
        if words.get("verify") == "False" or words.get("check_hostname") == "False"
    ]
    found += [where for where, node in nodes(ast.Attribute) if node.attr == "CERT_NONE"]

    assert found == []


def test_no_test_is_in_a_package():
    found = [file.name for file in SOURCES if file.name.startswith(("test_", "conftest"))]

    assert found == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # naming the older one is all it is
def test_the_oldest_tls_spoken_is_1_2():
    older = tls.trusting()
    older.maximum_version = ssl.TLSVersion.TLSv1_1
    hello = older.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")
    with pytest.raises(ssl.SSLError) as refused:
        hello.do_handshake()
    assert not isinstance(refused.value, ssl.SSLWantReadError)  # it has not even said hello
    assert [
        where for where, _, words in called() if {"ssl_context", "ssl_version"} & set(words)
    ] == []


def test_whoever_speaks_tls_is_given_a_context_with_that_bound():
    made = {name: where for where, name, _ in called() if name.endswith("create_default_context")}
    given = {
        (where.partition(":")[0].rpartition("/")[2], name.rpartition(".")[2]): {
            word: said for word, said in words.items() if word in BOUND or said.startswith("tls.")
        }
        for where, name, words in called()
        if name.rpartition(".")[2] in SPEAKERS
    }

    assert [where.partition(":")[0] for where in made.values()] == ["core/foundation/tls.py"]
    assert given == {
        ("client.py", "AsyncClient"): {
            "verify": "tls.bounded(httpx2.create_ssl_context(trust_env=False))"
        },
        ("examine.py", "AsyncClient"): {"transport": "pool"},
        ("wire.py", "AsyncClient"): {"transport": "pool"},
        ("wire.py", "AsyncHTTPTransport"): {
            "verify": "tls.bounded(create_ssl_context(trust_env=False))"
        },
        ("smtp.py", "SMTP"): {"tls_context": "tls.trusting()"},
    }


async def test_a_fresh_database_has_nobody_and_no_key(app):
    async with app.parts.database.reading() as db:
        for table in ("users", "user_roles", "sessions", "api_tokens", "invitations"):
            found = await db.scalar(text("SELECT count(*) FROM foundation." + table))
            assert found == 0, table


def test_the_ways_in_without_a_session_are_these(app):
    found = {
        f"{plan.route.method} {plan.url}"
        for plan in app.plans
        if isinstance(plan.route.needs, Public)
    }

    assert found == PUBLIC


async def test_every_answer_says_its_type(app, client_as):
    admin = await client_as("admin")
    for plan in app.plans:
        if plan.route.method != "GET":
            continue
        got = await admin.get(re.sub(r"\{[a-z_]+\}", "0" * 8, plan.url))
        kind = got.headers.get("content-type", "")
        assert kind.startswith(("application/json", "application/problem+json")) or not got.body
        assert got.headers["x-content-type-options"] == "nosniff"
        # The shell of a person is asked for at every start, and is the same until a right changes.
        held = "private, no-cache" if plan.url == "/api/shell" else "no-store"
        assert got.headers["cache-control"] == held, plan.url
        assert "server" not in got.headers


async def test_a_percent_sign_is_looked_for_as_it_is(client_as):
    admin = await client_as("admin")
    for wild in ("%", "_", "\\", "%%", "a_m"):
        assert (await admin.get("/api/users", query={"q": wild})).json["items"] == [], wild


async def test_the_twenty_first_sign_in_of_an_address_in_a_minute_waits(client):
    answers = [await client.post("/api/auth/login", {"next": "/"}) for _ in range(30)]
    limited = [got for got in answers if got.status == 429]

    assert limited
    assert limited[0].code == "too_many"
    assert int(limited[0].headers["retry-after"]) > 0


async def test_signing_out_tells_the_browser_to_forget(client_as):
    admin = await client_as("admin")

    got = await admin.post("/api/auth/logout")

    assert got.headers["clear-site-data"] == '"cache", "storage"'


async def test_a086_a_token_in_an_address_is_refused_and_treated_as_leaked(client_as, events):
    admin = await client_as("admin")
    made = await admin.post("/api/me/tokens", {"name": "Left", "scopes": ["accounts:user:read"]})
    stranger = admin.copy()
    stranger.cookies = {}

    for name in ("token", "access_token", "anything"):
        got = await stranger.get("/api/projects", query={name: made.json["token"]})
        assert (got.status, got.code) == (400, "token_leaked"), name
    assert await events("accounts.token.leaked")
