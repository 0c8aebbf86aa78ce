"""SSH: a real server lets a key in, refuses another, and has to prove who it is."""

from contextlib import asynccontextmanager

import asyncssh
import pytest

from foundation_credentials.outside.ssh import ask

OURS, OTHER, HOST = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(3))
PLAIN = OURS.export_private_key().decode()
LOCKED = OURS.export_private_key("pkcs8-pem", passphrase="open it").decode()


def public(key: asyncssh.SSHKey) -> str:
    return key.export_public_key().decode().strip()


class Door(asyncssh.SSHServer):
    """Lets ``ada`` in with one key."""

    def begin_auth(self, username: str) -> bool:
        return True

    def public_key_auth_supported(self) -> bool:
        return True

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        return username == "ada" and key.public_data == OURS.public_data


@asynccontextmanager
async def server():
    listening = await asyncssh.listen("127.0.0.1", 0, server_factory=Door, server_host_keys=[HOST])
    async with listening:
        yield {
            "host": "127.0.0.1",
            "port": str(listening.get_port()),
            "username": "ada",
            "private_key": PLAIN,
        }


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({}, "ok"),
        ({"host_key": public(HOST)}, "ok"),
        ({"host_key": public(OTHER)}, "insecure"),
        ({"private_key": OTHER.export_private_key().decode()}, "refused"),
        ({"username": "bob"}, "refused"),
        ({"private_key": LOCKED, "passphrase": "open it"}, "ok"),
        ({"private_key": LOCKED, "passphrase": "wrong"}, "refused"),
        ({"private_key": "no key at all"}, "refused"),
    ],
)
async def test_a_server_is_asked_to_let_the_key_in(change, word):
    async with server() as place:
        assert await ask("ssh_key", place | change, inside=()) == word


async def test_without_a_host_nothing_can_be_asked():
    with pytest.raises(KeyError):
        await ask("ssh_key", {"username": "ada", "private_key": "x"}, inside=())
