"""``foundation <plugin> ...``: what a plugin can do on the host, found when it is typed."""

import asyncio
import getpass
import os
from collections.abc import Iterable, Mapping
from typing import Any

import click
from pydantic import ValidationError

from foundation import __version__
from foundation.app.command import CommandRefused, Order, Place, perform, started
from foundation.cli.here import settings_here
from foundation.cli.host import MET, opened
from foundation.cli.ledger import remembered
from foundation.cli.refusals import refusals, refuse
from foundation.plugins.alone import load_alone
from foundation.plugins.contributions import Command
from foundation.plugins.options import Option, options_of
from foundation.plugins.probe import refresh
from foundation.plugins.registry import Loaded
from foundation.plugins.scan import installed_plugins
from foundation.plugins.warden import with_quarantine
from foundation.secret import Secret
from foundation.settings import Settings, read_choice
from foundation.telemetry.logging import configure

UNDONE = 1
KINDS: Mapping[str, click.ParamType[Any]] = {
    "string": click.STRING,
    "integer": click.INT,
    "number": click.FLOAT,
    "boolean": click.BOOL,
}
STDERR = 2


def commands_of(id: str) -> click.Group:
    """Return the commands of plugin *id*; ends with 1 and its reason where it does not work.

    Only the plugin and what it needs is loaded; no database is needed to show help.
    """
    with refusals(*MET):
        place = _place()
        memory, kept = remembered()
        registry = load_alone(
            id,
            read_choice(place.environ),
            installed=place.installed,
            environ=place.environ,
            memory=memory,
            dangerous=place.dangerous,
        )
    try:
        plugin = started(with_quarantine(registry, kept), id)
        if not plugin.contributions.commands:
            raise CommandRefused(f"{id} adds no command")
    except CommandRefused as refused:
        refuse(refused.problems, code=UNDONE)
    return _group(plugin, place)


def _place() -> Place:
    installed = installed_plugins()
    return Place(os.environ, installed, refresh(read_choice(os.environ), installed))


def _group(plugin: Loaded, place: Place) -> click.Group:
    examples = [_example(plugin.id, one) for one in plugin.contributions.commands]
    group = click.Group(
        plugin.id,
        help=f"{plugin.title}: what the plugin {plugin.id} {plugin.version} can do on this host.",
        epilog=_epilog(examples),
    )
    for one in plugin.contributions.commands:
        group.add_command(_command(plugin.id, one, place))
    return group


def _command(id: str, one: Command, place: Place) -> click.Command:
    options = options_of(one.params)

    def typed(**values: Any) -> None:  # as the parser reads them
        _run(id, one, values, place)

    return click.Command(
        one.name,
        params=[_parameter(option, number) for number, option in enumerate(options)],
        callback=typed,
        help=one.help,
        epilog=_epilog([_example(id, one)]),
    )


def _parameter(option: Option, number: int) -> click.Option:
    """Return the option; its value goes by its number, because a field may have any name."""
    shown = f"  [default: {option.default}]" if option.default and not option.is_switch else ""
    # A switch that is not typed is None, so that the model's own default is in its place.
    untold: dict[str, Any] = {} if option.required else {"default": None}
    return click.Option(
        ["/".join(option.spellings), _key(number)],
        type=click.Choice([str(each) for each in option.choices])
        if option.choices
        else KINDS[option.kind],
        help=f"{option.help}{shown}",
        required=option.required,
        multiple=option.many,
        **untold,
    )


def _key(number: int) -> str:
    return f"option_{number}"


def _example(id: str, one: Command) -> str:
    needed = [
        option.flag if option.is_switch else f"{option.flag} {_value(option)}"
        for option in options_of(one.params)
        if option.required
    ]
    return " ".join(["foundation", id, one.name, *needed])


def _value(option: Option) -> str:
    return str(option.choices[0]) if option.choices else option.flag[2:].upper()


def _epilog(examples: Iterable[str]) -> str:
    return "\n".join(["\b", "Examples:", *(f"  {line}" for line in examples)])


def _run(id: str, one: Command, values: Mapping[str, Any], place: Place) -> None:
    given = {
        option.field: option.value_of(values[_key(number)])
        for number, option in enumerate(options_of(one.params))
        if values[_key(number)] not in (None, ())
    }
    try:
        params = one.params.model_validate(given)
    except ValidationError as wrong:
        raise click.UsageError(_told(wrong, one)) from None
    order = Order(id, one.name, params, f"cli:{getpass.getuser()}")
    try:
        with refusals(*MET), settings_here() as settings:
            _log_to_stderr(settings)
            said = asyncio.run(_done(settings, order, place))
    except CommandRefused as refused:
        refuse(refused.problems, code=UNDONE)
    if said:
        click.echo(said)


async def _done(settings: Settings, order: Order, place: Place) -> str:
    async with opened(settings) as database:
        return await perform(settings, database, order, place=place)


def _told(wrong: ValidationError, one: Command) -> str:
    """Return what does not fit, by the option; never the value."""
    flags = {option.field: option.flag for option in options_of(one.params)}
    lines = []
    for error in wrong.errors(include_url=False, include_input=False, include_context=False):
        where = str(error["loc"][0]) if error["loc"] else ""
        lines.append(f"{flags[where]}: {error['msg']}" if where in flags else error["msg"])
    return "; ".join(lines)


def _log_to_stderr(settings: Settings) -> None:
    """Let what the plugin logs be seen beside its answer, with no configured secret in it."""
    given = (getattr(settings, name) for name in Settings.model_fields)
    configure(
        level=settings.log_level,
        levels=settings.log_levels,
        environment=settings.environment,
        version=__version__,
        secrets=[value for value in given if isinstance(value, Secret)],
        descriptor=STDERR,
    )
