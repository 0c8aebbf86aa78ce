"""A page from data alone: what a `Resource` may say of its list, its forms and its actions."""

from dataclasses import dataclass
from dataclasses import field as made
from typing import Literal

from foundation.auth.permissions import Permission
from foundation.http.models import Request


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list or one field of a detail.

    A ``money`` field is an object of *amount* and *currency*, a ``user`` field one of *id* and
    *name*; the other formats take plain values. *badge* gives a tone to each known value.
    """

    field: str
    label: str = ""
    sortable: bool = False
    format: str = "text"
    badge: dict[str, str] = made(default_factory=dict)
    copy: bool = False
    width: str = ""
    hide_below: str = ""
    link: str = ""


FilterType = Literal["enum", "text", "boolean", "datetime-range", "ref"]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of a list; its field is a query parameter the list route accepts.

    A ``datetime-range`` is two parameters, ``<field>_from`` and ``<field>_to``. A ``ref`` is the
    id of a row of another list, whose address *ref* is: ``/api/projects``.
    """

    field: str
    label: str = ""
    type: FilterType = "text"
    options: tuple[tuple[str, str], ...] = ()
    ref: str = ""


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Fields of a form that belong together; an *advanced* group is folded until somebody asks."""

    title: str
    fields: tuple[str, ...]
    advanced: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A request model with its fields in groups; *submit* is what its button says."""

    model: type[Request]
    groups: tuple[FormGroup, ...] = ()
    submit: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do: a POST or DELETE below the resource's path.

    By its *scope* it is about one row (its path holds ``{id}``), about all the rows somebody
    chose (``bulk``) or about none. A bulk action whose path holds ``{id}`` is sent once for each
    row, any other once with the chosen keys as ``ids``. *type_to_confirm* names the field whose
    value must be typed first; *undo_path* is a POST that takes the action back.
    """

    id: str
    title: str
    method: Literal["POST", "DELETE"]
    path: str
    needs: Permission
    danger: bool = False
    confirm: str = ""
    when: dict[str, str] = made(default_factory=dict)
    scope: Literal["", "item", "bulk", "page"] = ""
    form: type[Request] | Form | None = None
    type_to_confirm: str = ""
    undo_path: str = ""

    @property
    def about(self) -> str:
        """Its scope: what it says, else what its path tells."""
        return self.scope or ("item" if "{" in self.path else "page")


@dataclass(frozen=True, slots=True)
class DetailGroup:
    """Fields of a detail that belong together, under a heading of their own."""

    title: str
    fields: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """What belongs to one row, shown below its detail: attached credentials, members, notes.

    The *resource*'s path holds fields of the parent's row in braces, as in
    ``/projects/{id}/credentials``; its ``create`` form adds to the parent, and its actions act
    on one of its own rows, below its own path.
    """

    title: str
    resource: "Resource"


@dataclass(frozen=True, slots=True)
class Empty:
    """What a list says while it has no row; *docs* is an address to read more at."""

    title: str
    body: str = ""
    docs: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A page from data alone: the shell draws list, detail, forms and actions from this.

    *submit* is what the create form does, where "Create" does not say it: "Attach credential".
    *live* is a topic, ``feed.row``: the list is read again with each audit event ``feed.row.*``.
    """

    name: str
    plural: str
    path: str
    title_field: str
    needs: Permission
    columns: tuple[Column, ...]
    key: str = "id"
    filters: tuple[Filter, ...] = ()
    search: bool = False
    sort: str = ""
    page_size: int = 50
    detail: tuple[Column | DetailGroup, ...] = ()
    create: type[Request] | Form | None = None
    submit: str = ""
    edit: type[Request] | Form | None = None
    actions: tuple[Action, ...] = ()
    tabs: tuple[Tab, ...] = ()
    empty: str | Empty = ""
    live: str = ""


def form_of(declared: type[Request] | Form) -> Form:
    """Return a form as one thing, however short it was declared."""
    return declared if isinstance(declared, Form) else Form(declared)


def detail_groups(resource: Resource) -> tuple[DetailGroup, ...]:
    """Return the groups of a detail; fields without one come first, under no heading."""
    loose = tuple(one for one in resource.detail if isinstance(one, Column))
    groups = tuple(one for one in resource.detail if isinstance(one, DetailGroup))
    return (DetailGroup("", loose), *groups) if loose else groups
