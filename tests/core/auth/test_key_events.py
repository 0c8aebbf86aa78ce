"""What the trail says of keys names them by their fingerprint and holds no byte of them."""

from foundation.auth.key_events import ALL, CREATED, KeyDetail


def test_every_event_is_about_a_key():
    assert {event.targets for event in ALL} == {("key",)}


def test_a_creation_has_a_fingerprint_and_nothing_else():
    assert CREATED.detail is KeyDetail
    assert set(KeyDetail.model_fields) == {"fingerprint"}
