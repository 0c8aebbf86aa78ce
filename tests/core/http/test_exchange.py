"""A request as it came and an answer as it leaves."""

import pytest

from foundation.errors import BadRequest
from foundation.http.exchange import Answer, Headers


def test_names_are_found_in_lower_case():
    assert Headers([(b"If-Match", b' "3" ')]).one("if-match") == '"3"'


def test_an_absent_header_is_none():
    assert Headers([]).one("origin") is None


def test_a_header_that_came_twice_is_refused_as_one():
    headers = Headers([(b"origin", b"a"), (b"Origin", b"b")])

    with pytest.raises(BadRequest, match="origin was sent more than once"):
        headers.one("origin")


def test_every_value_of_a_header_is_kept_in_order():
    headers = Headers([(b"cookie", b"a=1"), (b"cookie", b"b=2")])

    assert headers.all("cookie") == ("a=1", "b=2")


def test_a_header_of_an_answer_is_found_whatever_its_case():
    assert Answer(200, headers=(("ETag", '"1"'),)).header("etag") == '"1"'


def test_more_headers_leave_the_first_answer_as_it_was():
    first = Answer(200, b"x", (("A", "1"),))

    assert first.plus(("B", "2")).headers == (("A", "1"), ("B", "2"))
    assert first.headers == (("A", "1"),)
