"""The API described by itself."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from foundation.auth.permissions import Permission, Public, SignedIn
from foundation.http.context import Context
from foundation.http.models import Page, PageQuery, Request, Versioned
from foundation.http.openapi import describe
from foundation.http.plan import plans
from foundation.http.reply import Reply
from foundation.http.router import IfMatch, Router
from foundation.secret import Secret

WRITE = Permission("things:thing:write", "Change things")
SECRET = Permission("things:secret:read", "Read secrets", sensitive=True)


class New(Request):
    name: Annotated[str, Field(max_length=10)]
    password: Secret


class ThingView(Versioned):
    name: str


def router():
    router = Router("things")

    @router.get("/", needs=SignedIn("a test"))
    async def listing(ctx: Context, query: PageQuery) -> Page[ThingView]:
        """List things.

        The newest come first.
        """

    @router.post("/", needs=WRITE, status=201)
    async def create(ctx: Context, body: New) -> ThingView: ...

    @router.patch("/{id}", needs=WRITE)
    async def change(ctx: Context, id: UUID, body: New, expected: IfMatch) -> ThingView: ...

    @router.delete("/{id}", needs=WRITE)
    async def remove(ctx: Context, id: UUID, expected: IfMatch) -> None: ...

    @router.get("/open", needs=Public("a probe"))
    async def open_to_all(ctx: Context) -> Reply: ...

    @router.post("/act", needs=WRITE)
    async def act(ctx: Context) -> None: ...

    @router.get("/secret", needs=SECRET)
    async def secret(ctx: Context) -> ThingView: ...

    return router


def document():
    return describe(plans([("things", router())]), version="1.2.3", cookie="__Host-s")


def operation(method, path):
    return document()["paths"][path][method]


def test_the_document_is_openapi_3_1_of_this_version():
    assert (document()["openapi"], document()["info"]["version"]) == ("3.1.0", "1.2.3")


def test_every_model_has_a_name_and_stands_once():
    schemas = document()["components"]["schemas"]

    assert {"New", "ThingView", "Page_ThingView_", "Problem", "ProblemField"} <= set(schemas)
    assert schemas["Page_ThingView_"]["properties"]["items"]["items"] == {
        "$ref": "#/components/schemas/ThingView"
    }


def test_a_body_says_what_it_takes_and_which_field_is_a_secret():
    taken = operation("post", "/api/things")["requestBody"]["content"]["application/json"]

    assert taken["schema"] == {"$ref": "#/components/schemas/New"}
    schema = document()["components"]["schemas"]["New"]
    assert schema["properties"]["name"]["maxLength"] == 10
    assert schema["properties"]["password"]["writeOnly"]
    assert schema["additionalProperties"] is False


def test_the_first_paragraph_is_the_summary_and_the_rest_the_description():
    listing = operation("get", "/api/things")

    assert (listing["summary"], listing["description"]) == (
        "List things.",
        "The newest come first.",
    )


def test_parameters_say_where_they_are_and_whether_they_must_be():
    found = {one["name"]: one for one in operation("patch", "/api/things/{id}")["parameters"]}
    listing = {one["name"]: one for one in operation("get", "/api/things")["parameters"]}

    assert (found["id"]["in"], found["id"]["schema"]["format"]) == ("path", "uuid")
    assert (found["If-Match"]["in"], found["If-Match"]["required"]) == ("header", True)
    assert (listing["limit"]["schema"]["maximum"], listing["limit"]["required"]) == (200, False)


def test_a_creation_takes_an_idempotency_key_and_others_do_not():
    def names(method, path):
        return {one["name"] for one in operation(method, path)["parameters"]}

    assert "Idempotency-Key" in names("post", "/api/things")
    assert "Idempotency-Key" not in names("post", "/api/things/act")


def test_each_operation_says_who_may():
    assert operation("post", "/api/things")["x-permission"] == WRITE.name
    assert operation("get", "/api/things")["x-signed-in"] == "a test"
    assert operation("get", "/api/things/secret")["x-sensitive"]
    assert operation("get", "/api/things/open")["security"] == []
    assert document()["components"]["securitySchemes"]["session"]["name"] == "__Host-s"


def test_each_operation_says_what_comes_back():
    def statuses(method, path):
        return set(operation(method, path)["responses"])

    assert statuses("post", "/api/things") == {"201", "default"}
    assert statuses("delete", "/api/things/{id}") == {"204", "default"}
    assert statuses("post", "/api/things/act") == {"204", "default"}
    assert statuses("get", "/api/things/open") == {"200", "default"}
    changed = operation("patch", "/api/things/{id}")["responses"]["200"]
    assert "ETag" in changed["headers"]


def test_no_operation_has_the_id_of_another():
    ids = [one["operationId"] for path in document()["paths"].values() for one in path.values()]

    assert len(ids) == len(set(ids))


async def test_the_whole_product_describes_every_route(app):
    document = describe(app.plans, version="1", cookie="c")

    found = {(method.upper(), path) for path, by in document["paths"].items() for method in by}
    assert found == {(plan.route.method, plan.url) for plan in app.plans}


def refs(value):
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "$ref":
                yield item
            else:
                yield from refs(item)
    elif isinstance(value, list):
        for item in value:
            yield from refs(item)


async def test_every_reference_of_the_whole_product_leads_somewhere(app):
    document = describe(app.plans, version="1", cookie="c")

    for ref in refs(document):
        place = document
        for step in ref.removeprefix("#/").split("/"):
            assert step in place, ref
            place = place[step]
