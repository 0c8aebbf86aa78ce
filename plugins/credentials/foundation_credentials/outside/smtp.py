"""A mail server, by aiosmtplib: sign in and send nothing."""

from collections.abc import Mapping, Sequence

from foundation.sdk import Secret, smtp_sign_in

LONGEST_S = 10.0


async def ask(_kind: str, values: Mapping[str, str], *, inside: Sequence[str]) -> str:  # noqa: ARG001  # all are asked alike
    """Return whether the server lets us in."""
    return await smtp_sign_in(
        host=values["host"],
        port=int(values["port"]),
        security=values["security"],
        username=values["username"],
        password=Secret(values["password"]),
        within_s=LONGEST_S,
    )
