"""The body of ``GET /api/shell``: who asks, and which sections they see (web.md, section 2)."""

from typing import Any, ClassVar

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from foundation import __version__
from foundation.auth.principal import Principal
from foundation.http.models import View
from foundation.plugins.running import Running
from foundation.plugins.sections import Section, sections_for


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
    ui: dict[str, Any] = Field(description="Ui of web.md, section 2: builtin, resource, module ...")


class ShellView(ShellPart):
    """All that the shell needs to draw its frame for one person."""

    product: ProductView
    ui_api: UiApiView
    shared: dict[str, str]
    me: PersonView
    sections: list[SectionView]


def shell_view(running: Running, principal: Principal) -> ShellView:
    """Return the shell as *principal* sees it."""
    shared = running.shared
    return ShellView(
        product=ProductView(
            name="Foundation",
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
        ui=section.ui,
    )
