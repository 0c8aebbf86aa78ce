"""Settings: the one reader of the environment; every problem is told at once, values never.

A setting is ``FOUNDATION_<NAME>``. A secret may be given as ``FOUNDATION_<NAME>_FILE``, whose
content is read and stripped of its last newline; no secret has a default.
"""

import difflib
import os
from collections.abc import Iterable, Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, Self, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from foundation.secret import Secret

S = TypeVar("S", bound=BaseModel)

PREFIX = "FOUNDATION_"
PLAIN_NAMES = {"DATABASE_URL": "database_url", "REDIS_URL": "redis_url"}
"""Names the whole field uses; the prefixed form wins."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SettingsRefused(Exception):  # the case, as everywhere here
    """Some settings are wrong or missing; *problems* has one line each, naming the variable."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def _words(value: object) -> object:
    """Read a comma-separated list from its text."""
    if isinstance(value, str):
        return tuple(word.strip() for word in value.split(",") if word.strip())
    return value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


class PluginChoice(BaseModel):
    """Which plugins are wanted and where their things lie: all that loading them needs.

    It has no field without a default, so ``foundation plugin list`` works on any machine.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(
        default_factory=lambda: default_data_folder(),  # noqa: PLW0108  # it is defined below
        description="the folder for files of its own, on a local disk",
    )
    web_root: Path | None = Field(default=None, description="the built web app, to serve it")

    plugins_mode: Literal["isolate", "strict"] = Field(
        default="isolate", description="whether a plugin that fails stops the start"
    )
    plugins_autoload: Literal["all", "listed"] = Field(
        default="all", description="load every installed plugin, or only the enabled ones"
    )
    plugins_enabled: Words = Field(default=(), description="plugins to load when listed")
    plugins_disabled: Words = Field(default=(), description="plugins never to load")
    plugins_required: Words = Field(default=(), description="plugins it is not ready without")
    plugins_safe: bool = Field(default=False, description="load core's own sections only")


class Settings(PluginChoice):
    """How this Foundation is set up; frozen, the same in every process."""

    environment: Literal["production", "development"] = Field(
        default="production", description="development is for one person on one machine"
    )
    public_url: str = Field(description="where people reach Foundation, without a path")
    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(default=3000, ge=1, le=65535, description="the port to listen on")
    workers: int = Field(default=3, ge=1, le=32, description="processes that answer requests")

    database_url: Secret = Field(description="postgresql://user:password@host/name")
    redis_url: Secret | None = Field(
        default=None, description="redis://user:password@host/0; without it all works, slower"
    )

    secret_key: Secret = Field(description="32 random bytes as base64, one a line")
    keyring_file: Path | None = Field(
        default=None, description="the keys that seal credentials; without it they stay sealed"
    )

    oidc_issuer: str = Field(description="the sign-in provider's URL")
    oidc_client_id: str = Field(description="what the provider calls this Foundation")
    oidc_client_secret: Secret | None = Field(default=None, description="what proves it there")
    oidc_auth_method: Literal["client_secret_basic", "client_secret_post", "none"] = Field(
        default="client_secret_basic", description="how it is proved"
    )
    oidc_scopes: str = Field(default="openid profile email", description="what is asked for")
    oidc_hosts: Words = Field(
        default=(), description="hosts of the provider's endpoints beside the issuer's own"
    )
    bootstrap_admin: str | None = Field(
        default=None, description="<issuer>|<sub> of the first admin"
    )
    development_roles: Words = Field(
        default=(), description="<sub>=<role>, given to newcomers; development only"
    )

    trusted_proxies: Words = Field(
        default=(), description="addresses or networks whose X-Forwarded-For is believed"
    )
    metrics_token: Secret | None = Field(
        default=None, description="a bearer token that may read /metrics from anywhere"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="the least important lines that are written"
    )
    log_levels: Literal["word", "number"] = Field(
        default="word", description='"info", or 30 as pino writes it'
    )

    @field_validator("public_url", "oidc_issuer")
    @classmethod
    def _is_a_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("give a URL such as https://ops.example.org")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError("http is for loopback only; give an https URL")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            try:
                ip_network(word, strict=False)
            except ValueError:
                raise ValueError("give addresses or networks such as 172.18.0.0/16") from None
        return value

    @field_validator("bootstrap_admin")
    @classmethod
    def _names_somebody(cls, value: str | None) -> str | None:
        if value is not None and not all(value.rpartition("|")):
            raise ValueError("give <issuer>|<subject>, such as https://id.example.org|1234")
        return value

    @field_validator("development_roles")
    @classmethod
    def _are_roles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            subject, _, role = word.partition("=")
            if not subject or role not in {"viewer", "operator", "admin"}:
                raise ValueError("give <subject>=<role>, such as vera=viewer")
        return value

    @model_validator(mode="after")
    def _development_is_loopback(self) -> Self:
        if self.environment == "development" and not self.is_loopback:
            raise ValueError("development mode refuses a public URL that is not loopback")
        if self.environment != "development" and self.development_roles:
            raise ValueError("DEVELOPMENT_ROLES is for FOUNDATION_ENVIRONMENT=development only")
        return self

    @property
    def is_loopback(self) -> bool:
        """Whether the public URL is on this machine."""
        return urlsplit(self.public_url).hostname in LOOPBACK

    @property
    def public_origin(self) -> str:
        """The public URL's scheme, host and port: what ``Origin`` must equal."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"


def default_data_folder() -> Path:
    """Return where Foundation keeps its files when ``FOUNDATION_DATA`` is not set.

    Root cannot use its private home, because PostgreSQL refuses to run as root.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/foundation")
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "foundation"


def variable(field: str) -> str:
    """Return the environment variable of a settings field."""
    return PREFIX + field.upper()


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from *environ*; raises `SettingsRefused` with all that is wrong."""
    source = os.environ if environ is None else environ
    values, problems = collect(source, Settings.model_fields, PREFIX)
    for plain, field in PLAIN_NAMES.items():
        if field not in values and source.get(plain):
            values[field] = source[plain]
    return _checked(Settings, values, problems)


def read_choice(environ: Mapping[str, str] | None = None) -> PluginChoice:
    """Read only what loading plugins needs; raises `SettingsRefused` as `read_settings` does."""
    source = os.environ if environ is None else environ
    values, problems = collect(source, PluginChoice.model_fields, PREFIX)
    return _checked(PluginChoice, values, problems)


def read_database_url(environ: Mapping[str, str] | None = None) -> Secret | None:
    """Read only the database's address, or None when it is not set; raises `SettingsRefused`."""
    source = os.environ if environ is None else environ
    values, problems = collect(source, ["database_url"], PREFIX)
    if problems:
        raise SettingsRefused(problems)
    plain = next(name for name, field in PLAIN_NAMES.items() if field == "database_url")
    given = values.get("database_url") or source.get(plain)
    return Secret(given) if given else None


def _checked(model: type[S], values: dict[str, Any], problems: list[str]) -> S:
    try:
        settings = model(**values)
    except ValidationError as refused:
        raise SettingsRefused([*problems, *describe(refused, PREFIX)]) from None
    if problems:
        raise SettingsRefused(problems)
    return settings


def collect(
    environ: Mapping[str, str], fields: Iterable[str], prefix: str
) -> tuple[dict[str, Any], list[str]]:
    """Gather the values of *fields*, ``*_FILE`` included, and what could not be read."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for field in fields:
        name = prefix + field.upper()
        if name in environ:
            values[field] = environ[name]
        if name + "_FILE" not in environ or field.endswith("_file"):
            continue
        if name in environ:
            problems.append(f"{name}: given twice, as itself and as {name}_FILE; keep one")
            continue
        try:
            values[field] = Path(environ[name + "_FILE"]).read_text("utf-8").rstrip("\n")
        except (OSError, UnicodeDecodeError) as unreadable:
            reason = getattr(unreadable, "strerror", None) or "it is not text"
            problems.append(f"{name}_FILE: cannot be read: {reason}")
    return values, problems


def describe(refused: ValidationError, prefix: str) -> list[str]:
    """Return one line for each problem, naming the variable and never the value."""
    lines = []
    for error in refused.errors(include_input=False, include_url=False):
        where = prefix + str(error["loc"][0]).upper() if error["loc"] else prefix.rstrip("_")
        what = "is missing" if error["type"] == "missing" else error["msg"]
        lines.append(f"{where}: {what.removeprefix('Value error, ')}")
    return lines


def unknown_variables(environ: Mapping[str, str], known: Iterable[str]) -> list[str]:
    """Return a line for each ``FOUNDATION_*`` variable that nobody reads, with the nearest name.

    *known* are full variable names; ``*_FILE`` forms of them are known too.
    """
    names = set(known)
    names |= {name + "_FILE" for name in names}
    # The prefix is left out of the comparison: being common to all, it makes any two names alike.
    short = [name.removeprefix(PREFIX) for name in sorted(names)]
    lines = []
    for name in sorted(environ):
        if name.startswith(PREFIX) and name not in names:
            near = difflib.get_close_matches(name.removeprefix(PREFIX), short, n=1)
            hint = f"; did you mean {PREFIX}{near[0]}?" if near else ""
            lines.append(f"{name}: no such setting{hint}")
    return lines


def misspelt(environ: Mapping[str, str], *, plugins: Iterable[str]) -> list[str]:
    """Return a line for each variable that looks like a setting of core and is none.

    Those that begin like the settings of *plugins*, their ids, are theirs to judge.
    """
    theirs = tuple(variable(plugin) + "_" for plugin in plugins)
    ours = {name: value for name, value in environ.items() if not name.startswith(theirs)}
    return unknown_variables(ours, map(variable, Settings.model_fields))
