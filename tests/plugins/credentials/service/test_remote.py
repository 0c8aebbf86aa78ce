"""The process of a test: asked over a pipe, ended in time, and nothing but a word comes back."""

import asyncio
import re
import ssl
from pathlib import Path
from types import SimpleNamespace

import pytest

from foundation.sdk import Secret
from foundation_credentials.outside.__main__ import word_of
from foundation_credentials.service.remote import Question, ask, missing

CANARY = "canary-9f1c-secret"
ASKED = {"kind": "x", "values": {}, "inside": [], "within_s": 30}


async def test_a_server_that_never_answers_is_left_in_time_and_no_process_stays(tmp_path):
    heard = asyncio.Event()
    seen = []

    async def silent(reader, writer):
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                command = file.read_bytes()
                if b"foundation_credentials.outside" in command:
                    seen.append(command + (file.parent / "environ").read_bytes())
            except OSError:
                continue
        heard.set()
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with server:
        values = {
            "host": "127.0.0.1",
            "port": str(server.sockets[0].getsockname()[1]),
            "database": "w",
            "username": "ada",
            "password": CANARY,
        }
        secret = {name: Secret(value) for name, value in values.items()}

        word = await ask(Question("postgres", secret, ()), within_s=4)

    assert word == "timeout"
    assert heard.is_set()
    assert seen
    assert not [text for text in seen if re.search(rb"canary|FOUNDATION_", text)]


async def test_a_kind_that_names_no_remote_is_untested():
    question = Question("kv", {"token": Secret(CANARY)}, ())

    assert await ask(question) == "untested"
    assert CANARY not in repr(question)


def test_a_missing_driver_is_named_with_the_command_that_brings_it():
    assert missing("s3") == "pip install 'foundation-credentials[s3]'"
    assert missing("ssh_key") == "pip install 'foundation-credentials[ssh]'"
    assert missing("basic") == ""


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        (TimeoutError(), "timeout"),
        (ssl.SSLError(), "insecure"),
        (ConnectionRefusedError(), "unreachable"),
        (KeyError("host"), "untested"),
        (RuntimeError("canary"), "failed"),
    ],
)
async def test_a_fault_becomes_a_word(fault, word):
    async def ask(*_, **__):
        raise fault

    assert await word_of(SimpleNamespace(ask=ask), ASKED) == word


async def test_a_driver_that_takes_too_long_is_left():
    async def ask(*_, **__):
        await asyncio.sleep(60)

    assert await word_of(SimpleNamespace(ask=ask), ASKED | {"within_s": 0.01}) == "timeout"
