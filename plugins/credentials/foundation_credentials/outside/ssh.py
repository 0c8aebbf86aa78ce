"""SSH, by asyncssh: sign in with the key and leave. Without a host nothing can be asked."""

from collections.abc import Mapping, Sequence

import asyncssh


async def ask(_kind: str, values: Mapping[str, str], *, inside: Sequence[str]) -> str:  # noqa: ARG001  # all are asked alike
    """Return whether the server lets the key in.

    With ``host_key`` the server must prove that it has it. Without, any server is believed: the
    private key never leaves this process, whoever asks for the proof that we have it.
    """
    host, port = values["host"], int(values["port"])
    try:
        key = asyncssh.import_private_key(values["private_key"], values.get("passphrase"))
        known = _known(host, port, values.get("host_key", ""))
    except (asyncssh.KeyImportError, asyncssh.KeyEncryptionError, ValueError):
        return "refused"
    try:
        connection = await asyncssh.connect(
            host,
            port,
            username=values["username"],
            client_keys=[key],
            known_hosts=known,
            config=None,
            agent_path=None,
            gss_host=None,
        )
    except asyncssh.HostKeyNotVerifiable:
        return "insecure"
    except asyncssh.PermissionDenied:
        return "refused"
    except asyncssh.Error:
        return "failed"
    connection.close()
    return "ok"


def _known(host: str, port: int, host_key: str) -> asyncssh.SSHKnownHosts | None:
    if not host_key:
        return None
    where = host if port == 22 else f"[{host}]:{port}"
    return asyncssh.import_known_hosts(f"{where} {host_key}\n")
