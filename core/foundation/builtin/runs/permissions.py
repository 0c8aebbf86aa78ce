"""The rights of runs: to see them, to stop and repeat them, to schedule them."""

from foundation.auth.permissions import Permission, Role

READ = Permission(
    "runs:run:read",
    "See runs",
    "See what ran, with its progress and its log",
    roles=frozenset({Role.VIEWER}),
)
OPERATE = Permission(
    "runs:run:operate",
    "Start and stop runs",
    "Start, cancel and repeat runs; starting one needs the right of its job, too",
    roles=frozenset({Role.OPERATOR}),
)
SCHEDULE = Permission(
    "runs:schedule:write",
    "Schedule runs",
    "Create, change and delete schedules of jobs whose right one holds",
    roles=frozenset({Role.OPERATOR}),
)
ALL = (READ, OPERATE, SCHEDULE)
