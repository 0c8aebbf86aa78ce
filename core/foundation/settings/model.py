"""How this Foundation is set up, as one frozen model, the same in every process."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from foundation.secret import Secret
from foundation.settings.choice import PluginChoice, Words

_READ_ALIKE = re.compile(r"(?:(?![+%:])[ -~])*")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Settings(PluginChoice):
    """How this Foundation is set up; frozen, the same in every process."""

    environment: Literal["production", "development"] = Field(
        default="production", description="development is for one person on one machine"
    )
    public_url: str = Field(description="where people reach Foundation, without a path")
    host: str = Field(default="127.0.0.1", description="the address to listen on")
    port: int = Field(default=3000, ge=1, le=65535, description="the port to listen on")
    workers: int = Field(default=3, ge=1, le=32, description="processes that answer requests")

    runs: Literal["on", "off"] = Field(
        default="on", description="whether serve and dev start a run worker"
    )
    run_slots: int = Field(default=2, ge=1, le=64, description="runs at once in a run worker")

    database_url: Secret = Field(description="postgresql://user:password@host/name")
    redis_url: Secret | None = Field(
        default=None, description="redis://user:password@host/0; without it all works, slower"
    )

    secret_key: Secret = Field(description="32 random bytes as base64, one a line")
    keyring_file: Path | None = Field(
        default=None, description="the keys that seal credentials; without it they stay sealed"
    )

    audit_mac_key_file: Path | None = Field(
        default=None, description="the keys that seal audit rows; without it, from SECRET_KEY"
    )
    audit_signing_key_file: Path | None = Field(
        default=None, description="the keys that sign heads of the audit trail"
    )
    audit_signer: Literal["on", "off"] = Field(
        default="on", description="off: `foundation audit sign` does it, as another user"
    )
    audit_notes_file: Path | None = Field(
        default=None, description="where signed heads are added; keep it from whoever runs the data"
    )

    audit_notes_folder: Path | None = Field(
        default=None, description="where each signed head is a file of its own, such as a bucket"
    )
    audit_tsa_url: str = Field(
        default="", description="a time stamping authority (RFC 3161) that is asked each hour"
    )
    audit_sync: Literal["off", "warn", "refuse"] = Field(
        default="off", description="whether the gravest events wait for their signed head"
    )
    audit_sinks: Words = Field(
        default=(),
        description="<name>=<url> by file, syslog+udp, +tcp, +tls or https, told each event",
    )
    audit_webhook_secret: Secret | None = Field(
        default=None, description="what signs the webhooks of the audit trail"
    )
    audit_syslog_ca_file: Path | None = Field(
        default=None, description="whom syslog+tls trusts; without it, whom the system does"
    )
    audit_keep_months: int = Field(
        default=25, ge=1, le=1200, description="months that `foundation audit prune` leaves"
    )
    audit_hold_months: Words = Field(
        default=(), description="months such as 2026-03 that are never pruned: a legal hold"
    )

    oidc_issuer: str = Field(description="the sign-in provider's URL")
    oidc_client_id: str = Field(description="what the provider calls this Foundation")
    oidc_client_secret: Secret | None = Field(default=None, description="what proves it there")
    oidc_auth_method: Literal["client_secret_basic", "client_secret_post", "none"] = Field(
        default="client_secret_basic", description="how it is proved"
    )
    oidc_scopes: str = Field(default="openid profile email", description="what is asked for")
    oidc_hosts: Words = Field(
        default=(), description="hosts of the provider's endpoints beside the issuer's own"
    )
    bootstrap_admin: str | None = Field(
        default=None, description="<issuer>|<sub> of the first admin"
    )
    development_roles: Words = Field(
        default=(), description="<sub>=<role>, given to newcomers; development only"
    )

    provisioning: Literal["invite", "jit", "closed"] = Field(
        default="invite", description="who may sign in for the first time: invited, all, nobody"
    )
    jit_role: Literal["none", "viewer"] = Field(
        default="none", description="what a newcomer gets with jit"
    )
    oidc_groups_claim: str = Field(
        default="", description="the claim with a person's groups; without it roles are local"
    )
    oidc_group_roles: Words = Field(default=(), description="<group>=<role>, what each group gives")
    plugin_roles: Literal["confirm", "trust"] = Field(
        default="confirm", description="whether an admin confirms the rights a plugin proposes"
    )
    oidc_required_acr: Words = Field(
        default=(), description="one of these the provider has to prove"
    )
    oidc_required_amr: Words = Field(
        default=(), description="all of these the provider has to prove"
    )
    oidc_logout_typ: Literal["required", "optional"] = Field(
        default="required", description="whether a logout token must say that it is one"
    )

    trusted_proxies: Words = Field(
        default=(), description="addresses or networks whose X-Forwarded-For is believed"
    )
    metrics_token: Secret | None = Field(
        default=None, description="a bearer token that may read /metrics from anywhere"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="the least important lines that are written"
    )
    log_levels: Literal["word", "number"] = Field(
        default="word", description='"info", or 30 as pino writes it'
    )

    @field_validator("public_url", "oidc_issuer")
    @classmethod
    def _is_a_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("give a URL such as https://ops.example.org")
        if parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise ValueError("http is for loopback only; give an https URL")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            try:
                ip_network(word, strict=False)
            except ValueError:
                raise ValueError("give addresses or networks such as 172.18.0.0/16") from None
        return value

    @field_validator("bootstrap_admin")
    @classmethod
    def _names_somebody(cls, value: str | None) -> str | None:
        if value is not None and not all(value.rpartition("|")):
            raise ValueError("give <issuer>|<subject>, such as https://id.example.org|1234")
        return value

    @field_validator("oidc_group_roles")
    @classmethod
    def _name_groups(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            if not all(word.rpartition("=")):
                raise ValueError("give <group>=<role>, such as ops-admins=admin")
        return value

    @field_validator("development_roles")
    @classmethod
    def _are_roles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for word in value:
            subject, _, role = word.partition("=")
            if not subject or role not in {"viewer", "operator", "admin"}:
                raise ValueError("give <subject>=<role>, such as vera=viewer")
        return value

    @field_validator("oidc_scopes")
    @classmethod
    def _asks_for_no_more_than_a_sign_in(cls, value: str) -> str:
        scopes = value.split()
        if "openid" not in scopes:
            raise ValueError("it must hold openid")
        if "offline_access" in scopes:
            raise ValueError("leave offline_access out: no token is kept that outlives a sign-in")
        return value

    @model_validator(mode="after")
    def _reads_alike_in_a_header(self) -> Self:
        """Refuse what providers decode differently after HTTP Basic (RFC 6749, 2.3.1)."""
        secret = self.oidc_client_secret.reveal() if self.oidc_client_secret else ""
        if self.oidc_auth_method == "client_secret_basic" and not (
            _READ_ALIKE.fullmatch(self.oidc_client_id) and _READ_ALIKE.fullmatch(secret)
        ):
            raise ValueError(
                "OIDC_CLIENT_ID or OIDC_CLIENT_SECRET holds + % : or a letter beyond ASCII, which "
                "providers read differently in a header; set OIDC_AUTH_METHOD=client_secret_post"
            )
        return self

    @model_validator(mode="after")
    def _development_is_loopback(self) -> Self:
        if self.environment == "development" and not self.is_loopback:
            raise ValueError("development mode refuses a public URL that is not loopback")
        if self.environment != "development" and self.development_roles:
            raise ValueError("DEVELOPMENT_ROLES is for FOUNDATION_ENVIRONMENT=development only")
        return self

    @property
    def is_loopback(self) -> bool:
        """Whether the public URL is on this machine."""
        return urlsplit(self.public_url).hostname in LOOPBACK

    @property
    def public_origin(self) -> str:
        """The public URL's scheme, host and port: what ``Origin`` must equal."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}"
