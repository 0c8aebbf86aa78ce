"""What a plugin adds, as frozen data: it can be checked, shown and stored without running it."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel
from sqlalchemy import MetaData
from structlog.typing import FilteringBoundLogger

from foundation.audit.reader import Entry
from foundation.auth.permissions import Permission, SignedIn
from foundation.http.context import Context
from foundation.live.topics import Topic
from foundation.plugins.pages import Page
from foundation.plugins.shapes import Shown
from foundation.ports import CredentialKind, Port
from foundation.runs.job import Work

T = TypeVar("T")

Group = Literal["main", "data", "admin", "extra"]
Size = Literal["s", "m", "l"]


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who a plugin is. Read from the source without running it, so every value is a literal.

    *api* is a PEP 440 range on `CONTRACT`; *requires* are ids that must be started, each with an
    optional range on its version; *after* are ids that come first if present.
    """

    id: str
    title: str
    api: str
    requires: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    owner: str = ""
    docs: str = ""


@dataclass(frozen=True, slots=True)
class PaletteCommand:
    """Something the palette offers to do: *to* is a path inside the section, such as ``new``."""

    title: str
    to: str


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One claim of a section in the sidebar.

    *palette* are other words it is found by; *find* is a list below the section's routes that takes
    ``?q=`` and whose rows have ``id`` and ``name``, so that the palette finds things in it.
    """

    section: str
    title: str
    icon: str
    needs: Permission | SignedIn
    page: Page
    group: Group = "extra"
    weight: int = 100
    palette: tuple[str, ...] = ()
    commands: tuple[PaletteCommand, ...] = ()
    find: str = ""


@dataclass(frozen=True, slots=True)
class Tables:
    """A plugin's tables, all in the schema named as its id, and the folder of its revisions."""

    metadata: MetaData
    migrations: Path


@dataclass(frozen=True, slots=True)
class Offer(Generic[T]):
    """What a plugin gives for a port: made once for each request that asks."""

    port: Port[T]
    factory: Callable[[Context], T]


@dataclass(frozen=True, slots=True)
class Services:
    """The ports a plugin offers, needs (unmet: it does not start) and wants (may be absent).

    *kinds* are the kinds of credentials it adds, *topics* what its pages may follow live.
    """

    offers: tuple[Offer[Any], ...] = ()  # each Offer is checked against its own port
    needs: tuple[Port[Any], ...] = ()
    wants: tuple[Port[Any], ...] = ()
    kinds: tuple[CredentialKind, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Frontend:
    """A plugin's files for the browser: a folder in its wheel, the entries, what the shell shares.

    *modules* and *styles* are for pages in the shell; *frames* are documents for a `FramePage`,
    and *assets* what those load: scripts, styles, pictures.
    """

    directory: Path
    modules: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    shared: tuple[tuple[str, str], ...] = ()
    ui_api: int = 1


@dataclass(frozen=True, slots=True)
class Health:
    """How a part is: *detail* is for people with the permission, never for strangers."""

    ok: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """One thing to look at every *every_s* seconds, given up after *timeout_s*."""

    name: str
    title: str
    check: Callable[[Context], Awaitable[Health]]
    every_s: int = 30
    timeout_s: int = 5


class Platform(Protocol):
    """What a plugin's lifespan may use: no application object, no way around a request."""

    @property
    def plugin(self) -> str:
        """The id of the plugin."""

    @property
    def log(self) -> FilteringBoundLogger:
        """A logger whose lines carry the plugin's id."""

    def settings(self, model: type[T]) -> T:
        """Return the plugin's settings."""


@dataclass(frozen=True, slots=True)
class Lifespan:
    """What a plugin holds open while it runs; entered in order, left in reverse."""

    enter: Callable[[Platform], AbstractAsyncContextManager[None]]
    timeout_s: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Work):
    """One kind of run: whoever starts one by hand holds *needs*; the rest is in `Work`.

    *params* is drawn as the start form, so it stays in the part of JSON Schema a form can show,
    and a secret in it is refused: a run keeps ids of credentials, never their values.
    """

    needs: Permission


class NoParams(BaseModel):
    """What a command takes that is told nothing."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something an operator does on the host: ``foundation <plugin> <name>``.

    Each field of *params* is an option with its title or description as help; a secret is
    refused, because other people of the host see what is typed. *run* gets a context in one
    transaction, and whoever typed the command is the actor of what it records; the text it
    returns is printed after the commit. An outside effect is not undone with the transaction.
    """

    name: str
    help: str
    run: Callable[[Context, Any], Awaitable[str]]  # Any is the command's own params model
    params: type[BaseModel] = NoParams


@dataclass(frozen=True, slots=True)
class Subscription:
    """What a plugin does about events of others: *events* are names of types.

    *handler* is called after the commit, one event after the other in the order of the trail, in
    a transaction of its own that also notes how far it came: what it changes there happens once,
    an effect outside at least once. It begins with what happens after its first start.
    """

    name: str
    events: tuple[str, ...]
    handler: Callable[[Context, Entry], Awaitable[None]]
    timeout_s: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Widget:
    """One card of the dashboard; *look* says what it shows, None while there is nothing to say.

    *look* is asked with each view of the dashboard, together with all others and within one
    deadline. *size* is a quarter, a half or the whole of a row; the lowest *order* comes first.
    *to* is where the card's title leads. *shared* says that what it shows depends on nothing but
    the permissions of whoever looks: then it is kept for some seconds.
    """

    key: str
    title: str
    look: Callable[[Context], Awaitable[Shown | None]]
    needs: Permission | SignedIn
    size: Size = "m"
    order: int = 100
    to: str = ""
    shared: bool = False
