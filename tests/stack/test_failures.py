"""A part of the picture fails: what a person sees, that nothing is lost, that it mends itself."""

import json
import os
import resource
import signal
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import redis
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from ..e2e.visitor import Visitor
from .acts import create, slug, stopped, works
from .picture import Picture
from .program import children, listens, until
from .wire import connected, send


@pytest.fixture(scope="module")
def ada(picture: Picture) -> Visitor:
    return picture.visitor("admin")


# Redis, which is shared: what neighbours do to it happens to us


@pytest.fixture
def neighbour(picture: Picture) -> Iterator[redis.Redis]:
    """Somebody else with a program on the same Redis, who may do everything."""
    with redis.Redis.from_url(picture.neighbour_url) as client:
        yield client
    until(lambda: listens(picture.ports.redis), "Redis is there again")
    client = redis.Redis.from_url(picture.neighbour_url)
    client.config_set("maxmemory", "64mb")
    client.config_set("maxmemory-policy", "volatile-lru")
    client.flushall()
    client.close()


def test_ours_may_touch_its_own_keys_and_nothing_of_the_neighbours(
    picture: Picture, neighbour: redis.Redis
) -> None:
    neighbour.set("theirs", "1")
    url = (picture.secrets / "redis-url").read_text("ascii").strip()
    ours = redis.Redis.from_url(url)

    for refused in (
        lambda: ours.get("theirs"),
        ours.flushdb,
        lambda: ours.config_get("*"),
        lambda: ours.keys("*"),
    ):
        with pytest.raises(redis.exceptions.NoPermissionError):
            refused()
    ours.set("fnd:test", "1", ex=10)
    assert ours.get("fnd:test") == b"1"
    ours.close()


def test_redis_is_full_emptied_slow_and_away_and_nobody_is_signed_out(
    picture: Picture, ada: Visitor, neighbour: redis.Redis
) -> None:
    assert works(ada)
    assert any(b"session" in key for key in neighbour.keys("fnd:*"))

    neighbour.config_set("maxmemory-policy", "noeviction")
    neighbour.config_set("maxmemory", "1")
    assert works(ada)
    assert create(ada, slug()).status == 201

    neighbour.config_set("maxmemory", "64mb")
    neighbour.config_set("maxmemory-policy", "allkeys-lru")
    neighbour.flushall()
    assert works(ada)

    with stopped([picture.redis.pid]):
        assert works(ada)
        assert create(ada, slug()).status == 201

    picture.redis.stop()
    assert works(ada)
    assert create(ada, slug()).status == 201
    health = {part["name"]: part for part in ada.get("/api/health").json["parts"]}
    assert health["database"]["ok"]
    picture.redis.start()
    until(lambda: back(ada), "the api uses its Redis again")


def back(visitor: Visitor) -> bool:
    health = visitor.get("/api/health").json
    return all(part["ok"] for part in health["parts"] if part["name"] == "redis")


# Logs, provider, certificate


def test_the_disk_of_the_logs_is_full_and_work_goes_on(picture: Picture, ada: Visitor) -> None:
    everyone = [picture.api.pid, *picture.workers()]
    size = picture.api.log.stat().st_size
    limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in everyone}
    grown = max(size, 8 << 20)  # metrics are files too, and smaller than this
    for pid in everyone:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (grown, limits[pid][1]))
    os.truncate(picture.api.log, grown)  # after the limit: no line comes in between
    try:
        made = slug()
        assert create(ada, made).status == 201
        assert works(ada)
        assert picture.api.log.stat().st_size == grown  # nothing could be written
    finally:
        for pid in everyone:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits[pid])
        os.truncate(picture.api.log, size)

    heard = ada.get("/api/auth/me")
    id = heard.headers["X-Request-Id"]
    until(lambda: any(one.get("request_id") == id for one in picture.lines()), "logs go on")
    events = "SELECT count(*) FROM projects.projects p JOIN foundation.audit_log a"
    assert picture.sql(f"{events} ON a.target_id = p.id::text WHERE p.slug = '{made}'")[0][0] == 1


def test_the_provider_is_down_who_is_in_stays_in_and_who_comes_is_told(
    picture: Picture, ada: Visitor
) -> None:
    stranger = picture.visitor()
    there = stranger.post("/api/auth/login", {"next": "/"}).json["redirect"]
    back = stranger.choose(there, "viewer")

    picture.provider.stop()
    refused = stranger.get(back)
    stays = works(ada)
    picture.provider.start()
    until(picture.provider.serves, "the provider is back")

    assert stays
    assert refused.status == 303
    assert (
        refused.headers["Location"] == "/login?e=exchange"
    )  # the page says that it did not work, and offers to try again
    # It has other keys now, as after a rotation.
    until(lambda: signs_in(picture, "viewer"), "people can sign in again")


def signs_in(picture: Picture, person: str) -> bool:
    visitor = picture.visitor()
    answer = visitor.sign_in(person)
    return answer.status == 303 and visitor.get("/api/auth/me").status == 200


def test_an_expired_certificate_is_renewed_at_the_next_start(picture: Picture) -> None:
    folder = picture.folder / "caddy-data" / "caddy"
    leaf = next(folder.glob("certificates/local/localhost/localhost.crt"))
    picture.caddy.stop()
    leaf.write_bytes(expired(folder, leaf.read_bytes()))

    picture.caddy.start()

    until(lambda: not_after(picture) > datetime.now(UTC), "the certificate is a fresh one")
    assert send(picture.ports.https, picture.context, "GET /api/health").status == 200


def expired(folder: object, pem: bytes) -> bytes:
    """Return the certificate *pem* as it would look a week after its end, truly signed."""
    authority = folder / "pki" / "authorities" / "local"  # type: ignore[operator]  # a path
    (key,) = [load_pem_private_key((authority / "intermediate.key").read_bytes(), None)]
    old, *rest = x509.load_pem_x509_certificates(pem)
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(old.subject)
        .issuer_name(old.issuer)
        .public_key(old.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=14))
        .not_valid_after(now - timedelta(days=7))
    )
    for extension in old.extensions:
        made = made.add_extension(extension.value, critical=extension.critical)
    signed = made.sign(key, hashes.SHA256())
    encoding = serialization.Encoding.PEM
    return b"".join(one.public_bytes(encoding) for one in (signed, *rest))


def not_after(picture: Picture) -> datetime:
    """Return until when the certificate that is shown now is good; long ago if none is."""
    try:
        with connected(picture.ports.https, picture.context) as peer:
            shown = peer.getpeercert(binary_form=True)
    except OSError:
        return datetime.min.replace(tzinfo=UTC)
    assert shown
    return x509.load_der_x509_certificate(shown).not_valid_after_utc


# The run worker


def test_a_killed_run_worker_is_started_again_and_its_runs_are_not_lost(
    picture: Picture,
) -> None:
    os.killpg(picture.worker.pid, signal.SIGKILL)
    assert picture.worker.process is not None
    picture.worker.process.wait()
    assert children(picture.worker.pid) == []

    picture.worker.start()  # as `restart: unless-stopped` does

    until(picture.works, "it is ready to work again")
    assert json.dumps(picture.visitor("admin").get("/api/runs").json)
