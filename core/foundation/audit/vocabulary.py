"""Words for security events that other programs know: OWASP's logging vocabulary.

Without what follows a colon there: who it was and from where is in the event itself.
"""

from typing import Literal, get_args

OwaspWord = Literal[
    "authn_login_success",
    "authn_login_successafterfail",
    "authn_login_fail",
    "authn_login_fail_max",
    "authn_login_lock",
    "authn_password_change",
    "authn_password_change_fail",
    "authn_impossible_travel",
    "authn_token_created",
    "authn_token_revoked",
    "authn_token_reuse",
    "authn_token_delete",
    "authz_fail",
    "authz_change",
    "authz_admin",
    "crypt_decrypt_fail",
    "crypt_encrypt_fail",
    "excess_rate_limit_exceeded",
    "upload_complete",
    "upload_stored",
    "upload_validation",
    "upload_delete",
    "input_validation_fail",
    "input_validation_discrete_fail",
    "malicious_excess_404",
    "malicious_extraneous",
    "malicious_attack_tool",
    "malicious_sqli",
    "malicious_cors",
    "malicious_direct_reference",
    "privilege_permissions_changed",
    "sensitive_create",
    "sensitive_read",
    "sensitive_update",
    "sensitive_delete",
    "sequence_fail",
    "session_created",
    "session_renewed",
    "session_expired",
    "session_use_after_expire",
    "sys_startup",
    "sys_shutdown",
    "sys_restart",
    "sys_crash",
    "sys_monitor_disabled",
    "sys_monitor_enabled",
    "user_created",
    "user_updated",
    "user_archived",
    "user_deleted",
]
"""A word of the vocabulary."""

WORDS: frozenset[str] = frozenset(get_args(OwaspWord))

VOCABULARY = "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Vocabulary_Cheat_Sheet.html"
"""Where the words are explained."""
