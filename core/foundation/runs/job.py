"""What a job is: its parameters, its handler, and what happens when an attempt ends badly."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pydantic import BaseModel

Handler = Callable[..., Awaitable[Any]]  # (RunContext, the job's own params model)
Upgrade = Callable[[Mapping[str, Any], int], Mapping[str, Any]]  # JSON of an older version


class RetryLater(Exception):
    """A handler asks to be run again: after *after* seconds, or after the usual wait."""

    def __init__(self, reason: str = "", *, after: float | None = None) -> None:
        super().__init__(reason or "the handler asked to be run again")
        self.after = after


class LeaseLost(Exception):
    """Another attempt has taken over, or the run has ended: whatever this one does is void."""


@dataclass(frozen=True, slots=True)
class Key:
    """At most *limit* runs with the same key at once; *template* holds names of parameters."""

    template: str
    limit: int = 1

    def of(self, params: Mapping[str, Any]) -> str:  # JSON
        """Return the key of a run with *params*; raises `KeyError` for an unknown name."""
        return self.template.format_map(params)


@dataclass(frozen=True, slots=True)
class Cron:
    """When a job runs by itself, unless somebody changes it: five fields and an IANA zone."""

    cron: str
    zone: str = "UTC"
    overlap: Literal["skip", "queue", "cancel_old"] = "skip"
    catch_up: Literal["none", "last", "all"] = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One kind of run, as the worker sees it.

    Execution is at least once: a handler makes outside effects known by `RunContext.effect_key`.
    *on_crash* says what a dead worker means; *timeout_s* bounds one attempt; after a cancel a
    handler has *grace_s* to end by itself. *upgrade* turns parameters of an older version. With
    *while_allowed* a run ends when whoever asked for it loses the right of the job.
    """

    kind: str = field(kw_only=False)
    version: int = 1
    title: str
    params: type[BaseModel]
    run: Handler
    timeout_s: int = 3600
    attempts: int = 1
    on_crash: Literal["fail", "retry"] = "fail"
    concurrency: Key | None = None
    schedule: Cron | None = None
    queue: str = "default"
    priority: int = 0
    grace_s: float = 10.0
    memory_mb: int | None = None
    retry_on: tuple[type[Exception], ...] = ()
    upgrade: Upgrade | None = None
    while_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A job, and the plugin and module that declare it: the child imports that module alone."""

    work: Work
    plugin: str
    module: str


Jobs = Mapping[str, Known]
"""Every job by kind."""
