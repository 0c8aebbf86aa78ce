"""What core itself offers every plugin, as ports."""

from functools import partial
from typing import Any

from foundation.app.params import check_references
from foundation.app.parts import Description, Parts
from foundation.audit.activity import Activity
from foundation.audit.events import Event
from foundation.audit.evidence import Evidence
from foundation.audit.handout import Handout
from foundation.audit.reader import Trail
from foundation.auth.directory import People
from foundation.http.apart import Apart, apart
from foundation.http.context import Context
from foundation.http.edge import source_of
from foundation.http.readiness import Watch
from foundation.plugins.board import board_offer
from foundation.plugins.contributions import Offer
from foundation.plugins.running import running_offer
from foundation.plugins.warden import Warden
from foundation.ports import (
    Desk,
    activity,
    api_description,
    catalogue,
    evidence,
    handout,
    identity,
    limiter,
    live,
    people,
    readiness,
    runs,
    trail,
)
from foundation.runs.desk import Requester
from foundation.runs.job import Jobs


def offers(
    parts: Parts, watch: Watch, described: Description, warden: Warden
) -> tuple[Offer[Any], ...]:
    """Return what core itself offers every plugin; each offer is of its own port."""
    jobs = parts.registry.jobs

    def record(ctx: Context, event: Event) -> None:
        parts.recorder.record(ctx.db, event, source_of(ctx))

    return (
        Offer(apart, lambda ctx: Apart(ctx, parts.database, record)),
        Offer(identity, lambda _: parts.identity),
        Offer(limiter, lambda _: parts.limiter),
        Offer(people, lambda ctx: People(ctx.db)),
        Offer(live, lambda _: parts.live),
        Offer(trail, lambda ctx: Trail(ctx.db)),
        Offer(activity, lambda ctx: Activity(ctx.db)),
        Offer(evidence, lambda ctx: Evidence(ctx.db)),
        Offer(handout, lambda ctx: Handout(ctx.db)),
        Offer(catalogue, lambda _: parts.registry),
        Offer(readiness, lambda _: watch),
        Offer(api_description, lambda _: described),
        running_offer(parts.registry, parts.settings, warden),
        board_offer(parts.registry, parts.database, warden),
        Offer(runs, lambda ctx: desk_of(ctx, jobs)),
    )


def desk_of(ctx: Context, jobs: Jobs) -> Desk:
    """Return what starts runs for whoever *ctx* is of."""
    who = ctx.principal
    # The moves of runs are core's own words, whichever plugin asks for them.
    record = ctx.acting_as("runs").record
    check = partial(check_references, ctx)
    return Desk(ctx.db, record, Requester(who.id, who.name or who.email), jobs, check)
