"""From text to types (attacks A067, A133, A139)."""

from typing import Annotated, Literal
from uuid import UUID

import pytest
from pydantic import Field, TypeAdapter

from foundation.errors import (
    BadRequest,
    Invalid,
    NotFound,
    TooLarge,
    Unauthenticated,
    UnsupportedMedia,
)
from foundation.http import decode
from foundation.http.exchange import Headers, Incoming
from foundation.http.models import PageQuery, Request
from foundation.secret import Secret

ID = "0192aaaa-0000-7000-8000-00000000000a"


class Item(Request):
    label: Annotated[str, Field(max_length=5)]


class New(Request):
    name: Annotated[str, Field(max_length=10)]
    size: int = 0
    on: bool = False
    parent: UUID | None = None
    items: tuple[Item, ...] = ()
    password: Secret | None = None


class Listing(PageQuery):
    kind: Literal["a", "b"] | None = None


def incoming(body=b"", **headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]

    async def read(limit):
        return body

    return Incoming("POST", Headers(raw), b"", {}, read)


def refusal(body, model=New):
    with pytest.raises(Invalid) as refused:
        decode.parse_body(body, model)
    return {bad.pointer: bad for bad in refused.value.errors}


async def test_a_json_body_is_read():
    assert await decode.read_body(incoming(b"{}", content_type="application/json"), 100) == b"{}"


async def test_utf8_may_be_named():
    headers = {"content_type": "application/json; charset=UTF-8"}

    assert await decode.read_body(incoming(b"{}", **headers), 100) == b"{}"


@pytest.mark.parametrize(
    "media",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-7",
        "application/json-patch+json",
        "",
    ],
)
async def test_any_other_body_is_refused(media):
    with pytest.raises(UnsupportedMedia):
        await decode.read_body(incoming(b"{}", content_type=media), 100)


async def test_a_body_without_a_type_is_refused():
    with pytest.raises(UnsupportedMedia):
        await decode.read_body(incoming(b"{}"), 100)


async def test_a_compressed_body_is_refused():
    headers = {"content_type": "application/json", "content_encoding": "gzip"}

    with pytest.raises(UnsupportedMedia, match="without compression"):
        await decode.read_body(incoming(b"{}", **headers), 100)


async def test_no_body_needs_no_type():
    assert await decode.read_body(incoming(content_length="0"), 100) == b""


async def test_a_told_length_over_the_limit_is_refused_before_reading():
    async def explode(limit):
        raise AssertionError("the body was read")

    asked = Incoming("POST", Headers([(b"content-length", b"101")]), b"", {}, explode)
    with pytest.raises(TooLarge) as refused:
        await decode.read_body(asked, 100)

    assert refused.value.extra == {"limit": 100}


async def test_an_untold_length_over_the_limit_is_refused():
    with pytest.raises(TooLarge):
        await decode.read_body(incoming(b"x" * 101, content_type="application/json"), 100)


def test_a_body_becomes_its_model():
    new = decode.parse_body(b'{"name": "a", "parent": "%s"}' % ID.encode(), New)

    assert (new.name, new.parent) == ("a", UUID(ID))


def test_every_bad_field_is_named_at_once():
    bad = refusal(b'{"name": "12345678901", "size": "1", "extra": 1, "items": [{"label": 3}]}')

    assert {pointer: one.code for pointer, one in bad.items()} == {
        "/name": "string_too_long",
        "/size": "int_type",
        "/extra": "extra_forbidden",
        "/items/0/label": "string_type",
    }


@pytest.mark.parametrize("value", ["true", '"1"', "1.0", "null", "[]"])
def test_nothing_is_coerced_to_a_number(value):
    assert set(refusal(b'{"name": "a", "size": %s}' % value.encode())) == {"/size"}


@pytest.mark.parametrize("body", [b"[]", b"3", b'"x"', b"null"])
def test_a_body_that_is_no_object_is_a_bad_field_at_the_root(body):
    assert set(refusal(body)) == {""}


def test_a_missing_body_is_named():
    assert refusal(b"")[""].code == "missing"


def test_a_problem_never_holds_a_value():
    bad = refusal(b'{"name": 1, "password": ["hunter2"]}')

    assert "hunter2" not in repr(bad)
    assert "/password" in bad


def test_a_route_without_a_body_takes_an_empty_object():
    decode.refuse_fields(b"")
    decode.refuse_fields(b"{}")


def test_a_route_without_a_body_names_each_field_it_got():
    with pytest.raises(Invalid) as refused:
        decode.refuse_fields(b'{"a": 1, "b": 2}')

    assert [bad.pointer for bad in refused.value.errors] == ["/a", "/b"]


def test_a_query_becomes_its_model():
    query = decode.parse_query(b"limit=7&kind=b", Listing)

    assert (query.limit, query.kind, query.cursor) == (7, "b", None)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        (b"limit=0", "query:limit"),
        (b"limit=x", "query:limit"),
        (b"limit=99999999999999999999", "query:limit"),
        (b"nope=1", "query:nope"),
        (b"kind=c", "query:kind"),
        (b"cursor=" + b"x" * 2_000, "query:cursor"),
        (b"cursor=%00", "query:cursor"),
    ],
)
def test_a_bad_query_names_the_parameter(query, pointer):
    with pytest.raises(Invalid) as refused:
        decode.parse_query(query, Listing)

    assert [bad.pointer for bad in refused.value.errors] == [pointer]


@pytest.mark.parametrize(
    "query", [b"limit=1&limit=2", b"kind=a&kind=a", b"cursor=%ff", b"\xff=1", b"x=" + b"y" * 9_000]
)
def test_a139_a_query_that_two_readers_would_read_differently_is_refused(query):
    with pytest.raises(BadRequest):
        decode.parse_query(query, Listing)


def test_too_many_parameters_are_refused():
    with pytest.raises(BadRequest):
        decode.parse_query(b"&".join(b"a%d=1" % n for n in range(200)), Listing)


def test_a_form_becomes_its_model():
    assert decode.parse_form(b"name=a%20b&size=3", New).size == 3


def test_an_id_in_the_path_becomes_a_uuid():
    found = decode.parse_path({"id": ID.upper()}, {"id": TypeAdapter(UUID)})

    assert found == {"id": UUID(ID)}


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "",
        "0",
        ID[:-1],
        ID.replace("-", ""),
        "{" + ID + "}",
        "urn:uuid:" + ID,
        ID + "\0",
        ID + " ",
    ],
)
def test_a_malformed_id_is_a_place_where_nothing_lives(text):
    with pytest.raises(NotFound):
        decode.parse_path({"id": text}, {"id": TypeAdapter(UUID)})


def test_a_number_in_the_path_becomes_a_number():
    assert decode.parse_path({"n": "12"}, {"n": TypeAdapter(int)}) == {"n": 12}


def test_cookies_are_read_from_every_line():
    headers = Headers([(b"cookie", b"a=1; b=2=3"), (b"cookie", b"c=; junk; =x")])

    assert decode.parse_cookies(headers) == {"a": "1", "b": "2=3", "c": ""}


def test_a_cookie_that_stands_twice_counts_as_none():
    headers = Headers([(b"cookie", b"a=1; b=2; a=3")])

    assert decode.parse_cookies(headers) == {"b": "2"}


def test_a_bearer_is_read():
    assert decode.parse_bearer(Headers([(b"authorization", b"Bearer abc.DEF-1")])) == "abc.DEF-1"


def test_without_authorization_there_is_no_bearer():
    assert decode.parse_bearer(Headers([])) is None


@pytest.mark.parametrize("value", [b"Basic YTpi", b"Bearer", b"Bearer a b", b"Bearer \xe9", b""])
def test_anything_but_one_bearer_is_refused(value):
    with pytest.raises(Unauthenticated):
        decode.parse_bearer(Headers([(b"authorization", value)]))


def test_two_bearers_are_refused():
    with pytest.raises(Unauthenticated):
        decode.parse_bearer(Headers([(b"authorization", b"Bearer a")] * 2))


def test_a_text_of_a_body_is_not_kept_by_the_parser():
    body = b'{"name": "a name", "password": "correct horse"}'
    first, second = decode.parse_body(body, New), decode.parse_body(body, New)
    assert first == second
    assert first.name is not second.name  # a parser that keeps texts gives the same object again
    assert first.password is not None
    assert second.password is not None
    assert first.password.reveal() is not second.password.reveal()
