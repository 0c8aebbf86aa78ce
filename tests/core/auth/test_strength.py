"""How strongly somebody proved who they are: two kinds of factor, or the provider's own word."""

from foundation.auth.strength import NO_PROOF, Proof


def test_two_kinds_of_factor_or_the_word_mfa_are_more_than_one() -> None:
    for used in (("mfa",), ("pwd", "otp"), ("hwk", "fpt"), ("pin", "sc", "user")):
        assert Proof(amr=used).is_multi, used


def test_one_kind_twice_an_unknown_one_or_none_at_all_is_weak() -> None:
    for used in ((), ("pwd",), ("pwd", "pin"), ("otp", "sms"), ("geo", "user"), ("MFA",)):
        assert not Proof(amr=used).is_multi, used
    assert not Proof(acr="urn:strong").is_multi
    assert not NO_PROOF.is_multi


def test_a_session_keeps_what_was_said_and_what_it_comes_to() -> None:
    assert Proof("urn:strong", ("pwd", "otp")).columns() == {
        "acr": "urn:strong", "amr": ["pwd", "otp"], "mfa": True,
    }  # fmt: skip
