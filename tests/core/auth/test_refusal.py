"""A refusal has a reason of ours; its note is for the log."""

from typing import get_args

from foundation.auth.refusal import Reason, Refused


def test_a_refusal_tells_its_reason_and_note() -> None:
    assert str(Refused("token", "aud")) == "token: aud"
    assert str(Refused("state")) == "state"


def test_every_reason_fits_in_a_query() -> None:
    assert all(reason.replace("_", "").isalpha() for reason in get_args(Reason))
