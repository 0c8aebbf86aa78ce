"""The client asks its own hosts and nobody else, and connects to the address it checked."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from foundation.outbound.client import Egress, HttpClient, Unreached, egress_to
from foundation.outbound.origin import EgressRefused, origin_of


@asynccontextmanager
async def remote(reply: bytes = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"):
    """A server on loopback that keeps what it was sent."""
    heard: list[bytes] = []

    async def answer(reader, writer):
        heard.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(reply)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], heard


def resolving(*addresses):
    async def resolve(host, port):
        return addresses

    return resolve


async def test_a_request_carries_the_headers_and_the_name_of_its_host():
    async with remote() as (port, heard):
        url = f"http://api.example:{port}/x?y=1"
        egress = Egress(
            frozenset({origin_of(url)}), frozenset({"api.example"}), resolving("127.0.0.1")
        )
        answer = await HttpClient(egress, headers={"authorization": "Bearer t"}).request("GET", url)

    assert (answer.status, answer.body) == (200, b"hi")
    assert heard[0].startswith(b"GET /x?y=1 HTTP/1.1\r\n")
    assert f"host: api.example:{port}\r\n".encode() in heard[0].lower()
    assert b"authorization: bearer t" in heard[0].lower()


@pytest.mark.parametrize("address", ["127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254"])
async def test_a117_a_name_that_leads_inside_is_refused_before_connecting(address):
    async with remote() as (port, heard):
        url = f"http://api.example:{port}/"
        egress = Egress(frozenset({origin_of(url)}), resolve=resolving(address))
        with pytest.raises(EgressRefused):
            await HttpClient(egress, headers={}).request("GET", url)
    assert heard == []


async def test_a117_a_redirect_elsewhere_is_refused_and_carries_nothing():
    async with remote() as (elsewhere, unheard):
        there = f"http://127.0.0.1:{elsewhere}/".encode()
        reply = b"HTTP/1.1 302 Found\r\nlocation: " + there + b"\r\ncontent-length: 0\r\n\r\n"
        async with remote(reply) as (port, heard):
            url = f"http://localhost:{port}/"
            client = HttpClient(egress_to([url], inside=["localhost"]), headers={"x-key": "k"})
            with pytest.raises(EgressRefused):
                await client.request("GET", url, follow=True)
            assert (await client.request("GET", url)).status == 302

    assert len(heard) == 2
    assert unheard == []


async def test_what_does_not_answer_is_told_without_its_words():
    async with remote(b"garbage that echoes k3y\r\n\r\n") as (port, _):
        url = f"http://localhost:{port}/"
        client = HttpClient(egress_to([url], inside=["localhost"]), headers={})
        with pytest.raises(Unreached) as unreached:
            await client.request("GET", url)
    assert "k3y" not in str(unreached.value)


def test_a_client_prints_its_hosts_and_no_header():
    client = HttpClient(egress_to(["https://a.example"]), headers={"authorization": "canary"})

    assert repr(client) == "HttpClient(allowed=['https://a.example:443'])"
