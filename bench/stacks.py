"""Starts both stacks on one machine: the picture as it is shipped, and the reference beside it.

They share PostgreSQL and Redis, and hold as many projects. The picture is the one of `tests/stack`:
every part a real program on the shipped files, here with a PostgreSQL that keeps what it is told.
"""

import compileall
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from tests.stack.picture import FOUNDATION, Picture
from tests.stack.ports import LOOPBACK
from tests.stack.program import ROOT, Program, free_port, listens, quiet_environ, until

sys.path.insert(0, str(ROOT / "scripts"))
import node  # after the path

REFERENCE = ROOT / "bench" / "reference"
PROJECTS, WORKERS = 500, 3
SEED = (
    "SET session_replication_role = replica",  # no event tells of rows that nobody made
    f"""
    INSERT INTO projects.projects (id, slug, name, description, status, owner_id, version)
    SELECT gen_random_uuid(), 'project-' || n, 'Project ' || n,
        'A campaign of the usual kind, with a sentence or two that says what it is for.',
        'active', u.id, 1
    FROM foundation.users u, generate_series(1, {PROJECTS}) n WHERE u.subject = 'admin'
    """,  # noqa: S608  # a number of ours
    """
    INSERT INTO projects.members (id, project_id, user_id, role, version)
    SELECT gen_random_uuid(), id, owner_id, 'owner', 1 FROM projects.projects
    """,
    "ANALYZE",
)


@dataclass(frozen=True, slots=True)
class Stack:
    """One API: where it is asked, with which headers, and the process that its others belong to."""

    name: str
    url: str
    headers: Mapping[str, str]
    list_path: str
    program: Program

    def processes(self) -> list[psutil.Process]:
        """Return all its processes."""
        return family(self.program.pid)

    def cpu_s(self) -> float:
        """Return the processor time that its processes have used so far, in seconds."""
        times = [process.cpu_times() for process in self.processes()]
        return float(sum(spent.user + spent.system for spent in times))


@dataclass(slots=True)
class Stacks:
    """Both, running."""

    picture: Picture
    ours: Stack
    theirs: Stack
    web: Stack
    bare: Stack

    def memory(self) -> dict[str, float]:
        """Return what each service holds, in MB of PSS: a shared page counts once among all."""
        reference = _pss(family(self.theirs.program.pid))
        workers = [psutil.Process(pid) for pid in self.picture.workers()]
        return held(self.picture) | {"reference": reference, "workers": _pss(workers)}

    def restart(self) -> float:
        """Stop the api and start it again; return the seconds until all workers were ready."""
        picture = self.picture
        picture.api.stop()
        told = picture.api.said.count('"msg":"ready"')
        began = time.monotonic()
        picture.api.start()
        while picture.api.alive() and picture.api.said.count('"msg":"ready"') == told:
            time.sleep(0.01)
        return time.monotonic() - began


@dataclass(slots=True)
class Asker:
    """The load generator, one process for all loads; see ``load.js``."""

    process: subprocess.Popen[str] = field(init=False)

    def __post_init__(self) -> None:
        self.process = subprocess.Popen(
            [_node(), REFERENCE / "load.js"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def load(self, asked: Mapping[str, object]) -> dict[str, Any]:
        """Ask as *asked* says; return what came of it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline()
        if not said:
            raise SystemExit("bench: the load generator ended; `make bench` installs what it needs")
        return dict(json.loads(said))

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()


@contextmanager
def running() -> Iterator[Stacks]:
    """Run both until the block ends."""
    compile_sources()
    # On disk, not in memory: what is written is kept, as in production.
    folder = Path(tempfile.mkdtemp(prefix="foundation-bench-"))
    folder.chmod(0o711)  # the user that runs PostgreSQL when we are root passes through
    picture = Picture(folder, serve=(FOUNDATION, "serve"), durable=True)
    try:
        picture.start()
        visitor = picture.visitor("admin")
        picture.sql(*SEED)
        ours = Stack(
            "foundation",
            f"http://{LOOPBACK}:{picture.ports.api}",
            {"Cookie": _cookies(visitor.cookies), "Origin": picture.url},
            "/api/projects?limit=20&sort=-created_at",
            picture.api,
        )
        web = Stack("web", f"http://{LOOPBACK}:{picture.ports.web}", {}, "/", picture.web)
        yield Stacks(picture, ours, _reference(picture), web, _bare(picture))
    finally:
        picture.close()
        shutil.rmtree(folder, ignore_errors=True)


def compile_sources() -> None:
    """Compile core and the plugins, as pip does when it installs them: an image has them so.

    Installed from their folders, nobody has; and a machine may forbid Python to keep bytecode.
    """
    for folder in ("core", "plugins"):
        compileall.compile_dir(ROOT / folder, quiet=1)


def _reference(picture: Picture) -> Stack:
    port = free_port()
    given = {
        "DATABASE_URL": _database(picture),
        "REDIS_URL": picture.neighbour_url,
        "PAGE": str(ROOT / "web" / "dist" / "index.html"),
        "WORKERS": str(WORKERS),
        "PORT": str(port),
        "PROJECTS": str(PROJECTS),
        "NODE_ENV": "production",
    }
    environ = {**quiet_environ(), **given}
    made = subprocess.run(
        [_node(), REFERENCE / "setup.js"],
        env=environ,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    server = Program(
        [_node(), REFERENCE / "server.js"], environ, picture.folder / "reference.log", REFERENCE
    )
    server.start()
    picture.parts.callback(server.kill)
    until(lambda: server.alive() and listens(port), "the reference stack listens")
    cookie = {"Cookie": f"session={made.stdout.strip()}"}
    where = f"http://{LOOPBACK}:{port}"
    return Stack("reference", where, cookie, "/api/projects?limit=20", server)


def _bare(picture: Picture) -> Stack:
    port = free_port()
    command = [sys.executable, "-m", "bench.bare", str(port)]
    server = Program(command, quiet_environ(), picture.folder / "bare.log", ROOT)
    server.start()
    picture.parts.callback(server.kill)
    until(lambda: server.alive() and listens(port), "hypercorn alone listens")
    return Stack("hypercorn", f"http://{LOOPBACK}:{port}", {}, "/", server)


def family(pid: int) -> list[psutil.Process]:
    """Return a process and all that it has started, by themselves or not."""
    top = psutil.Process(pid)
    return [top, *top.children(recursive=True)]


def held(picture: Picture) -> dict[str, float]:
    """Return what each service of the picture holds, in MB of PSS, all its processes together."""
    tops = {
        "caddy": picture.caddy.pid,
        "web": picture.web.pid,
        "api": picture.api.pid,
        "worker": picture.worker.pid,
        "db": picture.postgres_processes()[0],
        "redis": picture.redis.pid,
    }
    return {name: _pss(family(pid)) for name, pid in tops.items()}


def _pss(processes: list[psutil.Process]) -> float:
    total = 0
    for one in processes:
        with suppress(psutil.NoSuchProcess):  # it ended since it was listed
            total += one.memory_full_info().pss
    return total / 2**20


def _database(picture: Picture) -> str:
    """Return the database's address as node-postgres reads it: its socket in the query."""
    return (picture.secrets / "database-url").read_text("ascii").strip()


def _cookies(cookies: Mapping[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def _node() -> str:
    env = node.environment(ROOT / ".venv")
    found = shutil.which("node", path=(env or {}).get("PATH"))
    if found is None:
        raise SystemExit(f"bench: Node is missing: install Node {node.WANTED}")
    return found


def node_version() -> str:
    """Return the version of the Node that runs the reference."""
    done = subprocess.run([_node(), "--version"], capture_output=True, text=True, check=True)
    return done.stdout.strip().removeprefix("v")
