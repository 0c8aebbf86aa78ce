"""The provider over HTTP, on loopback and by its own name only."""

import http.client
import json
import threading
from urllib.parse import urlencode

import pytest

from foundation.auth.development.server import make_server

PUBLIC = "http://localhost:3000"


@pytest.fixture
def server():
    server = make_server(0, public_url=PUBLIC)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def ask(server, method: str, path: str, body: str = "", **headers: str):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1])
    connection.request(method, path, body=body, headers=headers)
    response = connection.getresponse()
    answer = response.status, dict(response.headers), response.read().decode()
    connection.close()
    return answer


def query(server) -> str:
    return urlencode(
        {
            "client_id": "foundation",
            "redirect_uri": f"{PUBLIC}/api/auth/callback",
            "response_type": "code",
            "scope": "openid",
            "state": "s",
            "code_challenge": "c",
            "code_challenge_method": "S256",
        }
    )


@pytest.mark.parametrize(
    "url", ["https://ops.example.org", "http://192.0.2.1:3000", "", "nonsense"]
)
def test_it_refuses_a_public_url_that_is_not_loopback(url: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        make_server(0, public_url=url)


def test_it_listens_on_loopback_only(server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_the_documents_are_served(server) -> None:
    status, _, body = ask(server, "GET", "/.well-known/openid-configuration")
    keys = ask(server, "GET", "/jwks")

    assert status == keys[0] == 200
    assert json.loads(body)["issuer"] == server.provider.issuer
    assert json.loads(keys[2])["keys"][0]["kty"] == "RSA"


def test_choosing_a_person_leads_back(server) -> None:
    status, headers, page = ask(server, "GET", "/authorize?" + query(server))
    assert status == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Ada Admin" in page

    form = urlencode({"request": query(server), "person": "viewer"})
    status, headers, _ = ask(server, "POST", "/authorize", form)
    assert status == 303
    assert headers["Location"].startswith(f"{PUBLIC}/api/auth/callback?state=s&iss=")


def test_a_wrong_request_is_told_and_goes_nowhere(server) -> None:
    status, headers, body = ask(server, "GET", "/authorize?client_id=other")

    assert status == 400
    assert "Location" not in headers
    assert "client_id must be foundation" in body


def test_a_wrong_code_is_refused_as_json(server) -> None:
    status, _, body = ask(server, "POST", "/token", "code=x")

    assert (status, json.loads(body)) == (400, {"error": "invalid_grant"})


def test_another_name_in_host_finds_nothing(server) -> None:
    assert ask(server, "GET", "/jwks", Host="evil.example")[0] == 404
    assert ask(server, "POST", "/token", "code=x", Host="evil.example")[0] == 404


def test_signing_out_leads_back_or_says_so(server) -> None:
    back = urlencode({"post_logout_redirect_uri": f"{PUBLIC}/login", "state": "x"})

    assert ask(server, "GET", f"/logout?{back}")[1]["Location"] == f"{PUBLIC}/login?state=x"
    assert "signed out" in ask(server, "GET", "/logout")[2]


@pytest.mark.parametrize("path", ["/userinfo", "/nothing"])
def test_a_stranger_learns_nothing(server, path: str) -> None:
    assert ask(server, "GET", path)[0] in {401, 404}


def test_the_style_is_a_file_of_its_own(server) -> None:
    assert ask(server, "GET", "/style.css")[1]["Content-Type"].startswith("text/css")


@pytest.mark.parametrize("length", ["-1", "x"])
def test_a_wrong_length_is_no_crash(server, length: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1])
    connection.putrequest("POST", "/token")
    connection.putheader("Content-Length", length)
    connection.endheaders()
    assert connection.getresponse().status == 400
    connection.close()
