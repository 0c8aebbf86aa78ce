"""The security events of the product have their words in OWASP's vocabulary."""

import pytest

from foundation.audit.own import TRAIL_EVENTS
from foundation.audit.vocabulary import WORDS
from foundation.auth import key_events
from foundation.builtin.accounts import events as accounts

DECLARED = {type_.name: type_ for type_ in (*accounts.ALL, *key_events.ALL, *TRAIL_EVENTS)}


def test_every_word_that_is_used_is_one_of_the_vocabulary():
    used = {word for type_ in DECLARED.values() for word in type_.owasp}

    assert used <= WORDS
    assert len(WORDS) == 50


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("accounts.signin.succeeded", ("authn_login_success", "session_created")),
        ("accounts.signin.failed", ("authn_login_fail",)),
        ("accounts.stepup.succeeded", ("authn_login_success", "session_renewed")),
        ("accounts.stepup.failed", ("authn_login_fail",)),
        ("accounts.session.ended", ("session_expired",)),
        ("accounts.session.replayed", ("session_use_after_expire",)),
        ("accounts.token.created", ("authn_token_created",)),
        ("accounts.token.revoked", ("authn_token_revoked",)),
        ("accounts.token.leaked", ("authn_token_revoked",)),
        ("accounts.role.changed", ("privilege_permissions_changed",)),
        ("accounts.admin.bootstrapped", ("privilege_permissions_changed",)),
        ("accounts.access.denied", ("authz_fail",)),
        ("accounts.csrf.refused", ("malicious_cors",)),
        ("system.key.created", ("sensitive_create",)),
        ("system.key.activated", ("sensitive_update",)),
        ("system.key.retired", ("sensitive_update",)),
    ],
)
def test_a_security_event_has_its_words(name, words):
    assert DECLARED[name].owasp == words
