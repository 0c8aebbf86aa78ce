"""From what a handler returns to the answer."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from pydantic import BaseModel

from foundation.auth.permissions import SignedIn
from foundation.http.context import Context
from foundation.http.encode import encode
from foundation.http.models import Page, Versioned, View
from foundation.http.plan import compile_route
from foundation.http.reply import Reply, SetCookie
from foundation.http.router import Route

ID = UUID("0192aaaa-0000-7000-8000-00000000000a")
NOW = datetime(2026, 5, 1, tzinfo=UTC)


class Plain(View):
    name: str


class Wider(Plain):
    secret: str


class Thing(Versioned):
    name: str


async def plain(ctx: Context) -> Plain: ...
async def page(ctx: Context) -> Page[Plain]: ...
async def thing(ctx: Context) -> Thing: ...
async def nothing(ctx: Context) -> None: ...
async def reply(ctx: Context) -> Reply: ...


def plan(handler, **options):
    return compile_route(
        Route("POST", "/", handler, SignedIn("a test"), **options), plugin="things", prefix="things"
    )


def test_a_view_becomes_json_with_the_status_of_its_route():
    answer = encode(plan(plain, status=201), Plain(name="a"))

    assert (answer.status, answer.body) == (201, b'{"name":"a"}')
    assert answer.header("content-type") == "application/json; charset=utf-8"


def test_a_page_becomes_its_items_and_the_next_cursor():
    answer = encode(plan(page), Page(items=[Plain(name="a")], next="c"))

    assert answer.body == b'{"items":[{"name":"a"}],"next":"c"}'


def test_a_field_nobody_declared_stays_here():
    answer = encode(plan(plain), Wider(name="a", secret="hunter2"))
    listed = encode(plan(page), Page(items=[Wider(name="a", secret="hunter2")]))

    assert b"hunter2" not in answer.body + listed.body


def test_a_versioned_view_carries_its_tag():
    view = Thing(id=ID, version=3, created_at=NOW, updated_at=NOW, name="a")

    assert encode(plan(thing), view).header("etag") == '"3"'


def test_a_tag_of_the_handlers_own_wins():
    view = Thing(id=ID, version=3, created_at=NOW, updated_at=NOW, name="a")

    answer = encode(plan(thing), Reply(view, headers={"ETag": '"x"'}))

    assert [value for name, value in answer.headers if name == "ETag"] == ['"x"']


def test_nothing_is_204():
    assert encode(plan(nothing), None).status == 204
    assert encode(plan(nothing, status=201), None).status == 204


def test_a_reply_has_its_own_status_headers_and_cookies():
    sent = Reply(status=303, headers={"Location": "/"}, cookies=(SetCookie("__Host-a", "1", 60),))

    answer = encode(plan(reply), sent)

    assert (answer.status, answer.body, answer.header("location")) == (303, b"", "/")
    assert answer.header("set-cookie").startswith("__Host-a=1; ")


def test_a_reply_without_a_status_has_that_of_its_route():
    assert encode(plan(reply, status=202), Reply()).status == 202


class Stranger(BaseModel):
    name: str


@pytest.mark.parametrize("result", [{"name": "a"}, "a", 3, Stranger(name="a")])
def test_anything_but_the_declared_view_is_a_fault(result):
    with pytest.raises(TypeError, match="returned a"):
        encode(plan(plain), result)
