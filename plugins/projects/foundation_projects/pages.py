"""The page of projects, drawn by the shell from this description."""

from foundation.sdk import Action, Column, Filter, Resource, Tab
from foundation_projects.permissions import ATTACH, READ, WRITE
from foundation_projects.schemas import Attachment, NewProject, ProjectChange

STATUS = {"active": "good", "archived": "neutral"}

CREDENTIALS = Resource(
    name="credential",
    plural="credentials",
    path="/projects/{id}/credentials",
    title_field="name",
    needs=READ,
    columns=(
        Column("name", "Name", width="fill", link="/s/credentials/{id}"),
        Column("slug", "Slug", format="code", copy=True),
        Column("kind", "Kind"),
    ),
    create=Attachment,
    submit="Attach credential",
    actions=(
        Action(
            id="detach",
            title="Detach",
            method="DELETE",
            path="/{id}",
            needs=ATTACH,
            danger=True,
            confirm="The project can no longer use this credential.",
        ),
    ),
    empty="No credential is attached to this project.",
)

PROJECT = Resource(
    name="project",
    plural="projects",
    path="/projects",
    title_field="name",
    needs=READ,
    columns=(
        Column("name", "Name", sortable=True, width="fill"),
        Column("slug", "Slug", format="code", copy=True),
        Column("status", "Status", badge=STATUS),
        Column("created_at", "Created", sortable=True, format="datetime", hide_below="md"),
    ),
    filters=(Filter("status", "Status", "enum", (("active", "Active"), ("archived", "Archived"))),),
    search=True,
    sort="name",
    detail=(
        Column("description", "Description"),
        Column("slug", "Slug", format="code", copy=True),
        Column("status", "Status", badge=STATUS),
        Column("created_at", "Created", format="datetime"),
        Column("updated_at", "Changed", format="datetime"),
    ),
    create=NewProject,
    edit=ProjectChange,
    actions=(
        Action(
            id="archive",
            title="Archive project",
            method="POST",
            path="/{id}/archive",
            needs=WRITE,
            danger=True,
            confirm="An archived project keeps its data and changes no more until it is restored.",
            when={"status": "active"},
        ),
        Action(
            id="restore",
            title="Restore project",
            method="POST",
            path="/{id}/restore",
            needs=WRITE,
            when={"status": "archived"},
        ),
    ),
    tabs=(Tab("Credentials", CREDENTIALS),),
    empty="No project yet.",
)
