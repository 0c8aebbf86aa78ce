"""The command ``foundation``: its groups are found by name, so one never loads another's world."""

import importlib.metadata
import pkgutil
from collections.abc import Callable, Iterable

import click

_HELP: dict[str, tuple[str, str]] = {
    "serve": ("foundation.cli.serve:serve", "Run the server: three workers, restarted and rolled."),
    "worker": ("foundation.cli.worker:worker", "Work on runs; serve and dev start one."),
    "dev": ("foundation.cli.dev:dev", "Run everything on this machine, to try it or to develop."),
    "db": ("foundation.cli.db:db", "Bring the database up to date, or show how it stands."),
    "keys": ("foundation.cli.keys:keys", "Make, activate and retire keys of the vault."),
    "plugin": ("foundation.cli.plugin:plugin", "List what is installed, and what became of it."),
    "audit": ("foundation.cli.audit:audit", "Prove the audit trail, take it out, care for it."),
    "admin": ("foundation.cli.admin:admin", "Make the first admin, or one when none can."),
    "session": ("foundation.cli.session:session", "Make a session without a provider."),
    "backup": ("foundation.cli.backup:backup", "Copy the database, and keep the right copies."),
    "restore": (
        "foundation.cli.restore:restore",
        "Bring a copy back, or only try whether it would.",
    ),
    "doctor": ("foundation.cli.doctor:doctor", "Look at all that Foundation stands on."),
    "settings": ("foundation.cli.settings:settings", "List every setting, and whether it is set."),
}

EXAMPLES = """\b
Examples:
  foundation dev                     try it: no database, no provider needed
  foundation settings                what can be set, what is, what is wrong
  foundation db upgrade              bring the database up to date
  foundation serve                   run it
  foundation plugin list             the sections, and why one is missing
  foundation credentials --help      what that plugin can do here; so for each plugin
"""


class _ByName(click.Group):
    """A group that imports a command when it is called, not when it is listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's
        return list(_HELP)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in _HELP:
            return _of_plugin(cmd_name)
        found = pkgutil.resolve_name(_HELP[cmd_name][0])
        return found if isinstance(found, click.Command) else None

    def format_commands(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's
        formatter: click.HelpFormatter,
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(_rows())


def _of_plugin(id: str) -> click.Command | None:
    """Return what the plugin *id* can do on the host; only that plugin is loaded for it."""
    if id not in importlib.metadata.entry_points(group="foundation.plugins").names:
        return None
    commands_of: Callable[[str], click.Command] = pkgutil.resolve_name(
        "foundation.cli.plugged:commands_of"
    )
    return commands_of(id)


def _rows() -> Iterable[tuple[str, str]]:
    return [(name, text) for name, (_, text) in _HELP.items()]


@click.group(cls=_ByName, epilog=EXAMPLES, context_settings={"max_content_width": 100})
@click.version_option(
    importlib.metadata.version("foundation-core"),
    prog_name="foundation",
    message="%(prog)s %(version)s",
)
def main() -> None:
    """Foundation: an ops shell whose every section is an installable plugin."""
