"""An object store that speaks S3: one request, signed by botocore, to the stored endpoint alone."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from foundation.ports import Reach
from foundation.sdk import EgressRefused, Unavailable


async def ask(_kind: str, values: Mapping[str, str], *, inside: Sequence[str]) -> str:
    """Return whether the bucket is there for us; without one, whether buckets may be listed."""
    endpoint = values["endpoint"].rstrip("/")
    method = "HEAD" if values.get("bucket") else "GET"
    url = f"{endpoint}/{quote(values.get('bucket', ''), safe='')}"
    keys = Credentials(values["access_key_id"], values["secret_access_key"])
    request = AWSRequest(method=method, url=url)
    S3SigV4Auth(keys, "s3", values["region"]).add_auth(request)
    client = Reach((endpoint,), tuple(inside)).client()
    try:
        answer = await client.request(method, url, headers=dict(request.headers.items()))
    except EgressRefused:
        return "not_allowed"
    except Unavailable:
        return "unreachable"
    if answer.status in {401, 403, 404}:
        return "refused"
    return "ok" if answer.status < 300 else "failed"
