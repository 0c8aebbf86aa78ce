"""The kinds of credentials: which fields each has, and which of them are secret or name a host.

A kind is one pydantic model. It checks the values, draws the form through its JSON Schema, and
marks fields: a secret one is ``writeOnly``, one that names where to connect is ``x-host``.
Parts are asked for, never a connection string: parts can be hidden one by one.
"""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    ValidationError,
    model_validator,
)

from foundation.sdk import FieldProblem, Invalid, Secret

FIELD = r"^[A-Za-z_][A-Za-z0-9_.-]{0,63}$"
FieldName = Annotated[str, StringConstraints(pattern=FIELD)]


def _unix_lines(secret: Secret) -> Secret:
    """PEM files copied from elsewhere carry CRLF, which some readers refuse."""
    return Secret(secret.reveal().replace("\r\n", "\n"))


Shape = type[BaseModel]
"""A kind as the model of its values; plugins bring some that are no `Kind`."""

MOVES: dict[str, JsonValue] = {"x-host": True}
Long = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Shown = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
"""One line: a form draws a text of more than 500 characters as a larger box."""

Host = Annotated[Shown, Field(json_schema_extra=MOVES)]
PortText = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{1,5}$"), Field(json_schema_extra=MOVES)
]
Url = Annotated[
    Shown, StringConstraints(pattern=r"^https?://[^\s@\\]+$"), Field(json_schema_extra=MOVES)
]
Address = Annotated[
    Url | None,
    Field(
        title="URL",
        description="Requests with this credential go there and nowhere else.",
        json_schema_extra=MOVES,
    ),
]
Pem = Annotated[
    Secret,
    AfterValidator(_unix_lines),
    Field(json_schema_extra={"x-ui": {"widget": "secret", "multiline": True}}),
]


class Kind(BaseModel):
    """One kind of credential; a subclass names it and lists its fields."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        defer_build=True,  # most processes never use most kinds, and building one takes 10 ms
    )
    title: ClassVar[str]


class Basic(Kind):
    """For a sign-in with both, HTTP basic authentication too."""

    title = "User name and password"
    username: Annotated[Shown, Field(title="User name")]
    password: Annotated[Secret, Field(title="Password")]
    url: Address = None


class Bearer(Kind):
    """A token that is sent in the Authorization header."""

    title = "Bearer token"
    token: Annotated[Secret, Field(title="Token")]
    url: Address = None


class ApiKeyHeader(Kind):
    """A key sent in a header of its own."""

    title = "API key in a header"
    header: Annotated[Shown, Field(title="Header", pattern=r"^[A-Za-z0-9-]+$")]
    key: Annotated[Secret, Field(title="Key")]
    url: Address = None


class OAuth2Client(Kind):
    """A client that gets tokens from a provider (OAuth 2.0 client credentials)."""

    title = "OAuth 2.0 client"
    token_url: Annotated[Url, Field(title="Token URL")]
    client_id: Annotated[Shown, Field(title="Client id")]
    client_secret: Annotated[Secret, Field(title="Client secret")]
    scope: Annotated[Long | None, Field(title="Scope")] = None
    url: Address = None


class Postgres(Kind):
    """How to reach a PostgreSQL database."""

    title = "PostgreSQL"
    host: Annotated[Host, Field(title="Host")]
    port: Annotated[PortText, Field(title="Port")] = "5432"
    database: Annotated[Shown, Field(title="Database")]
    username: Annotated[Shown, Field(title="User name")]
    password: Annotated[Secret, Field(title="Password")]


class MySql(Kind):
    """How to reach a MySQL or MariaDB database."""

    title = "MySQL"
    host: Annotated[Host, Field(title="Host")]
    port: Annotated[PortText, Field(title="Port")] = "3306"
    database: Annotated[Shown, Field(title="Database")]
    username: Annotated[Shown, Field(title="User name")]
    password: Annotated[Secret, Field(title="Password")]


class S3(Kind):
    """Keys for an object store that speaks S3."""

    title = "S3"
    endpoint: Annotated[Url, Field(title="Endpoint")]
    region: Annotated[Shown, Field(title="Region")] = "us-east-1"
    bucket: Annotated[Shown | None, Field(title="Bucket")] = None
    access_key_id: Annotated[Shown, Field(title="Access key id")]
    secret_access_key: Annotated[Secret, Field(title="Secret access key")]


class Smtp(Kind):
    """How to send mail."""

    title = "SMTP"
    host: Annotated[Host, Field(title="Host")]
    port: Annotated[PortText, Field(title="Port")] = "587"
    security: Annotated[
        Shown, Field(title="Security", pattern="^(starttls|tls|none)$", json_schema_extra=MOVES)
    ] = "starttls"
    username: Annotated[Shown, Field(title="User name")]
    password: Annotated[Secret, Field(title="Password")]


class SshKey(Kind):
    """A private key for SSH; with a host it can be tested."""

    title = "SSH key"
    host: Annotated[Host | None, Field(title="Host", json_schema_extra=MOVES)] = None
    port: Annotated[PortText, Field(title="Port")] = "22"
    host_key: Annotated[
        Shown | None,
        Field(
            title="Host key",
            description="As in known_hosts, without the name: ssh-ed25519 AAAA...",
            json_schema_extra=MOVES,
        ),
    ] = None
    username: Annotated[Shown, Field(title="User name")]
    private_key: Annotated[Pem, Field(title="Private key")]
    passphrase: Annotated[Secret | None, Field(title="Passphrase")] = None


class KeyValue(Kind):
    """Any names, each with a secret value."""

    model_config: ClassVar[ConfigDict] = ConfigDict(extra="allow")
    title = "Names and values"
    __pydantic_extra__: dict[str, Secret] = Field(init=False)

    @model_validator(mode="after")
    def _has_something(self) -> "KeyValue":
        if not self.__pydantic_extra__:
            raise ValueError("give at least one name with a value")
        return self


KINDS: Mapping[str, type[Kind]] = {
    "basic": Basic,
    "bearer": Bearer,
    "api_key_header": ApiKeyHeader,
    "oauth2_client": OAuth2Client,
    "postgres": Postgres,
    "mysql": MySql,
    "s3": S3,
    "smtp": Smtp,
    "ssh_key": SshKey,
    "kv": KeyValue,
}


def fields(kind: Shape) -> tuple[str, ...]:
    """Return the fields *kind* declares, in the order a form shows them; `KeyValue` has none."""
    return tuple(kind.model_fields)


def is_secret(kind: Shape, field: str) -> bool:
    """Tell whether *field* is kept sealed; a free name always is."""
    known = kind.model_fields.get(field)
    return known is None or _mentions_secret(known.annotation)


def names_a_host(kind: Shape, field: str) -> bool:
    """Tell whether *field* says where the secret values are sent."""
    known = kind.model_fields.get(field)
    extra = known.json_schema_extra if known else None
    return isinstance(extra, dict) and bool(extra.get("x-host"))


def form(kind: Shape) -> dict[str, Any]:  # a JSON Schema
    """Return the JSON Schema of *kind*, in the subset that forms are drawn from."""
    schema = kind.model_json_schema()
    for name, field in schema["properties"].items():
        schema["properties"][name] = _form_field(field)
    return schema


def parse(kind: Shape, values: Mapping[str, Secret]) -> tuple[dict[str, str], dict[str, Secret]]:
    """Return the plain and the secret values of a complete set; raises `Invalid` naming fields."""
    _refuse_binary(values)
    try:
        checked = kind.model_validate(
            {
                name: value if is_secret(kind, name) else value.reveal()
                for name, value in values.items()
            }
        )
    except ValidationError as refused:
        raise Invalid(errors=_problems(refused)) from None
    found = {name: value for name, value in checked if value is not None}
    secrets = {name: value for name, value in found.items() if isinstance(value, Secret)}
    return {name: str(value) for name, value in found.items() if name not in secrets}, secrets


def _refuse_binary(values: Mapping[str, Secret]) -> None:
    """Refuse what is no text: a NUL, or half a character."""
    bad = [
        name
        for name, value in values.items()
        if "\0" in value.reveal() or any("\ud800" <= c <= "\udfff" for c in value.reveal())
    ]
    if bad:
        detail = "is no text; encode binary values, for example with base64"
        raise Invalid(errors=[FieldProblem(f"/values/{name}", detail, "binary") for name in bad])


def _mentions_secret(annotation: object) -> bool:
    return annotation is Secret or any(_mentions_secret(part) for part in get_args(annotation))


def _form_field(field: dict[str, Any]) -> dict[str, Any]:  # a JSON Schema
    """Write "this or null" as an optional field, and say of a secret how it is entered."""
    if "anyOf" in field:
        rest = {key: part for key, part in field.items() if key not in {"anyOf", "default"}}
        field = {**field["anyOf"][0], **rest}
    if field.get("writeOnly"):
        field.setdefault("x-ui", {"widget": "secret"})
    return field


def _problems(refused: ValidationError) -> list[FieldProblem]:
    found: dict[str, FieldProblem] = {}
    for error in refused.errors(include_input=False, include_url=False, include_context=False):
        # A union reports each branch below the field; one line for a field is enough.
        pointer = "/values" + "".join(f"/{part}" for part in error["loc"][:1])
        detail = error["msg"].removeprefix("Value error, ")
        found.setdefault(pointer, FieldProblem(pointer, detail, error["type"]))
    return list(found.values())
