"""A job is judged when its plugin loads: its name, its form, its key, its schedule."""

import pytest
from pydantic import BaseModel

from foundation.auth.permissions import Permission
from foundation.plugins import hookspecs
from foundation.plugins.checks.jobs import job_problems
from foundation.plugins.contributions import Job
from foundation.runs.job import Cron, Key
from foundation.secret import Secret

RUN = Permission("etl:row:pull", "Pull")
OTHER = Permission("other:thing:do", "Do")


class Params(BaseModel):
    source: str = ""


class Required(BaseModel):
    source: str


class Hidden(BaseModel):
    token: Secret


class Deep(BaseModel):
    rows: list[dict[str, str]] = []


async def run(ctx, params):
    """Do nothing."""


def plain(ctx, params):
    """Do nothing, and not as a coroutine."""


def job(kind="etl.pull", **given):
    fields = {"title": "Pull", "params": Params, "run": run, "needs": RUN} | given
    return Job(kind, **fields)


def problems(*jobs):
    return job_problems("etl", jobs, permissions={RUN.name})


def test_a_good_job_has_no_problem():
    good = job(concurrency=Key("source:{source}"), schedule=Cron("30 2 * * *", "Europe/Berlin"))

    assert problems(good) == []
    assert hookspecs.jobs.__doc__


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "pull"}, "is not named etl.verb"),
        ({"kind": "other.pull"}, "is not named etl.verb"),
        ({"title": ""}, "has no title"),
        ({"run": plain}, "no async function"),
        ({"needs": OTHER}, "does not declare"),
        ({"attempts": 0}, "below 1"),
        ({"params": dict}, "no pydantic model"),
        ({"params": Deep}, "no form can show"),
        ({"params": Hidden}, "a secret among its parameters"),
        ({"concurrency": Key("{nope}")}, "'nope', which is no parameter"),
        ({"schedule": Cron("30 2 * *")}, "cannot be read"),
        ({"schedule": Cron("30 2 * * *", "Mars/Base")}, "cannot be read"),
        ({"params": Required, "schedule": Cron("30 2 * * *")}, "parameters without defaults"),
    ],
)
def test_a_wrong_job_is_named_with_what_is_wrong(given, words):
    (problem,) = problems(job(**given))

    assert words in problem


def test_a_kind_is_declared_once():
    assert problems(job(), job()) == ["job 'etl.pull' is declared twice"]
