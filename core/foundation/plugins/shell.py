"""The body of ``GET /api/shell``: who asks, and which sections they see (web.md, section 2)."""

from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from foundation import __version__
from foundation.auth.principal import Principal
from foundation.http.models import Query, View
from foundation.plugins.running import Running
from foundation.plugins.sections import Closed, Section, closed_for, sections_for


class ShellPart(View):
    """Base of what the shell reads: names in camel case, as its TypeScript has them."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, serialize_by_alias=True
    )


class ProductView(ShellPart):
    """What runs: *build* changes with the web app, so that an open tab can offer to reload."""

    name: str
    version: str
    build: str
    environment: str


class UiApiView(ShellPart):
    """The majors of the UI contract that this shell runs."""

    min: int
    max: int


class PersonView(ShellPart):
    """Whoever asks, with every permission they hold: for drawing, never for deciding."""

    id: str
    name: str
    email: str
    can: list[str]
    locale: str
    time_zone: str


class CommandView(ShellPart):
    """What the palette offers to do: *to* is a path inside the section."""

    title: str
    to: str


class ClosedView(ShellPart):
    """A section this person may not open, and the permission it takes."""

    id: str
    title: str
    needs: str


class SectionView(ShellPart):
    """One section of the sidebar; *ui* is told apart by its ``kind``."""

    id: str
    plugin: str
    api: str
    title: str
    icon: str
    group: str
    weight: int
    keywords: list[str]
    commands: list[CommandView]
    find: str
    runs: bool = Field(description="whether its plugin has jobs, whose runs can be listed")
    ui: dict[str, Any] = Field(description="Ui of web.md, section 2: builtin, resource, module ...")


class ShellQuery(Query):
    """Which language the page speaks; English needs no words."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")] = "en"


class ShellView(ShellPart):
    """All that the shell needs to draw its frame for one person."""

    product: ProductView
    ui_api: UiApiView
    shared: dict[str, str]
    me: PersonView
    sections: list[SectionView]
    closed: list[ClosedView]
    words: dict[str, str] = Field(description="declared texts in the language asked for")


def shell_view(running: Running, principal: Principal, *, language: str = "en") -> ShellView:
    """Return the shell as *principal* sees it, with what plugins say in *language*."""
    shared = running.shared
    return ShellView(
        product=ProductView(
            name=running.product,
            version=__version__,
            build=shared.build or __version__,
            environment=running.environment,
        ),
        ui_api=UiApiView(min=shared.ui_min, max=shared.ui_max),
        shared=dict(shared.versions),
        me=PersonView(
            id=str(principal.id or ""),
            name=principal.name,
            email=principal.email,
            can=sorted(principal.permissions),
            locale="en",
            time_zone="UTC",
        ),
        sections=[_section(section) for section in sections_for(running.registry, principal)],
        closed=[_closed(one) for one in closed_for(running.registry, principal)],
        words=dict(running.words.get(language, {})),
    )


def _section(section: Section) -> SectionView:
    return SectionView(
        id=section.id,
        plugin=section.plugin,
        api=section.api,
        title=section.title,
        icon=section.icon,
        group=section.group,
        weight=section.weight,
        keywords=list(section.palette),
        commands=[CommandView(title=one.title, to=one.to) for one in section.commands],
        find=section.find,
        runs=section.runs,
        ui=section.ui,
    )


def _closed(one: Closed) -> ClosedView:
    return ClosedView(id=one.id, title=one.title, needs=one.needs)
