"""Which hosts of this network a request may reach."""

from foundation_credentials.settings import CredentialsSettings


def test_hosts_are_given_by_commas():
    assert CredentialsSettings(inside_hosts="db.lan, 10.0.0.7 ,").inside == ("db.lan", "10.0.0.7")


def test_without_a_list_every_host_must_be_public():
    assert CredentialsSettings().inside == ()
