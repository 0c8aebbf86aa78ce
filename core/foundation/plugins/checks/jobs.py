"""Checks of the hook ``jobs``: names, parameters a form can show, a schedule that can be read."""

import inspect
import re
import string
from collections.abc import Iterator, Sequence

from pydantic import BaseModel, ValidationError

from foundation.plugins.contributions import Job
from foundation.plugins.forms import OutsideSubset, form_schema
from foundation.runs.calendar import BadSchedule, check


def job_problems(id: str, jobs: Sequence[Job], *, permissions: set[str]) -> list[str]:
    """Return what is wrong with the jobs of plugin *id*."""
    kinds = [job.kind for job in jobs]
    problems = [
        f"job {kind!r} is declared twice"
        for kind in sorted({kind for kind in kinds if kinds.count(kind) > 1})
    ]
    form = re.compile(rf"^{id}\.[a-z][a-z0-9_]*$")
    for job in jobs:
        if not form.match(job.kind):
            problems.append(f"job {job.kind!r} is not named {id}.verb")
        problems += [f"job {job.kind!r} {problem}" for problem in _problems(job, permissions)]
    return problems


def _problems(job: Job, permissions: set[str]) -> Iterator[str]:
    if not job.title:
        yield "has no title"
    if not inspect.iscoroutinefunction(job.run):
        yield "has a handler that is no async function"
    if job.needs.name not in permissions:
        yield f"needs {job.needs.name!r}, which this plugin does not declare"
    if job.version < 1 or job.attempts < 1 or job.timeout_s < 1:
        yield "has a version, attempts or timeout_s below 1"
    yield from _params_problems(job)


def _params_problems(job: Job) -> Iterator[str]:
    params: object = job.params  # a plugin may have silenced its type checker
    if not isinstance(params, type) or not issubclass(params, BaseModel):
        yield "has parameters that are no pydantic model"
        return
    if params.model_fields:
        try:
            schema = form_schema(params)
        except OutsideSubset as outside:
            yield f"has parameters no form can show: {outside}"
            return
        for name, field in schema["properties"].items():
            if field.get("writeOnly"):
                yield f"has a secret among its parameters ({name}); give the id of a credential"
    if job.concurrency is not None:
        names = {name for _, name, _, _ in string.Formatter().parse(job.concurrency.template)}
        for name in sorted(filter(None, names - params.model_fields.keys())):
            yield f"has a concurrency key with {name!r}, which is no parameter"
    if job.schedule is not None:
        yield from _schedule_problems(job, params)


def _schedule_problems(job: Job, params: type[BaseModel]) -> Iterator[str]:
    assert job.schedule is not None
    try:
        check(job.schedule.cron, job.schedule.zone)
        params.model_validate({})
    except BadSchedule as bad:
        yield f"has a schedule that cannot be read: {bad}"
    except ValidationError:
        yield "has a schedule, and parameters without defaults"
