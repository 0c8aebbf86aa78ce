"""``foundation dev``: a database, keys and a sign-in of its own around the usual supervisor."""

import signal
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import foundation
from foundation.auth.development.people import PEOPLE, variables
from foundation.db.embedded import CannotServe, EmbeddedPostgres
from foundation.settings import Settings, SettingsRefused, read_settings
from foundation.supervisor import keys
from foundation.supervisor.companion import Companion, run_to_end
from foundation.supervisor.hold import held, provider_port
from foundation.supervisor.reach import database_fault
from foundation.supervisor.refused import Exit, Refused
from foundation.supervisor.report import complain, tell
from foundation.supervisor.serve import Plan, run_worker, supervise
from foundation.supervisor.sources import Sources, source_folders
from foundation.supervisor.timing import Timing

_MAY = {"admin": "may do everything", "operator": "works with it", "viewer": "looks"}


def main(environ: Mapping[str, str], *, timing: Timing | None = None) -> int:
    """Run everything with what *environ* sets and return the exit code; refusals go to stderr."""
    try:
        with _interruptible():
            return _run(environ, timing or Timing())
    except SettingsRefused as refused:
        complain(str(refused))
        return Exit.SETTINGS
    except Refused as refused:
        complain(str(refused))
        return refused.code
    except CannotServe as refused:
        complain(str(refused))
        return Exit.NOT_STARTED
    except KeyboardInterrupt:
        return Exit.DRAINED


def _run(environ: Mapping[str, str], timing: Timing) -> int:
    own = _defaults(environ)
    draft = read_settings({**_pending(), **own})
    with held(draft.data, host=draft.host, port=draft.port) as hold, ExitStack() as parts:
        own |= keys.variables(draft.data, environ)
        postgres = _database(draft, own, parts)
        provider = _provider(draft, own, parts)
        settings = read_settings(own)
        fault = database_fault(settings.database_url)
        if fault is not None:
            raise Refused(Exit.NOT_STARTED, fault)
        # 1: a plugin's tables could not be made. The rest works, and its section tells why.
        run_to_end("foundation.cli", ["db", "upgrade"], own, borne={1})
        sources = Sources(source_folders())

        def tend() -> bool:
            if postgres is not None:
                postgres.tend(complain)
            if provider is not None:
                provider.tend()
            return sources.changed()

        plan = Plan(
            timing=timing,
            plain=True,
            on_ready=lambda _: tell(_greeting(settings)),
            tend=tend,
            beside=run_worker(settings, own),
        )
        return supervise(settings, own, hold=hold, plan=plan)


def _defaults(environ: Mapping[str, str]) -> dict[str, str]:
    """Return *environ* with what development takes for granted where nothing is said."""
    port = environ.get("FOUNDATION_PORT", "3000")
    usual = {
        "FOUNDATION_ENVIRONMENT": "development",
        "FOUNDATION_PUBLIC_URL": f"http://localhost:{port}",
        "FOUNDATION_WORKERS": "2",
        "FOUNDATION_LOG_LEVEL": "warning",
        "FOUNDATION_PLUGIN_ROLES": "trust",  # whoever writes a plugin wants to see it
    }
    built = Path(foundation.__file__).parents[2] / "web" / "dist"
    if built.is_dir():
        usual["FOUNDATION_WEB_ROOT"] = str(built)
    return {**usual, **environ}


def _pending() -> dict[str, str]:
    """Return stand-ins for what is made later, so that the rest can be checked before."""
    return {
        "FOUNDATION_DATABASE_URL": "postgresql://pending@localhost/pending",
        "FOUNDATION_SECRET_KEY": keys.fresh_key(),
        **variables(1),
    }


def _database(draft: Settings, own: dict[str, str], parts: ExitStack) -> EmbeddedPostgres | None:
    """Start PostgreSQL, unless a database is named, and name it in *own*."""
    if any(own.get(name) for name in ("DATABASE_URL", "FOUNDATION_DATABASE_URL")):
        return None
    if own.get("FOUNDATION_DATABASE_URL_FILE"):
        return None
    postgres = EmbeddedPostgres(draft.data / "pg")
    parts.callback(postgres.stop)
    own["FOUNDATION_DATABASE_URL"] = postgres.start(complain).reveal()
    return postgres


def _provider(draft: Settings, own: dict[str, str], parts: ExitStack) -> Companion | None:
    """Start the development sign-in, unless a provider is named, and name it in *own*."""
    if own.get("FOUNDATION_OIDC_ISSUER"):
        return None
    port = provider_port(draft.data, near=draft.port + 1)
    own |= variables(port)
    arguments = ["--port", str(port), "--public-url", draft.public_url]
    provider = Companion("foundation.auth.development", arguments, own)
    parts.callback(provider.stop)
    provider.start()
    return provider


def _greeting(settings: Settings) -> str:
    lines = ["", f"  Foundation runs at {settings.public_url}", ""]
    if settings.development_roles:
        lines += [
            f"  {'Sign in as' if at == 0 else '':<12}{someone.name:<18}{_MAY[someone.subject]}"
            for at, someone in enumerate(PEOPLE)
        ]
        lines.append("")
    lines.append(f"  Data is kept in {settings.data}. Ctrl-C stops everything.")
    return "\n".join([*lines, ""])


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let SIGTERM end a start as Ctrl-C does, so that what was started is stopped again."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
