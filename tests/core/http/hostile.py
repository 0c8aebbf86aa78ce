"""Hostile input, and what a problem must look like; used by the sweep over all routes."""

from typing import Any
from uuid import UUID

from foundation.http.plan import Plan

NOBODYS = "0192aaaa-0000-7000-8000-00000000000a"
BODIES: dict[str, dict[str, Any]] = {
    "POST /api/roles": {"name": "testers", "permissions": ["accounts:user:read"]},
    "POST /api/invitations": {"email": "ada@example.org"},
    "POST /api/me/tokens": {"scopes": ["accounts:user:read"]},
    "POST /api/creds": {"kind": "basic", "values": {"username": "ada", "password": "hunter2"}},
    "PUT /api/creds/{id}/values": {"values": {"password": "hunter3"}},
    "POST /api/audit/filters": {"query": {"actor": "ada"}},
}
"""What a schema does not say: fields that depend on each other."""

OF_A_JOB = {"POST /api/runs", "POST /api/runs/schedules"}
"""What is made there is of a job, which another plugin brings; tests of that section have one."""

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}

HOSTILE_BODIES = {
    "no JSON": b"{",
    "twice": b'{"name": "a", "name": "b"}',
    "NaN": b'{"name": NaN}',
    "deep": b"[" * 10_000,
    "huge integer": b'{"name": ' + b"9" * 5_000 + b"}",
    "lone surrogate": b'{"name": "\\ud800"}',
    "NUL": b'{"name": "a\\u0000"}',
    "BOM": b"\xef\xbb\xbf{}",
    "UTF-16": '{"name": "a"}'.encode("utf-16"),
    "not UTF-8": b'{"name": "\xff"}',
    "a list": b"[]",
    "a number": b"3",
    "null": b"null",
    "unknown field": b'{"nobody_has_this_field": 1}',
}
WRONG_VALUES = [None, True, 3, -1, 1.5, "", "x" * 100_000, [], {}, ["x"], {"x": 1}, "\u202e", "%s"]
HOSTILE_QUERIES = [
    "nobody_has_this=1",
    "limit=1&limit=2",
    "limit=0",
    "limit=-1",
    "limit=9999999999999999999999",
    "limit=x",
    "cursor=x",
    "cursor=%00",
    "cursor=" + "A" * 2_000,
    "cursor=e30",
    "q=%ff",
    "q=%00",
    "=",
    "&".join(f"a{n}=1" for n in range(200)),
    "q=" + "x" * 9_000,
]
WRONG_IDS = [
    "x",
    "0",
    "-1",
    "'",
    "%",
    NOBODYS[:-1],
    NOBODYS + "0",
    "urn:uuid:" + NOBODYS,
    "\0",
    "é",
]


def filled(plan: Plan, value: str = NOBODYS) -> str:
    path = plan.url
    for name in plan.path:
        path = path.replace("{" + name + "}", value)
    return path


def sample(schema: dict[str, Any], defs: dict[str, Any]) -> Any:  # noqa: PLR0911  # a case each
    """A value that a JSON schema takes, as small as can be."""
    if "$ref" in schema:
        return sample(defs[schema["$ref"].rpartition("/")[2]], defs)
    for key in ("default", "const"):
        if key in schema:
            return schema[key]
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return sample(schema[key][0], defs)
    match schema.get("type"):
        case "string" if schema.get("format") == "uuid":
            return NOBODYS
        case "string":
            return "a" * max(schema.get("minLength", 1), 1)
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case "array":
            return []
        case _:
            needed = schema.get("required", ())
            return {name: sample(schema["properties"][name], defs) for name in needed}


def body_of(plan: Plan) -> dict[str, Any]:
    """A body that the model of a route takes."""
    schema = plan.body.model_json_schema()
    return sample(schema, schema.get("$defs", {})) | BODIES.get(spelled(plan), {})


def spelled(plan: Plan) -> str:
    return f"{plan.route.method} {plan.url}"


def version(plan: Plan) -> int | None:
    return 1 if plan.wants_version else None


def check(got, where, *statuses):
    """A problem of one of *statuses*, whole and without anything of ours."""
    assert got.status in statuses, (where, got.status, got.body[:300])
    assert got.headers["content-type"].startswith("application/problem+json"), where
    problem = got.json
    assert problem["status"] == got.status, where
    assert problem["code"], where
    assert str(UUID(problem["request_id"])) == problem["request_id"], where
    assert problem["type"].endswith(problem["code"]), where
    for bad in problem.get("errors", ()):
        assert bad["detail"], where
        assert bad["code"], where
    for ours in (b"Traceback", b"sqlalchemy", b"asyncpg", b"SELECT ", b".py"):
        assert ours not in got.body, where
