"""What the trail says of runs and schedules: one event for each move of a state."""

from foundation.audit.events import Detail, EventType, Target

RUN, SCHEDULE = "run", "schedule"


class Kind(Detail):
    """Which job, and which attempt of the run."""

    kind: str
    attempt: int = 0


class Ended(Detail):
    """How an attempt ended."""

    kind: str
    attempt: int
    code: str = ""


class Timed(Detail):
    """When the schedule is due."""

    kind: str
    cron: str
    zone: str


def _run(verb: str, title: str, detail: type[Detail] = Kind) -> EventType:
    return EventType(f"runs.run.{verb}", title, detail, targets=(RUN,))


class Halted(Timed):
    """Why nothing was started at a due time, or will be."""

    why: str


REQUESTED = _run("requested", "Run requested")
STARTED = _run("started", "Run started")
SUCCEEDED = _run("succeeded", "Run succeeded", Ended)
FAILED = _run("failed", "Run failed", Ended)
REQUEUED = _run("requeued", "Run put back", Ended)
LOST = _run("lost", "Run lost with its worker", Ended)
CANCELLING = _run("cancelling", "Run is being stopped", Ended)
CANCELLED = _run("cancelled", "Run cancelled", Ended)

SCHEDULE_CREATED = EventType(
    "runs.schedule.created", "Schedule created", Timed, targets=(SCHEDULE,)
)
SCHEDULE_CHANGED = EventType(
    "runs.schedule.changed", "Schedule changed", Timed, targets=(SCHEDULE,)
)
SCHEDULE_DELETED = EventType(
    "runs.schedule.deleted", "Schedule deleted", Timed, targets=(SCHEDULE,)
)
SCHEDULE_FIRED = EventType("runs.schedule.fired", "Schedule fired", Timed, targets=(SCHEDULE,))
SCHEDULE_SKIPPED = EventType(
    "runs.schedule.skipped", "Schedule started nothing", Halted, targets=(SCHEDULE,)
)
SCHEDULE_STOPPED = EventType(
    "runs.schedule.stopped", "Schedule was switched off by Foundation", Halted, targets=(SCHEDULE,)
)

ALL = (
    *(REQUESTED, STARTED, SUCCEEDED, FAILED, REQUEUED, LOST, CANCELLING, CANCELLED),
    *(SCHEDULE_CREATED, SCHEDULE_CHANGED, SCHEDULE_DELETED),
    *(SCHEDULE_FIRED, SCHEDULE_SKIPPED, SCHEDULE_STOPPED),
)


def about(run_id: object, title: str) -> Target:
    """Return the target of an event about a run."""
    return Target(RUN, str(run_id), title)
