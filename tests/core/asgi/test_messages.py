"""Looking into ASGI's messages."""

from foundation.asgi.messages import header


def test_the_first_value_of_a_header_is_found():
    scope = {"headers": [(b"via", b"one"), (b"via", b"two")]}

    assert header(scope, b"via") == "one"
    assert header(scope, b"host") is None
