"""The main job from end to end, without a browser: what a person with curl would see."""

import json

from .foundation_process import FoundationProcess
from .visitor import Visitor

CANARY = "canary-5e1f-do-not-leak"
JOURNEY = [
    "accounts.signin.succeeded",
    "projects.project.created",
    "credentials.credential.created",
    "projects.credential.attached",
    "credentials.secret.revealed",
]


def test_the_journey_leaves_five_events_with_their_actor(foundation: FoundationProcess) -> None:
    ada = Visitor(foundation.url)
    assert ada.sign_in("admin").status == 303
    me = ada.get("/api/auth/me").json

    project = ada.post("/api/projects", {"slug": "spring", "name": "Spring"}).json
    credential = ada.post(
        "/api/creds",
        {
            "slug": "warehouse",
            "name": "Warehouse",
            "kind": "basic",
            "values": {"username": "loader", "password": CANARY},
        },
    ).json
    attached = ada.post(
        f"/api/projects/{project['id']}/credentials", {"credential_id": credential["id"]}
    )
    revealed = ada.post(
        f"/api/creds/{credential['id']}/reveal", {"field": "password", "reason": "to show it"}
    )

    assert attached.status == 201
    assert revealed.json["value"] == CANARY
    told = ada.get(f"/api/audit?limit=50&actor={me['id']}").json["items"]
    about = {me["id"], project["id"], credential["id"]}
    ours = [entry for entry in told if entry["target"] and entry["target"]["id"] in about]
    assert [entry["type"] for entry in reversed(ours[: len(JOURNEY)])] == JOURNEY
    assert {entry["actor"]["name"] for entry in ours} == {me["name"]}
    assert CANARY not in json.dumps(told)
    assert CANARY not in foundation.log
    assert CANARY.encode() not in ada.get("/metrics").body
    assert CANARY not in json.dumps(ada.get("/api/creds").json)


def test_a_viewer_reads_metadata_and_may_not_reveal(foundation: FoundationProcess) -> None:
    ada, vera = Visitor(foundation.url), Visitor(foundation.url)
    ada.sign_in("admin")
    vera.sign_in("viewer")
    made = ada.post(
        "/api/creds",
        {"slug": "for-vera", "name": "For Vera", "kind": "bearer", "values": {"token": CANARY}},
    ).json

    seen = vera.get(f"/api/creds/{made['id']}")
    refused = vera.post(f"/api/creds/{made['id']}/reveal", {"field": "token", "reason": "curious"})

    assert seen.status == 200
    assert CANARY.encode() not in seen.body
    assert refused.status == 403
    assert refused.json["code"] == "forbidden"


def test_after_signing_out_the_cookie_opens_nothing(foundation: FoundationProcess) -> None:
    ada = Visitor(foundation.url)
    ada.sign_in("admin")
    kept = dict(ada.cookies)

    ada.post("/api/auth/logout")

    assert Visitor(foundation.url, kept).get("/api/auth/me").status == 401


def test_a_stranger_is_told_to_sign_in(foundation: FoundationProcess) -> None:
    stranger = Visitor(foundation.url)

    refused = stranger.get("/api/shell")

    assert refused.status == 401
    assert refused.json["code"] == "unauthenticated"
    assert refused.json["request_id"] == refused.headers["X-Request-Id"]
