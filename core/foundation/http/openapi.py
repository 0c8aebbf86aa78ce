"""The API described by itself: OpenAPI 3.1 from the plans, every model under its own name."""

import inspect
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, Field, TypeAdapter
from pydantic.json_schema import models_json_schema

from foundation.auth.permissions import Permission, Public, SignedIn
from foundation.http.exchange import EVENTS
from foundation.http.models import View
from foundation.http.plan import Plan

REF = "#/components/schemas/{model}"
SESSION = "session"


class ProblemField(View):
    """One bad field: a JSON pointer, or ``query:name``."""

    pointer: str
    detail: str
    code: str


class Problem(View):
    """What was refused and why (RFC 9457); quote *request_id* when asking about it."""

    type: str
    title: str
    status: int
    detail: str | None = None
    code: str
    request_id: str
    errors: list[ProblemField] = Field(default_factory=list)


def describe(plans: Iterable[Plan], *, version: str, cookie: str) -> dict[str, Any]:  # JSON
    """Return the OpenAPI 3.1 document of *plans*; *cookie* is the name of the session's cookie."""
    known = sorted(plans, key=lambda plan: (plan.url, plan.route.method))
    schemas, components = _models(known)
    paths: dict[str, dict[str, Any]] = {}  # JSON
    for plan in known:
        paths.setdefault(plan.url, {})[plan.route.method.lower()] = _operation(plan, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Foundation", "version": version},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {SESSION: {"type": "apiKey", "in": "cookie", "name": cookie}},
            "responses": {
                "Problem": {
                    "description": "A refusal, told as a problem document (RFC 9457)",
                    "content": {"application/problem+json": {"schema": schemas[Problem]}},
                }
            },
        },
    }


def _models(plans: list[Plan]) -> tuple[dict[Any, Any], dict[str, Any]]:  # JSON by type expression
    """Return the reference of each model, and the named schemas these point to."""
    wanted: dict[Any, Any] = {Problem: "serialization"}  # a mode by model
    for plan in plans:
        if plan.body is not None:
            wanted[plan.body] = "validation"
        if plan.view is not None:
            wanted[plan.view] = "serialization"
    found, document = models_json_schema(list(wanted.items()), ref_template=REF)
    return {model: schema for (model, _), schema in found.items()}, document.get("$defs", {})


def _operation(plan: Plan, schemas: dict[Any, Any]) -> dict[str, Any]:  # JSON
    text = inspect.getdoc(plan.route.handler) or ""
    summary, _, description = text.partition("\n\n")
    operation: dict[str, Any] = {  # JSON
        "operationId": plan.name,
        "tags": [plan.plugin],
        "summary": " ".join(summary.split()),
        "parameters": _parameters(plan),
        "responses": _responses(plan, schemas),
    } | _needs(plan)
    if description:
        operation["description"] = description
    if plan.body is not None:
        media = "application/x-www-form-urlencoded" if plan.route.form else "application/json"
        content = {media: {"schema": schemas[plan.body]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _needs(plan: Plan) -> dict[str, Any]:  # JSON
    """Say who may: a description that hides it makes people guess."""
    needs = plan.route.needs
    match needs:
        case Public(reason):
            return {"security": [], "x-public": reason}
        case SignedIn(reason):
            return {"security": [{SESSION: []}], "x-signed-in": reason}
        case Permission(name):
            fresh = {"x-sensitive": True} if plan.route.sensitive or needs.sensitive else {}
            return {"security": [{SESSION: []}], "x-permission": name} | fresh


def _parameters(plan: Plan) -> list[dict[str, Any]]:  # JSON
    found = [
        _parameter(name, "path", adapter.json_schema(), required=True)
        for name, adapter in plan.path.items()
    ]
    if plan.query is not None:
        found += [
            _parameter(
                name,
                "query",
                TypeAdapter(field.rebuild_annotation()).json_schema(),
                required=field.is_required(),
            )
            for name, field in plan.query.model_fields.items()
        ]
    if plan.wants_version:
        tag = {"type": "string", "pattern": '^"[0-9]+"$'}
        found.append(_parameter("If-Match", "header", tag, required=True))
    if plan.keyed:
        key = {"type": "string", "maxLength": 200}
        found.append(_parameter("Idempotency-Key", "header", key, required=False))
    return found


def _parameter(
    name: str,
    where: str,
    schema: dict[str, Any],  # JSON
    *,
    required: bool,
) -> dict[str, Any]:  # JSON
    return {"name": name, "in": where, "required": required, "schema": schema}


def _responses(plan: Plan, schemas: dict[Any, Any]) -> dict[str, Any]:  # JSON
    """Return the success and, as one for all of them, the problems."""
    if isinstance(plan.view, type) and issubclass(plan.view, BaseModel):
        success: dict[str, Any] = {  # JSON
            "description": "Done",
            "content": {"application/json": {"schema": schemas[plan.view]}},
        }
        if plan.is_versioned:
            success["headers"] = {"ETag": {"schema": {"type": "string"}}}
        status = plan.route.status
    elif plan.route.streams:
        success = {"description": "Events as they come", "content": {EVENTS: {}}}
        status = plan.route.status
    else:
        success, status = {"description": "Done"}, _bare_status(plan)
    return {str(status): success, "default": {"$ref": "#/components/responses/Problem"}}


def _bare_status(plan: Plan) -> int:
    """Return the status of a route without a view: a bare reply's own, or 204."""
    answers_nothing = plan.route.status == 200 and not _gives_reply(plan)
    return 204 if answers_nothing else plan.route.status


def _gives_reply(plan: Plan) -> bool:
    given = inspect.signature(plan.route.handler).return_annotation
    return given is not None and given != "None"
