"""The page of projects promises only what the routes and views keep."""

from foundation.sdk import Page
from foundation_projects.pages import CREDENTIALS, PROJECT
from foundation_projects.routes import projects
from foundation_projects.schemas import AttachedCredential, ProjectView


def _routes():
    return {
        (route.method, f"/projects{route.path}".rstrip("/")): route for route in projects.routes
    }


def test_every_column_is_a_field_of_the_view():
    shown = {column.field for column in (*PROJECT.columns, *PROJECT.detail)}

    assert shown <= set(ProjectView.model_fields)


def test_every_action_is_a_route_with_the_same_right():
    routes = _routes()

    for action in PROJECT.actions:
        assert routes[action.method, f"/projects{action.path}"].needs == action.needs


def test_a_project_is_archived_only_while_active_and_restored_only_while_archived():
    when = {action.id: action.when for action in PROJECT.actions}

    assert when == {"archive": {"status": "active"}, "restore": {"status": "archived"}}


def test_attached_credentials_are_shown_below_each_project():
    (tab,) = PROJECT.tabs

    assert tab.resource is CREDENTIALS
    assert (
        _routes()["GET", CREDENTIALS.path].handler.__annotations__["return"]
        == Page[AttachedCredential]
    )


def test_a_credential_is_attached_and_detached_where_it_is_shown():
    assert ("POST", CREDENTIALS.path) in _routes()
    assert [action.method for action in CREDENTIALS.actions] == ["DELETE"]


async def test_the_shell_offers_to_attach_and_detach_only_to_those_who_may(client_as):
    for role, offered in (("viewer", None), ("operator", "Attach credential")):
        sections = (await (await client_as(role)).get("/api/shell")).json["sections"]
        (spec,) = [each["ui"]["resource"] for each in sections if each["id"] == "projects"]
        (tab,) = spec["detail"]["tabs"]

        assert tab["resource"].get("create", {}).get("submit") == offered
        assert ("actions" in tab["resource"]) is (offered is not None)
