"""Whatever has a URL: one request there; an answer other than a refusal means we were let in."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode
from uuid import UUID

from foundation.ports import CredentialRef
from foundation.sdk import EgressRefused, HttpClient, Secret, Unavailable
from foundation_credentials.service.use import InUse

FORM = {"content-type": "application/x-www-form-urlencoded"}


async def ask(kind: str, values: Mapping[str, str], *, inside: Sequence[str]) -> str:
    """Return whether the remote lets us in; raises `KeyError` where there is no URL."""
    url = values["token_url" if kind == "oauth2_client" else "url"]
    ref = CredentialRef(id=UUID(int=0), slug="", name="", kind=kind)
    secret = {name: Secret(value) for name, value in values.items()}
    client = InUse(ref, secret, frozenset(), (url,), tuple(inside)).http()
    try:
        return await (_token if kind == "oauth2_client" else _page)(client, url, values)
    except EgressRefused:
        return "not_allowed"
    except Unavailable:
        return "unreachable"


async def _token(client: HttpClient, url: str, values: Mapping[str, str]) -> str:
    asked = {"grant_type": "client_credentials"}
    asked |= {
        name: values[name] for name in ("client_id", "client_secret", "scope") if name in values
    }
    content = urlencode(asked).encode()
    answer = await client.request("POST", url, headers=FORM, content=content)
    return "ok" if answer.status == 200 else "refused" if answer.status < 500 else "failed"


async def _page(client: HttpClient, url: str, _values: Mapping[str, str]) -> str:
    answer = await client.request("GET", url)
    if answer.status in {401, 403}:
        return "refused"
    return "ok" if answer.status < 400 else "failed"
