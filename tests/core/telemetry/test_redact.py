"""What may not reach a log."""

import pytest

from foundation.secret import Secret
from foundation.telemetry.redact import Redactor, is_secret_key

redactor = Redactor()


@pytest.mark.parametrize(
    "key",
    [
        "password",
        "client_secret",
        "clientSecret",
        "API_KEY",
        "private_key",
        "Authorization",
        "set-cookie",
        "id_token",
        "refreshToken",
        "code_verifier",
        "keyring",
        "nonce",
    ],
)
def test_a_key_that_names_a_secret_is_known(key):
    assert is_secret_key(key)


@pytest.mark.parametrize(
    "key",
    [
        "secret_id",
        "token_count",
        "password_set",
        "key",
        "keyboard",
        "user_id",
        "secret_kind",
        "cache_key",
    ],
)
def test_a_key_that_only_speaks_of_one_is_let_through(key):
    assert not is_secret_key(key)


def test_a_value_under_a_secret_key_is_stars_at_any_depth():
    clean = redactor.mapping({"body": [{"password": "canary", "name": "crm"}]})

    assert clean == {"body": [{"password": "***", "name": "crm"}]}


def test_whether_a_secret_is_set_may_be_told():
    assert redactor.mapping({"token": True, "secret": None}) == {"token": True, "secret": None}


def test_a_secret_is_stars_under_any_key():
    assert redactor.mapping({"url": Secret("canary")}) == {"url": "***"}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("at postgresql://app:canary@db:5432/x", "at postgresql://***@db:5432/x"),
        ("redis://:canary@cache/0", "redis://***@cache/0"),
        ("GET https://idp/cb?code=canary&state=canary", "GET https://idp/cb?***"),
        ("Authorization: Bearer canary.canary", "Authorization: Bearer ***"),
        ("connect failed: password=canary host=db", "connect failed: password=*** host=db"),
        ("{'client_secret': 'ca na ry'}", "{'client_secret': ***}"),
        ("token eyJhbGciOi.eyJzdWIi.c2lnbmF0 end", "token *** end"),
        ("Cookie: __Host-foundation_session=canary; a=b", "Cookie: __Host-foundation_session=***; a=b"),
        ("[SQL: insert] [parameters: ('canary',)]", "[SQL: insert] [parameters: ***"),
        ("Key (name)=(canary) already exists", "Key (name)=(***) already exists"),
        ("-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----", "***"),
    ],
)  # fmt: skip
def test_what_looks_like_a_secret_is_taken_out(text, clean):
    assert redactor.text(text).rstrip("]") == clean.rstrip("]")


@pytest.mark.parametrize(
    "text",
    [
        "request finished in 3 ms",
        "https://ops.example.org/s/projects",
        "plugin_failed: no module named foundation_x",
        "the secret was revealed to Ada",
    ],
)
def test_what_is_harmless_stays_as_it_is(text):
    assert redactor.text(text) == text


def test_the_value_of_a_configured_secret_is_taken_out_wherever_it_stands():
    knowing = Redactor.knowing([Secret("hunter2-hunter2"), Secret("postgresql://u:pa55word@h/d")])

    assert knowing.text("tried hunter2-hunter2 then pa55word") == "tried *** then ***"


def test_a_short_secret_is_not_looked_for_because_it_would_match_by_chance():
    assert Redactor.knowing([Secret("a")]).text("a cat") == "a cat"


def test_a_long_text_is_cut():
    cut = redactor.text("x" * 10_000)

    assert len(cut) < 8_300
    assert cut.endswith("[10000 characters]")


def test_a_thing_that_holds_itself_ends():
    loop: list = []
    loop.append(loop)

    assert "..." in str(redactor.value(loop))


def test_an_object_that_cannot_be_shown_is_named():
    class Broken:
        def __str__(self):
            raise RuntimeError("no")

    assert redactor.value(Broken()) == "<Broken>"


def test_bytes_are_counted_and_not_shown():
    assert redactor.value(b"canary") == "<6 bytes>"


def test_what_json_cannot_hold_becomes_text():
    assert redactor.value(float("nan")) == "nan"
    assert redactor.mapping({1: {2}}) == {"1": [2]}
