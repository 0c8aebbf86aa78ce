"""Going to the provider and coming back: what is refused before any code is exchanged."""

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from foundation.auth.refusal import Refused
from foundation.auth.signin import Back, Going


async def start(signin, **given) -> Going:
    return await signin.go(**({"purpose": "sign_in", "next": "/s/projects", "cookies": {}} | given))


async def come_back(signin, going, brought) -> Back:
    query = brought if isinstance(brought, str) else urlencode(brought)
    transaction, parameters = signin.claim(query, {going.cookie: going.value})
    return await signin.back(transaction, parameters)


async def refusal(signin, going, brought) -> str:
    with pytest.raises(Refused) as refused:
        await come_back(signin, going, brought)
    return refused.value.reason


async def test_an_honest_sign_in_brings_the_person_back(signin, lying) -> None:
    going = await start(signin)
    back = await come_back(signin, going, lying.authorize(going.url))

    assert (back.person.subject, back.person.name) == ("ada", "Ada")
    assert back.person.issuer == lying.issuer
    assert back.transaction.next == "/s/projects"


async def test_what_is_asked_of_the_provider(signin, lying) -> None:
    going = await start(signin)
    asked = {name: value[0] for name, value in parse_qs(urlsplit(going.url).query).items()}

    assert going.url.startswith(f"{lying.issuer}/authorize?")
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid profile email"
    assert asked["max_age"] == "86400"
    assert len(asked["state"]) == len(asked["nonce"]) == 43
    assert "prompt" not in asked


async def test_a035_the_way_back_is_the_setting(signin) -> None:
    going = await start(signin)
    asked = parse_qs(urlsplit(going.url).query)

    assert asked["redirect_uri"] == ["http://localhost:3000/api/auth/callback"]


async def test_a_step_up_asks_for_the_person_anew(signin) -> None:
    going = await start(signin, purpose="step_up", session_hash="aa")
    asked = parse_qs(urlsplit(going.url).query)

    assert asked["prompt"] == ["login"]
    assert asked["max_age"] == ["0"]


@pytest.mark.parametrize("state", [None, "", "random", "é", "x" * 5_000])
async def test_a001_a_wrong_state_costs_no_request(signin, lying, state: str | None) -> None:
    going = await start(signin)
    brought = lying.authorize(going.url) | {"state": state}
    lying.requests.clear()

    assert (
        await refusal(signin, going, {k: v for k, v in brought.items() if v is not None}) == "state"
    )
    assert lying.requests == []


@pytest.mark.parametrize(
    "query",
    [
        "state=a&state=a",
        "code=1&code=2&state=a",
        "x=" + "a" * 9_000,
        "&".join(f"a{n}=1" for n in range(99)),
    ],
)
async def test_a002_a010_a_parameter_twice_or_too_much_is_refused(signin, query: str) -> None:
    assert await refusal(signin, await start(signin), query) == "request"


async def test_a010_an_issuer_given_twice_is_refused(signin, lying) -> None:
    going = await start(signin)
    query = urlencode(lying.authorize(going.url)) + "&iss=https%3A%2F%2Fevil.example"

    assert await refusal(signin, going, query) == "request"


@pytest.mark.parametrize("lie", ["absent", "{iss}/", "{ISS}", "https://evil.example", ""])
async def test_a009_an_issuer_that_is_missing_or_another_is_refused(signin, lying, lie) -> None:
    going = await start(signin)
    brought = lying.authorize(going.url)
    iss = brought.pop("iss")
    told = {} if lie == "absent" else {"iss": lie.format(iss=iss, ISS=iss.upper())}
    lying.requests.clear()

    assert await refusal(signin, going, brought | told) == "iss"
    assert lying.requests == []


async def test_an_issuer_may_be_missing_where_the_provider_never_promised_it(signin, lying) -> None:
    lying.metadata["authorization_response_iss_parameter_supported"] = False
    going = await start(signin)
    brought = lying.authorize(going.url)
    del brought["iss"]

    assert (await come_back(signin, going, brought)).person.subject == "ada"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("access_denied", "provider_denied"),
        ("login_required", "provider_login_required"),
        ("<script>alert(1)</script>", "provider_error"),
        ("a\r\nb", "provider_error"),
    ],
)
async def test_a029_an_error_becomes_one_of_our_own_words(signin, lying, error, reason) -> None:
    going = await start(signin)
    brought = lying.authorize(going.url)
    del brought["code"]
    told = brought | {"error": error, "error_description": "<script>canary</script>\r\n"}

    with pytest.raises(Refused) as refused:
        await come_back(signin, going, told)
    assert refused.value.reason == reason
    assert "canary" not in str(refused.value)
    assert "script" not in str(refused.value)


async def test_the_issuer_is_looked_at_before_the_error(signin, lying) -> None:
    going = await start(signin)
    told = lying.authorize(going.url) | {"iss": "https://evil.example", "error": "access_denied"}

    assert await refusal(signin, going, told) == "iss"


async def test_an_answer_without_a_code_is_refused(signin, lying) -> None:
    going = await start(signin)

    assert await refusal(signin, going, lying.authorize(going.url) | {"code": ""}) == "request"


async def test_a_sixth_sign_in_drops_the_oldest(signin) -> None:
    cookies = {}
    for _ in range(5):
        going = await start(signin, cookies=cookies)
        assert going.drop == ()
        cookies[going.cookie] = going.value

    assert len((await start(signin, cookies=cookies)).drop) == 1
